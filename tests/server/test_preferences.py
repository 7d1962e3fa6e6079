"""What a client likes, as tables."""

import pytest

from feedpub.server.preferences import choose_coding, quality_of

CODINGS = ("br", "zstd", "gzip")

ENCODINGS = {
    "no header": (None, None),
    "empty": ("", None),
    "gzip": ("gzip", "gzip"),
    "gzip, in capitals": ("GZIP", "gzip"),
    "gzip under its old name": ("x-gzip", "gzip"),
    "a browser": ("gzip, deflate, br, zstd", "br"),
    "a browser on plain http": ("gzip, deflate", "gzip"),
    "anything": ("*", "br"),
    "anything but the best": ("*, br;q=0", "zstd"),
    "the most liked one": ("br;q=0.5, gzip;q=0.9, zstd;q=0.1", "gzip"),
    "no gzip": ("gzip;q=0", None),
    "no gzip, in three digits": ("gzip;q=0.000", None),
    "nothing": ("*;q=0", None),
    "nothing but gzip": ("*;q=0, gzip", "gzip"),
    "not even as it is": ("identity;q=0, *;q=0", None),
    "as it is rather than gzip": ("identity, gzip;q=0.5", None),
    "gzip rather than as it is": ("identity;q=0.5, gzip", "gzip"),
    "a little": ("gzip;q=0.001", "gzip"),
    "unknown": ("compress, sdch", None),
    "bad quality": ("gzip;q=abc", None),
    "quality above one": ("gzip;q=1.5", None),
    "noise": (",,,;;;", None),
    "long": ("x" * 3000, None),
}


@pytest.mark.parametrize(("header", "coding"), ENCODINGS.values(), ids=ENCODINGS)
def test_coding_is_the_one_that_is_liked_most(header, coding):
    """C128: qualities are obeyed, in any letter case; who says nothing gets the bytes as they are."""
    assert coding == choose_coding(header, CODINGS)


def test_what_has_no_codings_is_sent_as_it_is():
    """C132: media and tiny bodies."""
    assert choose_coding("br, gzip", ()) is None


TYPES = {
    "exact": ("text/html", 1.0),
    "exact wins": ("*/*, text/*;q=0.8, text/html;q=0.3", 0.3),
    "kind wins": ("*/*, text/*;q=0.5", 0.5),
    "any": ("*/*;q=0.1", 0.1),
    "absent": ("application/rss+xml", 0.0),
    "with parameters": ("text/html;level=1;q=0.4", 0.4),
    "spaces": (" text/html ; q=0.4 ", 0.4),
}


@pytest.mark.parametrize(("header", "quality"), TYPES.values(), ids=TYPES)
def test_most_specific_element_counts(header, quality):
    """RFC 9110 section 12.5.1."""
    assert quality == quality_of(header, "text/html")

"""Compressed answers: each is the same feed, under a tag of its own."""

import gzip

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from feedpub.codings import CODINGS
from feedpub.model import Resource
from feedpub.publish import Folder

FEED = "feeds/news.rss"
CONTENT = b"<rss>" + b"<item>News</item>" * 500 + b"</rss>"
EXPAND = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
}


@pytest.fixture
def packed(site):
    """Serve a feed with copies, as it is published."""
    (site.root / FEED).unlink()
    publish(site, CONTENT)
    return site


def publish(site, content):
    """Publish a feed with its copies."""
    feed = Resource(path=FEED, content=content, media_type="application/rss+xml")
    folder = Folder(site.root, compress=True)
    folder.publish([feed])
    folder.complete()


def raw(site, coding, method="GET", **headers):
    """Return the answer and its body as it was sent."""
    fields = {"Accept-Encoding": coding, **{name.replace("_", "-"): value for name, value in headers.items()}}
    with site.client.stream(method, f"/{FEED}", headers=fields) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("coding", EXPAND)
def test_coding_is_named_and_decodes_to_the_feed(packed, coding):
    """C129: once, with the length of what is sent."""
    answer, body = raw(packed, coding)

    assert coding == answer.headers["content-encoding"]
    assert str(len(body)) == answer.headers["content-length"]
    assert CONTENT == EXPAND[coding](body)
    assert "Accept-Encoding" in answer.headers["vary"]


def test_each_coding_has_its_own_tag(packed):
    """C112: strong, so a proxy never takes one for another."""
    tags = [raw(packed, coding)[0].headers["etag"] for coding in ("identity", *EXPAND)]

    assert 4 == len(set(tags))
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize("coding", ["identity", *EXPAND])
def test_tag_of_a_coding_is_answered_with_304(packed, coding):
    """C114, C118, C127: with the tag and Vary of the 200, and without Content-Encoding."""
    whole, _ = raw(packed, coding)
    again, body = raw(packed, coding, If_None_Match=whole.headers["etag"])

    assert (304, b"") == (again.status_code, body)
    assert whole.headers["etag"] == again.headers["etag"]
    assert whole.headers["vary"] == again.headers["vary"]
    assert "content-encoding" not in again.headers


def test_tag_of_another_coding_is_not_answered_with_304(packed):
    """C112: what it stands for are other bytes."""
    plain, _ = raw(packed, "identity")

    assert 200 == raw(packed, "gzip", If_None_Match=plain.headers["etag"])[0].status_code


@pytest.mark.parametrize("coding", EXPAND)
def test_head_of_a_coding(packed, coding):
    """C109: the headers of GET."""
    got, _ = raw(packed, coding)
    head, body = raw(packed, coding, method="HEAD")

    assert b"" == body
    assert {k: v for k, v in got.headers.items() if k != "date"} == {
        k: v for k, v in head.headers.items() if k != "date"
    }


def test_copy_beside_the_feed_is_sent(packed):
    """What was compressed at publication is not compressed again."""
    other = gzip.compress(CONTENT, 1)
    (packed.root / f"{FEED}.gz").write_bytes(other)

    assert other == raw(packed, "gzip")[1]


@pytest.mark.parametrize(
    "wrong", [gzip.compress(b"old"), b"noise", b"", None], ids=["old", "noise", "empty", "none"]
)
def test_copy_of_something_else_is_not_sent(packed, wrong):
    """C130: the feed that is there, compressed now, whatever lies beside it."""
    copy = packed.root / f"{FEED}.gz"
    copy.unlink()
    if wrong is not None:
        copy.write_bytes(wrong)

    assert CONTENT == gzip.decompress(raw(packed, "gzip")[1])


def test_new_feed_is_never_sent_with_an_old_copy(packed):
    """C130: the copies that remain of the feed before are not looked at."""
    raw(packed, "gzip")
    (packed.root / FEED).write_bytes(CONTENT.replace(b"News", b"Olds"))

    assert b"Olds" in gzip.decompress(raw(packed, "gzip")[1])


def test_tiny_files_and_media_are_sent_as_they_are(packed):
    """C132: they would not get smaller."""
    (packed.root / "picture.png").write_bytes(b"x" * 5000)

    for path in ("/picture.png", "/feeds/news.json"):
        answer = packed.get(path, Accept_Encoding="gzip, br")
        assert "content-encoding" not in answer.headers
        assert "Accept-Encoding" in answer.headers["vary"]


@given(st.binary(max_size=5000))
@pytest.mark.parametrize("coding", CODINGS.values(), ids=CODINGS)
def test_codings_give_back_what_they_were_given(coding, content):
    """C131: the same bytes each time, and what comes back is what went in."""
    packed = coding.compress(content)

    assert content == coding.expand(packed)
    assert packed == coding.compress(content)


@given(st.binary(max_size=200))
@pytest.mark.parametrize("coding", CODINGS.values(), ids=CODINGS)
def test_noise_is_refused(coding, content):
    """What no coding wrote is a ValueError, or by chance something."""
    try:
        coding.expand(content)
    except ValueError:
        return

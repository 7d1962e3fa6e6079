"""Parts of a file: read from the header, and served from memory and from the disk."""

import pytest

from feedpub.server.ranges import Unsatisfiable, read_range

SIZE = 100

READ = {
    "first bytes": ("bytes=0-9", range(10)),
    "one byte": ("bytes=0-0", range(1)),
    "open": ("bytes=90-", range(90, 100)),
    "last bytes": ("bytes=-5", range(95, 100)),
    "more than there are": ("bytes=-500", range(100)),
    "beyond the end": ("bytes=50-999", range(50, 100)),
    "spaces": ("bytes= 0 - 5 ", range(6)),
    "capitals": ("BYTES=0-5", range(6)),
    "several": ("bytes=0-0,5-5", None),
    "very many": ("bytes=" + ",".join(["0-"] * 1300), None),
    "backwards": ("bytes=5-2", None),
    "other unit": ("lines=1-2", None),
    "letters": ("bytes=a-b", None),
    "hexadecimal": ("bytes=0x0-0x5", None),
    "other digits": ("bytes=٣-٤", None),
    "empty": ("bytes=", None),
    "only a dash": ("bytes=-", None),
    "two dashes": ("bytes=--1", None),
    "no unit": ("0-5", None),
    "60,000 digits": ("bytes=" + "0" * 60_000 + "-", None),
}


@pytest.mark.parametrize(("header", "wanted"), READ.values(), ids=READ)
def test_range_is_read(header, wanted):
    """C120: what is none is as if it were not there."""
    assert wanted == read_range(header, SIZE)


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=9999999999999999999-"])
def test_range_behind_the_end_is_told(header):
    """C120: 416, not the whole file."""
    with pytest.raises(Unsatisfiable):
        read_range(header, SIZE)


@pytest.mark.parametrize("size", [2000, 3_000_000], ids=["held in memory", "read for each request"])
def test_part_of_a_file(site, size):
    """C120, C155: the bytes asked for, where they stand and how many there are."""
    content = bytes(n % 251 for n in range(size))
    (site.root / "media").mkdir()
    (site.root / "media" / "talk.mp3").write_bytes(content)

    part = site.get("/media/talk.mp3", Range=f"bytes=100-{size - 100}")
    last = site.get("/media/talk.mp3", Range="bytes=-1")
    beyond = site.get("/media/talk.mp3", Range=f"bytes={size}-")

    assert (206, content[100 : size - 99]) == (part.status_code, part.content)
    assert f"bytes 100-{size - 100}/{size}" == part.headers["content-range"]
    assert str(size - 199) == part.headers["content-length"]
    assert "audio/mpeg" == part.headers["content-type"]
    assert content[-1:] == last.content
    assert (416, f"bytes */{size}") == (beyond.status_code, beyond.headers["content-range"])


@pytest.mark.parametrize("size", [2000, 3_000_000], ids=["held in memory", "read for each request"])
def test_whole_file(site, size):
    """C142, C155: also without a range, and HEAD says the same."""
    content = bytes(n % 251 for n in range(size))
    (site.root / "talk.mp3").write_bytes(content)

    got, head = site.get("/talk.mp3"), site.ask("HEAD", "/talk.mp3")

    assert content == got.content
    assert str(size) == got.headers["content-length"] == head.headers["content-length"]
    assert ("bytes", b"") == (got.headers["accept-ranges"], head.content)
    assert 304 == site.get("/talk.mp3", If_None_Match=got.headers["etag"]).status_code


CONDITIONS = {
    "same tag": ({"If-Range": "{etag}"}, 206),
    "other tag": ({"If-Range": '"x"'}, 200),
    "weak tag": ({"If-Range": "W/{etag}"}, 200),
    "same date": ({"If-Range": "{modified}"}, 206),
    "other date": ({"If-Range": "Thu, 01 Jan 1970 00:00:00 GMT"}, 200),
    "noise": ({"If-Range": "noise"}, 200),
    "unchanged": ({"If-None-Match": "{etag}"}, 304),
    "failed precondition": ({"If-Match": '"x"'}, 412),
}


@pytest.mark.parametrize(("fields", "status"), CONDITIONS.values(), ids=CONDITIONS)
def test_preconditions_come_before_the_range(site, fields, status):
    """C120, C121: whoever continues a download gets the rest of the same file, or all of the new one."""
    (site.root / "talk.mp3").write_bytes(b"x" * 300_000)
    whole = site.get("/talk.mp3").headers
    filled = {
        name: value.format(etag=whole["etag"], modified=whole["last-modified"])
        for name, value in fields.items()
    }

    assert status == site.get("/talk.mp3", Range="bytes=0-9", **filled).status_code


def test_range_is_for_get_alone(site):
    """C120: HEAD tells of the whole file."""
    head = site.ask("HEAD", "/feeds/news.rss", Range="bytes=0-9")

    assert (200, "600") == (head.status_code, head.headers["content-length"])


def test_range_is_one_of_the_bytes_as_they_are(site):
    """C120: whoever also takes gzip still gets the part that they can put together."""
    (site.root / "feeds/news.rss").write_bytes(b"<rss>" + bytes(2000))

    part = site.get("/feeds/news.rss", Range="bytes=0-4", Accept_Encoding="gzip")

    assert (206, b"<rss>") == (part.status_code, part.content)
    assert "content-encoding" not in part.headers


def test_file_replaced_while_it_is_asked_for_is_never_mixed(site):
    """A large file that became another one is read anew."""
    (site.root / "talk.mp3").write_bytes(b"a" * 1_000_000)
    assert b"a" == site.get("/talk.mp3", Range="bytes=0-0").content
    (site.root / "new").write_bytes(b"b" * 1_000_000)
    (site.root / "new").replace(site.root / "talk.mp3")

    assert b"b" * 1_000_000 == site.get("/talk.mp3").content

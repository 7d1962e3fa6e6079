"""Compressed copies beside the files, as web servers send them without asking what is in them."""

import gzip
import os

import brotli
import pytest
import zstandard

from feedpub.exceptions import TransientError
from feedpub.model import Resource
from feedpub.publish import Folder, files

OLD, NEW = b"<rss>" + b"old " * 500 + b"</rss>", b"<rss>" + b"new " * 500 + b"</rss>"
COPIES = ("feeds/news.rss.br", "feeds/news.rss.gz", "feeds/news.rss.zst")
EXPAND = {
    "gz": gzip.decompress,
    "br": brotli.decompress,
    "zst": zstandard.ZstdDecompressor().decompress,
}


def a_feed(content=OLD, path="feeds/news.rss"):
    """Make a feed that is worth compressing."""
    return Resource(path=path, content=content, media_type="application/rss+xml; charset=utf-8")


def expanded(root, path="feeds/news.rss"):
    """Return what the copies of a file hold."""
    copies = {suffix: root / f"{path}.{suffix}" for suffix in EXPAND}
    return {EXPAND[suffix](copy.read_bytes()) for suffix, copy in copies.items() if copy.exists()}


def publish(folder, resources):
    """Publish all that there is to be; return what was written."""
    written = folder.publish(resources)
    folder.complete()
    return written


@pytest.fixture
def folder(tmp_path):
    """Publish with copies."""
    return Folder(tmp_path, compress=True)


def test_feed_has_a_copy_in_each_coding(folder, tmp_path):
    """C132: gzip for all, brotli and zstandard for those that know them; only the feed counts as written."""
    assert ("feeds/news.rss",) == publish(folder, [a_feed()])
    assert all((tmp_path / copy).exists() for copy in COPIES)
    assert {OLD} == expanded(tmp_path)


def test_copies_are_deterministic(folder, tmp_path):
    """C131: without a clock or a name in them, so that equal state gives equal bytes."""
    publish(folder, [a_feed()])
    before = [(tmp_path / copy).read_bytes() for copy in COPIES]
    folder.remove(["feeds/news.rss"])
    publish(folder, [a_feed()])

    assert before == [(tmp_path / copy).read_bytes() for copy in COPIES]


def test_copies_are_dated_as_their_file(folder, tmp_path):
    """A reader gets one date, whichever coding it asks for."""
    for content in (OLD, NEW):
        publish(folder, [a_feed(content)])

    dates = {(tmp_path / path).stat().st_mtime_ns for path in ("feeds/news.rss", *COPIES)}
    assert 1 == len(dates)


def test_copies_follow_their_file(folder, tmp_path):
    """C130: a new feed has new copies, and one that is gone has none."""
    publish(folder, [a_feed()])
    publish(folder, [a_feed(NEW)])
    assert {NEW} == expanded(tmp_path)

    assert ("feeds/news.rss",) == folder.remove(["feeds/news.rss"])
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


def test_unchanged_feed_leaves_its_copies_alone(folder, tmp_path):
    """A publication without a change writes no file."""
    publish(folder, [a_feed()])
    before = [(tmp_path / copy).stat() for copy in COPIES]

    assert () == publish(folder, [a_feed()])
    assert before == [(tmp_path / copy).stat() for copy in COPIES]


def test_copy_of_something_else_is_made_anew(folder, tmp_path):
    """C130: whatever somebody put there, and whatever is missing."""
    publish(folder, [a_feed()])
    (tmp_path / COPIES[0]).write_bytes(b"noise")
    (tmp_path / COPIES[1]).write_bytes(gzip.compress(NEW))
    (tmp_path / COPIES[2]).unlink()

    assert {"feeds/news.rss"} == folder.missing(["feeds/news.rss"])
    assert ("feeds/news.rss",) == folder.differing([a_feed()])
    publish(folder, [a_feed()])
    assert {OLD} == expanded(tmp_path)
    assert () == folder.differing([a_feed()])


def test_copies_are_no_files_of_their_own(folder, tmp_path):
    """Who looks at what is there sees the feed, and a copy only when there is nothing that it is of."""
    publish(folder, [a_feed()])
    assert ["feeds/news.rss"] == list(folder.found())

    (tmp_path / "feeds/news.rss").unlink()
    assert set(COPIES) == set(folder.found())


@pytest.mark.parametrize(
    ("path", "media_type", "content"),
    [
        ("2026/11/23/story/index.html", "text/html", OLD),
        ("feeds/news/archive/000001-5b1d0c9e7f3a.rss", "application/rss+xml", OLD),
        ("feeds/news.rss", "application/rss+xml", b"<rss/>"),
        ("picture.png", "image/png", OLD),
    ],
    ids=["page of an entry", "archive", "tiny feed", "picture"],
)
def test_what_is_not_worth_it_has_no_copies(folder, tmp_path, path, media_type, content):
    """C132: there are many pages and few ask for one; some things do not get smaller."""
    publish(folder, [Resource(path=path, content=content, media_type=media_type)])

    assert [tmp_path / path] == [found for found in tmp_path.rglob("*") if found.is_file()]


def test_no_copy_is_ever_wrong(folder, tmp_path, monkeypatch):
    """C130: at every moment of a publication each copy is one of the file that lies there."""
    publish(folder, [a_feed()])
    seen = []
    genuine = {name: getattr(os, name) for name in ("replace", "unlink", "fsync")}

    def watched(name):
        def call(*arguments, **keywords):
            result = genuine[name](*arguments, **keywords)
            seen.append(expanded(tmp_path) <= {(tmp_path / "feeds/news.rss").read_bytes()})
            return result

        return call

    for name in genuine:
        monkeypatch.setattr(os, name, watched(name))
    publish(folder, [a_feed(NEW)])

    assert len(seen) > 10
    assert all(seen)


def test_interrupted_publication_is_finished_by_the_next(folder, tmp_path, monkeypatch):
    """C130: a full disk between feed and copies leaves none, and the next pass writes them."""
    publish(folder, [a_feed()])
    genuine = files.stage

    def full(root, parts, content, **how):
        if parts[-1].endswith(".gz"):
            raise OSError(28, "No space left on device")
        return genuine(root, parts, content, **how)

    with monkeypatch.context() as patch:
        patch.setattr(files, "stage", full)
        with pytest.raises(TransientError, match="No space left"):
            publish(folder, [a_feed(NEW)])
    assert expanded(tmp_path) <= {NEW}

    publish(folder, [a_feed(NEW)])
    assert {NEW} == expanded(tmp_path)


def test_copies_of_a_folder_without_them_go_with_their_file(folder, tmp_path):
    """C130: who switches compression off is not left with old copies."""
    publish(folder, [a_feed()])
    publish(Folder(tmp_path), [a_feed(NEW)])

    assert set() == expanded(tmp_path)


def test_sitemap_has_no_copies_and_loses_those_of_before(folder, tmp_path):
    """It is large, written with each bulletin and seldom asked for; a former version wrote copies, though."""
    (tmp_path / "sitemap-2024-10.xml.gz").write_bytes(gzip.compress(OLD))
    sitemap = Resource(path="sitemap-2024-10.xml", content=NEW, media_type="application/xml; charset=utf-8")
    publish(folder, [sitemap])

    assert ["sitemap-2024-10.xml"] == [path.name for path in tmp_path.iterdir()]
    assert frozenset() == folder.missing(["sitemap-2024-10.xml"])


def test_feed_is_out_before_its_copies(folder, tmp_path):
    """Nobody who waits for news waits for copies; until these are written there are none."""
    publish(folder, [a_feed()])
    folder.publish([a_feed(NEW)])

    assert [tmp_path / "feeds/news.rss"] == [path for path in tmp_path.rglob("*") if path.is_file()]
    folder.complete()
    assert {NEW} == expanded(tmp_path)


def test_copies_of_several_files_are_written_together(folder, tmp_path, monkeypatch):
    """Each copy is dated as its own file, and the folder that they share is flushed once."""
    paths = ("feeds/a.rss", "feeds/b.rss")
    folder.publish([a_feed(path=path) for path in paths])
    flushed = []
    monkeypatch.setattr(files, "flush_folder", lambda _root, parts: flushed.append(parts))
    os.utime(tmp_path / paths[0], (1e9, 1e9))
    folder.complete()

    assert [("feeds",)] == flushed
    for path in paths:
        dates = {(tmp_path / f"{path}{suffix}").stat().st_mtime_ns for suffix in ("", ".gz", ".br", ".zst")}
        assert 1 == len(dates)

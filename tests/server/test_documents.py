"""What the server keeps in memory."""

import os

import pytest

from feedpub.server.documents import Documents
from feedpub.server.variants import OVERHEAD_BYTES


@pytest.fixture
def documents(tmp_path):
    """Keep up to two of the three files in a folder."""
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode() * 4)
    return Documents(tmp_path, cache_bytes=2 * (4 + OVERHEAD_BYTES))


def test_file_asked_for_again_is_not_read_again(documents):
    """As long as the file is the same, so is the answer."""
    assert documents.find(("a",)) is documents.find(("a",))


def test_memory_is_bounded(documents):
    """Where there is no room for all, the one that was asked for longest ago is read anew."""
    first, second = documents.find(("a",)), documents.find(("b",))
    assert documents.find(("a",)) is first
    documents.find(("c",))

    assert documents.find(("a",)) is first
    assert documents.find(("b",)) is not second


def test_new_version_takes_the_room_of_the_old_one(documents, tmp_path):
    """A feed that is published over and over is kept once."""
    kept = documents.find(("b",))
    for number in range(50):
        (tmp_path / "new").write_bytes(b"%04d" % number)
        (tmp_path / "new").rename(tmp_path / "a")
        assert documents.find(("a",)).plain.whole.body == b"%04d" % number

    assert documents.find(("b",)) is kept


def test_file_larger_than_the_memory_is_served_all_the_same(documents, tmp_path):
    """It is read for each request and pushes out nothing."""
    kept = documents.find(("a",))
    (tmp_path / "big").write_bytes(b"x" * 10_000)

    assert documents.find(("big",)).plain.whole.body == b"x" * 10_000
    assert documents.find(("big",)).plain.whole.body == b"x" * 10_000
    assert documents.find(("a",)) is kept


def test_file_that_changes_while_it_is_read_is_not_kept(documents, tmp_path, monkeypatch):
    """Bytes of two versions are not remembered as one of them."""
    genuine = os.fdopen

    def fdopen_with_a_writer_behind(*arguments, **keywords):
        (tmp_path / "a").write_bytes(b"other")
        return genuine(*arguments, **keywords)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", fdopen_with_a_writer_behind)
        mixed = documents.find(("a",))

    assert documents.find(("a",)) is not mixed


def test_documents_leave_no_descriptor_open(documents, tmp_path):
    """Neither found nor missed files keep a descriptor."""
    (tmp_path / "folder").mkdir()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  only their number counts
    for parts in (("a",), ("a",), ("gone",), ("folder",), ("a", "x"), ("x" * 300,)):
        documents.find(parts)

    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208  only their number counts

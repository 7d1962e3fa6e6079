"""Reading what lies under a name, and refusing what does not belong there."""

import os
import socket

import pytest

from feedpub import inbox
from feedpub.exceptions import BulletinError, TransientError
from feedpub.inbox.looking import signature_of
from feedpub.model import Signature

NOTHING = Signature(size=0, mtime_ns=0, inode=0)


def read(folder, path, signature=None, *, max_bytes=1000):
    """Read `path` as it is now."""
    return inbox.read(folder, path, signature or signature_of((folder / path).stat()), max_bytes=max_bytes)


def test_read_returns_the_bytes_and_their_signature(folder):
    """What was written is what is read."""
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_bytes(b"one\r\ntwo\xff")

    assert read(folder, "sub/a.txt") == (b"one\r\ntwo\xff", signature_of((folder / "sub/a.txt").stat()))


def test_read_takes_a_file_of_just_the_limit(folder):
    """The limit itself is allowed."""
    (folder / "a.txt").write_bytes(b"x" * 1000)

    assert len(read(folder, "a.txt")[0]) == 1000


def test_read_refuses_a_file_over_the_limit_unread(folder):
    """A hollow file of eight gigabytes is refused by its size; the reason names both sizes."""
    with (folder / "a.txt").open("wb") as file:
        file.truncate(8 << 30)

    with pytest.raises(BulletinError, match=r"too large: 8,589,934,592 bytes; at most 1,000 bytes"):
        read(folder, "a.txt")


def test_read_refuses_a_link(folder, tmp_path):
    """A link put in the file's place after the look leads nowhere."""
    (tmp_path / "secret").write_text("secret")
    (folder / "a.txt").symlink_to(tmp_path / "secret")

    with pytest.raises(BulletinError, match="not a regular file"):
        read(folder, "a.txt")


def test_read_refuses_a_linked_folder(folder, tmp_path):
    """A folder exchanged for a link after the look leads nowhere either."""
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "a.txt").write_text("secret")
    (folder / "sub").symlink_to(tmp_path / "aside")

    with pytest.raises(TransientError, match="is gone"):
        read(folder, "sub/a.txt")


def test_read_does_not_wait_at_a_named_pipe(folder):
    """A pipe without a writer would block for ever; it is refused at once."""
    os.mkfifo(folder / "a.txt")

    with pytest.raises(BulletinError, match="not a regular file"):
        read(folder, "a.txt")


def test_read_refuses_a_socket(folder, monkeypatch):
    """A socket cannot be opened at all."""
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind("a.txt")
        with pytest.raises(BulletinError, match="not a regular file"):
            read(folder, "a.txt")


def test_read_refuses_a_folder(folder):
    """A folder under a bulletin's name is no bulletin."""
    (folder / "a.txt").mkdir()

    with pytest.raises(BulletinError, match="not a regular file"):
        read(folder, "a.txt")


@pytest.mark.parametrize("path", ["a.txt", "sub/a.txt"])
def test_read_of_a_vanished_file_is_tried_again(folder, path):
    """A file that goes between look and read is nobody's fault."""
    with pytest.raises(TransientError, match="is gone"):
        read(folder, path, NOTHING)


def test_read_notices_that_the_file_changed_since_the_look(folder):
    """What settled is what is read: anything else has to settle first."""
    (folder / "a.txt").write_text("half")
    before = signature_of((folder / "a.txt").stat())
    (folder / "a.txt").write_text("half and half")

    with pytest.raises(TransientError, match="changed since"):
        read(folder, "a.txt", before)


def test_read_notices_that_another_file_took_the_place(folder):
    """Same size and time, another file: that is a change as well."""
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("same")
        os.utime(folder / name, ns=(1, 1))
    before = signature_of((folder / "a.txt").stat())
    (folder / "b.txt").rename(folder / "a.txt")

    with pytest.raises(TransientError, match="changed since"):
        read(folder, "a.txt", before)


def test_read_notices_a_file_that_grows_meanwhile(folder, monkeypatch):
    """A writer that comes between the first and the last byte is noticed."""
    path = folder / "a.txt"
    path.write_text("first")
    genuine = os.read

    def read_with_a_writer_behind(descriptor, count):
        chunk = genuine(descriptor, count)
        with path.open("a") as file:
            file.write("more")
        return chunk

    signature = signature_of(path.stat())
    monkeypatch.setattr(os, "read", read_with_a_writer_behind)

    with pytest.raises(TransientError, match="changed while"):
        read(folder, "a.txt", signature, max_bytes=9)


def test_read_names_what_may_not_be_read(folder, without_rights):
    """The author can see from the reason what to mend."""
    (folder / "a.txt").write_text("x")
    (folder / "a.txt").chmod(0)
    signature = signature_of((folder / "a.txt").stat())

    with without_rights(), pytest.raises(BulletinError, match="may not be read"):
        read(folder, "a.txt", signature)


def test_read_leaves_no_descriptor_open(folder, open_descriptors):
    """Neither a good file nor a refused one keeps a descriptor."""
    (folder / "a.txt").write_text("x")
    (folder / "sub").mkdir()
    before = open_descriptors()
    read(folder, "a.txt")
    for refused in ("sub", "sub/a.txt"):
        with pytest.raises((BulletinError, TransientError)):
            read(folder, refused, NOTHING)

    assert open_descriptors() == before

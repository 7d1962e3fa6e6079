"""A look at real folders with everything that can lie in them."""

import os
import socket

import pytest

from feedpub import inbox
from feedpub.exceptions import TransientError
from feedpub.inbox.looking import signature_of

TXT = ("**/*.txt",)


def look(folder):
    """Look for text files."""
    return inbox.look(folder, include=TXT)


def test_look_finds_bulletins_in_all_folders(folder):
    """Bulletins may lie in folders in folders."""
    (folder / "a" / "b").mkdir(parents=True)
    for path in ("top.txt", "a/inner.txt", "a/b/deep.txt", "a/notes.md"):
        (folder / path).write_text("x")

    assert set(look(folder).files) == {"top.txt", "a/inner.txt", "a/b/deep.txt"}


def test_look_tells_size_time_and_inode(folder):
    """The signature is what the file system says of the file."""
    (folder / "a.txt").write_text("four")

    assert look(folder).files == {"a.txt": signature_of((folder / "a.txt").stat())}


def test_look_passes_over_temporary_names(folder):
    """Files under temporary names, and folders too, are not even mentioned."""
    (folder / ".git").mkdir()
    for path in (".git/a.txt", ".a.txt", "a.txt~", "#a.txt#"):
        (folder / path).write_text("x")

    found = look(folder)

    assert (found.files, found.skipped) == ({}, {})


@pytest.mark.parametrize("target", ["/etc/passwd", ".", "gone.txt", "link.txt", "/dev/zero"])
def test_look_does_not_follow_links(folder, target):
    """A symbolic link is skipped with a reason, wherever it leads."""
    (folder / "link.txt").symlink_to(target)

    found = look(folder)

    assert found.files == {}
    assert "symbolic link" in found.skipped["link.txt"]


def test_look_does_not_enter_linked_folders(folder, tmp_path):
    """A linked folder is skipped with a reason."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.txt").write_text("x")
    (folder / "sub").symlink_to(tmp_path / "secret")

    found = look(folder)

    assert found.files == {}
    assert "symbolic link" in found.skipped["sub"]


def test_look_skips_special_files_with_a_reason(folder, monkeypatch):
    """Pipes and sockets are named for what they are; nothing is opened, so nothing blocks."""
    os.mkfifo(folder / "pipe.txt")
    monkeypatch.chdir(folder)  # a socket's path may have no more than 107 bytes
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind("socket.txt")

        found = look(folder)

    assert found.files == {}
    assert found.skipped == {"pipe.txt": "a named pipe, not a file", "socket.txt": "a socket, not a file"}


def test_look_reports_a_folder_named_like_a_bulletin_and_looks_into_it(folder):
    """Somebody who drops a folder finds out; what is in it counts."""
    (folder / "a.txt").mkdir()
    (folder / "a.txt" / "b.txt").write_text("x")

    found = look(folder)

    assert set(found.files) == {"a.txt/b.txt"}
    assert "folder" in found.skipped["a.txt"]


def test_look_keeps_undecodable_names(folder):
    """A name that is no UTF-8 survives and leads back to the file."""
    (folder / os.fsdecode(b"bad-\xff.txt")).touch()

    (path,) = look(folder).files

    assert os.fsencode(path) == b"bad-\xff.txt"
    assert inbox.present(folder, path)


@pytest.mark.parametrize(
    "name", ["new\nline.txt", "-rf.txt", "$(touch x).txt", "{0}%s.txt", "<b>.txt", "ü🌊.txt"]
)
def test_look_takes_odd_names_as_they_are(folder, name):
    """A name is only a name."""
    (folder / name).write_text("x")

    assert set(look(folder).files) == {name}


def test_look_stops_at_a_chain_of_folders(folder):
    """Folders nested without end cost a limited time and are reported."""
    deep = folder.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("x")

    found = look(folder)

    assert found.files == {}
    assert [reason for path, reason in found.skipped.items() if set(path.split("/")) == {"d"}]


def test_look_at_a_missing_folder_is_tried_again(folder):
    """A share that is not mounted is no empty folder."""
    folder.rmdir()

    with pytest.raises(TransientError, match="No such file"):
        look(folder)


def test_look_at_a_file_instead_of_a_folder_is_tried_again(folder):
    """A file in the folder's place is no empty folder."""
    folder.rmdir()
    folder.write_text("x")

    with pytest.raises(TransientError, match="Not a directory"):
        look(folder)


def test_look_tells_a_folder_made_anew_from_the_old_one(folder, tmp_path):
    """An unmounted or exchanged folder shows in its identity."""
    before = look(folder).root
    folder.rename(tmp_path / "aside")
    folder.mkdir()

    assert look(folder).root != before


def test_look_through_a_linked_root(folder, tmp_path):
    """The operator may give a link as the input folder."""
    (folder / "a.txt").write_text("x")
    (tmp_path / "link").symlink_to(folder)

    assert look(tmp_path / "link") == look(folder)


def test_look_does_not_take_a_locked_folder_for_an_empty_one(folder, without_rights):
    """What may not be listed is reported, and known bulletins in it are not gone."""
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("x")
    known = look(folder).files
    (folder / "sub").chmod(0)
    with without_rights():
        found = look(folder)
    (folder / "sub").chmod(0o755)

    assert "Permission denied" in found.skipped["sub"]
    assert inbox.compare(found, known).vanished == frozenset()


def test_look_leaves_no_descriptor_open(folder, open_descriptors):
    """However often it looks, no descriptor stays behind."""
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "link").symlink_to("b")
    look(folder)
    before = open_descriptors()
    look(folder)

    assert open_descriptors() == before


def test_look_at_one_path_agrees_with_the_whole_look(folder):
    """After an event the one file is seen as a look at everything would see it."""
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("x")

    assert inbox.look_at(folder, "sub/a.txt", include=TXT) == look(folder).files["sub/a.txt"]


NO_BULLETIN = (
    "gone.txt",
    "notes.md",
    "link.txt",
    "pipe.txt",
    "sub.txt",
    "linked/in.txt",
    ".hidden/in.txt",
    "x.txt~",
)


@pytest.mark.parametrize("path", NO_BULLETIN)
def test_look_at_one_path_finds_no_bulletin(folder, path):
    """What a look at everything would pass over is passed over alone as well."""
    (folder / "notes.md").write_text("x")
    (folder / "link.txt").symlink_to("notes.md")
    os.mkfifo(folder / "pipe.txt")
    for name in ("sub.txt", "real", ".hidden"):
        (folder / name).mkdir()
    (folder / "real" / "in.txt").write_text("x")
    (folder / "linked").symlink_to("real")

    assert inbox.look_at(folder, path, include=TXT) is None


def test_present_tells_a_file_from_what_is_none(folder):
    """Only a regular file is a bulletin that is still there."""
    (folder / "a.txt").write_text("x")
    (folder / "link.txt").symlink_to("a.txt")

    there = [path for path in ("a.txt", "link.txt", "gone.txt", "a.txt/b.txt") if inbox.present(folder, path)]

    assert there == ["a.txt"]

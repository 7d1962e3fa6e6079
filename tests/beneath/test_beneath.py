"""Stepping into folders without leaving the root."""

import os
from contextlib import closing

import pytest

from feedpub.beneath import _MOST, HeldFolders, open_folder


def test_folder_is_opened_step_by_step(tmp_path):
    """The descriptor is that of the inner folder."""
    (tmp_path / "a" / "b").mkdir(parents=True)

    with open_folder(tmp_path, ["a", "b"]) as descriptor:
        assert os.path.samestat(os.fstat(descriptor), (tmp_path / "a" / "b").stat())


@pytest.mark.parametrize("parts", [["link"], ["a", "link"], ["link", "a"]])
def test_linked_folder_is_refused_wherever_it_leads(tmp_path, parts):
    """A link is refused at every step, even one that leads back inside."""
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "a" / "link").symlink_to("..")

    with pytest.raises(NotADirectoryError), open_folder(tmp_path, parts):
        pass


def test_linked_root_is_the_operators_choice(tmp_path):
    """The root itself may be a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    with open_folder(tmp_path / "link") as descriptor:
        assert os.path.samestat(os.fstat(descriptor), (tmp_path / "real").stat())


@pytest.mark.parametrize("parts", [["gone"], ["a", "gone"], ["file"]])
def test_failing_step_leaves_no_descriptor_open(tmp_path, parts):
    """What was opened on the way is closed."""
    (tmp_path / "a").mkdir()
    (tmp_path / "file").touch()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  only their number counts

    with pytest.raises(OSError, match=r"No such file|Not a directory"), open_folder(tmp_path, parts):
        pass
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208  only their number counts


@pytest.mark.parametrize("parts", [["link"], ["a", "link"], ["link", "a"]])
def test_linked_folder_is_refused_where_folders_are_held(tmp_path, parts):
    """To hold what was opened opens nothing else."""
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "a" / "link").symlink_to("..")

    with closing(HeldFolders(tmp_path)) as held, pytest.raises(NotADirectoryError), open_folder(held, parts):
        pass


def test_held_folder_is_opened_once(tmp_path):
    """The second file of a folder steps nowhere."""
    (tmp_path / "a" / "b").mkdir(parents=True)

    with closing(HeldFolders(tmp_path)) as held:
        with open_folder(held, ["a", "b"]) as first, open_folder(held, ["a", "b"]) as second:
            assert first == second
        with open_folder(held, ["a"]) as outer:
            assert os.path.samestat(os.fstat(outer), (tmp_path / "a").stat())


def test_folders_made_meanwhile_are_found(tmp_path):
    """What was not there is looked for again."""
    with closing(HeldFolders(tmp_path)) as held:
        with pytest.raises(FileNotFoundError), open_folder(held, ["a"]):
            pass
        (tmp_path / "a").mkdir()
        with open_folder(held, ["a"]) as descriptor:
            assert os.path.samestat(os.fstat(descriptor), (tmp_path / "a").stat())


def test_no_more_folders_are_held_than_a_process_can_spare(tmp_path):
    """What is too much is opened as if nothing were held, and all is closed at the end."""
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208  only their number counts
    names = [str(number) for number in range(2 * _MOST)]
    with closing(HeldFolders(tmp_path)) as held:
        for name in names:
            (tmp_path / name).mkdir()
            with open_folder(held, [name]) as descriptor:
                assert os.path.samestat(os.fstat(descriptor), (tmp_path / name).stat())
        assert len(os.listdir("/proc/self/fd")) <= before + _MOST  # noqa: PTH208  only their number counts
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208  only their number counts

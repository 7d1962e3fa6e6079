"""Stepping into folders without leaving the root."""

import os

import pytest

from feedpub.beneath import open_folder


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

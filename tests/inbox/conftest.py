"""A real input folder, and somebody without rights to it."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

_NOBODY = 65534


@pytest.fixture
def folder(tmp_path):
    """Make an empty input folder, with room beside it for what must not be reached."""
    root = tmp_path / "input"
    root.mkdir()
    return root


@pytest.fixture
def without_rights(tmp_path):
    """Give a context in which file modes count, also when the tests are run by root."""

    @contextmanager
    def context():
        if os.geteuid() != 0:
            yield
            return
        for place in (tmp_path, *tmp_path.parents):
            if place.name.startswith(("pytest-", "popen-", tmp_path.name)):
                place.chmod(0o755)  # pytest and its workers make them for one user alone
        os.seteuid(_NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return context


@pytest.fixture
def open_descriptors():
    """Give a function that says which descriptors this process has open."""
    links = Path("/proc/self/fd")
    return lambda: sorted(str(link.readlink()) for link in links.iterdir() if link.is_symlink())

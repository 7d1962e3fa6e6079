"""One installation per test; copying it is quicker than building it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from app.site import Site, make_site


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """Give the folder of an installation that has published one bulletin."""
    return make_site(tmp_path_factory.mktemp("built")).root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Site:
    """Give an installation that has published one bulletin."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    copy = Site(root=tmp_path)
    copy.build()  # a copy has other inodes, which the next look would see
    return copy

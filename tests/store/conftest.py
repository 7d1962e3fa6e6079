"""Every store there is, new and empty."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedpub.store import Store, open_store


@pytest.fixture(params=["sqlite"])
def url(request, tmp_path: Path) -> str:
    """Give the address of a store that does not exist yet, for each database."""
    assert request.param == "sqlite"
    return f"sqlite:///{tmp_path}/state/feedpub.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory) -> Path:
    """Give the file of an empty store; copying it is quicker than making one for each test."""
    file = tmp_path_factory.mktemp("empty") / "feedpub.db"
    with open_store(f"sqlite:///{file}"):
        pass
    return file


@pytest.fixture
def store(url: str, empty: Path) -> Iterator[Store]:
    """Give an empty store."""
    file = Path(url.removeprefix("sqlite:///"))
    file.parent.mkdir()
    shutil.copy(empty, file)
    with open_store(url) as opened:
        yield opened

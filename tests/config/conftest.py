"""The plainest configuration, and two ways to load a text as if it stood in a file."""

from __future__ import annotations

import pytest

from feedpub.config import load
from feedpub.exceptions import ConfigError

SITE = "site: {title: Example News, url: https://news.example.org/}\n"
FEEDS = "feeds: {news: {}}\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that loads a text (the plainest one by default) from a config.yaml."""

    def read_text(text: str | bytes = SITE + FEEDS, /, **environ: str):
        path = tmp_path / "config.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load(path, environ)

    return read_text


@pytest.fixture
def problems_of(read, tmp_path):
    """Return a function that loads a wrong text and returns its problems, the path cut to the file's name."""

    def problems(text: str | bytes, /, **environ: str) -> list[str]:
        with pytest.raises(ConfigError) as caught:
            read(text, **environ)
        return str(caught.value).replace(f"{tmp_path}/", "").splitlines()

    return problems


@pytest.fixture
def setting(read):
    """Return a function that loads the plainest configuration plus some sections."""
    return lambda sections, **environ: read(SITE + FEEDS + sections, **environ)

"""The words on pages: a file for each language in `words/`, English for what it lacks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

_ENGLISH = "en"


class Words(NamedTuple):
    """What pages say in one language."""

    language: str  # of the words, which may be another one than the site's
    phrases: Mapping[str, str]

    def __getattr__(self, name: str) -> str:
        """Give a phrase; a template that asks for one that nobody wrote has a mistake."""
        try:
            return self.phrases[name]
        except KeyError:
            raise AttributeError(name) from None


@cache
def words(language: str) -> Words:
    """Return the words in the language that fits best (RFC 4647 section 3.4), English without one."""
    subtags = language.lower().split("-")
    tags = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    tag = next((tag for tag in tags if tag in languages()), _ENGLISH)
    return Words(language=tag, phrases={**_read(_ENGLISH), **_read(tag)})


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that pages can speak."""
    names = (entry.name for entry in resources.files(__package__).joinpath("words").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def source(language: str) -> str:
    """Return the file of one of `languages`."""
    return resources.files(__package__).joinpath("words", f"{language}.toml").read_text(encoding="utf-8")


@cache
def _read(language: str) -> dict[str, str]:
    return {name: str(phrase) for name, phrase in tomllib.loads(source(language)).items()}

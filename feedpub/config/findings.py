"""What the checks of a configuration say, before it is known where in the file that stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from feedpub.plainyaml import KeyPath

_SHOWN = 60  # characters of a value that a message repeats


class WrongError(ValueError):
    """A value that cannot be used: what is wrong with it and what would be right.

    `at` leads from the value to the part of it that is wrong.
    """

    def __init__(self, wrong: str, allowed: str = "", *, at: KeyPath = ()) -> None:
        super().__init__(f"{wrong}; {allowed}" if allowed else wrong)
        self.wrong = wrong
        self.allowed = allowed
        self.at = at


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong at one path of the configuration."""

    path: KeyPath
    wrong: str
    allowed: str = ""
    about: Literal["key", "value"] = "value"  # which of the two the reader should look at


def shown(text: str) -> str:
    """Quote `text` for a message, without the password of an address and cut where it gets long."""
    text = re.sub(r"://\S*@", "://…@", text)
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def dotted(path: KeyPath) -> str:
    """Write a path as people do: ``feeds.news.formats[1]``; keys that are no plain word are quoted."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{_plain(part)}" for part in path)
    return text.removeprefix(".")


def _plain(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key) else shown(key)


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was probably meant to be, whatever its letter case."""
    by_lower = {name.lower(): name for name in known}
    matches = difflib.get_close_matches(word.lower(), by_lower, n=1)
    return by_lower[matches[0]] if matches else None

"""Bytes to bulletins: one module per input format behind one `parse`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from feedpub.model import Bulletin, Explanation, Hints
from feedpub.parse import explaining, reading, text
from feedpub.parse.source import Source

__all__ = ["PARSERS", "explain", "parse"]


def _late(module: str) -> Callable[[bytes, Hints], Source]:
    """Return a format's door that opens at first use: each brings a library that plain text does without."""

    def read(raw: bytes, hints: Hints) -> Source:
        source: Source = import_module(f"feedpub.parse.{module}").source(raw, hints)
        return source

    return read


SOURCES: dict[str, Callable[[bytes, Hints], Source]] = {
    ".txt": text.source,
    ".md": _late("markdown"),
    ".html": _late("hypertext"),
    ".htm": _late("hypertext"),
    ".eml": _late("letter"),
    ".docx": _late("docx"),
}


def _read(read: Callable[[bytes, Hints], Source], raw: bytes, hints: Hints) -> Bulletin:
    return reading.bulletin(read(raw, hints), hints)


PARSERS: dict[str, Callable[[bytes, Hints], Bulletin]] = {
    suffix: partial(_read, read) for suffix, read in SOURCES.items()
}


def parse(raw: bytes, hints: Hints) -> Bulletin:
    """Read one bulletin in the format its name's suffix says, plain text by default.

    Raises BulletinError with the line and what would be right.
    """
    return PARSERS.get(_suffix(hints.name), PARSERS[".txt"])(raw, hints)


def explain(raw: bytes, hints: Hints) -> Explanation:
    """Tell for every line what it was taken for, what else it may be, and why.

    Raises BulletinError as `parse` does.
    """
    source = SOURCES.get(_suffix(hints.name), text.source)(raw, hints)
    return explaining.explain(source, hints)


def _suffix(name: str) -> str:
    return "." + name.rpartition(".")[2].lower()

"""Bytes to bulletins: one module per input format behind one `parse`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from feedpub.model import Bulletin, Explanation, Hints
from feedpub.parse import explaining, reading, text
from feedpub.parse.source import Source

__all__ = ["PARSERS", "Parser", "explain", "parse"]

Parser = Callable[[bytes, Hints], Bulletin]


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


PARSERS: dict[str, Parser] = {suffix: partial(_read, read) for suffix, read in SOURCES.items()}


def parse(raw: bytes, hints: Hints, *, plugins: Mapping[str, Parser] | None = None) -> Bulletin:
    """Read one bulletin in the format its name's suffix says, plain text by default.

    `plugins` are further parsers by suffix. Raises BulletinError with the line and what would be right.
    """
    suffix = _suffix(hints.name)
    parser = PARSERS.get(suffix) or (plugins or {}).get(suffix) or PARSERS[".txt"]
    return parser(raw, hints)


def explain(raw: bytes, hints: Hints, *, plugins: Mapping[str, Parser] | None = None) -> Explanation:
    """Tell for every line what it was taken for, what else it may be, and why.

    What a plugin read has no lines to tell of. Raises BulletinError as `parse` does.
    """
    suffix = _suffix(hints.name)
    if plugins and suffix in plugins and suffix not in SOURCES:
        return Explanation(bulletin=plugins[suffix](raw, hints), lines=())
    source = SOURCES.get(suffix, text.source)(raw, hints)
    return explaining.explain(source, hints)


def _suffix(name: str) -> str:
    return "." + name.rpartition(".")[2].lower()

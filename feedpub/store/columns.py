"""How the model's values rest in columns, the same in every database.

Everything is a number or a text that a person can read with the database's own shell.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import sqlite3
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

from feedpub.model import (
    Correction,
    Enclosure,
    Signature,
    Warning,  # noqa: A004  the model's word for it; nothing here warns
)

_ESCAPE = re.compile(r"\\(?:\\|u([0-9a-f]{4}))")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SECOND = dt.timedelta(seconds=1)

Rested = TypeVar("Rested")
Value = TypeVar("Value")


class DamagedValueError(sqlite3.DatabaseError):
    """A column holds what we never write: the file is damaged, where the database itself cannot notice."""

    sqlite_errorname = "SQLITE_CORRUPT"


class Instant(TypeDecorator[dt.datetime]):
    """An aware instant, as whole seconds since 1970-01-01T00:00:00Z: databases lose time zones."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> int | None:
        """Give the seconds; parts of a second are cut off. Raises ValueError for a naive instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the store takes aware instants only, not {value!r}")
        return (value - _EPOCH) // _SECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> dt.datetime | None:
        """Give the instant in UTC."""
        return None if value is None else _read(value, _instant)


class EscapedText(TypeDecorator[str]):
    r"""Text that may hold lone surrogates, as paths do for file names that are not UTF-8 (PEP 383).

    No database takes those as text, so they rest as ``\udcff`` and a backslash as two. The spelling is
    unique: equal paths are equal columns, and nearly every path rests as it is.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Give the escaped spelling."""
        if value is None:
            return None
        return value.replace("\\", "\\\\").encode("utf-8", "backslashreplace").decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """Give the text as it was."""
        if value is None or "\\" not in value:
            return value
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\\", value)


class Texts(TypeDecorator[tuple[str, ...]]):
    """Some texts in their order, as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str:
        """Give the array."""
        return _json(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        """Give the texts."""
        return _read_list(value, lambda rested: tuple(json.loads(rested)))


class Warnings(TypeDecorator[tuple[Warning, ...]]):
    """What the parser warned of, as a JSON array of objects."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Warning, ...] | None, _dialect: Dialect) -> str:
        """Give the array."""
        return _json([{"line": warning.line, "message": warning.message} for warning in value or ()])

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Warning, ...]:
        """Give the warnings."""
        return _read_list(value, lambda rested: tuple(Warning(**found) for found in json.loads(rested)))


class Corrections(TypeDecorator[tuple[Correction, ...]]):
    """What was put right in an entry, as a JSON array of objects with the ISO date they are `on`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Correction, ...] | None, _dialect: Dialect) -> str:
        """Give the array."""
        return _json([{"on": note.on.isoformat(), "text": note.text} for note in value or ()])

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Correction, ...]:
        """Give the corrections."""
        return _read_list(value, _corrections)


class Enclosures(TypeDecorator[tuple[Enclosure, ...]]):
    """The files that belong to an entry, as a JSON array of objects."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Enclosure, ...] | None, _dialect: Dialect) -> str:
        """Give the array."""
        return _json([_told(file) for file in value or ()])

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Enclosure, ...]:
        """Give the enclosures."""
        return _read_list(value, lambda rested: tuple(Enclosure(**found) for found in json.loads(rested)))


class SignatureText(TypeDecorator[Signature]):
    """A file's signature, as "SIZE MTIME_NS INODE", and a digest where files come with it.

    Text, since the two last can be beyond a database's 64 bits: a time stamp after the year 2262 counts
    more nanoseconds, and some network file systems number from the top.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Signature | None, _dialect: Dialect) -> str | None:
        """Give the numbers."""
        if value is None:
            return None
        return f"{value.size} {value.mtime_ns} {value.inode} {value.beside}".rstrip()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Signature | None:
        """Give the signature."""
        return None if value is None else _read(value, _signature)


class Word(TypeDecorator[StrEnum]):
    """One of a few words: a member of `words`, as its value.

    No check in the database: those cannot be widened later without copying the table.
    """

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, _dialect: Dialect) -> str | None:
        """Give the word as a plain text."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> StrEnum | None:
        """Give the member."""
        return None if value is None else _read(value, self.words)


def _instant(rested: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(rested, dt.UTC)


def _corrections(rested: str) -> tuple[Correction, ...]:
    notes = json.loads(rested)
    return tuple(Correction(on=dt.date.fromisoformat(note["on"]), text=note["text"]) for note in notes)


def _signature(rested: str) -> Signature:
    size, mtime_ns, inode, *beside = rested.split()
    return Signature(size=int(size), mtime_ns=int(mtime_ns), inode=int(inode), beside="".join(beside))


def _read(rested: Rested, read: Callable[[Rested], Value]) -> Value:
    try:
        return read(rested)
    except (ValueError, TypeError, KeyError, OverflowError, OSError) as error:
        # Without the value: the message is shown to everybody, and what rests here may be under embargo.
        raise DamagedValueError("a column holds what feedpub never writes") from error


def _told(file: Enclosure) -> dict[str, object]:
    """Return what is known of a file."""
    return {name: value for name, value in dataclasses.asdict(file).items() if value not in (None, "")}


def _read_list(rested: str | None, read: Callable[[str], tuple[Value, ...]]) -> tuple[Value, ...]:
    return () if not rested or rested == "[]" else _read(rested, read)  # as most are


def _json(texts: object) -> str:
    # Readable in any script; a lone surrogate becomes JSON's own escape for it.
    written = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "backslashreplace").decode()

"""Entries out of the rows in which they rest.

A publication reads some three hundred entries, of which it changes a handful. So a row that is as it was
gives the same value again: nothing is decoded twice, and what is remembered about a value elsewhere is found
at once. It is the whole row that is compared, so nothing must be told of changes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy.dialects import sqlite

from feedpub.model import Entry
from feedpub.store import schema as t

_MOST = 2_048
_LARGEST = 8_000  # characters of the longest text that is remembered: 40 MB in all, if all are like that

# As the database gives them: the driver's values, which SQLAlchemy would decode row by row.
_COLUMNS = tuple((column.name, column.type.result_processor(sqlite.dialect(), None)) for column in t.entry.c)
_TEXTS = tuple(n for n, (name, _) in enumerate(_COLUMNS) if name in ("paragraphs", "content_html"))


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Return the entry of a row, which has the columns of the table of entries in their order.

    Raises DamagedValueError.
    """
    if sum(len(row[place] or "") for place in _TEXTS) > _LARGEST:
        return _decoded(row)
    return _remembered(row)


def _decoded(row: tuple[Any, ...]) -> Entry:
    told: dict[str, Any] = {
        name: decode(value) if decode else value for (name, decode), value in zip(_COLUMNS, row, strict=True)
    }
    return Entry(**told)


_remembered = lru_cache(_MOST)(_decoded)

"""Which files that came with bulletins are in use."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select

from feedpub.model import Entry, State
from feedpub.store import schema as t
from feedpub.store.asking import Asker, batches
from feedpub.store.media_schema import medium

_JOINED = medium.join(t.entry, t.entry.c.id == medium.c.entry)
_ALL_IN_USE = select(medium.c.path).distinct().select_from(_JOINED).where(t.entry.c.state == State.PUBLISHED)
_IN_USE = _ALL_IN_USE.where(medium.c.path.in_(bindparam("ids", expanding=True)))
_COMPANIONS = select(t.bulletin.c.path, t.bulletin.c.companions).where(t.NAMED)
_COMPANIONS_OF = select(t.bulletin.c.companions).where(t.bulletin.c.path == bindparam("path"))
_DROP = delete(medium).where(medium.c.entry.in_(bindparam("ids", expanding=True)))
_ADD = insert(medium)


class MediaReader(Asker):
    """Answers which files belong to what."""

    def media_in_use(self, paths: Iterable[str] | None = None) -> frozenset[str]:
        """Give those of `paths`, or all, that belong to a published entry."""
        rows = self._rows(_ALL_IN_USE) if paths is None else self._rows_of(_IN_USE, paths)
        return frozenset(path for (path,) in rows)

    def companions(self) -> dict[str, tuple[str, ...]]:
        """Give the files that bulletins name, by the path of the bulletin."""
        return {path: companions for path, companions in self._rows(_COMPANIONS)}  # noqa: C416  rows are not pairs

    def companions_of(self, path: str) -> tuple[str, ...]:
        """Give the files that the bulletin at `path` names."""
        return self._value(_COMPANIONS_OF, path=path) or ()


def settle(connection: Connection, entries: Iterable[Entry], *, known: bool) -> None:
    """Write which files `entries` have now; `known` ones may have had others."""
    entries = tuple(entries)
    for batch in batches(entry.id for entry in entries) if known else ():
        connection.execute(_DROP, {"ids": batch})
    rows = [{"path": path, "entry": entry.id} for entry in entries for path in entry.media]
    if rows:
        connection.execute(_ADD, rows)

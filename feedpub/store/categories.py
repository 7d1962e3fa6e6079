"""Which published entry is in which category: decided when an entry is stored, so that pages look it up.

What is new stands on the newest page of its category. When that has half as many again as a full one, the
oldest of it become a full page for good; nothing is ever added to those, so a publication touches the newest
page and those that hold what changed, however long the archive is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from feedpub.model import Stale, topic_mark
from feedpub.slugs import topics_of
from feedpub.store import category_statements as sql
from feedpub.store.asking import batches
from feedpub.store.writing import each, mark

TOPIC_LIST = Stale(kind="topic list")

_Pair = tuple[str, str]  # an entry's id, a category's slug


class _Place(NamedTuple):
    name: str
    published: dt.datetime
    position: int


def settle(connection: Connection, ids: Iterable[str], *, changed: Collection[str] = ()) -> None:
    """Put entries, as they are stored now, into their categories, and mark the pages that this changes.

    `changed` are the ids of those in which readers see something new.
    """
    for batch in batches(ids):
        _settle(connection, batch, changed=changed)


def paginate(connection: Connection, category: str, *, full: int) -> None:
    """Cut what is too much on the newest page of a category into full ones, each of `full` entries.

    When nothing is left on it, the one before takes its place. Marks the pages that this changes.
    """
    newest = [row.entry for row in connection.execute(sql.ON_PAGE, {"category": category, "page": None})]
    last = connection.execute(sql.LAST_PAGE, {"category": category}).scalar()
    touched: set[int | None] = set()
    if not newest and last:
        before = connection.execute(sql.PAGE_BEFORE, {"category": category, "page": last}).scalar()
        recalled = [
            row.entry for row in connection.execute(sql.ON_PAGE, {"category": category, "page": last})
        ]
        _move(connection, category, recalled, page=None)
        touched |= {None, last, *([before] if before else ())}
    number = last or 0
    while len(newest) > full + full // 2:
        newest, sealed = newest[:-full], newest[-full:]
        touched |= {None, number + 1, *([number] if number else ())}
        number += 1
        _move(connection, category, sealed, page=number)
    mark(connection, [topic_mark(category, page) for page in sorted(touched, key=lambda page: page or 0)])


def _settle(connection: Connection, ids: list[str], *, changed: Collection[str]) -> None:
    wanted = {
        (row.id, slug): _Place(name, row.published, row.position)
        for row in connection.execute(sql.OUT, {"ids": ids})
        for slug, name in topics_of(row.categories).items()
    }
    rows = {(row.entry, row.category): row for row in connection.execute(sql.PLACES, {"ids": ids})}
    known = {pair: _Place(row.name, row.published, row.position) for pair, row in rows.items()}
    moved = {pair for pair in wanted.keys() & known.keys() if wanted[pair] != known[pair]}
    each(connection, sql.DROP_PLACE, [_of(pair) for pair in known.keys() - wanted.keys()])
    each(connection, sql.UPDATE_PLACE, [{**_of(pair), **wanted[pair]._asdict()} for pair in moved])
    new = wanted.keys() - known.keys()
    each(
        connection,
        sql.ADD_PLACE,
        [{"entry": e, "category": slug, "page": None, **wanted[e, slug]._asdict()} for e, slug in new],
    )
    edited = {pair for pair in known if pair[0] in changed}
    touched = {(pair[1], rows[pair].page) for pair in (known.keys() - wanted.keys()) | moved | edited}
    touched |= {(slug, None) for _, slug in new}
    marks = [
        topic_mark(slug, page) for slug, page in sorted(touched, key=lambda each: (each[0], each[1] or 0))
    ]
    named = [slug for slug in sorted({slug for slug, _ in touched}) if _name(connection, slug)]
    mark(connection, [*marks, *([TOPIC_LIST] if named else ())])


def _name(connection: Connection, slug: str) -> bool:
    """Let a category be called as its newest entry spells it; return whether that is news."""
    now = connection.execute(sql.NEWEST_NAME, {"category": slug}).scalar()
    if now == connection.execute(sql.NAME, {"category": slug}).scalar():
        return False
    connection.execute(sql.DROP_CATEGORY, {"of": slug})
    each(connection, sql.ADD_CATEGORY, [{"slug": slug, "name": now}] if now else [])
    return True


def _move(connection: Connection, category: str, entries: Iterable[str], *, page: int | None) -> None:
    each(connection, sql.UPDATE_PLACE, [{**_of((entry, category)), "page": page} for entry in entries])


def _of(pair: _Pair) -> dict[str, object]:
    entry, category = pair
    return {"of_entry": entry, "of_category": category}

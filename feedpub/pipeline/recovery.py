"""A store that was lost, begun anew from what is still published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedpub import reconcile
from feedpub.model import Archive, Edits, Feed, ForeignFeed, Tombstone
from feedpub.pipeline.ages import begin_at
from feedpub.pipeline.feeds import date_note, selection_note, selection_of
from feedpub.pipeline.publication import PRODUCED
from feedpub.pipeline.roster import remember, template_of
from feedpub.pipeline.settings import Settings
from feedpub.reconcile import Grave, Place, Sighting
from feedpub.store import Members, Store

RECOVERED = "recovered"  # the note that tells people that the store was lost, and what came back


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a feed as it is published."""

    feed: str
    archive: Archive | None
    shown: ForeignFeed
    updated: dt.datetime | None = None  # the feed's own date, where its format has one
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """What is still published of a lost store."""

    documents: Sequence[Document]
    files: Sequence[str]  # the live documents, as paths
    gone: Mapping[str, tuple[dt.datetime | None, str | None]]  # permalink → when and why it was withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What came back, in numbers."""

    published: int
    withdrawn: int


def recover(remains: Remains, settings: Settings, store: Store, *, host: str) -> Recovered:
    """Begin the new `store` with what `remains`, in one transaction; nothing where nothing does.

    `host` is the authority of ids where no published one tells it. The bulletins are taken in afterwards,
    like those of any first look.
    """
    feeds = {feed.name: feed for feed in settings.feeds}
    templates = ((each.feed, template_of(each.feed, settings.patterns)) for each in remains.documents)
    feeds |= {name: template for name, template in templates if template}
    place = Place(
        timezone=settings.timezone, publish_time=settings.publish_time, language=settings.site.language
    )
    entries = reconcile.recovered(_sightings(remains.documents, feeds), place)
    authority = reconcile.authority_in(_ids(remains.documents)) or host
    graves = [*_graves(remains.documents), *_pages_of_gone(remains.gone, authority)]
    buried = {name: entry for name, entry in reconcile.buried(graves, place).items() if name not in entries}
    if not (entries or buried):
        return Recovered(published=0, withdrawn=0)
    everything = entries | buried
    dates = [document.updated for document in remains.documents if document.updated]
    created = min((*dates, *(entry.updated for entry in everything.values())))
    with store.transaction():
        remember([each.feed for each in remains.documents], everything.values(), settings, store)
        store.begin_with(
            everything,
            titles={name: reconcile.title_key(entry.title) for name, entry in everything.items()},
            feeds=_members(remains.documents, feeds),
        )
        store.note("authority", authority)
        store.note("created", created.isoformat())
        begin_at(store, settings.selectors, created)
        store.note(PRODUCED, "\n".join(remains.files))
        _note_feeds(store, remains.documents, feeds)
    return Recovered(published=len(entries), withdrawn=len(buried))


def _note_feeds(store: Store, documents: Iterable[Document], feeds: Mapping[str, Feed]) -> None:
    """Note of each feed that what stands in it is decided, and its date."""
    for document in documents:
        if document.archive is None and document.feed in feeds:
            store.note(selection_note(document.feed), selection_of(feeds[document.feed]))
            if document.updated:
                store.note(date_note(document.feed), document.updated.isoformat())


def _sightings(documents: Iterable[Document], feeds: Mapping[str, Feed]) -> list[Sighting]:
    return [
        Sighting(
            entry=entry,
            edits=feeds[document.feed].edits if document.feed in feeds else Edits.UPDATE,
            full=document.feed not in feeds or feeds[document.feed].full_content,
            whole=document.feed in feeds and feeds[document.feed].has_bulletins,
        )
        for document in documents
        for entry in document.shown.entries
    ]


def _ids(documents: Iterable[Document]) -> Iterable[str]:
    for document in documents:
        yield from (entry.id for entry in document.shown.entries)
        yield from (grave.id for grave in document.tombstones)


def _graves(documents: Iterable[Document]) -> list[Grave]:
    return [Grave(id=grave.id, withdrawn=grave.deleted) for each in documents for grave in each.tombstones]


def _pages_of_gone(
    gone: Mapping[str, tuple[dt.datetime | None, str | None]], authority: str
) -> Iterable[Grave]:
    for permalink, (withdrawn, reason) in gone.items():
        name = reconcile.id_at(permalink, authority)
        if name:
            yield Grave(id=name, withdrawn=withdrawn, reason=reason)


def _members(documents: Iterable[Document], feeds: Mapping[str, Feed]) -> dict[str, Members]:
    """Return what stands where, of the feeds that the configuration knows."""
    live: dict[str, list[str]] = defaultdict(list)
    archives: dict[str, list[tuple[Archive, list[str]]]] = defaultdict(list)
    graves: dict[str, list[Tombstone]] = defaultdict(list)
    for document in documents:
        ids = [reconcile.base_id(entry.id) for entry in document.shown.entries]
        if document.archive:
            archives[document.feed].append((document.archive, ids))
        else:
            live[document.feed] += ids
            graves[document.feed] += (_named(grave) for grave in document.tombstones)
    return {
        name: Members(
            live=live[name],
            archives=_in_a_row(archives[name]),
            graves=[grave for grave in graves[name] if grave.id not in live[name]],
        )
        for name in live
        if name in feeds
    }


def _named(grave: Tombstone) -> Tombstone:
    name = reconcile.base_id(grave.id)
    version = grave.id.removeprefix(name)
    number = int(version[1:]) if version.startswith(";") else 1
    return Tombstone(id=name, deleted=grave.deleted, version=number)


def _in_a_row(archives: list[tuple[Archive, list[str]]]) -> list[tuple[Archive, list[str]]]:
    """Return archives in their order up to the first that is missing: what stood after it is live again."""
    ordered = sorted(archives, key=lambda pair: (pair[0].number, pair[0].name))
    row: list[tuple[Archive, list[str]]] = []
    for archive, ids in ordered:
        if archive.number == len(row) + 1:
            row.append((archive, ids))
    return row

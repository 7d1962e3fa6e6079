"""A new store beside an output that is still there: what readers know is read from it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from feedpub.adopt import read_feed
from feedpub.config import Config
from feedpub.exceptions import AdoptError
from feedpub.log import get_logger
from feedpub.model import Archive, ForeignFeed, Resource
from feedpub.pipeline import RECOVERED, Document, Recovered, Remains, Settings, recover
from feedpub.publish import Folder
from feedpub.reconcile import authority_in
from feedpub.render import FORMATS, ReadFeed, feed_at, is_gone, read_back, read_gone
from feedpub.store import SetAside, Store

log = get_logger("app")

# Which format tells most in the shortest time; RSS does not say when an entry was updated.
_BEST_FIRST = ("json", "atom", "rss")
_PAGE = "/index.html"


def recover_lost(config: Config, store: Store, settings: Settings, *, at: dt.datetime) -> Recovered | None:
    """Begin a new store with what the output folder shows; None for one that is not new.

    Ids, dates and addresses are those that readers know. Raises StoreError, TransientError.
    """
    if not store.is_new():
        return None
    folder = Folder(config.output.folder)
    paths = list(folder.found())
    documents = [*_documents(folder, paths)]
    if not any(map(_is_ours, documents)):
        documents = []
    remains = Remains(
        documents=documents,
        files=[path for path in paths if (place := feed_at(path)) and place[1] is None] if documents else [],
        gone=dict(_gone(folder, paths)),
    )
    host = urlsplit(settings.site.url).hostname or "localhost"
    with store.transaction():
        found = recover(remains, settings, store, host=host)
        if store.set_aside or found.published or found.withdrawn:
            store.note(RECOVERED, _account(store.set_aside, found, at=at))
    return found


def _account(aside: SetAside | None, found: Recovered, *, at: dt.datetime) -> str:
    """Say for people what happened."""
    reason = f"{aside.reason}; it lies in {aside.file} now" if aside else "there was no store"
    counts = f"{found.published} published and {found.withdrawn} withdrawn entries were recovered"
    told = f"{at.isoformat()}: {reason}; {counts} from the output folder"
    if aside:
        log.error("store damaged, set aside and made anew", reason=aside.reason, file=str(aside.file))
    log.warning("store made anew", published=found.published, withdrawn=found.withdrawn)
    return told


def _documents(folder: Folder, paths: Iterable[str]) -> Iterator[Document]:
    """Yield each document of a feed once, as its best readable format has it."""
    places: dict[tuple[str, Archive | None], dict[str, str]] = defaultdict(dict)
    for path in paths:
        if place := feed_at(path):
            name, archive, suffix = place
            form = next((form for form in FORMATS if FORMATS[form].suffix == suffix), None)
            if form:
                places[name, archive][form] = path
    for (name, archive), files in places.items():
        shown = next(filter(None, (_read(folder, files.get(form)) for form in _BEST_FIRST)), None)
        if shown:
            yield _document(folder, name, archive, files, shown)


def _document(
    folder: Folder, name: str, archive: Archive | None, files: dict[str, str], shown: ForeignFeed
) -> Document:
    heads = [_head(folder, files[form]) for form in ("atom", "rss") if form in files and archive is None]
    found: list[ReadFeed] = [head for head in heads if head]
    return Document(
        feed=name,
        archive=archive,
        shown=shown,
        updated=next((head.updated for head in found if head.updated), None),
        tombstones=next((head.tombstones for head in found if head.tombstones), ()),
    )


def _read(folder: Folder, path: str | None) -> ForeignFeed | None:
    content = folder.read(path) if path else None
    if path is None or content is None:
        return None
    try:
        return read_feed(content, name=path)
    except AdoptError as error:
        log.warning("published document cannot be read", path=path, reason=str(error))
        return None


def _head(folder: Folder, path: str) -> ReadFeed | None:
    content = folder.read(path)
    try:
        return read_back(Resource(path=path, content=content or b"", media_type=""))
    except ValueError as error:
        log.warning("published document cannot be read", path=path, reason=str(error))
        return None


def _is_ours(document: Document) -> bool:
    """Tell whether a document shows an id that feedpub minted: it may be another program's."""
    ids = [entry.id for entry in document.shown.entries] + [grave.id for grave in document.tombstones]
    return authority_in(ids) is not None


def _gone(
    folder: Folder, paths: Iterable[str]
) -> Iterator[tuple[str, tuple[dt.datetime | None, str | None]]]:
    for path in paths:
        if path.endswith(_PAGE) and (content := folder.read(path)) and is_gone(content):
            page = read_gone(content)
            yield path.removesuffix("index.html"), (page.withdrawn, page.reason)

"""``feedpub adopt``: the entries of another program's feed become ours."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from feedpub.adopt import MAX_BYTES, read_feed
from feedpub.app.rehearsal import Rehearsal
from feedpub.app.wiring import open_pipeline, output_folder
from feedpub.config import Config
from feedpub.exceptions import AdoptError
from feedpub.fetch import FetchError, fetch
from feedpub.model import Entry, ForeignFeed
from feedpub.pipeline import Adopted
from feedpub.store import snapshot

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"


def adopt(config: Config, sources: Sequence[str], *, dry_run: bool = False) -> dict[str, Any]:
    """Take over the entries of the feeds at `sources`, paths or http(s) addresses: all of them or none.

    With `dry_run` it is done on a copy of the store. The output is left to the next build. Raises
    AdoptError, StoreError, StoreInUseError.
    """
    feeds = [_read(source) for source in sources]
    target = Rehearsal(output_folder(config))
    if not dry_run:
        with open_pipeline(config, target) as pipeline:
            return _described(pipeline.adopt(feeds))
    with tempfile.TemporaryDirectory(prefix="feedpub-") as scratch:
        copy = snapshot(config.store.url, Path(scratch))
        with open_pipeline(config, target, url=copy) as pipeline:
            return _described(pipeline.adopt(feeds))


def _read(source: str) -> ForeignFeed:
    if source.startswith(("http://", "https://")):
        try:
            content, url = fetch(source, max_bytes=MAX_BYTES, accept=_ACCEPT)
        except FetchError as error:
            raise AdoptError(source, f"it cannot be fetched: {error}") from error
        return read_feed(content, name=source, url=url)
    try:
        with Path(source).open("rb") as file:
            return read_feed(file.read(MAX_BYTES + 1), name=source)
    except OSError as error:
        raise AdoptError(source, f"it cannot be read: {error.strerror}") from error


def _described(adopted: Adopted) -> dict[str, Any]:
    changes = adopted.changes
    return {
        "new": [_entry(entry) for entry in changes.added],
        "updated": [_entry(entry) for entry in changes.updated],
        "known": len(changes.unchanged),
        "left_out": list(adopted.left_out),
        "warnings": list(adopted.warnings),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.address,
        "published": entry.published.isoformat(),
        "updated": entry.updated.isoformat(),
    }

"""``feedpub preview``: what subscribers would see if a bulletin were dropped now."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from feedpub.app.rehearsal import Rehearsal
from feedpub.app.wiring import now, open_pipeline, output_folder
from feedpub.config import Config
from feedpub.exceptions import BulletinError
from feedpub.model import Entry, Signature
from feedpub.pipeline import Ingested
from feedpub.store import snapshot


def preview(config: Config, paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return for each file what it would do to the entries that subscribers see.

    The work is done on a copy of the store, one file after the other. Raises StoreError.
    """
    with tempfile.TemporaryDirectory(prefix="feedpub-") as scratch:
        url = snapshot(config.store.url, Path(scratch))
        with open_pipeline(config, Rehearsal(output_folder(config)), url=url) as pipeline:
            results = []
            for path in paths:
                raw, signature = _read(path, limit=config.input.max_size)
                name, folder = name_in_input(config, path), path.absolute().parent
                beside = None if folder.is_relative_to(config.input.folder) else folder
                results.append(_described(pipeline.rehearse(name, raw, signature, beside=beside)))
            return results


def name_in_input(config: Config, path: Path) -> str:
    """Return the path that the file has in the input folder, or would have if it were dropped there."""
    absolute = path.absolute()
    if absolute.is_relative_to(config.input.folder):
        return str(absolute.relative_to(config.input.folder))
    return path.name


def _read(path: Path, *, limit: int) -> tuple[bytes, Signature]:
    try:
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise BulletinError(str(path), f"it cannot be read: {error.strerror}") from error
    if len(raw) > limit:
        raise BulletinError(str(path), "too large", expected=f"at most {limit:,} bytes are allowed")
    return raw, Signature(size=len(raw), mtime_ns=int(now().timestamp()) * 10**9, inode=0)


def _described(result: Ingested) -> dict[str, Any]:
    changes = result.changes
    before = {entry.id: entry for entry in result.former}
    groups = {
        "new": changes.added,
        "updated": changes.updated,
        "unchanged": changes.unchanged,
        "withdrawn": changes.withdrawn,
    }
    return {
        "bulletin": result.path,
        "result": str(result.result),
        "reason": result.reason or None,
        "line": result.line,
        "notes": list(result.notes),
        "entries": [
            _entry(entry, change=change, former=before.get(entry.id))
            for change, entries in groups.items()
            for entry in sorted(entries, key=lambda entry: entry.position)
        ],
    }


def _entry(entry: Entry, *, change: str, former: Entry | None) -> dict[str, Any]:
    return {
        "change": change,
        "id": entry.id,
        "role": str(entry.role),
        "title": entry.title,
        "former_title": former.title if former and former.title != entry.title else None,
        "state": str(entry.state),
        "published": entry.published.isoformat(),
        "due": entry.due.isoformat() if entry.due else None,
        "files": [{"type": file.type, "length": file.length} for file in entry.enclosures],
    }

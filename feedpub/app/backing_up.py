"""``feedpub backup``: a copy of the store to go back to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from feedpub import store
from feedpub.config import Config
from feedpub.exceptions import OperatorError
from feedpub.pipeline import FIRST_LOOK


def back_up(config: Config, target: Path, *, force: bool = False) -> dict[str, Any]:
    """Keep a checked copy of the store in `target`; return what ``feedpub backup --json`` prints.

    Put back, it takes in the input folder as on the first day: what it has never heard of is dated by its
    file time, and nothing is published before all of it is known. Raises OperatorError when `target` is there
    already (unless `force` is given) or cannot be meant, StoreError, TransientError.
    """
    objection = _objection(config, target.absolute(), force=force)
    if objection:
        raise OperatorError(f"cannot back up to {str(target)!r}: {objection}")
    counts = store.backup(config.store.url, target, without=(FIRST_LOOK,))
    return {
        "file": str(target),
        "bytes": target.stat().st_size,
        "bulletins": counts.bulletins,
        "published": counts.published,
        "scheduled": counts.scheduled,
        "withdrawn": counts.withdrawn,
    }


def _objection(config: Config, target: Path, *, force: bool) -> str:
    if not target.parent.is_dir():
        return f"{target.parent} is not a folder; create it"
    own = config.store.path
    place = target.parent.resolve()
    if place == own.parent.resolve() and target.name.startswith(own.name):
        return "that is the store itself or a file that belongs to it; choose another name"
    if place.is_relative_to(config.output.folder.resolve()):
        return "everybody can read the output folder; choose another place"
    if target.is_dir():
        return "it is a folder; name a file in it"
    if target.exists() and not force:
        return "it is there already; choose another name, or overwrite it with --force"
    return ""

"""``feedpub withdraw``, ``restore`` and ``approve``: the operator's word, with or without a daemon."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from feedpub.app.building import obey
from feedpub.app.wiring import now
from feedpub.config import Config
from feedpub.exceptions import StoreInUseError
from feedpub.model import Answer, Order
from feedpub.pipeline import KNOCK
from feedpub.store import Store, leave_order, open_store

_PATIENCE_SECONDS = 10.0
_LOOK_SECONDS = 0.05


def give(config: Config, order: Order, *, patience_seconds: float = _PATIENCE_SECONDS) -> Answer:
    """Have an order carried out and what follows published; return the answer.

    Where no process owns the store, this one does it, in a pass like that of ``feedpub build``. The owner
    does it otherwise, told by a signal; when it does not answer in time, the order waits for it.
    Raises StoreError, TransientError.
    """
    try:
        return obey(config, order)
    except StoreInUseError as in_use:
        return _hand_over(config, order, owner=in_use.pid, patience_seconds=patience_seconds)


def path_in(folder: Path, file: Path) -> str:
    """Return the path relative to the input folder that `file` means.

    `file` is relative to that folder or is any path to a file in it.
    """
    root = folder.resolve()
    for start in (root, Path.cwd()):
        place = start / file
        place = place.parent.resolve() / place.name
        if place.is_relative_to(root) and place.exists():
            return place.relative_to(root).as_posix()
    return file.as_posix()


def _hand_over(config: Config, order: Order, *, owner: int | None, patience_seconds: float) -> Answer:
    number = leave_order(config.store.url, order, at=now())
    if owner:
        # It may have ended by now, or be another user's: then its next look at the folder finds the order.
        with suppress(ProcessLookupError, PermissionError):
            os.kill(owner, KNOCK)
    with open_store(config.store.url, own=False) as store:
        _wait(lambda: _is_out(store, number), seconds=patience_seconds)
        answer = store.find_answer(number)
    return answer or Answer(
        done=True,
        text=f"the order to {order.verb} {order.target!r} waits: the process that owns the store is busy; "
        "if it does not come to it, the next `feedpub run` or `feedpub build` does",
    )


def _is_out(store: Store, number: int) -> bool:
    """Tell whether an order is carried out and readers see what follows from it."""
    return store.find_answer(number) is not None and not store.stale()


def _wait(condition: Callable[[], bool], *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)

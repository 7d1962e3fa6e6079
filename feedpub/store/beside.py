"""What a process may write beside the owner of a store: an order, and nothing else."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

from feedpub.model import Order
from feedpub.store import sqlite
from feedpub.store.faults import worded
from feedpub.store.opening import open_store
from feedpub.store.store import Store


def leave_order(url: str, order: Order, *, at: dt.datetime) -> int:
    """Leave an order in the store at `url` for its owner; give the order's number.

    Safe beside an owner, for SQLite lets one transaction write at a time, and the owner waits for this
    short one as it would for a backup; it touches rows of `orders` alone, of which the owner keeps nothing
    in its memory; and the tables are first seen to be at this feedpub's revision. Raises StoreError,
    TransientError.
    """
    with open_store(url, own=False), worded(url):
        engine = sqlite.open_engine(sqlite.path_of(url), writes=True)
        with closing(Store(engine, url=url)) as store:
            number = store.leave_order(order, at=at)
        engine.dispose()
    return number

"""The store: what has been published, under which ids; changes and the work they cause in one transaction.

Importing it loads SQLAlchemy, which takes a while: commands that need no store should not.
"""

from __future__ import annotations

from feedpub.store.aside import SetAside, found_aside
from feedpub.store.beside import leave_order
from feedpub.store.copies import backup, has_owner, snapshot
from feedpub.store.opening import Doubt, open_store
from feedpub.store.pushing import PushStore, Subscription, push_store
from feedpub.store.reading import Counts, Version
from feedpub.store.recovering import Members
from feedpub.store.sqlite import path_of
from feedpub.store.store import Store

__all__ = [
    "Counts",
    "Doubt",
    "Members",
    "PushStore",
    "SetAside",
    "Store",
    "Subscription",
    "Version",
    "backup",
    "found_aside",
    "has_owner",
    "leave_order",
    "open_store",
    "path_of",
    "push_store",
    "snapshot",
]

"""The store: what has been published, under which ids; changes and the work they cause in one transaction.

Importing it loads SQLAlchemy, which takes a while: commands that need no store should not.
"""

from __future__ import annotations

from feedpub.store.opening import open_store, snapshot
from feedpub.store.reading import Counts
from feedpub.store.store import Store

__all__ = ["Counts", "Store", "open_store", "snapshot"]

"""The database's errors in feedpub's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from feedpub.exceptions import FeedpubError, StoreDamagedError, StoreError, TransientError

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_PASSING = ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_NOMEM", "SQLITE_PROTOCOL")
_NOT_OURS = ("no such table", "no such column", "malformed")  # though the tables are at our revision
_NO_RIGHTS = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")


@contextmanager
def worded(url: str, *, opening: bool = False) -> Iterator[None]:
    """Turn what the database raises inside into a StoreError or a TransientError.

    A file that cannot be written is the operator's matter while the store is `opening`. Later it is taken to
    pass: the disk was writable before, and the daemon must live until it is again.
    """
    try:
        yield
    except DBAPIError as error:
        raise _worded(error.orig or error, url=url, opening=opening) from error
    except sqlite3.Error as error:
        raise _worded(error, url=url, opening=opening) from error


def damaged(url: str, what: object) -> StoreDamagedError:
    """Say that the store's file is damaged, and the cure."""
    return StoreDamagedError(
        f"the store {url} is damaged or is no database ({what}); put a backup in its place, or let "
        "`feedpub build` or `feedpub run` set it aside and make a new one from the bulletins and the feeds"
    )


def _worded(error: BaseException, *, url: str, opening: bool) -> FeedpubError:
    # Text that is not UTF-8 is found by the driver itself, which gives its errors no name.
    nameless = "SQLITE_CORRUPT" if isinstance(error, sqlite3.OperationalError) else ""
    name: str = getattr(error, "sqlite_errorname", nameless)
    if name.startswith(_DAMAGE) or (name == "SQLITE_ERROR" and str(error).startswith(_NOT_OURS)):
        return damaged(url, error)
    if name.startswith(_PASSING) or (name.startswith(_NO_RIGHTS) and not opening):
        return TransientError(f"the store {url} cannot be used at the moment: {error}")
    if name.startswith(_NO_RIGHTS):
        return StoreError(f"cannot open the store {url}: {error}; it must be a file that feedpub may write")
    return StoreError(f"the store {url} refused a statement: {error}; this is a fault in feedpub")

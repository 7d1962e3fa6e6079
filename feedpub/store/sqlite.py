"""What is particular to SQLite: the file, the connection's settings, copies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event

from feedpub.exceptions import StoreError
from feedpub.store.faults import damaged

_SCHEME = "sqlite:///"
_BUSY_SECONDS = 5.0
_MOST_FAULTS = 20  # reported; a damaged file can have a million

WRITES = "feedpub_writes"  # the execution option of a connection that is about to write


def path_of(url: str) -> Path:
    """Give the file that `url` names. Raises StoreError for other databases and relative paths."""
    path = Path(url.removeprefix(_SCHEME))
    if not url.startswith(_SCHEME) or not path.is_absolute():
        raise StoreError(
            f"cannot open the store {url!r}: its address must be {_SCHEME}/absolute/path/of/the.db"
        )
    return path


def url_of(path: Path) -> str:
    """Give the address of the store in the file `path`."""
    return f"{_SCHEME}{path.absolute()}"


def create_folder(wanted: Path) -> None:
    """Make sure that the folder `wanted` exists, for the owner alone; a new one survives a power cut."""
    missing = [folder for folder in (wanted, *wanted.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def create_file(path: Path) -> None:
    """Make sure that `path` exists in its folder, for the owner alone; a new one survives a power cut."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
        sync_folder(path.parent)


def open_engine(path: Path, *, writes: bool) -> Engine:
    """Give an engine over the existing file `path`; without `writes` it refuses every change."""
    pragmas = ["foreign_keys=ON"]
    pragmas += ["journal_mode=WAL", "synchronous=FULL"] if writes else ["query_only=ON"]

    def connect() -> sqlite3.Connection:
        connection = _connect(path)
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except UnicodeDecodeError as error:  # in the message on what is wrong with its tables
            raise sqlite3.OperationalError("its tables have names that are no text") from error
        return connection

    engine = create_engine(URL.create("sqlite", database=os.fspath(path)), creator=connect)
    event.listen(engine, "begin", _begin)
    return engine


def check(connection: Connection, *, url: str, with_indexes: bool) -> None:
    """Read the whole file for damage: 3 seconds per gigabyte, 15 `with_indexes`; StoreDamagedError."""
    pragma = "integrity_check" if with_indexes else "quick_check"
    found = connection.exec_driver_sql(f"PRAGMA {pragma}(1)").scalar_one()
    if found != "ok":
        raise damaged(url, found)


def faults(connection: Connection) -> tuple[str, ...]:
    """Say what is broken in the file, after reading all of it and its indexes; nothing when all is well."""
    found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_FAULTS})")]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MOST_FAULTS)
    found += [f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there" for row in orphans]
    return tuple(fault for fault in found if fault != "ok")


def copy(path: Path, target: Path) -> None:
    """Copy the store in the file `path` to `target`, consistent while an owner goes on writing."""
    partial = target.with_name(f"{target.name}.part")
    partial.unlink(missing_ok=True)
    fill(partial, path)
    put(partial, target)


def fill(partial: Path, path: Path) -> None:
    """Copy the store in the file `path` into the new or empty file `partial`."""
    with closing(_connect(path)) as source, closing(sqlite3.connect(partial)) as connection:
        source.backup(connection)


def put(partial: Path, target: Path) -> None:
    """Put a copy that is complete into its place, and both on the disk."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def seal(partial: Path, *, without: Iterable[str]) -> None:
    """Make a copy one file that can be read from where nothing can be written; drop the notes `without`."""
    with closing(_connect(partial)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.executemany("DELETE FROM note WHERE key = ?", [(key,) for key in without])


def _connect(path: Path) -> sqlite3.Connection:
    # isolation_level None: the driver would begin transactions by its own rules (late, and not for all
    # statements). mode=rw: an absent file is an error, not a new database. check_same_thread off: a service
    # may open the store in one thread and use it in another, one at a time.
    return sqlite3.connect(
        f"file:{quote(os.fsencode(path))}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
    )


def _begin(connection: Connection) -> None:
    # A transaction that reads before it writes is refused at once when another one wrote in between, however
    # long it would wait; so writers say what they are going to do. A single read needs no transaction.
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

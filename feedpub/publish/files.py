"""The file operations of publishing.

Paths come as lists of names below a root, which open_folder steps through without following links. Every
function raises OSError unless it says otherwise.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from feedpub.beneath import HeldFolders, open_folder

Root = Path | HeldFolders  # where files lie: opened step by step each time, or held open for many

# One pattern for all that is unfinished. The dot keeps web servers and synchronisers away; it lies beside
# its target because a rename cannot cross file systems.
_TEMPORARY = re.compile(r"\.feedpub-[0-9a-f]{16}\.tmp")

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

_SECOND = 1_000_000_000  # in the nanoseconds of file dates

_STILL_NEEDED = (errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY)
_CANNOT_FLUSH = (errno.EINVAL, errno.ENOTSUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file written beside the place that it will take."""

    parts: Sequence[str]
    temporary: str  # its name until then
    touched: Sequence[tuple[str, ...]]  # folders with a new name in them: its own, those around new folders

    @property
    def path(self) -> str:
        """The path that it will have."""
        return "/".join(self.parts)


def is_file(root: Root, parts: Sequence[str]) -> bool:
    """Return whether there is a regular file, or False where that cannot be found out."""
    return size(root, parts) is not None


def size(root: Root, parts: Sequence[str]) -> int | None:
    """Return the size of a regular file in bytes; None where there is none that can be seen."""
    try:
        with open_folder(root, parts[:-1]) as folder:
            status = os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def holds(root: Root, parts: Sequence[str], content: bytes) -> bool:
    """Return whether there is a regular file with these bytes, or False where that cannot be found out."""
    try:
        with open_folder(root, parts[:-1]) as folder:
            descriptor = os.open(parts[-1], _READ, dir_fd=folder)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_size != len(content):
                return False
            return os.read(descriptor, len(content) + 1) == content
        finally:
            os.close(descriptor)
    except OSError:
        return False  # writing it anew mends what is wrong there, or says what it is


def read(root: Root, parts: Sequence[str]) -> bytes | None:
    """Return the bytes of a regular file, or None where there is none that can be read."""
    try:
        with open_folder(root, parts[:-1]) as folder:
            descriptor = os.open(parts[-1], _READ, dir_fd=folder)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(descriptor)
    except OSError:
        return None


def walk(root: Path) -> Iterator[str]:
    """Yield the path of everything below `root` that is no folder; links are not followed."""
    yield from (path for path, _ in _walk(root))


def regular(root: Path) -> Iterator[str]:
    """Yield the path of every regular file below `root`."""
    yield from (path for path, entry in _walk(root) if entry.is_file(follow_symlinks=False))


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what is below `root`, but for folders; what cannot be listed is passed over."""
    ahead = [""]
    while ahead:
        folder = ahead.pop()
        with suppress(OSError), os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    ahead.append(f"{folder}{entry.name}/")
                else:
                    yield f"{folder}{entry.name}", entry


def is_unfinished(name: str) -> bool:
    """Return whether a staged file can have this name."""
    return _TEMPORARY.fullmatch(name) is not None


def stage(root: Root, parts: Sequence[str], content: bytes, *, dated: Sequence[str] | None = None) -> Staged:
    """Write `content` beside its place, making the folders it needs; it gets the date of the file at `dated`.

    Without that, its date is now, but in a later second than that of the file whose place it will take:
    HTTP counts in seconds (RFC 9110 section 8.8.2), and libcurl throws away what is not newer by that count.
    """
    grown = _make_folders(root, parts[:-1])
    staged = Staged(
        parts=parts, temporary=f".feedpub-{secrets.token_hex(8)}.tmp", touched=(tuple(parts[:-1]), *grown)
    )
    with open_folder(root, parts[:-1]) as folder:
        descriptor = os.open(staged.temporary, _CREATE, 0o666, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if date := _date(root, parts, dated, own=os.fstat(descriptor).st_mtime_ns):
                os.utime(descriptor, ns=(date, date))
    except OSError:
        discard(root, staged)
        raise
    return staged


def flush(root: Root, staged: Staged) -> None:
    """Have the disk hold the bytes of a staged file."""
    with open_folder(root, staged.parts[:-1]) as folder:
        descriptor = os.open(staged.temporary, _READ, dir_fd=folder)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hasten(root: Root) -> None:
    """Have the file system write all that waits, of others as well; before many files of ours are flushed.

    One commit of its journal then instead of one for every few files. No proof of anything, since old kernels
    tell nothing of what went wrong in it: each file is flushed all the same, which takes little by then.
    """
    if syncfs := getattr(ctypes.CDLL(None), "syncfs", None):  # Linux has it, other systems do without
        with open_folder(root) as folder:
            syncfs(folder)


def flush_folder(root: Root, parts: Sequence[str]) -> None:
    """Have the disk hold the names in a folder, where its file system knows such a thing."""
    with open_folder(root, parts) as folder:
        try:
            os.fsync(folder)
        except OSError as error:
            if error.errno not in _CANNOT_FLUSH:  # so some network file systems answer
                raise


def replace(root: Root, staged: Staged) -> None:
    """Put a staged file into its place."""
    with open_folder(root, staged.parts[:-1]) as folder:
        os.replace(staged.temporary, staged.parts[-1], src_dir_fd=folder, dst_dir_fd=folder)


def discard(root: Root, staged: Staged) -> None:
    """Remove a staged file; one that cannot be removed is left to the next sweep, without an error."""
    with suppress(OSError), open_folder(root, staged.parts[:-1]) as folder:
        os.unlink(staged.temporary, dir_fd=folder)


def remove(root: Root, parts: Sequence[str]) -> bool:
    """Remove a file; return False when there was none."""
    try:
        with open_folder(root, parts[:-1]) as folder:
            os.unlink(parts[-1], dir_fd=folder)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def prune(root: Root, parts: Sequence[str]) -> tuple[str, ...]:
    """Remove a folder that is empty, and those around it that this empties; return the first that stays."""
    while parts:
        try:
            with open_folder(root, parts[:-1]) as outer:
                os.rmdir(parts[-1], dir_fd=outer)
        except (FileNotFoundError, NotADirectoryError):
            pass  # no such folder, so the one around it is next
        except OSError as error:
            if error.errno not in _STILL_NEEDED:
                raise
            break
        parts = parts[:-1]
    return tuple(parts)


def sweep(root: Path) -> tuple[list[str], frozenset[str]]:
    """Remove every staged file that nobody will put into its place any more.

    Gives the paths of these, and of the regular files that stay.
    """
    swept, stay = [], set()
    for path, entry in _walk(root):
        parts = path.split("/")
        if is_unfinished(parts[-1]) and remove(root, parts):
            swept.append(path)
        elif entry.is_file(follow_symlinks=False):
            stay.add(path)
    return swept, frozenset(stay)


def _date(root: Root, parts: Sequence[str], dated: Sequence[str] | None, *, own: int) -> int | None:
    """Return the date that a file must get; None where its `own` will do. In nanoseconds since 1970."""
    other = _modified(root, dated or parts)
    if other is None or dated:
        return other
    next_second = (other // _SECOND + 1) * _SECOND
    return next_second if own < next_second else None


def _modified(root: Root, parts: Sequence[str]) -> int | None:
    """Return when the file at a path was changed, in nanoseconds since 1970; None where there is none."""
    with suppress(OSError), open_folder(root, parts[:-1]) as folder:
        return os.stat(parts[-1], dir_fd=folder, follow_symlinks=False).st_mtime_ns
    return None


def _make_folders(root: Root, parts: Sequence[str]) -> list[tuple[str, ...]]:
    """Make the folders that are missing; return those in which one was made."""
    with suppress(FileNotFoundError), open_folder(root, parts):
        return []
    if not parts:
        path = root.root if isinstance(root, HeldFolders) else root
        path.mkdir(parents=True)
        flush_folder(path.parent, ())
        return []
    grown = _make_folders(root, parts[:-1])  # as a rule there already
    with suppress(FileExistsError), open_folder(root, parts[:-1]) as outer:
        os.mkdir(parts[-1], dir_fd=outer)
        grown.append(tuple(parts[:-1]))
    return grown

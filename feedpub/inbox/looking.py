"""A look at the input folder: every bulletin in it, without opening one."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from feedpub.beneath import open_folder
from feedpub.exceptions import TransientError
from feedpub.inbox.names import is_temporary
from feedpub.model import MEDIA_TYPES, Signature, suffix_of
from feedpub.patterns import compiled

# Far deeper than people nest folders. Every folder is reached step by step from the root, so without a
# limit a chain of thousands would make one look take minutes.
_MAX_DEPTH = 32

_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at the input folder found. Paths are relative to it."""

    root: str  # identity of the folder looked at: "device:inode"
    files: Mapping[str, Signature]
    media: Mapping[str, Signature]  # what can come with a bulletin
    skipped: Mapping[str, str]  # path → why it is no bulletin though it looks like one
    unseen: frozenset[str]  # what could not be looked at: bulletins there are neither present nor gone


def look(root: Path, *, include: Sequence[str]) -> Look:
    """Look at everything under `root` whose path matches one of the patterns `include`.

    Raises TransientError when the folder itself is missing or cannot be listed.
    """
    scan = _Scan(root, compiled(include))
    try:
        identity = scan.run()
    except OSError as error:
        raise TransientError(
            f"cannot look at the input folder {str(root)!r}: {error.strerror}; "
            "expected a folder that feedpub may list"
        ) from error
    return Look(
        root=identity,
        files=scan.files,
        media=scan.media,
        skipped=scan.skipped,
        unseen=frozenset(scan.unseen),
    )


def look_at(root: Path, path: str, *, include: Sequence[str]) -> Signature | None:
    """Look at one path alone, as after a file event; None when no bulletin can be seen there."""
    parts = path.split("/")
    if any(is_temporary(part) for part in parts) or not compiled(include).fullmatch(path):
        return None
    try:
        status = _status(root, parts)
    except OSError:
        return None  # gone again, or out of reach: the next look at everything says why
    return signature_of(status) if stat.S_ISREG(status.st_mode) else None


def present(root: Path, path: str) -> bool:
    """Return whether there is a file at `path`; what cannot be looked at is not taken for gone."""
    try:
        return stat.S_ISREG(_status(root, path.split("/")).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def signature_of(status: os.stat_result) -> Signature:
    """Reduce a file's status to what tells an unchanged file."""
    return Signature(size=status.st_size, mtime_ns=status.st_mtime_ns, inode=status.st_ino)


def identity_of(status: os.stat_result) -> str:
    """Name a folder by what stays the same while it is the same folder."""
    return f"{status.st_dev}:{status.st_ino}"


def _status(root: Path, parts: Sequence[str]) -> os.stat_result:
    with open_folder(root, parts[:-1]) as folder:
        return os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)


class _Scan:
    """One walk through everything in the folder, with what it has found so far."""

    def __init__(self, root: Path, wanted: re.Pattern[str]) -> None:
        self._root = root
        self._wanted = wanted
        self._ahead: list[str] = []
        self.files: dict[str, Signature] = {}
        self.media: dict[str, Signature] = {}
        self.skipped: dict[str, str] = {}
        self.unseen: set[str] = set()

    def run(self) -> str:
        """Walk through everything; return the identity of the root."""
        identity = self._list("")
        while self._ahead:
            folder = self._ahead.pop()
            try:
                self._list(folder)
            except (FileNotFoundError, NotADirectoryError):
                continue  # gone since it was listed, or a link by now
            except OSError as error:
                self._cannot_see(folder, error)
        return identity

    def _list(self, folder: str) -> str:
        parts = folder.split("/") if folder else []
        with open_folder(self._root, parts) as descriptor, os.scandir(descriptor) as entries:
            prefix = f"{folder}/" if folder else ""
            for entry in entries:
                if not is_temporary(entry.name):
                    self._meet(entry, prefix + entry.name, depth=len(parts))
            return identity_of(os.fstat(descriptor))

    def _meet(self, entry: os.DirEntry[str], path: str, *, depth: int) -> None:
        if entry.is_symlink():
            self.skipped[path] = "a symbolic link; links are not followed"
        elif entry.is_dir(follow_symlinks=False):
            self._meet_folder(path, depth=depth)
        elif self._wanted.fullmatch(path):
            self._meet_file(entry, path)
        elif suffix_of(path) in MEDIA_TYPES:
            self._meet_media(entry, path)

    def _meet_media(self, entry: os.DirEntry[str], path: str) -> None:
        with suppress(OSError):  # gone again, or out of reach: as if it were not there
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                self.media[path] = signature_of(status)

    def _meet_folder(self, path: str, *, depth: int) -> None:
        if depth >= _MAX_DEPTH:
            self.skipped[path] = f"a folder nested more than {_MAX_DEPTH} deep"
            return
        if "." in path.rpartition("/")[2] and self._wanted.fullmatch(path):
            self.skipped[path] = "a folder named like a bulletin; what is in it is looked at"
        self._ahead.append(path)

    def _meet_file(self, entry: os.DirEntry[str], path: str) -> None:
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return
        except OSError as error:
            self._cannot_see(path, error)
            return
        kind = stat.S_IFMT(status.st_mode)
        if kind == stat.S_IFREG:
            self.files[path] = signature_of(status)
        else:
            self.skipped[path] = f"{_KINDS.get(kind, 'something else')}, not a file"

    def _cannot_see(self, path: str, error: OSError) -> None:
        self.unseen.add(path)
        self.skipped[path] = f"cannot be looked at: {error.strerror}"

"""Files that come with a bulletin: those of its own name, and those that it names."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from feedpub.beneath import open_folder
from feedpub.exceptions import TransientError
from feedpub.inbox.looking import Look, signature_of
from feedpub.inbox.reading import FLAGS
from feedpub.model import MEDIA_TYPES, Signature

_DIGEST_BYTES = 8
_NO_FILE = (errno.ENOTDIR, errno.ELOOP, errno.ENXIO)  # beside ENOENT: links and sockets
_SUFFIXES = tuple(written for suffix in MEDIA_TYPES for written in (suffix, suffix.upper()))


class UnreadableError(Exception):
    """Says which file may not be read."""


def siblings(path: str) -> tuple[str, ...]:
    """Return the paths at which files lie that have the bulletin's own name: `monday.jpg` of `monday.txt`."""
    return tuple(f"{_stem(path)}.{suffix}" for suffix in _SUFFIXES)


def accompanied(look: Look, named: Mapping[str, Sequence[str]]) -> Look:
    """Let the signature of each bulletin tell of its companions too; `named` has what front matter names."""
    if not (look.media or named):
        return look
    of_stem: dict[str, list[str]] = defaultdict(list)
    for path in look.media:
        if path.rpartition(".")[2] in _SUFFIXES:
            of_stem[_stem(path)].append(path)
    files = dict(look.files)
    for path, signature in look.files.items():
        own, others = of_stem.get(_stem(path), ()), named.get(path, ())
        found = {each: look.media[each] for each in (*own, *others) if each in look.media}
        if found:
            files[path] = with_companions(signature, found)
    return replace(look, files=files)


def look_beside(root: Path, paths: Sequence[str]) -> dict[str, Signature]:
    """Look at what lies at these paths; links, pipes and folders are not there."""
    found: dict[str, Signature] = {}
    by_folder: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_folder[path.rpartition("/")[0]].append(path)
    for folder, inner in by_folder.items():
        try:
            with open_folder(root, folder.split("/") if folder else []) as descriptor:
                found.update(_there(descriptor, inner))
        except OSError:
            continue  # no such folder, or out of reach: as if nothing lay there
    return found


def with_companions(signature: Signature, found: Mapping[str, Signature]) -> Signature:
    """Return the signature of a bulletin beside which these files lie."""
    if not found:
        return replace(signature, beside="")
    facts = (f"{path}\0{s.size} {s.mtime_ns} {s.inode}" for path, s in sorted(found.items()))
    text = "\n".join(facts).encode("utf-8", "surrogateescape")
    return replace(signature, beside=hashlib.blake2b(text, digest_size=_DIGEST_BYTES).hexdigest())


@contextmanager
def opened(root: Path, path: str) -> Iterator[BinaryIO]:
    """Open a file that comes with a bulletin.

    Raises FileNotFoundError where no regular file is there, UnreadableError where it may not be read, OSError
    where it cannot, TransientError when it changed meanwhile.
    """
    parts = path.split("/")
    try:
        with open_folder(root, parts[:-1]) as folder:
            descriptor = os.open(parts[-1], FLAGS, dir_fd=folder)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise FileNotFoundError(path) from error
        if isinstance(error, PermissionError):
            raise UnreadableError(path) from error
        raise
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise FileNotFoundError(path)
        yield file
        if signature_of(os.fstat(descriptor)) != signature_of(before):
            raise TransientError(f"{path!r} changed while it was read")


def _there(folder: int, paths: Sequence[str]) -> Iterator[tuple[str, Signature]]:
    for path in paths:
        try:
            status = os.stat(path.rpartition("/")[2], dir_fd=folder, follow_symlinks=False)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            yield path, signature_of(status)


def _stem(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name.rpartition('.')[0] or name}"

"""File events from the Linux kernel: the only door to asyncinotify (inotify(7))."""

from __future__ import annotations

import errno
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from asyncinotify import Event as Notice
from asyncinotify import Inotify, Mask

from feedpub.exceptions import TransientError
from feedpub.inbox.events import Event, Kind
from feedpub.inbox.looking import identity_of
from feedpub.inbox.names import is_temporary

_ROOT_MASK = (
    Mask.MOVED_TO
    | Mask.MOVED_FROM
    | Mask.CLOSE_WRITE
    | Mask.ATTRIB  # touched, or its rights changed: what could not be read may be readable now
    | Mask.DELETE
    | Mask.CREATE  # of folders; a file's creation says nothing yet
    | Mask.DELETE_SELF
    | Mask.MOVE_SELF
    | Mask.ONLYDIR
)
_MASK = _ROOT_MASK | Mask.DONT_FOLLOW
_LOST = Mask.IGNORED | Mask.MOVE_SELF | Mask.UNMOUNT  # the folder is deleted, renamed, unmounted

_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
_UNSEEN = (errno.EACCES, errno.EPERM)  # the look reports such a folder
_UNCLEAR = Event(kind=Kind.UNCLEAR)


class Watch:
    """A watch over a folder and every folder in it.

    An asynchronous iterator of events, to be closed. It ends, after an event that says "look at
    everything", when the root is gone: the same path may be another folder by then, which needs a watch of
    its own. What the kernel does not tell (a file system mounted over the root) shows in a look, whose
    `root` then differs from this one's.
    """

    def __init__(self, root: Path) -> None:
        self._path = root
        self._folders: dict[int, str] = {}  # watch descriptor → folder relative to the root
        self._ended = False
        try:
            self._inotify = Inotify(cache_size=64)
        except OSError as error:
            raise self._cannot_watch(error) from error
        try:
            self.root = identity_of(root.stat())
            self._add("")
        except OSError as error:
            self.close()
            raise self._cannot_watch(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop watching."""
        self._inotify.close()

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Yield events as they come.

        Raises TransientError when the kernel allows no watch for a new folder.
        """
        while not self._ended:
            notice = await self._inotify.get()
            try:
                event = self._understood(notice)
            except OSError as error:
                raise self._cannot_watch(error) from error
            if event:
                yield event

    def _understood(self, notice: Notice) -> Event | None:
        mask = notice.mask
        if mask & Mask.Q_OVERFLOW:
            self._add("")  # the creation of folders may be among what was lost
            return _UNCLEAR
        folder = self._folders.get(notice.watch.wd) if notice.watch else None
        if folder is None:
            return None  # of a folder that was moved out
        if notice.name is None:
            return self._of_watched_folder(notice, folder)
        if is_temporary(name := str(notice.name)):
            return None
        path = f"{folder}/{name}" if folder else name
        return self._of_inner_folder(mask, path) if mask & Mask.ISDIR else _of_file(mask, path)

    def _of_watched_folder(self, notice: Notice, folder: str) -> Event | None:
        if notice.watch and notice.mask & Mask.IGNORED:
            del self._folders[notice.watch.wd]
        if folder or not notice.mask & _LOST:
            return None  # the folder around it tells the same
        self._ended = True
        return _UNCLEAR

    def _of_inner_folder(self, mask: Mask, path: str) -> Event:
        if mask & Mask.MOVED_FROM:
            self._drop(path)
        elif mask & (Mask.MOVED_TO | Mask.CREATE):
            self._add(path)
        return _UNCLEAR  # files may have come or gone with it

    def _add(self, folder: str) -> None:
        """Watch `folder` and what is in it; watching one that is watched already is harmless."""
        ahead = [folder]
        while ahead:
            folder = ahead.pop()
            try:
                # First the watch, then the listing: what comes in between is seen twice, not never.
                wd = self._inotify.add_watch(self._path / folder, _MASK if folder else _ROOT_MASK).wd
                self._folders[wd] = folder
                ahead.extend(self._inner_folders(folder))
            except OSError as error:
                if not folder or error.errno not in (*_GONE, *_UNSEEN):
                    raise

    def _inner_folders(self, folder: str) -> list[str]:
        with os.scandir(self._path / folder) as entries:
            names = [e.name for e in entries if e.is_dir(follow_symlinks=False) and not is_temporary(e.name)]
        return [f"{folder}/{name}" if folder else name for name in names]

    def _drop(self, folder: str) -> None:
        """Stop watching what was moved out, or its events would come under its former name."""
        for watch in self._inotify.watches:
            watched = self._folders.get(watch.wd, "")
            if watched == folder or watched.startswith(f"{folder}/"):
                del self._folders[watch.wd]
                with suppress(OSError):  # the kernel was faster
                    self._inotify.rm_watch(watch)

    def _cannot_watch(self, error: OSError) -> TransientError:
        cause = {
            errno.ENOSPC: "the kernel's limit of watches is reached (fs.inotify.max_user_watches)",
            errno.EMFILE: "the limit of open files or of watchers is reached (fs.inotify.max_user_instances)",
        }.get(error.errno or 0, error.strerror)
        return TransientError(f"cannot watch {str(self._path)!r}: {cause}")


def _of_file(mask: Mask, path: str) -> Event | None:
    if mask & Mask.MOVED_TO:
        return Event(kind=Kind.MOVED_IN, path=path)
    if mask & (Mask.CLOSE_WRITE | Mask.ATTRIB):
        return Event(kind=Kind.WRITTEN, path=path)
    if mask & (Mask.DELETE | Mask.MOVED_FROM):
        return Event(kind=Kind.GONE, path=path)
    return None

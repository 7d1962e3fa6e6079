"""A folder as target: what any web server can serve."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from feedpub.beneath import HeldFolders
from feedpub.exceptions import TransientError
from feedpub.model import Effort, Resource
from feedpub.publish import copies, files
from feedpub.publish.paths import parts_of

_FLUSHERS = 8  # files flushed at once: what one publication writes, as a rule
_MANY = 40  # files: to flush them one by one takes longer than all that others have to write, as a rule
_LISTED_FROM = 500  # folders in which files are looked for: from here on all are listed, which takes less

_T = TypeVar("_T")


class Folder:
    """Publishes into a folder; for use by one thread at a time.

    A file is written beside its place, flushed to the disk, renamed over the former one, and its folder
    flushed: whoever opens it, even after a power cut, finds the old bytes or the new ones. Symbolic links
    below the root are never followed.
    """

    def __init__(self, root: Path, *, compress: bool = False) -> None:
        self._root = root
        self._beneath: files.Root = root  # with its folders held open while files are written
        self.compress = compress  # whether there are compressed copies of what is asked for often
        # Renamed, but perhaps not on the disk: flushing the folder failed. The bytes that a comparison would
        # find are no proof then, nor would be a second flush that succeeds (the kernel reports an error
        # once), so these are written anew.
        self._doubtful: set[str] = set()
        # What the sweep met, for the look for what is missing that comes next: to list a large site twice
        # takes a while. Nothing of it goes until something is removed or a publication is complete.
        self._met: frozenset[str] | None = None
        self._uncopied: dict[str, None] = {}  # published, and their copies not looked after yet; in order
        self._done: Counter[str] = Counter()  # by the names of Effort
        self._flushers = ThreadPoolExecutor(_FLUSHERS, thread_name_prefix="flush")  # starts none unless used

    @property
    def effort(self) -> Effort:
        """What was done here so far."""
        return Effort(**self._done)

    def publish(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        """Write those resources that differ from what is there; return their paths, in the order given.

        All are written and flushed before the first one takes its place. Raises TransientError when the
        disk is full, read-only, failing: each file is the old or the new one then, and doing it again
        finishes the work. Raises ValueError for a path that leads outside.

        Copies of them go and are not there again before `complete`.
        """
        wanted = tuple(resources)
        self._done["documents"] += len(wanted)
        with self._holding():
            written = self._write(resource for resource in wanted if not self._is_published(resource))
        if self.compress:
            self._uncopied.update(dict.fromkeys(r.path for r in wanted if copies.is_copied(r)))
        return written

    def complete(self) -> None:
        """Write the compressed copies of what was published, where they are not there yet.

        Apart from publishing, since nobody who waits for news needs them. Raises TransientError; doing it
        again finishes the work.
        """
        with self._holding():
            self._copy()
        self._met = None
        self._uncopied.clear()

    def _copy(self) -> None:
        """Write the copies that are not there of what is published."""
        for path in self._uncopied:
            with self._attempt("compress", path):
                for doubtful in self._doubtful.intersection(copies.copies_of(path)):
                    files.remove(self._beneath, parts_of(doubtful))
        found = ((path, files.read(self._beneath, parts_of(path))) for path in self._uncopied)
        originals = {path: content for path, content in found if content is not None}
        self._done["opened"] += sum(1 + len(copies.copies_of(path)) for path in originals)
        lacking = (
            (path, copies.lacking(self._beneath, path, content)) for path, content in originals.items()
        )
        self._write_dated((copy, path) for path, packed in lacking for copy in packed)

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """Hold the folders open meanwhile, each once."""
        with closing(HeldFolders(self._root)) as held:
            self._beneath = held
            try:
                yield
            finally:
                self._beneath = self._root

    def _write(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        return self._write_dated((resource, None) for resource in resources)

    def _write_dated(self, resources: Iterable[tuple[Resource, str | None]]) -> tuple[str, ...]:
        """Write resources, each dated like the file at a path if one is given."""
        staged: deque[files.Staged] = deque()
        try:
            for resource, dated in resources:
                staged.append(self._stage(resource, dated=parts_of(dated) if dated else None))
            self._done["opened"] += len(staged)
            self._at_once(self._flush, staged)
            return self._replace(staged)
        finally:
            for file in staged:
                files.discard(self._beneath, file)  # none is left unless something failed

    def differing(self, resources: Iterable[Resource]) -> tuple[str, ...]:
        """Return the paths of those resources that `publish` would write, or their copies."""
        return tuple(resource.path for resource in resources if not self._is_done(resource))

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Remove what is there of `paths`, and the folders that this empties; return what was removed.

        Raises TransientError when something cannot be removed.
        """
        removed, folders = [], set()
        for path in paths:
            self._met = None
            parts = parts_of(path)
            with self._attempt("remove", path):
                self._remove_copies(path)
                if files.remove(self._root, parts):
                    removed.append(path)
            folders.add(tuple(parts[:-1]))
        self._prune(folders)
        return tuple(removed)

    def missing(self, paths: Iterable[str]) -> frozenset[str]:
        """Return those of `paths` that are not there as files, or lack their copies."""
        wanted = tuple(paths)
        if len({path.rpartition("/")[0] for path in wanted}) < _LISTED_FROM:
            with self._holding():
                return frozenset(path for path in wanted if not self._is_there(path))
        found = frozenset(files.regular(self._root)) if self._met is None else self._met
        return frozenset(path for path in wanted if path not in found or not self._has_copies(path))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of the file at `path`; None when there is none that can be read."""
        return files.read(self._root, parts_of(path))

    def size(self, path: str) -> int | None:
        """Return how many bytes the file at `path` has; None when there is none that can be seen."""
        return files.size(self._root, parts_of(path))

    def found(self) -> Iterator[str]:
        """Yield the path of everything in the folder but for copies of what is there."""
        for path in files.walk(self._root):
            original = copies.path_of_original(path) if self.compress else None
            if original is None or not files.is_file(self._root, parts_of(original)):
                yield path

    def is_unfinished(self, path: str) -> bool:
        """Return whether `path` is that of a file on its way to its place."""
        return files.is_unfinished(path.rpartition("/")[2])

    def sweep(self) -> tuple[str, ...]:
        """Remove what a killed predecessor left half-written; return the paths.

        Must not run while somebody else publishes into the same folder.
        """
        with self._attempt("tidy up", "."):
            swept, self._met = files.sweep(self._root)
        return tuple(swept)

    def _is_there(self, path: str) -> bool:
        return files.is_file(self._beneath, parts_of(path)) and self._has_copies(path)

    def _has_copies(self, path: str) -> bool:
        return not self.compress or copies.are_there(self._root, path)

    def _is_published(self, resource: Resource) -> bool:
        if resource.path in self._doubtful:
            return False
        self._done["opened"] += 1
        return files.holds(self._beneath, parts_of(resource.path), resource.content)

    def _is_done(self, resource: Resource) -> bool:
        if not self._is_published(resource):
            return False
        return not self.compress or copies.are_right(self._root, resource)

    def _stage(self, resource: Resource, *, dated: Sequence[str] | None) -> files.Staged:
        self._done += Counter(files=1, bytes=len(resource.content), opened=1)
        with self._attempt("write", resource.path):
            return files.stage(self._beneath, parts_of(resource.path), resource.content, dated=dated)

    def _replace(self, staged: deque[files.Staged]) -> tuple[str, ...]:
        """Put all into their places, emptying `staged`, then flush their folders once each."""
        done = []
        while staged:
            with self._attempt("replace", staged[0].path):
                self._remove_copies(staged[0].path)
                files.replace(self._beneath, staged[0])
            done.append(staged.popleft())
            self._doubtful.add(done[-1].path)
        self._at_once(self._flush_folder, dict.fromkeys(folder for file in done for folder in file.touched))
        self._doubtful.difference_update(file.path for file in done)
        return tuple(file.path for file in done)

    def _flush(self, file: files.Staged) -> None:
        with self._attempt("write", file.path):
            files.flush(self._beneath, file)

    def _flush_folder(self, folder: tuple[str, ...]) -> None:
        with self._attempt("flush", "/".join(folder) or "."):
            files.flush_folder(self._beneath, folder)

    def _at_once(self, flush: Callable[[_T], None], these: Iterable[_T]) -> None:
        """Flush all of these side by side: they share commits of the file system's journal then.

        Raises what the first one raised, after all have ended.
        """
        these = tuple(these)
        if len(these) >= _MANY:
            with suppress(OSError):  # what is wrong is told by the flushing
                files.hasten(self._beneath)
        flushing = [self._flushers.submit(flush, each) for each in these]
        wait(flushing)
        for each in flushing:
            each.result()

    def _remove_copies(self, path: str) -> None:
        for copy in copies.copies_of(path):
            files.remove(self._beneath, parts_of(copy))

    def _prune(self, folders: Iterable[tuple[str, ...]]) -> None:
        """Remove the folders that are empty and flush those that stay, though nothing was removed now.

        A removal that failed at the flush is done again like that.
        """
        left = set()
        for folder in sorted(folders, key=len, reverse=True):
            with self._attempt("remove", "/".join(folder)):
                left.add(files.prune(self._root, folder))
        for folder in left:
            with self._attempt("flush", "/".join(folder) or "."), suppress(FileNotFoundError):
                files.flush_folder(self._root, folder)  # without a root there is nothing to flush

    @contextmanager
    def _attempt(self, verb: str, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise TransientError(
                f"cannot {verb} {path!r} in the output folder {str(self._root)!r}: "
                f"{error.strerror or os.strerror(error.errno or 0)}"
            ) from error

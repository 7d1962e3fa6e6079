"""The files that came with bulletins, in the output as long as a published entry has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedpub.log import get_logger
from feedpub.media import MediaFolder
from feedpub.model import MEDIA_TYPES, Entry, Resource, Stale, suffix_of
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.target import Published, Target
from feedpub.store import Store

log = get_logger("pipeline")


def media_marks(now: Entry | None, former: Entry | None = None) -> Iterator[Stale]:
    """Yield the files to look at again when an entry is another one than before."""
    before, after = (entry.media if entry else frozenset() for entry in (former, now))
    yield from (Stale(kind="media", name=path) for path in sorted(before ^ after))


class MediaFiles:
    """Puts files into the target before what names them, and takes them out after it."""

    def __init__(self, settings: Settings, store: Store, target: Target) -> None:
        self._store = store
        self._target = target
        self._folder = MediaFolder(settings.media_folder, scratch=settings.media_scratch)

    def marks(self, *, all_of_them: bool = False) -> Iterator[Stale]:
        """Yield the files that are missing, or all, as work to do."""
        used = self._store.media_in_use()
        for path in sorted(used if all_of_them else self._target.missing(used)):
            yield Stale(kind="media", name=path)

    def publish(self, work: Sequence[Stale]) -> Published:
        """Put those files of `work` into the target that a published entry has, one at a time."""
        written: list[str] = []
        failed: list[str] = []
        for path in sorted(self._store.media_in_use(stale.name for stale in work)):
            content = self._folder.read(path)
            if content is None:
                log.error("file is lost; save the bulletin that it came with again", path=path)
                failed.append(path)
            else:
                media_type = MEDIA_TYPES[suffix_of(path)]
                written += self._target.publish([Resource(path=path, content=content, media_type=media_type)])
        return Published(written=tuple(written), failed=tuple(failed))

    def clear(self, work: Sequence[Stale]) -> Published:
        """Take those files of `work` out of the target that no published entry has; the work is done then."""
        names = {stale.name for stale in work}
        removed = self._target.remove(sorted(names - self._store.media_in_use(names))) if names else ()
        self._store.finish(work)
        return Published(removed=removed)

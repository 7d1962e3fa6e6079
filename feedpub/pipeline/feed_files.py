"""The files of the feeds: live documents and archives, in an order that no walk through them notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from feedpub.exceptions import RenderError
from feedpub.helping import Helper
from feedpub.log import get_logger
from feedpub.model import Resource, Stale, archive_of
from feedpub.pipeline.archives import Archives
from feedpub.pipeline.batch import Batch
from feedpub.pipeline.feeds import FeedDocuments
from feedpub.pipeline.settings import Settings
from feedpub.pipeline.target import Published, Target
from feedpub.pipeline.topics import Announcer
from feedpub.render import release
from feedpub.store import Store

log = get_logger("pipeline")

FAILED = "failed documents"  # the note that lists what the release gate refused

_MANY = 30  # archives: to render them takes longer than to start a process
_AT_ONCE = 100  # files, each of up to `limit.bytes`: bounds memory and the wait for a signal


class FeedFiles:
    """Brings the files of the feeds up to date."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        target: Target,
        *,
        documents: FeedDocuments,
        archives: Archives,
        announcer: Announcer,
    ) -> None:
        self._feeds = {feed.name: feed for feed in settings.every_feed}
        self._store = store
        self._target = target
        self._documents = documents
        self._archives = archives
        self._announcer = announcer
        self._helper = Helper()

    def publish(
        self, work: Iterable[Stale], *, ahead: Batch, helper: Helper, stopping: Callable[[], bool]
    ) -> Published:
        """Make the stale documents in `work` anew; of a feed with one that fails the rest waits with it.

        `ahead` must be in its place before them, and is written together with the first ones: so the news
        wait for the disk once.
        """
        self._helper = helper
        grouped = _by_feed(work)
        news, known = {}, {}
        for name, marks in grouped.items():
            news[name], known[name] = self._in_order(name, marks)
        refused: list[str] = []
        done = self._publish(news, refused, ahead, stopping)
        left = {name: marks for name, marks in known.items() if marks and name not in refused}
        done += self._publish(left, refused, Batch(), stopping)  # nobody waits for these
        if stopping():
            return done
        self._note_refused({name: grouped[name] for name in refused})
        return done + Published(failed=tuple(refused))

    def _publish(
        self,
        feeds: Mapping[str, Sequence[Stale]],
        refused: list[str],
        batch: Batch,
        stopping: Callable[[], bool],
    ) -> Published:
        """Make documents anew, and add to `refused` the feeds with one that fails."""
        done = Published()
        for name, marks in feeds.items():
            if stopping():
                break
            try:
                for mark, resources in self._made(name, marks):
                    batch.add(mark, resources)
                    if len(batch.resources) >= _AT_ONCE:
                        done, batch = done + self.finish(batch), Batch()
            except RenderError as error:
                # The last good version stays live, with all that it refers to.
                log.error("feed refused by the release gate", feed=name, reason=str(error))  # noqa: TRY400  no defect
                refused.append(name)
        return done + self.finish(batch)

    def _note_refused(self, feeds: Mapping[str, Sequence[Stale]]) -> None:
        names: list[str] = []
        for name, marks in feeds.items():
            names += [name, *(mark.name for mark in marks if mark.kind == "archive")]
        if (self._store.find_note(FAILED) or "") != "\n".join(names):
            self._store.note(FAILED, "\n".join(names))

    def _in_order(self, name: str, marks: Sequence[Stale]) -> tuple[list[Stale], list[Stale]]:
        """Order the documents of a feed so that who walks from the live one back misses and repeats nothing.

        New archives come before the live document, which names them; those that readers know already, given
        apart, come after it, for what they lose it gains.
        """
        feed = self._feeds.get(name)
        live = [mark for mark in marks if mark.kind == "feed"]
        archives = sorted((mark for mark in marks if mark.kind == "archive"), key=lambda m: archive_of(m)[1])
        new: list[Stale] = []
        known: list[Stale] = []
        for mark in archives:
            there = feed is not None and self._archives.are_there(feed, archive_of(mark)[1])
            (known if there else new).append(mark)
        return [*new, *live], known

    def _made(self, name: str, marks: Sequence[Stale]) -> Iterator[tuple[Stale, list[Resource]]]:
        """Render documents of one feed in all formats; nothing where the configuration does not know it.

        Archives come first, as in `_in_order`. Raises RenderError.
        """
        if not (feed := self._feeds.get(name)):
            yield from ((mark, []) for mark in marks)
            return
        archives = [mark for mark in marks if mark.kind == "archive"]
        documents = (self._documents.archive(feed, archive_of(mark)[1]) for mark in archives)
        made = self._helper.each(release, documents, worth=len(archives) >= _MANY)
        yield from zip(archives, made, strict=True)
        for mark in marks[len(archives) :]:
            yield mark, release(self._documents.live(feed))

    def finish(self, batch: Batch) -> Published:
        """Write what was collected in `batch`; its work is done then."""
        if not batch.marks:
            return Published()
        written = self._target.publish(batch.resources)
        removed = self._target.remove(batch.gone) if batch.gone else ()
        with self._store.transaction():
            for mark in batch.marks:
                if mark.kind == "feed":
                    self._store.see(mark.name)
            self._announcer.finish(batch.marks, batch.resources)
        return Published(written=written, removed=removed, failed=batch.failed)


def _by_feed(work: Iterable[Stale]) -> dict[str, list[Stale]]:
    grouped: dict[str, list[Stale]] = {}
    for mark in work:
        name = archive_of(mark)[0] if mark.kind == "archive" else mark.name
        grouped.setdefault(name, []).append(mark)
    return grouped

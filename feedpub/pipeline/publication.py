"""The job "publish what is stale": compose, render, check, write, and only then call it done."""

from __future__ import annotations

from collections.abc import Callable, Collection

from feedpub.helping import Helper
from feedpub.pipeline.ages import Ages
from feedpub.pipeline.archives import Archives
from feedpub.pipeline.batch import Batch
from feedpub.pipeline.feed_files import FeedFiles
from feedpub.pipeline.feeds import Clock, FeedDocuments
from feedpub.pipeline.history import History
from feedpub.pipeline.media_files import MediaFiles
from feedpub.pipeline.pages import INDEX_KINDS, Pages
from feedpub.pipeline.roster import Roster, with_made
from feedpub.pipeline.settings import Origin, Settings
from feedpub.pipeline.target import Published, Target
from feedpub.pipeline.topics import Announcer
from feedpub.store import Store

PRODUCED = "feed files"  # the note that lists the feed files of the last configuration
LAST_PUBLICATION = "last publication"  # the note with the instant at which the output changed last


class Publication:
    """Brings the target up to date with the store."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        target: Target,
        *,
        origin: Origin,
        clock: Clock,
        announced: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._origin = origin
        self._store = store
        self._target = target
        self._announced = announced
        self._roster = Roster(settings, store)
        self._ages = Ages(settings, store, clock=clock)
        self._furnish()

    def _furnish(self) -> None:
        """Make the parts for the feeds there are now, those that were made from templates among them."""
        settings, store, target = with_made(self._settings, self._store), self._store, self._target
        self._documents = FeedDocuments(settings, store, origin=self._origin, clock=self._clock)
        self._archives = Archives(settings, store, target)
        self._history = History(settings, store, origin=self._origin, clock=self._clock)
        announcer = Announcer(settings, store, clock=self._clock, announced=self._announced)
        self._feeds = FeedFiles(
            settings,
            store,
            target,
            documents=self._documents,
            archives=self._archives,
            announcer=announcer,
        )
        self._pages = Pages(settings, store, target, announcer)
        self._media = MediaFiles(settings, store, target)

    def publish(self, *, stopping: Callable[[], bool] = lambda: False) -> Published:
        """Make every stale document anew; what fails stays stale and its last good version live."""
        self._ages.heed()
        if self._roster.begin(self._store.stale()):
            self._furnish()
            self._store.note(PRODUCED, "\n".join(self._documents.files()))
            self._pages.publish_static()
        self._documents.expire_tombstones()
        self._history.settle(self._store.stale())
        self._pages.settle(self._store.stale())
        done = Published()
        work = self._store.stale()
        media = [stale for stale in work if stale.kind == "media"]
        done += self._media.publish(media)
        pages = Batch()  # those that are written with the feeds, which link to them
        entries = [stale for stale in work if stale.kind in ("entry", "bulletin")]
        feeds = (stale for stale in work if stale.kind in ("feed", "archive"))
        with Helper() as helper:
            for batch in self._pages.batches(entries, helper):
                if stopping():
                    return done
                done += self._feeds.finish(pages)
                pages = batch
            done += self._feeds.publish(feeds, ahead=pages, helper=helper, stopping=stopping)
        done += self._pages.publish_index([stale for stale in work if stale.kind in INDEX_KINDS])
        done += self._media.clear(media)  # after what named them
        if done.written or done.removed:
            self._store.note(LAST_PUBLICATION, self._clock().isoformat())
        self._target.complete()  # the news are out and announced by now
        return done

    def refresh(self) -> None:
        """Mark stale whatever the target lacks or a changed configuration asks for."""
        former = (self._store.find_note(PRODUCED) or "").split()
        self._ages.begin()
        self._documents.enlist(former)
        self._roster.revise()
        self._furnish()
        self._pages.enlist()
        self._drop_unwanted(former)
        self._pages.publish_static()
        self._store.mark(
            (
                *self._media.marks(),
                *self._documents.marks(),
                *self._archives.marks(),
                *self._pages.marks(),
            )
        )

    def remake(self) -> None:
        """Mark stale every document there is, as if nothing were known of the target."""
        self._pages.enlist()
        marks = [*self._documents.marks(), *self._archives.all_marks(), *self._pages.marks()]
        self._pages.publish_static()
        self._store.mark([*marks, *self._pages.all_marks(), *self._media.marks(all_of_them=True)])

    def heal(self) -> None:
        """Mark stale the feeds whose files somebody removed."""
        gone = self._target.missing(self._documents.files())
        if gone:
            self.refresh()

    def _drop_unwanted(self, former: Collection[str]) -> None:
        """Remove the feed files that the configuration no longer names, but did before."""
        now = self._documents.files()
        self._target.remove(path for path in former if path not in now)
        kept, dropped = ({path.rpartition(".")[0] for path in paths} for paths in (now, former))
        self._target.remove(f"{name}/index.html" for name in sorted(dropped - kept))
        self._archives.drop_unwanted(former)
        self._store.note(PRODUCED, "\n".join(now))

"""What has been published, under which ids, and the work that follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from feedpub.model import Answer, Archive, BulletinRecord, Changes, Entry, Order, Signature, Stale
from feedpub.store import announcing, archives, categories, memberships, recovering, writing
from feedpub.store import feed_statements as feed_sql
from feedpub.store import statements as sql
from feedpub.store.recovering import Members
from feedpub.store.transactions import Transactions


class Store(Transactions):
    """The store of one process, for one thread at a time.

    Each method is one transaction, on the disk when it returns, unless it is called inside `transaction`.
    All raise TransientError when the disk or another program is in the way, and StoreDamagedError when the
    store is damaged.
    """

    # --- input files and their entries

    def take_in(
        self,
        record: BulletinRecord,
        changes: Changes,
        *,
        feeds: Mapping[str, frozenset[str]],
        stale: Iterable[Stale],
        at: dt.datetime,
    ) -> None:
        """Store a bulletin that was understood, what it changes, and the documents that are stale by that.

        `feeds` gives the names of an entry's feeds by its id; an entry it omits stays where it is. Of a known
        entry neither id nor permalink changes, and `published` only as long as nobody has seen it. Withdrawn
        entries keep their rows, with `at` as their instant; those never seen vanish.
        """
        with self.transaction() as connection:
            writing.replace_record(connection, record)
            self._apply(connection, changes, feeds=feeds, at=at)
            writing.mark(connection, stale)

    def reject(self, record: BulletinRecord) -> None:
        """Store that a file is not published as it is; what it gave before stays published."""
        with self.transaction() as connection:
            writing.replace_record(connection, record)

    def touch(self, path: str, signature: Signature) -> None:
        """Store that a file of the same bytes looks different now."""
        with self.transaction() as connection:
            connection.execute(sql.TOUCH_RECORD, {"of": path, "signature": signature})

    def rename(self, old: str, record: BulletinRecord) -> None:
        """Store that the file at `old` is now at `record.path`, and its entries with it."""
        with self.transaction() as connection:
            connection.execute(sql.DROP_RECORD, {"path": old})
            writing.replace_record(connection, record)
            connection.execute(sql.MOVE_ENTRIES, {"old": old, "new": record.path})

    def forget(self, path: str, *, changes: Changes, stale: Iterable[Stale], at: dt.datetime) -> None:
        """Store that a file is gone; entries that `changes` does not withdraw stay, and belong to no file."""
        with self.transaction() as connection:
            connection.execute(sql.DROP_RECORD, {"path": path})
            self._apply(connection, changes, feeds={}, at=at)
            connection.execute(sql.DETACH_ENTRIES, {"old": path})
            writing.mark(connection, stale)

    def release(self, ids: Iterable[str], *, stale: Iterable[Stale], at: dt.datetime) -> None:
        """Publish scheduled entries; those in another state stay as they are."""
        with self.transaction() as connection:
            released = tuple(ids)
            writing.release(connection, released, at=at)
            categories.settle(connection, released)
            writing.mark(connection, stale)

    def enlist(self, feed: str, ids: Iterable[str], *, stale: Iterable[Stale], at: dt.datetime) -> None:
        """Let a feed, whose selection changed, hold exactly the entries `ids`."""
        with self.transaction() as connection:
            memberships.enlist(connection, feed, ids, at=at)
            writing.mark(connection, stale)

    def relist(self, feeds: Mapping[str, frozenset[str]], *, stale: Iterable[Stale], at: dt.datetime) -> None:
        """Let entries stand in the feeds that `feeds` names for their ids."""
        with self.transaction() as connection:
            memberships.settle(connection, feeds, feeds=feeds, changed=(), at=at)
            writing.mark(connection, stale)

    def adopt(
        self,
        changes: Changes,
        *,
        titles: Mapping[str, str],
        undated: Container[str],
        feeds: Mapping[str, frozenset[str]],
        stale: Iterable[Stale],
        at: dt.datetime,
    ) -> None:
        """Store entries of another program's feed, which wait for the bulletins that tell their stories.

        `titles` gives the folded title of each by its id; `undated` holds the ids of those that their feed
        does not date.
        """
        with self.transaction() as connection:
            self._apply(connection, changes, feeds=feeds, at=at)
            writing.adopt(connection, changes, titles=titles, undated=undated)
            writing.mark(connection, stale)

    def begin_with(
        self, entries: Mapping[str, Entry], *, titles: Mapping[str, str], feeds: Mapping[str, Members]
    ) -> None:
        """Begin a new store with `entries`, by id, that stand or stood in the `feeds` of a lost one.

        They wait for the bulletins that tell their stories. `titles` gives the folded title of each.
        """
        with self.transaction() as connection:
            recovering.begin_with(connection, entries, titles=titles, feeds=feeds)

    def forgive(self) -> None:
        """Let what was withdrawn before the store was lost come back with its bulletin, where none has it."""
        with self.transaction() as connection:
            connection.execute(sql.FORGIVE)

    def renew(
        self,
        entry: Entry,
        *,
        feeds: Collection[str],
        stale: Iterable[Stale],
        unseen: dt.datetime | None,
    ) -> None:
        """Store what the bulletin that is known by `entry` tells now: `told` and `renewed`.

        `feeds` are those of its feeds that show the whole bulletin; `unseen` is since when that is news to
        their readers, if it is.
        """
        with self.transaction() as connection:
            values = {"told": entry.told, "renewed": entry.renewed}
            connection.execute(sql.UPDATE_ENTRY, {"of": entry.id, **values})
            memberships.renew(connection, entry.id, feeds=feeds, unseen=unseen)
            writing.mark(connection, stale)

    # --- the operator's word

    def keep_out(self, entry: Entry, *, stale: Iterable[Stale], at: dt.datetime) -> None:
        """Store an entry as the operator withdrew it; it stays in the store though nobody has seen it."""
        with self.transaction() as connection:
            writing.keep_out(connection, entry, at=at)
            categories.settle(connection, [entry.id])
            writing.mark(connection, stale)

    def put_back(
        self, entry: Entry, *, feeds: Iterable[str], stale: Iterable[Stale], at: dt.datetime
    ) -> None:
        """Store a withdrawn entry as the operator restored it, to stand in `feeds`."""
        with self.transaction() as connection:
            self._apply(connection, Changes(updated=(entry,)), feeds={entry.id: frozenset(feeds)}, at=at)
            writing.mark(connection, stale)

    def approve(self, digest: str, *, at: dt.datetime) -> None:
        """Remember that the operator approved the bytes with this SHA-256 (hex)."""
        with self.transaction() as connection:
            connection.execute(sql.DROP_APPROVAL, {"digest": digest})
            connection.execute(sql.ADD_APPROVAL, {"digest": digest, "at": at})

    def leave_order(self, order: Order, *, at: dt.datetime) -> int:
        """Store an order for whoever owns the store; give its number."""
        with self.transaction() as connection:
            return writing.leave_order(connection, order, at=at)

    def answer_order(self, number: int, answer: Answer) -> None:
        """Store what became of an order."""
        with self.transaction() as connection:
            writing.answer_order(connection, number, answer)

    # --- archives

    def seal(self, feed: str, sealed: Sequence[tuple[Archive, Sequence[str]]]) -> None:
        """Store that entries of a feed stand in new archives from now on, the oldest first."""
        with self.transaction() as connection:
            writing.mark(connection, archives.seal(connection, feed, sealed))

    def recall(self, feed: str, ids: Iterable[str]) -> None:
        """Store that entries of a feed stand in its live document again."""
        with self.transaction() as connection:
            archives.recall(connection, feed, ids)

    def see(self, feed: str) -> None:
        """Store that nothing in a feed is new to it."""
        with self.transaction() as connection:
            connection.execute(feed_sql.SEE, {"of_feed": feed})

    def drop_archives(self, feed: str) -> None:
        """Forget the archives of a feed."""
        with self.transaction() as connection:
            archives.drop(connection, feed)

    # --- categories

    def categorize(self, ids: Iterable[str]) -> None:
        """Put entries, as they are stored, into their categories; marks the pages that this changes."""
        with self.transaction() as connection:
            categories.settle(connection, ids)

    def paginate(self, category: str, *, full: int) -> None:
        """Cut what is too much on the newest page of a category into pages of `full` entries; marks them."""
        with self.transaction() as connection:
            categories.paginate(connection, category, full=full)

    # --- work to do

    def mark(self, stale: Iterable[Stale]) -> None:
        """Store that documents must be made anew."""
        with self.transaction() as connection:
            writing.mark(connection, stale)

    def finish(self, stale: Iterable[Stale]) -> None:
        """Store that documents were made anew; one that was marked again since `stale` was read stays."""
        with self.transaction() as connection:
            done = [{"kind": work.kind, "name": work.name, "mark": work.mark} for work in stale]
            writing.each(connection, sql.FINISH, done)

    def announce(self, digests: Mapping[str, str], *, hubs: Iterable[str], at: dt.datetime) -> bool:
        """Queue what hubs and subscribers must hear of topics; return whether any of them changed.

        `digests` gives the digest of each published topic by its address. Compared with what was announced
        before, over what the publication wrote: a crash between the two must hide no change.
        """
        with self.transaction() as connection:
            return announcing.announce(connection, digests, hubs=hubs, at=at)

    # --- notes

    def note(self, key: str, value: str) -> None:
        """Remember a text under `key`, instead of what was there."""
        with self.transaction() as connection:
            connection.execute(sql.DROP_NOTE, {"key": key})
            connection.execute(sql.ADD_NOTE, {"key": key, "value": value})

    def fixed(self, key: str, value: str) -> str:
        """Give the text under `key`; if there is none, `value` is it from now on."""
        with self.transaction():
            found = self.find_note(key)
            if found is None:
                self.note(key, value)
        return value if found is None else found

    # --- how it is written

    def _apply(
        self,
        connection: Connection,
        changes: Changes,
        *,
        feeds: Mapping[str, frozenset[str]],
        at: dt.datetime,
    ) -> None:
        writing.apply(connection, changes, feeds=feeds, at=at)
        told = (*changes.added, *changes.updated, *changes.unchanged, *changes.withdrawn)
        categories.settle(
            connection, (entry.id for entry in told), changed={entry.id for entry in changes.updated}
        )

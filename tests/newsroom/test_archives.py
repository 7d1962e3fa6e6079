"""What becomes of the archives of a feed when something happens to their entries, or to the feed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from newsroom.office import Office, an_office
from newsroom.sheets import Sheet, Story
from newsroom.walking import collected, walk
from sqlalchemy import event

from feedpub.model import Edits, Order, State, Verb

START = dt.datetime(2026, 3, 2, 9, 0, 0, tzinfo=dt.UTC)
FORMATS = ("atom", "rss", "json")
LIMIT = 8  # so that two leave at once


class Desk:
    """One newsroom with one feed of small documents."""

    def __init__(self, office: Office, *, first: int = 1000) -> None:
        self.office = office
        self._number = count(first)  # all of one length
        self.configure()

    def configure(self, **changes) -> None:
        """Change the feed in the configuration; `feeds` replaces all."""
        base = replace(self.office.settings.feeds[0], formats=FORMATS, max_entries=LIMIT)
        feeds = changes.pop("feeds", None) or (replace(base, **changes),)
        self.office.close()
        self.office.settings = replace(self.office.settings, feeds=feeds)
        self.office.open()
        self.look()

    def drop(self, stories: int = 1, *, days: int = 0) -> Sheet:
        """Publish a bulletin."""
        numbers = [next(self._number) for _ in range(stories)]
        sheet = Sheet(
            tuple(Story(f"zq{number}x") for number in numbers),
            (self.office.now - dt.timedelta(days=days)).date(),
        )
        self.put(f"{numbers[0]}.txt", sheet)
        return sheet

    def put(self, path: str, sheet: Sheet) -> None:
        """Write the file of a bulletin and publish it."""
        self.office.write(path, sheet.content)
        self.look()

    def edit(self, number: int, words: int = 1) -> str:
        """Change the text of the one story in a file; return its id."""
        story = Story(f"zq{number}x", wording=words)
        self.put(f"{number}.txt", Sheet((story,), self.office.now.date()))
        return self.id_of(number)

    def order(self, verb: Verb, id_: str) -> None:
        """Give an order."""
        self.office.pipeline.leave(Order(verb=verb, target=id_))
        self.office.pipeline.carry_out_orders()
        self.look()

    def look(self) -> None:
        """Let feedpub catch up, a minute later."""
        self.office.now += dt.timedelta(minutes=1)
        self.office.take_in()
        self.office.publish()
        assert () == self.office.store.stale()

    def id_of(self, number: int) -> str:
        """Return the id of a story."""
        return next(e.id for e in self.office.entries() if e.title.startswith(f"zq{number}x"))

    def files(self) -> dict[str, bytes]:
        """Return the files of the feeds."""
        return {path: content for path, content in self.office.files().items() if path.startswith("feeds/")}

    def archives(self) -> dict[str, bytes]:
        """Return the files of the archives."""
        return {path: content for path, content in self.files().items() if "/archive/" in path}

    def walk(self, suffix: str = "atom", name: str = "news"):
        """Walk through the history of a feed."""
        files = self.files()
        return walk(files.__getitem__, f"feeds/{name}.{suffix}")

    def is_complete(self, name: str = "news") -> bool:
        """Tell whether a walk meets everything once, in every format."""
        out = sorted(e.id for e in self.office.entries() if e.state is State.PUBLISHED)
        return all(out == sorted(collected(self.walk(suffix, name))) for suffix in FORMATS)


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """Give the folder of a newsroom that has published twenty bulletins of one story, one after the other."""
    office = Office(tmp_path_factory.mktemp("published"), now=START)
    desk = Desk(office)
    for _ in range(20):
        desk.drop()
    office.close()
    return office.input.parent


@pytest.fixture
def desk(published) -> Iterator[Desk]:
    """Give a newsroom that goes on where that one stopped."""
    with an_office(now=START + dt.timedelta(days=1)) as office:
        office.close()
        shutil.copytree(published, office.input.parent, dirs_exist_ok=True)
        office.open()
        desk = Desk(office, first=1020)
        assert [8, 2, 2, 2, 2, 2, 2] == [len(page.ids) for page in desk.walk()]
        yield desk


OLD, OLDEST = 1004, 1000  # numbers of stories that lie in archives


def unlinked(files: dict[str, bytes]) -> dict[str, list[bytes]]:
    """Return files without their links to the archive after them."""
    return {
        path: [line for line in content.splitlines() if b"next-archive" not in line]
        for path, content in files.items()
    }


def test_archives_stay_as_they_are(desk):
    """C77: whatever is published later, archives keep address, entries and, but for a link, bytes."""
    before = unlinked(desk.archives())
    for _ in range(10):
        desk.drop(7)

    after = unlinked(desk.archives())
    assert before == {path: after[path] for path in before}
    assert desk.is_complete()


def test_edited_entry_comes_back_to_the_live_document(desk):
    """C78: readers do not fetch archives again. Its archive loses it; the others are not touched."""
    before = desk.archives()
    id_ = desk.edit(OLD)

    assert id_ in desk.walk()[0].ids
    assert desk.is_complete()
    assert all(
        id_.encode() in before[p]
        for p, c in unlinked(desk.archives()).items()
        if p in before and c != unlinked(before)[p]
    )


def test_silently_edited_entry_stays_in_its_archive(desk):
    """Where edits are silent an old story does not come up again; its archive tells it as it is now."""
    desk.configure(edits=Edits.SILENT)
    pages = desk.walk()
    id_ = desk.edit(OLD)

    assert [page.ids for page in pages] == [page.ids for page in desk.walk()]
    assert 3 == sum(Story(f"zq{OLD}x", wording=1).text.encode() in text for text in desk.archives().values())
    assert id_ not in desk.walk()[0].ids


def test_silent_edit_that_no_longer_fits_comes_back(desk):
    """An archive that would be too long lets the entry go that made it so."""
    desk.configure(edits=Edits.SILENT, max_bytes=14_000)
    told = Sheet((Story(f"zq{OLD}x"),), desk.office.now.date()).content
    long = b"\n\n".join([told, *[b"And that was not all of it." * 20] * 14])
    desk.office.write(f"{OLD}.txt", long)
    desk.look()

    assert desk.id_of(OLD) in desk.walk()[0].ids
    assert desk.is_complete()


def test_withdrawn_entry_leaves_its_archive(desk):
    """C80: and its tombstone stands in the live document; restored, it is shown there."""
    id_ = desk.id_of(OLD)
    desk.order(Verb.WITHDRAW, id_)

    files = desk.files()
    assert not any(
        f">{id_}<".encode() in content or f'"{id_}"'.encode() in content
        for p, content in files.items()
        if "archive" in p
    )
    assert f'deleted-entry ref="{id_}"'.encode() in files["feeds/news.atom"]
    assert desk.is_complete()

    desk.order(Verb.RESTORE, id_)

    assert id_ in desk.walk()[0].ids
    assert desk.is_complete()


def test_archive_without_entries_stays_on_the_way(desk):
    """Who keeps its address finds it, and the way leads on."""
    lengths = [len(page.ids) for page in desk.walk()]
    for number in (OLDEST, OLDEST + 1):
        (desk.office.input / f"{number}.txt").unlink()
    desk.look()

    assert [*lengths[:-1], 0] == [len(page.ids) for page in desk.walk()]
    assert desk.is_complete()


def test_late_bulletin_is_shown_to_subscribers(desk):
    """Its date is older than all others: in an archive nobody would see it."""
    desk.drop(days=400)
    late = desk.id_of(1020)
    assert late in desk.walk()[0].ids

    for _ in range(4):
        desk.drop(2)

    assert late not in desk.walk()[0].ids
    assert desk.is_complete()


def test_entry_that_is_no_longer_selected_leaves_its_archive(desk):
    """A feed that selects otherwise holds nothing else in its history either."""
    desk.drop(7)
    desk.drop(7)
    leads = {e.id for e in desk.office.entries() if e.role == "lead"}
    desk.configure(roles=frozenset({"lead"}))

    assert leads == set(collected(desk.walk()))


def test_lower_limits_hold_for_archives_as_well(desk):
    """What no longer fits goes into new archives; nothing is lost, nothing told twice."""
    for _ in range(3):
        desk.drop(30)
    assert LIMIT == max(len(page.ids) for page in desk.walk())
    desk.configure(max_entries=3)

    assert 3 == max(len(page.ids) for page in desk.walk())
    assert desk.is_complete()

    desk.configure(max_entries=50)

    assert desk.is_complete()


def test_feed_that_is_removed_takes_its_archives_with_it(desk):
    """And its history is built anew when it comes back."""
    feed = desk.office.settings.feeds[0]
    desk.configure(feeds=(replace(feed, name="other"),))
    assert not any(path.startswith("feeds/news") for path in desk.files())
    assert desk.is_complete("other")

    desk.drop()
    desk.configure(feeds=(feed,))

    assert desk.is_complete()
    assert not any("other" in path for path in desk.files())


def test_format_that_is_removed_takes_its_archives_with_it(desk):
    """The other formats keep theirs; it gets them all when it comes back."""
    before = desk.files()
    desk.configure(formats=("atom",))
    assert {"atom", "html"} == {path.rpartition(".")[2] for path in desk.files()}

    desk.configure(formats=FORMATS)

    assert before == desk.files()


def test_new_title_stands_in_all_archives(desk):
    """Every document of a feed says the same of it; addresses stay."""
    before = desk.archives()
    desk.configure(title="Another Title")

    after = desk.archives()
    assert before.keys() == after.keys()
    assert all(b"Another Title" in content for content in after.values())


def test_lost_output_is_made_anew_to_the_byte(desk):
    """Archives are no more than the store says."""
    before = desk.files()
    desk.office.lose_output()
    desk.office.pipeline.heal()
    desk.look()

    assert before == desk.files()


def test_lost_archive_is_found_at_the_next_start(desk):
    """One file that somebody deleted is enough."""
    before = desk.files()
    path = desk.walk()[3].path
    (desk.office.output / path).unlink()
    desk.configure()

    assert before == desk.files()


def test_start_without_changes_writes_nothing(desk):
    """Not one archive is touched."""
    before = {path: (desk.office.output / path).stat().st_ino for path in desk.files()}
    desk.configure()

    assert before == {path: (desk.office.output / path).stat().st_ino for path in desk.files()}


def test_lost_store_builds_the_whole_history_again(desk):
    """It is cut otherwise, so its archives have other addresses; nothing is missing or told twice."""
    before = desk.archives()
    ids = sorted(collected(desk.walk()))
    office = desk.office
    office.close()
    for path in office.output.parent.glob("feedpub.db*"):
        path.unlink()
    office.open()
    desk.look()

    assert ids == sorted(collected(desk.walk()))
    assert desk.is_complete()
    changed = {path for path, content in desk.archives().items() if before.get(path, content) != content}
    assert {b for path in changed for b in unlinked({path: before[path]})[path]} == {
        b for path in changed for b in unlinked(desk.archives())[path]
    }


@pytest.mark.parametrize("edits", list(Edits))
def test_cost_of_a_publication_does_not_grow(desk, edits):
    """Statements and documents are as many beside a long history as beside a short one."""
    desk.configure(edits=edits)
    short = measured(desk, edited=(1002, 1003))
    desk.drop(150)
    desk.drop(LIMIT)

    assert short == measured(desk, edited=(1006, 1007))


def measured(desk: Desk, *, edited: Iterable[int]) -> list[list[tuple[int, ...]]]:
    """Publish four bulletins and change old ones; return how many statements and documents each took.

    Sorted, since every second one has something sealed.
    """
    drops = [counted(desk, desk.drop) for _ in range(4)]
    edits = [counted(desk, partial(desk.edit, number)) for number in edited]
    return [sorted(drops), sorted(edits)]


def counted(desk: Desk, act: Callable[[], object]) -> tuple[int, int]:
    """Count statements and files that are written."""
    statements = []
    before = {path: (desk.office.output / path).stat().st_ino for path in desk.files()}
    engine = desk.office.store._engine

    def listen(_connection, _cursor, statement, *_facts) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    act()
    event.remove(engine, "before_cursor_execute", listen)
    written = sum(before.get(path) != (desk.office.output / path).stat().st_ino for path in desk.files())
    return len(statements), written

"""Whatever an editor does with files, no subscriber gets anything twice, too early, or in another order."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from lxml import etree
from newsroom.office import Office, an_office
from newsroom.sheets import Sheet, Story

from feedpub.model import Entry, Outcome, Role, State

START = dt.datetime(2026, 3, 2, 9, 0, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)
PATHS = ("a.txt", "b.txt", "c.txt", "é.txt", "old/a.txt", "old/deep/d.txt")
DAYS = (dt.date(2026, 2, 16), dt.date(2026, 2, 17))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "windows-1252")
_KEY = re.compile("zq[0-9]+x")
_ATOM = "{http://www.w3.org/2005/Atom}"

numbers = st.integers(0, 5)
# Most changes are taken in at once; some wait and are taken in together with the next ones.
looks = st.sampled_from([True, True, False])


class Newsroom(RuleBasedStateMachine):
    """A folder, a store and an output, held after each look against what the files say."""

    def __init__(self) -> None:
        super().__init__()
        self.resources = ExitStack()
        self.office: Office = self.resources.enter_context(an_office(now=START))
        self.disk: dict[str, Sheet] = {}
        self.trash: dict[str, Sheet] = {}
        self.told = 0  # stories so far
        self.edited: set[str] = set()  # keys of stories changed since the last look
        self.known: dict[str, Entry] = {}  # by id, as of the last look
        self.shown: set[str] = set()  # ids that readers ever saw
        self.shown_keys: set[str] = set()
        self.bulletins: dict[
            str, tuple[str, str, str]
        ] = {}  # title, text and date by id, as of the last look

    def teardown(self) -> None:
        try:
            self.look()
            assert self.office.fresh() == self.office.files()
        finally:
            self.resources.close()

    # --- what an editor does

    @initialize(counts=st.lists(st.integers(1, 3), min_size=1, max_size=3))
    def begin(self, counts) -> None:
        for where, count in enumerate(counts):
            self.put(
                PATHS[2 * where], Sheet(tuple(self.a_story() for _ in range(count)), DAYS[0]), look=False
            )
        self.look()

    @precondition(lambda self: len(self.disk) < len(PATHS))
    @rule(where=numbers, count=st.integers(1, 3), hours=st.sampled_from([None, None, 1, 10]), look=looks)
    def add(self, where, count, hours, look) -> None:
        stories = tuple(self.a_story() for _ in range(count))
        self.put(self.free(where), Sheet(stories, DAYS[0], publish_at=self.moment(hours)), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, story=numbers, title=st.booleans(), look=looks)
    def edit(self, which, story, title, look) -> None:
        path = self.some(which)
        self.put(path, self.with_edit(self.disk[path], story, title=title), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, place=numbers, look=looks)
    def insert(self, which, place, look) -> None:
        path = self.some(which)
        stories = list(self.disk[path].stories)
        stories.insert(place % (len(stories) + 1), self.a_story())
        self.put(path, replace(self.disk[path], stories=tuple(stories)), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, place=numbers, look=looks)
    def remove(self, which, place, look) -> None:
        path = self.some(which)
        stories = list(self.disk[path].stories)
        if len(stories) > 1:
            del stories[place % len(stories)]
            self.put(path, replace(self.disk[path], stories=tuple(stories)), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, by=numbers, look=looks)
    def reorder(self, which, by, look) -> None:
        path = self.some(which)
        stories = self.disk[path].stories
        turn = by % len(stories)
        self.put(path, replace(self.disk[path], stories=stories[turn:] + stories[:turn]), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, encoding=st.sampled_from(ENCODINGS), look=looks)
    def reencode(self, which, encoding, look) -> None:
        path = self.some(which)
        self.put(path, replace(self.disk[path], encoding=encoding), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, day=st.sampled_from(DAYS), look=looks)
    def redate(self, which, day, look) -> None:
        path = self.some(which)
        self.put(path, replace(self.disk[path], date=day), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, hours=st.sampled_from([None, -3, 1, 10, 30]), look=looks)
    def embargo(self, which, hours, look) -> None:
        path = self.some(which)
        self.put(path, replace(self.disk[path], publish_at=self.moment(hours)), look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, look=looks)
    def make_draft_or_not(self, which, look) -> None:
        path = self.some(which)
        self.put(path, replace(self.disk[path], draft=not self.disk[path].draft), look=look)

    # --- what becomes of files

    @precondition(lambda self: self.disk)
    @rule(which=numbers, look=looks)
    def touch(self, which, look) -> None:
        path = self.some(which)
        self.put(path, self.disk[path], look=look)

    @precondition(lambda self: self.disk)
    @rule(which=numbers, look=looks)
    def delete(self, which, look) -> None:
        self.discard(self.some(which), look=look)

    @precondition(lambda self: self.trash)
    @rule(which=numbers, look=looks)
    def restore(self, which, look) -> None:
        path = sorted(self.trash)[which % len(self.trash)]
        if path not in self.disk and not self.edited & self.trash[path].keys:
            self.put(path, self.trash.pop(path), look=look)

    @precondition(lambda self: 0 < len(self.disk) < len(PATHS))
    @rule(which=numbers, where=numbers, look=looks)
    def rename(self, which, where, look) -> None:
        self.move(self.some(which), self.free(where), look=look)

    @precondition(lambda self: len(self.disk) > 1)
    @rule(which=numbers, other=numbers, look=looks)
    def rename_over_another(self, which, other, look) -> None:
        path, target = self.some(which), self.some(other)
        if path != target:
            self.move(path, target, look=look)

    @precondition(lambda self: 0 < len(self.disk) < len(PATHS))
    @rule(
        which=numbers,
        where=numbers,
        story=numbers,
        title=st.booleans(),
        day=st.sampled_from(DAYS),
        look=looks,
    )
    def rename_and_edit(self, which, where, story, title, day, look) -> None:
        path, target = self.some(which), self.free(where)
        sheet = self.with_edit(self.disk[path], story, title=title)
        self.discard(path, look=False)
        self.put(target, replace(sheet, date=day), look=look)

    @precondition(lambda self: 0 < len(self.disk) < len(PATHS))
    @rule(which=numbers, where=numbers, look=looks)
    def copy(self, which, where, look) -> None:
        self.put(self.free(where), self.disk[self.some(which)], look=look)

    @precondition(lambda self: len(self.disk) > 1)
    @rule(which=numbers, other=numbers, look=looks)
    def copy_over_another(self, which, other, look) -> None:
        self.put(self.some(other), self.disk[self.some(which)], look=look)

    @precondition(lambda self: len(self.disk) > 1)
    @rule(which=numbers, other=numbers, look=looks)
    def exchange(self, which, other, look) -> None:
        path, target = self.some(which), self.some(other)
        one, two = self.disk[path], self.disk[target]
        self.put(path, two, look=False)
        self.put(target, one, look=look)

    @precondition(lambda self: 0 < len(self.disk) < len(PATHS))
    @rule(which=numbers, where=numbers, place=numbers, look=looks)
    def split(self, which, where, place, look) -> None:
        path, target = self.some(which), self.free(where)
        sheet = self.disk[path]
        if len(sheet.stories) > 1:
            cut = 1 + place % (len(sheet.stories) - 1)
            self.put(path, replace(sheet, stories=sheet.stories[:cut]), look=False)
            self.put(target, replace(sheet, stories=sheet.stories[cut:]), look=look)

    @precondition(lambda self: len(self.disk) > 1)
    @rule(which=numbers, other=numbers, look=looks)
    def merge(self, which, other, look) -> None:
        path, target = self.some(which), self.some(other)
        one, two = self.disk[path], self.disk[target]
        if not one.keys & two.keys:
            self.discard(path, look=False)
            self.put(target, replace(two, stories=two.stories + one.stories), look=look)

    # --- what happens to feedpub

    @rule(hours=st.sampled_from([1, 11, 31, -2, -31]))
    def clock(self, hours) -> None:
        self.office.now += dt.timedelta(hours=hours)
        self.look()

    @rule(what=st.sampled_from(["restart", "crash", "lost output"]))
    def trouble(self, what) -> None:
        if what == "crash":
            self.office.take_in()
            self.office.now -= MINUTE  # of the look that follows: nothing is to happen in it
        elif what == "lost output":
            self.office.lose_output()
        self.office.close()
        self.office.open()
        self.look()

    # --- how it is done

    def a_story(self) -> Story:
        self.told += 1
        return Story(f"Zq{self.told}x")

    def some(self, number: int) -> str:
        return sorted(self.disk)[number % len(self.disk)]

    def free(self, number: int) -> str:
        places = [path for path in PATHS if path not in self.disk]
        return places[number % len(places)]

    def moment(self, hours: int | None) -> dt.datetime | None:
        return None if hours is None else self.office.now + dt.timedelta(hours=hours, seconds=30)

    def with_edit(self, sheet: Sheet, number: int, *, title: bool) -> Sheet:
        """Change one story, unless it was changed since the last look: nobody could tell what it was."""
        place = number % len(sheet.stories)
        story = sheet.stories[place]
        if story.key in self.edited:
            return sheet
        self.edited.add(story.key)
        changed = story.retitled() if title else story.rewritten()
        return replace(sheet, stories=(*sheet.stories[:place], changed, *sheet.stories[place + 1 :]))

    def put(self, path: str, sheet: Sheet, *, look: bool) -> None:
        self.office.write(path, sheet.content)
        self.disk[path] = sheet
        if look:
            self.look()

    def discard(self, path: str, *, look: bool) -> None:
        (self.office.input / path).unlink()
        self.trash[path] = self.disk.pop(path)
        if look:
            self.look()

    def move(self, path: str, target: str, *, look: bool) -> None:
        (self.office.input / target).parent.mkdir(parents=True, exist_ok=True)
        (self.office.input / path).rename(self.office.input / target)
        self.disk[target] = self.disk.pop(path)
        if look:
            self.look()

    # --- what must hold

    def look(self) -> None:
        """Let feedpub catch up, and hold everything it holds and shows against the files."""
        self.office.now += MINUTE
        self.office.take_in()
        self.office.publish()
        found = self.office.entries()
        entries = {entry.id: entry for entry in found}
        assert len(entries) == len(found)
        self.check_files(entries)
        self.check_identity(entries)
        self.check_dates(entries)
        self.note(entries)
        self.check_output(entries)
        assert () == self.office.store.stale()

    def check_files(self, entries: dict[str, Entry]) -> None:
        """Of each text one file is published, story by story as it says; none before its moment."""
        records = {record.path: record.outcome for record in self.office.store.records()}
        assert records.keys() == self.disk.keys()
        assert set(records.values()) <= {Outcome.ACCEPTED, Outcome.DUPLICATE}
        texts = Counter(sheet.content for sheet in self.disk.values())
        accepted = Counter(self.disk[p].content for p, o in records.items() if o is Outcome.ACCEPTED)
        assert dict.fromkeys(texts, 1) == accepted
        live = defaultdict(list)
        for entry in entries.values():
            if entry.state is not State.WITHDRAWN:
                live[entry.bulletin].append(entry)
        for path, sheet in self.disk.items():
            stories = () if records[path] is Outcome.DUPLICATE or sheet.draft else sheet.stories
            there = sorted(live.pop(path, []), key=lambda entry: entry.position)
            assert [(s.title, (s.text,)) for s in stories] == [(e.title, e.paragraphs) for e in there]
            assert [not place for place in range(len(there))] == [e.role is Role.LEAD for e in there]
            for entry in there:
                is_out = entry.id in self.shown or sheet.is_due(self.office.now)
                assert (State.PUBLISHED if is_out else State.SCHEDULED) is entry.state
        assert not live

    def check_identity(self, entries: dict[str, Entry]) -> None:
        """Hold what readers know for ever; a story that stands somewhere keeps its id."""
        for name in self.shown:
            assert self.known[name].permalink == entries[name].permalink
            assert self.known[name].published == entries[name].published
        before, after = by_story(self.known), by_story(entries)
        for key in before.keys() & after.keys():
            stay = before[key] & after[key]
            assert min(len(before[key]), len(after[key])) == len(stay), (before[key], after[key])
        gone = [e for e in self.known.values() if e.id in entries and entries[e.id].state is State.WITHDRAWN]
        there = {(entry.bulletin, key_of(entry)) for entry in gone}
        away = {told_on_its_day(entry) for entry in gone if entry.state is State.WITHDRAWN}
        for name in entries.keys() - self.known.keys():
            assert (entries[name].bulletin, key_of(entries[name])) not in there
            assert told_on_its_day(entries[name]) not in away

    def check_dates(self, entries: dict[str, Entry]) -> None:
        """Let the date of an update move when what readers see does, and only then."""
        now = self.office.now
        for entry in entries.values():
            old = self.known.get(entry.id)
            if entry.id not in self.shown:
                expected = entry.published
            elif entry.state is State.WITHDRAWN:
                gone = old.state is State.WITHDRAWN
                expected = old.updated if gone else max(now, old.updated)
            elif old.state is State.WITHDRAWN:
                expected = max(now, old.updated + SECOND, entry.published)
            elif (old.title, old.paragraphs) == (entry.title, entry.paragraphs):
                expected = old.updated
            else:
                expected = max(now, old.updated, entry.published)
            assert expected == entry.updated, (old, entry)

    def note(self, entries: dict[str, Entry]) -> None:
        self.known = entries
        out = [entry for entry in entries.values() if entry.state is State.PUBLISHED]
        self.shown |= {entry.id for entry in out}
        self.shown_keys |= {key_of(entry) for entry in out}
        self.edited.clear()

    def check_output(self, entries: dict[str, Entry]) -> None:
        """Every live entry stands in its feeds once and in order, and nothing of what must not be seen."""
        out = [entry for entry in entries.values() if entry.state is State.PUBLISHED]
        out.sort(key=lambda entry: (-entry.published.timestamp(), entry.position, entry.id))
        files = self.office.files()
        expected = [(entry.id, entry.title, entry.updated) for entry in out]
        assert expected == atom(files["feeds/news.atom"])
        leads = [(e.id, e.title, e.updated) for e in out if e.role is Role.LEAD]
        assert leads == atom(files["feeds/leads.atom"])
        assert [(e.id, e.title) for e in out] == rss(files["feeds/news.rss"])
        assert [(e.id, e.title) for e in out] == jsonfeed(files["feeds/news.json"])
        self.check_bulletins(out, files["feeds/whole.atom"])
        for path, content in files.items():
            visible = set(_KEY.findall(f"{path} {content.decode()}".lower()))
            assert visible <= {key.lower() for key in self.shown_keys}, path

    def check_bulletins(self, out: list[Entry], content: bytes) -> None:
        """Let the stories of a file stand together, in order; the date moves when what is told does."""
        shown = {e.findtext(f"{_ATOM}id"): e for e in etree.fromstring(content).iterfind(f"{_ATOM}entry")}
        assert shown.keys() == {f"{e.id}/bulletin" for e in out if e.leads_issue}
        told = {
            id_: (e.findtext(f"{_ATOM}title"), e.findtext(f"{_ATOM}content"), e.findtext(f"{_ATOM}updated"))
            for id_, e in shown.items()
        }
        for path in self.disk:
            stories = sorted((e for e in out if e.bulletin == path), key=lambda entry: entry.position)
            assert len({e.issue for e in stories}) <= 1
            if stories and (of := told.get(f"{stories[0].issue}/bulletin")):
                at = [f"{of[0]} {of[1]}".find(e.title) for e in stories]
                assert -1 not in at
                assert sorted(at) == at
                assert len(stories) - 1 == of[1].count("<li>")
        for id_ in told.keys() & self.bulletins.keys():
            if told[id_] != self.bulletins[id_]:
                assert instant(self.bulletins[id_][2]) < instant(told[id_][2])
        self.bulletins = told


def key_of(entry: Entry) -> str:
    """Return the key of the story that an entry tells."""
    return entry.title.split()[0]


def told_on_its_day(entry: Entry) -> tuple[object, ...]:
    """Return what an entry says, and the day by which its id was minted."""
    return entry.permalink[:10], entry.title, entry.paragraphs


def by_story(entries: dict[str, Entry]) -> dict[str, set[str]]:
    """Return the ids of the live entries of each story."""
    found = defaultdict(set)
    for entry in entries.values():
        if entry.state is not State.WITHDRAWN:
            found[key_of(entry)].add(entry.id)
    return found


def atom(content: bytes) -> list[tuple[str, str, dt.datetime]]:
    """Return id, title and date of each entry of an Atom document."""
    return [
        (e.findtext(f"{_ATOM}id"), e.findtext(f"{_ATOM}title"), instant(e.findtext(f"{_ATOM}updated")))
        for e in etree.fromstring(content).iterfind(f"{_ATOM}entry")
    ]


def rss(content: bytes) -> list[tuple[str, str]]:
    """Return guid and title of each item of an RSS document."""
    return [(i.findtext("guid"), i.findtext("title")) for i in etree.fromstring(content).iter("item")]


def jsonfeed(content: bytes) -> list[tuple[str, str]]:
    """Return id and title of each item of a JSON Feed."""
    return [(item["id"], item["title"]) for item in json.loads(content)["items"]]


def instant(text: str) -> dt.datetime:
    """Return the instant that RFC 3339 text names."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


# `make nightly` takes many more walks, and longer ones.
_NIGHTLY = settings().max_examples > 200
Newsroom.TestCase.settings = settings(
    max_examples=settings().max_examples if _NIGHTLY else 40, stateful_step_count=40 if _NIGHTLY else 12
)
TestNewsroom = pytest.mark.timeout(0)(Newsroom.TestCase)  # making a failure smaller may take an hour

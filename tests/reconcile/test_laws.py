"""What holds for any bulletin and any edit."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from reconcile.factories import ARRIVED, MONDAY, Desk, a_bulletin, circumstances, nothing_taken

from feedpub.model import Bulletin, Changes, ParsedEntry, Role, State
from feedpub.reconcile import reconcile

lawful = settings(derandomize=True, deadline=None, max_examples=80)

# Few words, so that titles and texts are often the same, alike or swapped.
WORDS = st.sampled_from(
    ["storm", "crane", "harbour", "museum", "gas", "rain", "sun", "Monday", "deal", "vote", "北京", "!"]
)
sentences = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
dates = st.sampled_from([None, MONDAY, *(MONDAY + dt.timedelta(days=n) for n in (-1, 1, 2))])
times = st.none() | st.builds(dt.time, st.sampled_from([0, 9, 10, 23]), st.sampled_from([0, 59]))

stories = st.builds(
    ParsedEntry,
    role=st.just(Role.TEASER),
    title=sentences,
    paragraphs=st.lists(sentences, max_size=2).map(tuple),
    time=times,
    date=st.sampled_from([None, None, None, MONDAY - dt.timedelta(days=1), MONDAY + dt.timedelta(days=1)]),
    corrections=st.sampled_from([(), (), (), ("It was rain.",), ("It was rain.", "In the south.")]),
)
bulletins = st.builds(
    lambda entries, lead, **changes: Bulletin(
        entries=tuple(
            replace(entry, role=Role.LEAD) if place == lead % len(entries) else entry
            for place, entry in enumerate(entries)
        ),
        **changes,
    ),
    st.lists(stories, min_size=1, max_size=7),
    st.integers(0, 6),
    date=dates,
    time=times,
    draft=st.sampled_from([False] * 9 + [True]),
    publish_at=st.none() | st.just(ARRIVED + dt.timedelta(hours=2)),
)
# Versions of one file, each with the hours since the one before: none, some, or the clock was set back.
histories = st.lists(st.tuples(bulletins, st.sampled_from([0, 0, 1, 14, 30, -2])), min_size=1, max_size=5)


def replay(history) -> tuple[Desk, dt.datetime]:
    """Read the versions one after the other; return what is known then, and the instant."""
    desk, now = Desk(), ARRIVED
    for bulletin, hours in history:
        now += dt.timedelta(hours=hours)
        desk.read(bulletin, now=now)
    return desk, now


@lawful
@given(histories, bulletins)
def test_ids_belong_to_one_entry_each(history, bulletin):
    """No id ever serves two entries, no entry of a bulletin goes without, and no other instant is shared."""
    desk, now = replay(history)
    before = dict(desk.entries)
    changes = desk.read(bulletin, now=now)
    present = (*changes.added, *changes.updated, *changes.unchanged)
    ids = [entry.id for entry in (*present, *changes.withdrawn)]

    assert len(ids) == len(set(ids))
    assert not {entry.id for entry in changes.added} & before.keys()
    assert {entry.id for entry in (*changes.updated, *changes.unchanged, *changes.withdrawn)} <= before.keys()
    expected = [] if bulletin.draft else list(range(len(bulletin.entries)))
    assert expected == sorted(entry.position for entry in present)
    seen = [entry.published for entry in desk.known if entry.state is not State.SCHEDULED]
    assert len(seen) == len(set(seen))


@lawful
@given(histories, bulletins)
def test_what_readers_saw_is_never_moved(history, bulletin):
    """Id, address and publication stand for ever; updated moves with what readers see and never back."""
    desk, now = replay(history)
    before = dict(desk.entries)
    changes = desk.read(bulletin, now=now)

    for entry in (*changes.updated, *changes.unchanged, *changes.withdrawn):
        old = before[entry.id]
        assert old.permalink == entry.permalink
        if old.state is not State.SCHEDULED:
            assert old.published == entry.published
            assert old.updated <= entry.updated
            assert State.SCHEDULED is not entry.state
    for entry in changes.unchanged:
        old = before[entry.id]
        assert old == replace(entry, bulletin=old.bulletin, position=old.position, role=old.role)
    for entry in desk.known:
        assert entry.published <= entry.updated
        assert entry.state is State.SCHEDULED or entry.published <= max(now, entry.updated)


@lawful
@given(histories)
def test_reading_again_changes_nothing(history):
    """A file that is read once more as it is leaves every entry as it was."""
    desk, now = replay(history)
    expected = Changes(unchanged=tuple(desk.live))

    assert expected == desk.read(history[-1][0], now=now)


@lawful
@given(histories, bulletins, st.randoms(use_true_random=False))
def test_order_of_the_known_entries_does_not_matter(history, bulletin, shuffler: random.Random):
    """The store may hand back its entries in any order."""
    desk, now = replay(history)
    reading = circumstances(now=now)
    shuffled = list(desk.known)
    shuffler.shuffle(shuffled)

    assert reconcile(bulletin, desk.known, reading, taken=nothing_taken) == reconcile(
        bulletin, shuffled, reading, taken=nothing_taken
    )


@lawful
@given(bulletins)
def test_rebuilt_store_holds_the_same_ids(bulletin):
    """When the store is lost, the same bulletin read later from another place has the same ids."""
    bulletin = replace(bulletin, date=bulletin.date or MONDAY)
    later = circumstances(path="found/again.txt", arrived=ARRIVED + dt.timedelta(days=400))
    first = reconcile(bulletin, (), circumstances(), taken=nothing_taken).added
    second = reconcile(bulletin, (), later, taken=nothing_taken).added

    assert [(entry.id, entry.permalink) for entry in first] == [
        (entry.id, entry.permalink) for entry in second
    ]


@lawful
@given(bulletins, bulletins)
def test_same_bulletin_gets_other_ids_beside_another_file(one, other):
    """Whatever two files say, no id serves both."""
    first = frozenset(entry.id for entry in reconcile(one, (), circumstances(), taken=nothing_taken).added)
    second = reconcile(other, (), circumstances(), taken=first.intersection).added

    assert not first & {entry.id for entry in second}


zones = st.sampled_from(
    [
        "Europe/Sofia",
        "UTC",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Asia/Beirut",
        "America/Havana",
        "Pacific/Kiritimati",
        "America/Sao_Paulo",
    ]
).map(ZoneInfo)


@lawful
@given(
    st.integers(1, 60),
    st.integers(0, 59),
    st.dates(dt.date(1990, 1, 1), dt.date(2200, 12, 31)),
    times,
    st.integers(946_684_800, 1_893_456_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)),
    zones,
)
def test_fresh_bulletin_is_listed_as_it_stands_on_its_own_day(count, lead, date, time, arrived, zone):
    """Lead first, then the teasers as they stand, each at its own second of the bulletin's local date."""
    titles = [f"Story {number}" for number in range(count)]
    bulletin = a_bulletin(*titles, date=date, time=time)
    lead %= count
    entries = [
        replace(entry, role=Role.LEAD if place == lead else Role.TEASER)
        for place, entry in enumerate(bulletin.entries)
    ]
    reading = circumstances(arrived=arrived, timezone=zone)
    added = reconcile(replace(bulletin, entries=tuple(entries)), (), reading, taken=nothing_taken).added
    newest_first = sorted(added, key=lambda entry: entry.published, reverse=True)

    assert [lead, *(place for place in range(count) if place != lead)] == [e.position for e in newest_first]
    assert count == len({entry.published for entry in added})
    assert {date} == {entry.published.astimezone(zone).date() for entry in added}
    assert all(entry.published.microsecond == 0 and entry.published.tzinfo is dt.UTC for entry in added)
    assert 1 == len({entry.state for entry in added})

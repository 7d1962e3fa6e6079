"""What is asked for each publication costs the same whatever the store holds: it walks along an index."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from store.factories import EVENING, NEWS, NOON, a_scheduled_entry, amend, an_entry, take_in

from feedpub.model import Archive, Changes, Signature, Stale, State

IDS = [an_entry(0).id, an_entry(1).id]

QUESTIONS = {
    "window": lambda store: store.window("news", 50),
    "window by version": lambda store: store.window("news", 50, by_version=True),
    "unsealed": lambda store: list(store.unsealed("news")),
    "unseen": lambda store: store.unseen("news"),
    "see": lambda store: store.see("news"),
    "archived": lambda store: store.archived("news", 1),
    "find_archive": lambda store: store.find_archive("news", 1),
    "newest_archive": lambda store: store.newest_archive("news"),
    "seal": lambda store: store.seal("news", [(Archive(number=1, name="000001-a"), IDS)]),
    "recall": lambda store: store.recall("news", IDS),
    "left_at": lambda store: store.left_at("news"),
    "find_record": lambda store: store.find_record("monday.txt"),
    "find_digest": lambda store: store.find_digest("digest"),
    "entries_of": lambda store: store.entries_of("monday.txt"),
    "find_entry": lambda store: store.find_entry(IDS[0]),
    "feeds_of": lambda store: store.feeds_of(IDS),
    "taken": lambda store: store.taken(IDS),
    "published between": lambda store: store.published_between(NOON, EVENING, skip=1, most=10),
    "count between": lambda store: store.count_between(NOON, EVENING),
    "pages between": lambda store: store.pages_between(NOON, EVENING),
    "due": lambda store: store.due(NOON),
    "unclaimed dated": lambda store: store.unclaimed(["story"], between=(NOON, EVENING)),
    "unclaimed titled": lambda store: store.unclaimed(["story"], between=None),
    "loose": lambda store: store.loose("2024/10/21/"),
    "next_release": lambda store: store.next_release(),
    "note": lambda store: store.note("key", "value"),
    "newest": lambda store: store.newest(50),
    "walk": lambda store: next(store.entries(state=State.PUBLISHED)),
    "find_entries": lambda store: store.find_entries(IDS),
    "take_in new": lambda store: take_in(
        store, an_entry(3, bulletin="x.txt"), path="x.txt", stale=[Stale(kind="home")]
    ),
    "take_in changed": lambda store: amend(
        store,
        Changes(updated=(an_entry(0, title="New"),), withdrawn=(an_entry(1),)),
        feeds={IDS[0]: frozenset()},
        at=EVENING,
    ),
    "touch": lambda store: store.touch("monday.txt", Signature(size=1, mtime_ns=1, inode=1)),
    "forget": lambda store: store.forget(
        "monday.txt", changes=Changes(withdrawn=(an_entry(0),)), stale=(), at=NOON
    ),
    "release": lambda store: store.release([a_scheduled_entry(2).id], stale=(), at=NOON),
    "announce": lambda store: store.announce(
        {"https://example.org/feeds/news.atom": "digest"}, hubs=["https://hub.example.net/"], at=NOON
    ),
    "categories": lambda store: store.categorized("port", None),
    "page of a category": lambda store: store.categorized("port", 1),
    "page before": lambda store: store.page_before("port", None),
    "page after": lambda store: store.page_after("port", 1),
    "paginate": lambda store: store.paginate("port", full=1),
    "categorize": lambda store: store.categorize(IDS),
    "finish": lambda store: store.finish([Stale(kind="home", mark=1)]),
}
SORTED_WHOLE = {"newest_archive", "window", "window by version", "due", "newest", "walk"}


def plans(store, question) -> list[str]:
    """Ask, and give how the database found the answer, step by step."""
    asked = []

    def listen(_connection, _cursor, statement, parameters, _context, executemany) -> None:
        if not statement.startswith(("BEGIN", "INSERT INTO bulletin", "PRAGMA")):
            asked.append((statement, parameters[0] if executemany else parameters))

    event.listen(store._engine, "before_cursor_execute", listen)
    question(store)
    event.remove(store._engine, "before_cursor_execute", listen)
    explain = store._connection.exec_driver_sql
    return [row[3] for each in asked for row in explain(f"EXPLAIN QUERY PLAN {each[0]}", each[1])]


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_of_a_publication_reads_a_whole_table(store, question):
    """A window of a feed comes as fast from a million entries as from ten."""
    told = [an_entry(number, categories=("port",)) for number in range(2)]
    take_in(store, *told, a_scheduled_entry(2), feeds=dict.fromkeys(IDS, NEWS))
    steps = plans(store, QUESTIONS[question])

    assert [step for step in steps if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"] == []
    if question in SORTED_WHOLE:
        assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_what_no_file_has_any_more_is_found_by_its_day(store):
    """Of a hundred thousand withdrawn entries those of one day alone are looked at."""
    steps = plans(store, QUESTIONS["loose"])

    assert "SEARCH entry USING INDEX entry_loose (permalink>? AND permalink<?)" == steps[0]


@pytest.mark.parametrize("question", ["unseen", "see"])
def test_what_a_feed_has_not_shown_is_found_without_what_it_has(store, question):
    """Of all that was ever published in a feed only what is new to it is looked at."""
    [step] = plans(store, QUESTIONS[question])

    assert "SEARCH membership USING INDEX membership_unseen (feed=?)" == step


def test_the_categories_of_entries_are_found_by_their_ids(store):
    """Of all that was ever published only what is taken in is looked at."""
    step, *_ = plans(store, QUESTIONS["categorize"])

    assert "SEARCH entry USING INDEX sqlite_autoindex_entry_1 (id=?)" == step


@pytest.mark.parametrize("feed", [None, "news"])
def test_a_listing_sorts_nothing(store, feed):
    """Listing a million entries starts at once and needs little memory."""
    take_in(store, an_entry(0))
    steps = plans(store, lambda asked: list(asked.entries(feed=feed)))

    assert [step for step in steps if step.startswith("SCAN") or "TEMP B-TREE" in step] == []

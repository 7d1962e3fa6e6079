"""What is remembered of input files."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from store.factories import EVENING, NOON, a_record, an_entry, documents, take_in

from feedpub.model import Changes, Outcome, Signature, Stale, State
from feedpub.model import Warning as ParseWarning


def test_a_record_comes_back_as_it_was(store):
    """Everything about a file is stored."""
    record = a_record(
        outcome=Outcome.REJECTED,
        reason="no lead story; expected a headline",
        line=3,
        confidence=0.25,
        warnings=(
            ParseWarning(line=None, message="mixed line ends"),
            ParseWarning(line=4, message='"дата" \\ неясна'),
        ),
    )
    store.reject(record)

    assert record == store.find_record("monday.txt")
    assert store.find_record("tuesday.txt") is None


NAMES = {
    "undecodable": os.fsdecode(b"caf\xe9.txt"),
    "its escape": "caf\\udce9.txt",
    "the escape's escape": "caf\\\\udce9.txt",
    "backslash": "a\\b\\",
    "cyrillic": "новини/понеделник.txt",
    "emoji": "📰.txt",
    "quote": 'o\'clock "x".txt',
    "line end": "a\nb.txt",
}


@pytest.mark.parametrize("path", NAMES.values(), ids=NAMES.keys())
def test_any_file_name_is_remembered(store, path):
    """A file name need not be text; each is found again, and told from its look-alikes."""
    for name in NAMES.values():
        store.reject(a_record(name, reason=f"same bytes as {name}"))
    entry = an_entry(bulletin=path)
    take_in(store, entry, path=path)
    others = set(NAMES.values()) - {path}

    assert a_record(path) == store.find_record(path)
    assert (entry,) == store.entries_of(path)
    assert others | {path} == set(store.signatures())
    assert {""} | {f"same bytes as {name}" for name in others} == {r.reason for r in store.records()}


@pytest.mark.parametrize(
    "signature",
    [
        Signature(size=0, mtime_ns=0, inode=0),
        Signature(size=-1, mtime_ns=-1, inode=1),
        Signature(size=2**63, mtime_ns=253_402_300_799 * 10**9, inode=2**64 - 1),
    ],
    ids=["zero", "before 1970", "year 9999, highest inode"],
)
def test_any_signature_is_remembered(store, signature):
    """A file of the year 9999 is looked at once, like every other."""
    store.reject(a_record())
    store.touch("monday.txt", signature)

    assert {"monday.txt": signature} == store.signatures()
    assert a_record(signature=signature) == store.find_record("monday.txt")


def test_records_an_editor_should_look_at(store):
    """Those that are published and made the parser wonder."""
    warnings = (ParseWarning(line=2, message="two dates"),)
    doubtful = a_record("b.txt", warnings=warnings)
    for record in (
        a_record("a.txt"),
        doubtful,
        a_record("c.txt", warnings=warnings, outcome=Outcome.REJECTED),
    ):
        store.reject(record)

    assert (doubtful,) == store.records_with_warnings()


def test_touching_an_unknown_file_adds_nothing(store):
    """A file that is gone meanwhile does not come back by a touch."""
    store.touch("monday.txt", Signature(size=1, mtime_ns=1, inode=1))

    assert store.records() == ()


def test_records_by_outcome_and_digest(store):
    """Status lists what was rejected; a copy is recognised by its bytes; both in the order of names."""
    rejected = a_record("b.txt", outcome=Outcome.REJECTED, digest="same")
    accepted = a_record("a.txt", digest="same")
    held = a_record("c.txt", outcome=Outcome.HELD)
    for record in (rejected, accepted, held):
        store.reject(record)

    assert (accepted, rejected, held) == store.records()
    assert (rejected,) == store.records(outcome=Outcome.REJECTED)
    assert (accepted, rejected) == store.find_digest("same")
    assert store.find_digest("other") == ()


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.HELD, Outcome.DUPLICATE])
def test_a_rejected_version_leaves_the_last_good_one_published(store, outcome):
    """A slip in an edit does not empty the feed."""
    take_in(store, an_entry())
    store.reject(a_record(outcome=outcome, digest="new", reason="why"))

    assert (an_entry(),) == store.entries_of("monday.txt")
    assert (an_entry(),) == store.window("news", 10)


def test_a_renamed_file_takes_its_entries_along(store):
    """Renaming a file changes nothing that readers see."""
    take_in(store, an_entry(0), an_entry(1))
    renamed = a_record("archive/monday.txt")
    store.rename("monday.txt", renamed)

    assert (renamed,) == store.records()
    assert store.entries_of("monday.txt") == ()
    assert (an_entry(0).id, an_entry(1).id) == tuple(e.id for e in store.entries_of("archive/monday.txt"))
    assert [replace(e, bulletin="monday.txt") for e in store.window("news", 9)] == [an_entry(0), an_entry(1)]


def test_a_file_is_renamed_from_and_to_any_name(store):
    """Mending a file name that is not text is a rename like every other."""
    broken, mended = NAMES["undecodable"], "café.txt"
    take_in(store, an_entry(bulletin=broken), path=broken)
    store.rename(broken, a_record(mended))

    assert (an_entry(bulletin=mended),) == store.entries_of(mended)

    store.rename(mended, a_record(broken))

    assert (an_entry(bulletin=broken),) == store.entries_of(broken)
    assert (a_record(broken),) == store.records()


def test_a_file_renamed_over_another_takes_its_place(store):
    """There is one record for each path."""
    store.reject(a_record("tuesday.txt", outcome=Outcome.REJECTED))
    take_in(store, an_entry())
    store.rename("monday.txt", a_record("tuesday.txt"))

    assert (a_record("tuesday.txt"),) == store.records()


def test_a_forgotten_file_withdraws_its_entries(store):
    """A deleted bulletin is out of the feeds; its entries wait under its name, should it come back."""
    take_in(store, an_entry())
    store.forget(
        "monday.txt",
        changes=Changes(withdrawn=(an_entry(),)),
        stale=[Stale(kind="feed", name="news")],
        at=EVENING,
    )

    assert store.records() == ()
    assert (an_entry(state=State.WITHDRAWN, updated=EVENING),) == store.entries_of("monday.txt")
    assert store.window("news", 10) == ()
    assert documents(store.stale()) == [("feed", "news")]


def test_a_forgotten_file_can_leave_its_entries(store):
    """What is kept stays published, and a new file of that name is another bulletin."""
    take_in(store, an_entry())
    store.forget("monday.txt", changes=Changes(), stale=(), at=NOON)

    assert store.records() == ()
    assert store.entries_of("monday.txt") == ()
    assert (an_entry(bulletin=""),) == store.window("news", 10)

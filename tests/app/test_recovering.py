"""A store that was damaged or lost begins anew from what is published, and subscribers see nothing."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from adopt.feeds import generated
from app.site import TUESDAY, Site

from feedpub.app.building import build, obey
from feedpub.app.reporting import list_entries, status
from feedpub.exceptions import StoreDamagedError
from feedpub.model import Order, Verb

_EDITED = TUESDAY.replace("Ferry Timetable Changes for the Winter", "Last Boat to the Islands Leaves Earlier")


@pytest.fixture
def paper(site: Site) -> Site:
    """Give a site with an edited title, a withdrawn entry and feeds of every kind."""
    text = (site.root / "config.yaml").read_text()
    (site.root / "config.yaml").write_text(text + _MORE_FEEDS)
    site.drop("tuesday.txt", TUESDAY)
    site.build()
    site.drop("tuesday.txt", _EDITED)
    site.build()
    for n in range(30):
        site.drop(
            f"more{n:02}.txt",
            f" date 2024-09-{n % 28 + 1:02} Story {n} of the Harbour\nWords {n} about it.\n",
        )
    site.build()
    withdrawn = next(e["id"] for e in list_entries(site.config) if e["title"].startswith("School Choir"))
    obey(
        site.config,
        Order(number=0, verb=Verb.WITHDRAW, target=withdrawn, reason="It was last year's <choir>."),
    )
    return site


_MORE_FEEDS = """\
  anew:
    title: Every version
    edits: reissue
    formats: [json]
  quiet:
    title: Old dates
    edits: silent
    formats: [rss]
    limit: {entries: 10}
  "in-{language}":
    formats: [atom]
    limit: {entries: 10}
  whole:
    title: Whole bulletins
    shape: bulletins
    limit: {entries: 10}
  short:
    title: Summaries
    content: summary
    formats: [atom, rss]
"""


def published(site: Site) -> dict[str, bytes]:
    """Give every file of the output."""
    return {
        str(path.relative_to(site.output)): path.read_bytes()
        for path in sorted(site.output.rglob("*"))
        if path.is_file() and path.suffix not in (".gz", ".br", ".zst")
    }


def known(site: Site) -> dict[str, tuple]:
    """Give what the store says of each entry that readers know; nobody sees any more when a gone one came."""
    return {
        e["id"]: (
            e["title"],
            e["published"] if e["state"] == "published" else None,
            e["updated"],
            e["state"],
            e["bulletin"],
            e["kept_out"],
            e["reason"],
        )
        for e in list_entries(site.config)
    }


def lose(site: Site) -> None:
    """Remove the state folder."""
    shutil.rmtree(site.store.parent)


def cut(site: Site) -> None:
    """Lose half of the file."""
    os.truncate(site.store, site.store.stat().st_size // 2)


def garble(site: Site) -> None:
    """Write other bytes over the header."""
    with site.store.open("r+b") as file:
        file.write(b"This is my shopping list. " * 20)


def empty(site: Site) -> None:
    """Leave a file of no bytes."""
    os.truncate(site.store, 0)


@pytest.mark.parametrize("harm", [lose, cut, garble, empty])
def test_lost_store_begins_anew_and_no_byte_of_the_output_changes(paper, harm):
    """Ids, dates, archives, what was withdrawn and why: all as it was."""
    before, entries = published(paper), known(paper)

    harm(paper)
    paper.build()

    assert entries == known(paper)
    after = published(paper)
    assert before.keys() == after.keys()
    assert [] == [path for path in before if before[path] != after[path]]


def test_status_says_what_happened_and_where_the_damaged_file_lies(paper):
    """The operator can look at it, and delete it; feedpub never does."""
    bytes_before = paper.store.read_bytes()[: paper.store.stat().st_size // 2]
    cut(paper)

    paper.build()

    told = status(paper.config)
    [file] = told["set_aside"]
    assert bytes_before == Path(file).read_bytes()
    assert f"it lies in {file} now; 34 published and 1 withdrawn entries were recovered" in told["recovered"]


def test_dry_run_over_a_damaged_store_leaves_it_where_it_is(paper):
    """It says what a build would do: nothing that anybody would see."""
    cut(paper)
    before = paper.trace()

    report = build(paper.config, dry_run=True)

    assert ((), ()) == (report.written, report.removed)
    assert before == paper.trace()


def test_commands_that_only_read_say_that_the_store_is_damaged(paper):
    """And what to do; they change nothing."""
    cut(paper)

    with pytest.raises(StoreDamagedError, match="let `feedpub build` or `feedpub run` set it aside"):
        status(paper.config)


def test_edit_made_while_the_store_was_lost_is_an_update(paper):
    """The entry keeps its id and its first date, and moves its second one."""
    before = known(paper)
    lose(paper)
    text = _EDITED.replace("leaves at six", "leaves at half past five")
    paper.drop("tuesday.txt", text)
    time.sleep(1)  # instants are whole seconds, and it was edited just now

    paper.build()

    after = known(paper)
    assert before.keys() == after.keys()
    changed = [name for name in before if before[name] != after[name]]
    assert 1 == len(changed)
    assert before[changed[0]][:2] == after[changed[0]][:2]
    assert before[changed[0]][2] < after[changed[0]][2]


def test_withdrawn_entry_stays_out_until_it_is_restored(paper):
    """Then it is the same entry, with the text of its bulletin."""
    [gone] = [e["id"] for e in list_entries(paper.config) if e["state"] == "withdrawn"]
    lose(paper)
    paper.build()

    obey(paper.config, Order(number=0, verb=Verb.RESTORE, target=gone))

    assert ("School Choir Wins the Contest", "published") == (known(paper)[gone][0], known(paper)[gone][3])
    assert [] == paper.problems()


def test_story_whose_bulletin_was_deleted_can_come_back_after_a_loss(paper):
    """It was withdrawn with its file, not by the operator: put back, it is what it was."""
    gone = next(e["id"] for e in list_entries(paper.config) if e["bulletin"] == "more07.txt")
    text = (paper.input / "more07.txt").read_text()
    (paper.input / "more07.txt").unlink()
    paper.build()
    lose(paper)
    paper.build()
    assert "withdrawn" == known(paper)[gone][3]

    paper.drop("more07.txt", text)
    paper.build()

    assert "published" == known(paper)[gone][3]


def test_another_programs_feeds_in_the_output_are_left_alone(site):
    """What feedpub did not publish it does not take for its own."""
    lose(site)
    shutil.rmtree(site.output)
    (site.output / "feeds").mkdir(parents=True)
    (site.output / "feeds" / "news.atom").write_bytes(generated().atom_str())

    site.build()

    assert {"monday.txt"} == {e["bulletin"] for e in list_entries(site.config)}

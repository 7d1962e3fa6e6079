"""`feedpub verify`: every disagreement is named, and nothing is changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from app.site import MONDAY, TUESDAY

from feedpub.app.verifying import verify
from feedpub.exceptions import StoreError, StoreInUseError
from feedpub.model import Stale
from feedpub.store import open_store

LEAD = "tag:news.example.org,2024-10-21:harbour-workers-confirm-longer-shifts-"


def lead_of(site) -> tuple[str, str]:
    """Give the id and the permalink of the lead."""
    return site.sql("SELECT id, permalink FROM entry WHERE role = 'lead'")[0]


def test_all_is_well_after_a_build(site):
    """Nothing is reported, and it is told how much was looked at."""
    verdict = site.verify()

    assert verdict.well, verdict.problems
    assert () == verdict.notes
    assert (3, 1) == (verdict.entries, verdict.bulletins)
    files = [path for path in site.output.rglob("*") if path.is_file()]
    assert len([path for path in files if path.suffix not in (".br", ".gz", ".zst")]) == verdict.documents


def test_nothing_is_changed(site):
    """No byte and no time stamp, also where much is wrong."""
    (site.output / "index.html").unlink()
    (site.output / "feeds/news.rss").write_bytes(b"<rss")
    (site.output / ".feedpub-0123456789abcdef.tmp").write_bytes(b"")
    (site.input / "tuesday.txt").write_text(TUESDAY)
    before = site.trace()

    assert not site.verify().well
    assert before == site.trace()


def test_nothing_is_changed_after_a_crash(site):
    """What a killed owner left is looked at as it lies there, and understood."""
    kill = (
        "import os, sys; from feedpub.store import open_store\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    store.note('last words', 'x'); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", kill, site.config.store.url], check=False)
    assert -signal.SIGKILL == done.returncode
    assert site.store.with_name("feedpub.db-wal").stat().st_size > 0
    before = site.trace()

    assert site.verify().well
    assert before == site.trace()


def flip(path):
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    path.write_bytes(content)


@pytest.mark.parametrize("path", ["feeds/news.rss", "feeds/news.atom", "feeds/news.json", "index.html"])
def test_a_flipped_bit_is_found(site, path):
    """A damaged file is named, and rendered anew on demand; nothing else is touched."""
    before = site.trace()
    flip(site.output / path)

    assert [("output", path)] == [problem[:2] for problem in site.problems()]

    verdict = site.verify(repair=True)

    assert verdict.well
    assert (path,) == verdict.repaired
    content = {name: traced[1] for name, traced in site.trace().items()}
    assert {
        name: traced[1] for name, traced in before.items() if "state" not in name
    }.items() <= content.items()


def test_a_broken_feed_is_told_from_a_changed_one(site):
    """XML that no reader can read is called damaged."""
    path = site.output / "feeds/news.atom"
    path.write_bytes(path.read_bytes()[:-20])

    assert site.problems()[0][2].startswith("is damaged")


def test_a_deleted_page_is_missing(site):
    """Its file is named; repairing brings it back byte for byte."""
    page = f"{lead_of(site)[1]}index.html"
    content = (site.output / page).read_bytes()
    (site.output / page).unlink()

    assert [("output", page, "is missing")] == site.problems()
    assert (page,) == site.verify(repair=True).repaired
    assert content == (site.output / page).read_bytes()


def test_a_feed_with_other_entries_says_which(site):
    """An old feed put back by hand lacks what came later and has what is gone."""
    old = (site.output / "feeds/leads.atom").read_bytes()
    site.drop("monday.txt", MONDAY.replace("agreed to", "refused"))
    site.drop("tuesday.txt", TUESDAY)
    site.build()
    (site.output / "feeds/leads.atom").write_bytes(old)

    [(_, where, what)] = site.problems()

    assert "feeds/leads.atom" == where
    assert "lacks tag:news.example.org,2024-10-22:quarry" in what


def test_a_feed_with_a_stranger_says_so(site):
    """An entry that the store never heard of is called that."""
    path = site.output / "feeds/leads.atom"
    path.write_bytes(path.read_bytes().replace(LEAD.encode(), b"tag:news.example.org,2024-10-21:else-"))

    [(_, _, what)] = site.problems()

    assert f"lacks {LEAD}" in what
    assert "though the store does not know it, tag:news.example.org,2024-10-21:else-" in what


@pytest.mark.parametrize("path", ["notes.txt", "feeds/old.rss", "2024/10/21/other/index.html"])
def test_a_stray_file_is_named_and_stays(site, path):
    """What feedpub did not write it does not remove, for it may be somebody's."""
    stray = site.output / path
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("mine")

    assert [("output", path, "is no file that feedpub would write")] == site.problems()

    verdict = site.verify(repair=True)

    assert (False, ()) == (verdict.well, verdict.repaired)
    assert "mine" == stray.read_text()


def test_a_link_in_the_output_is_a_stray_file(site):
    """A link is not followed; it may lead anywhere."""
    (site.output / "elsewhere").symlink_to("/etc")

    assert [("output", "elsewhere", "is no file that feedpub would write")] == site.problems()


def test_an_unfinished_file_is_tidied_away(site):
    """What a killed process left half-written is its own, and goes."""
    name = "feeds/.feedpub-0123456789abcdef.tmp"
    (site.output / name).write_text("hal")

    assert [("output", name)] == [problem[:2] for problem in site.problems()]

    verdict = site.verify(repair=True)

    assert (True, (name,)) == (verdict.well, verdict.repaired)


def test_a_page_of_a_withdrawn_entry_is_called_that(site):
    """What was taken back must not be read, so its page is named for what it is."""
    path = f"{lead_of(site)[1]}index.html"
    page = (site.output / path).read_bytes()
    site.drop("tuesday.txt", TUESDAY)
    (site.input / "monday.txt").unlink()
    site.build()
    (site.output / path).parent.mkdir(parents=True, exist_ok=True)
    (site.output / path).write_bytes(page)

    assert [("output", path)] == [problem[:2] for problem in site.problems()]


@pytest.mark.parametrize(
    ("statement", "what"),
    {
        "title": ("UPDATE entry SET title = 'Sold' WHERE role = 'lead'", "gives another title"),
        "updated": ("UPDATE entry SET updated = updated + 60 WHERE role = 'lead'", "gives other instants"),
    }.items(),
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_hand_edited_entry_contradicts_what_is_published(site, statement, what):
    """The store and the feeds tell different things, so both are to be looked at."""
    site.sql(what[0])

    found = {where: said for _, where, said in site.problems()}

    assert {"feeds/news.rss", "feeds/news.atom", "feeds/news.json", "feeds/leads.atom"} <= found.keys()
    assert what[1] in found["feeds/leads.atom"]


DOUBTS = {
    "a state its feeds do not know": "UPDATE entry SET state = 'withdrawn' WHERE role = 'lead'",
    "a position its feeds do not know": "UPDATE entry SET position = 7 WHERE role = 'lead'",
    "a permalink that leads out": (
        "DROP TRIGGER entry_identity; UPDATE entry SET permalink = '../secret/' WHERE role = 'lead'"
    ),
    "an id that is none": (
        "DROP TRIGGER entry_identity; DELETE FROM membership WHERE entry LIKE '%harbour%';"
        "UPDATE entry SET id = 'number 7 ' WHERE role = 'lead'"
    ),
    "a feed it is not in": "DELETE FROM membership WHERE feed = 'leads'",
    "a bulletin that is not known": "DELETE FROM bulletin",
    "an entry that is not there": "DELETE FROM entry WHERE role = 'lead'",
}


@pytest.mark.parametrize("statements", DOUBTS.values(), ids=DOUBTS)
def test_a_store_in_doubt_repairs_nothing(site, statements):
    """Documents made from a store that contradicts itself would be worse than those that are there."""
    site.sql(*statements.split(";"))
    before = site.trace()

    verdict = site.verify(repair=True)

    assert "store" in {str(found.part) for found in verdict.problems}
    assert () == verdict.repaired
    assert {k: v for k, v in before.items() if "state" not in k} == {
        k: v for k, v in site.trace().items() if "state" not in k
    }


@pytest.mark.parametrize("repair", [False, True], ids=["look", "repair"])
def test_a_store_cut_short_is_refused(site, repair):
    """The message names the store, not the copy that was looked at, and the cure."""
    with site.store.open("r+b") as file:
        file.truncate(site.store.stat().st_size // 2)

    with pytest.raises(StoreError, match="put a backup in its place") as refused:
        site.verify(repair=repair)

    assert str(site.store) in str(refused.value)


def test_an_index_that_lost_a_row_is_damage(site):
    """The whole file is read; quiet damage is found before it is needed."""
    [(page,)] = site.sql("SELECT rootpage FROM sqlite_schema WHERE name = 'entry_newest'")
    [(size,)] = site.sql("PRAGMA page_size")
    with site.store.open("r+b") as file:
        file.seek((page - 1) * size)
        leaf = bytearray(file.read(size))
        leaf[4] -= 1  # the number of rows on the page, in its last byte
        file.seek((page - 1) * size)
        file.write(leaf)

    assert {"store"} == {part for part, _, _ in site.problems()}


@pytest.mark.parametrize("repair", [False, True], ids=["look", "repair"])
def test_an_absent_store_is_not_made(site, repair):
    """Looking for a store that is lost does not hide the loss by making an empty one."""
    site.store.unlink()

    with pytest.raises(StoreError, match=f"there is no store at sqlite:///{site.store}"):
        site.verify(repair=repair)

    assert not site.store.exists()


def test_a_new_bulletin_is_noted(site):
    """What waits to be taken in is no disagreement."""
    site.drop("tuesday.txt", TUESDAY)

    verdict = site.verify()

    assert verdict.well
    assert [("input", "tuesday.txt")] == [(str(note.part), note.where) for note in verdict.notes]


def test_rejected_and_copied_bulletins_are_known(site):
    """What was looked at and refused waits for nobody."""
    site.drop("empty.txt", "")
    site.drop("copy.txt", MONDAY)
    site.build()

    verdict = site.verify()

    assert (True, ()) == (verdict.well, verdict.notes)


def test_a_bulletin_whose_file_is_gone_is_named(site):
    """Its entries are still published, though nobody could say from what."""
    (site.input / "monday.txt").unlink()

    assert [("input", "monday.txt")] == [problem[:2] for problem in site.problems()]


def test_an_absent_input_folder_is_a_problem(site):
    """Everything else is looked at all the same."""
    (site.input / "monday.txt").unlink()
    site.input.rmdir()
    (site.output / "index.html").unlink()

    assert {"input", "output"} == {part for part, _, _ in site.problems()}


def test_work_that_nobody_finishes_is_named(site):
    """A mark that stays says which document is not what it should be; repairing makes that one."""
    site.sql("INSERT INTO stale (kind, name) VALUES ('feed', 'news')")
    flip(site.output / "feeds/news.rss")

    assert [("store", "feed news")] == [problem[:2] for problem in site.problems()]
    assert site.verify(repair=True).well


def test_a_repair_needs_the_store_for_itself(site):
    """Beside a daemon nothing is written."""
    (site.output / "index.html").unlink()
    with open_store(site.config.store.url), pytest.raises(StoreInUseError):
        site.verify(repair=True)

    assert not (site.output / "index.html").exists()


def test_feeds_alone_are_verified_alone(site):
    """Without pages in the configuration the pages that are left are stray files."""
    config = site.root / "config.yaml"
    config.write_text(config.read_text() + "output:\n  pages: false\n")

    assert {"index.html", "feeds/index.html", "assets/style.css"} < {where for _, where, _ in site.problems()}


def test_names_that_are_no_text_can_be_shown(site):
    """A file name of stray bytes is reported like any other."""
    (site.output / os.fsdecode(b"caf\xe9.txt")).write_text("")

    assert [("output", "caf\\xe9.txt")] == [problem[:2] for problem in site.problems()]


def looked_at_twice(site, work, *, during: int):
    """Verify, with something happening as the first or the second look comes to the output."""
    begun = []

    def advance(done: int, _total: int) -> None:
        if done == 1:
            begun.append(done)
            if len(begun) == during:
                work()

    return verify(site.config, advance=advance, pause_seconds=0)


def test_what_is_right_at_the_second_look_is_not_reported(site):
    """The daemon writes its files whenever it likes."""
    page = site.output / "index.html"
    content = page.read_bytes()
    page.unlink()

    assert looked_at_twice(site, lambda: page.write_bytes(content), during=2).well


def test_what_is_wrong_in_another_way_at_the_second_look_is_not_reported(site):
    """A feed that was replaced meanwhile is busy, not damaged."""
    feed = site.output / "feeds/news.json"
    feed.write_bytes(b"{}")

    assert looked_at_twice(site, lambda: feed.write_bytes(b"[]"), during=2).well
    assert not looked_at_twice(site, lambda: feed.write_bytes(b"[]"), during=2).well


def test_work_that_waits_for_a_busy_daemon_is_only_noted(site):
    """What the owner of the store has not come to yet is no disagreement while it gets on."""
    with open_store(site.config.store.url) as store:
        store.mark([Stale(kind="feed", name="news")])

        busy = looked_at_twice(site, lambda: store.mark([Stale(kind="home")]), during=1)
        idle = site.verify()

    assert (True, ["feed news"]) == (busy.well, [note.where for note in busy.notes])
    assert not idle.well

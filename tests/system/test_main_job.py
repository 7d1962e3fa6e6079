"""The main job: drop a bulletin in a folder, subscribers have it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import signal
import subprocess
from zoneinfo import ZoneInfo

import pytest
from system.installation import BULLETIN, TITLES, Installation

GOOD = " date 2024-10-22 A Quiet Day in Sandholm\nNothing happened in Sandholm on Tuesday, the mayor said.\n"


@pytest.fixture
def running(site):
    """Give a running installation that has published the bulletin."""
    return published(site)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """Give one like that to tests that change nothing."""
    with Installation(tmp_path_factory.mktemp("shared")) as site:
        yield published(site)


def published(site: Installation) -> Installation:
    """Start an installation and publish the bulletin."""
    site.start()
    site.drop("monday.txt", BULLETIN)
    site.wait(lambda: len(site.titles()) == 7)
    site.wait_idle()
    return site


def test_dropped_bulletin_stands_in_rss_and_atom(site):
    """A file renamed into the folder stands in RSS and Atom a moment later."""
    site.start()

    site.drop("monday.txt", BULLETIN)

    site.wait(lambda: site.titles("news.rss") == site.titles("news.atom") == TITLES)


@pytest.mark.parametrize("name", ["news.rss", "news.atom"])
def test_feed_holds_lead_then_teasers_with_descending_seconds(shared, name):
    """The lead stands first with its paragraphs, the teasers follow in the document's order."""
    feed = shared.feed(name)

    assert not feed.bozo
    assert TITLES == [entry.title for entry in feed.entries]
    assert 3 == feed.entries[0].content[0].value.count("<p>")
    instants = [dt.datetime(*entry.published_parsed[:6], tzinfo=dt.UTC) for entry in feed.entries]
    assert instants == sorted(set(instants), reverse=True)
    assert {dt.date(2024, 10, 21)} == {i.astimezone(ZoneInfo("Europe/Sofia")).date() for i in instants}


@pytest.mark.parametrize("path", ["feeds/news.rss", "feeds/news.atom", "feeds/news.json"])
def test_second_get_with_validators_is_304(shared, path):
    """A reader that comes back costs a few bytes."""
    first = shared.get(path)

    again = shared.get(path, **{"If-None-Match": first.headers["ETag"]})
    since = shared.get(path, **{"If-Modified-Since": first.headers["Last-Modified"]})

    assert (304, b"") == (again.status_code, again.content)
    assert 304 == since.status_code


def test_every_link_in_the_feed_opens(shared):
    """The permalink of each entry is a page that answers 200."""
    links = [entry.link for entry in shared.feed().entries]

    pages = [shared.get(link.split("/", 3)[3]) for link in links]

    assert [200] * 7 == [page.status_code for page in pages]
    assert all(title in page.text for title, page in zip(TITLES[:1], pages[:1], strict=True))


def test_retitled_teaser_keeps_its_identity(running):
    """An edited title moves `updated` and nothing else."""
    before = {e.id: e for e in running.feed().entries}

    running.drop("monday.txt", BULLETIN.replace("Ostrel's New Bridge Aims to", "Ostrel's New Bridge May"))
    running.wait(lambda: "Ostrel's New Bridge May Ease Traffic on the Coastal Road" in running.titles())

    after = running.feed().entries
    assert list(before) == [e.id for e in after]
    assert [e.link for e in before.values()] == [e.link for e in after]
    assert [e.published for e in before.values()] == [e.published for e in after]
    moved = [e.title for e in after if e.updated != before[e.id].updated]
    assert ["Ostrel's New Bridge May Ease Traffic on the Coastal Road"] == moved


def test_touched_file_changes_no_byte(running):
    """C150: Saving a bulletin anew without a change writes nothing."""
    before = running.files()

    (running.input / "monday.txt").touch()
    running.wait_idle()

    assert before == running.files()


def test_deleted_file_leaves_the_feeds(running):
    """The entries of a deleted bulletin go."""
    (running.input / "monday.txt").unlink()

    running.wait(lambda: running.titles() == [])
    assert [] == running.titles("news.rss")


def test_renamed_file_changes_nothing(running):
    """A new name for the same bulletin is no news."""
    before = running.files()

    (running.input / "monday.txt").rename(running.input / "tuesday.txt")
    running.wait_idle()

    assert before == running.files()
    assert {"tuesday.txt"} == {e["bulletin"] for e in json.loads(running.command("list", "--json").stdout)}


def test_lost_output_is_written_again_byte_for_byte(running):
    """The output folder can be deleted at any time."""
    before = {path: content for path, (content, _) in running.files().items()}
    running.stop()
    shutil.rmtree(running.output)

    running.start()

    assert before == {path: content for path, (content, _) in running.files().items()}


def test_lost_store_mints_the_same_ids(running):
    """Without store and output, the same bulletins get the same ids and permalinks."""
    before = [(e.id, e.link) for e in running.feed().entries]
    running.stop()
    shutil.rmtree(running.output)
    shutil.rmtree(running.root / "state")

    running.start()

    assert before == [(e.id, e.link) for e in running.feed().entries]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_the_daemon_cleanly(running, number):
    """SIGTERM and SIGINT finish the work in hand and leave with status 0."""
    assert 0 == running.stop(number)


def test_second_daemon_is_refused_with_the_pid_of_the_first(shared):
    """One process owns a store."""
    second = shared.command("run")

    assert 1 == second.returncode
    assert f"process {shared.daemon.pid}" in second.stderr


def test_bad_bulletins_stop_nothing(running):
    """C152: Each bad file is named with its reason; good ones go on; the last good feed stays."""
    running.drop("empty.txt", "")
    running.drop("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    running.drop("huge.txt", "x" * (6 * 1024 * 1024))
    running.drop(
        "good.txt",
        GOOD,
    )

    running.wait(lambda: "A Quiet Day in Sandholm" in running.titles())
    running.wait_idle()

    rejected = {item["bulletin"]: item["reason"] for item in running.status()["rejected"]}
    assert {"empty.txt", "picture.txt", "huge.txt"} == set(rejected)
    assert 8 == len(running.titles())


def test_cured_bulletin_is_taken_up_again(running):
    """A rejected bulletin is published as soon as the file is right."""
    running.drop("note.txt", "")
    running.wait(lambda: running.status()["rejected"])

    running.drop(
        "note.txt",
        GOOD,
    )

    running.wait(lambda: "A Quiet Day in Sandholm" in running.titles())
    running.wait(lambda: running.status()["rejected"] == [])


def test_file_written_slowly_is_never_published_by_halves(running):
    """A bulletin that grows for a while appears once, whole."""
    path = running.input / "slow.txt"
    with path.open("w") as file:
        for line in (
            BULLETIN.replace("2024-10-21", "2024-10-25").replace("Harbour", "Slow Harbour").splitlines()
        ):
            file.write(line + "\n")
            file.flush()
            assert 7 == len(running.titles())

    running.wait(lambda: len(running.titles()) == 14)


def test_real_reader_sees_the_entries(shared, needs, tmp_path):
    """A terminal reader, newsboat, subscribes to both feeds over HTTP and shows the titles."""
    newsboat = needs("newsboat")
    for name in ("news.rss", "news.atom"):
        home = tmp_path / name
        home.mkdir()
        (home / "urls").write_text(f"http://127.0.0.1:{shared.port}/feeds/{name}\n")
        (home / "config").write_text("")
        base = [
            newsboat,
            "-u",
            str(home / "urls"),
            "-c",
            str(home / "cache.db"),
            "-C",
            str(home / "config"),
            "-x",
        ]
        subprocess.run([*base, "reload"], check=True, timeout=30, capture_output=True)
        unread = subprocess.run(
            [*base, "print-unread"], check=True, timeout=30, capture_output=True, text=True
        )
        assert "7 unread" in unread.stdout


def test_file_renamed_and_edited_at_once_keeps_its_entries(running):
    """Saved under another name with a correction: subscribers see the correction and nothing else."""
    before = {entry.id: entry.updated for entry in running.feed().entries}

    (running.input / "monday.txt").unlink()
    edited = BULLETIN.replace("Ostrel's New Bridge Aims to", "Ostrel's Bridge May")
    running.drop("archive/tuesday.txt", edited)
    running.wait(lambda: "Ostrel's Bridge May Ease Traffic on the Coastal Road" in running.titles())
    running.wait_idle()

    after = {entry.id: entry.updated for entry in running.feed().entries}
    assert list(before) == list(after)
    assert 1 == sum(before[name] != after[name] for name in before)

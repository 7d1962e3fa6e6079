"""The operator's word: entries taken back and put back, held bulletins approved."""

from __future__ import annotations

import json
import re

import pytest
from system.installation import BULLETIN, TITLES, Installation

STORY = TITLES[2]
OTHERS = [title for title in TITLES if title != STORY]


def ids(site) -> dict[str, str]:
    """Return the ids of all entries by their titles."""
    return {entry["title"]: entry["id"] for entry in json.loads(site.command("list", "--json").stdout)}


def path_of(url: str) -> str:
    """Return the path of an address."""
    return url.split("/", 3)[3]


@pytest.fixture
def running(site):
    """Give a running installation that has published the bulletin."""
    site.start()
    site.drop("monday.txt", BULLETIN)
    site.wait(lambda: len(site.titles()) == 7)
    site.wait_idle()
    return site


@pytest.fixture
def resting(site):
    """Give an installation that has published the bulletin and whose daemon does not run."""
    site.drop("monday.txt", BULLETIN)
    assert 0 == site.command("build").returncode
    return site


def test_withdrawn_entry_stays_out_until_it_is_restored(running):
    """It is gone at once and stays so over edits, renames and restarts; it comes back as the same entry."""
    before = {entry.title: entry for entry in running.feed().entries}
    gone, page = before[STORY].id, path_of(before[STORY].link)

    done = running.command("withdraw", gone, "--reason", "The figures   were wrong.")

    assert (0, f"{gone} is withdrawn\n") == (done.returncode, done.stdout)
    for name in ("news.atom", "news.rss"):
        assert OTHERS == running.titles(name)
    assert OTHERS == [item["title"] for item in running.get("feeds/news.json").json()["items"]]
    answer = running.get(page)
    assert 410 == answer.status_code
    assert "The figures were wrong." in answer.text
    assert "bridge" not in answer.text.lower()

    edited = BULLETIN.replace("Ostrel's New Bridge Aims to", "Ostrel's New Bridge Might")
    running.drop("monday.txt", edited)
    running.wait_idle()
    (running.input / "monday.txt").rename(running.input / "renamed.txt")
    running.wait_idle()
    (running.input / "renamed.txt").touch()
    running.stop()
    running.start()

    assert OTHERS == running.titles()
    assert 410 == running.get(page).status_code
    assert sorted(ids(running).values()) == sorted(entry.id for entry in before.values())

    assert 0 == running.command("restore", gone).returncode

    [back] = [entry for entry in running.feed().entries if entry.id == gone]
    former = before[STORY]
    assert "Ostrel's New Bridge Might Ease Traffic on the Coastal Road" == back.title
    assert (former.link, former.published) == (back.link, back.published)
    assert back.updated > former.updated
    assert 200 == running.get(page).status_code
    assert "deleted-entry" not in running.get("feeds/news.atom").text


def test_readers_are_told_to_delete_a_withdrawn_entry(running):
    """Atom holds a tombstone; what a parser knows of the feed stays the same, and RSS has no word for it."""
    before = running.feed()
    gone = ids(running)[STORY]

    running.command("withdraw", gone)

    text = running.get("feeds/news.atom").text
    [when] = re.findall(rf'<at:deleted-entry ref="{re.escape(gone)}" when="([^"]+)"/>', text)
    after = running.feed()
    assert not after.bozo
    assert when == after.feed.updated.replace("+00:00", "Z")
    same = before.feed.keys() - {"updated", "updated_parsed"}
    assert {key: before.feed[key] for key in same} == {key: after.feed[key] for key in same}
    assert {*before.feed, "at_deleted-entry"} == {*after.feed}
    assert "tombstones" not in running.get("feeds/news.rss").text
    assert gone not in running.get("feeds/news.json").text


def test_page_of_a_deleted_bulletin_says_that_it_is_gone(running):
    """Whoever follows an old link learns that there was something, also from a server that has no store."""
    page = path_of(running.feed().entries[0].link)
    (running.input / "monday.txt").unlink()
    running.wait(lambda: running.titles() == [])
    running.wait_idle()

    answer = running.get(page, **{"If-None-Match": "*"})

    assert (410, "text/html; charset=utf-8") == (answer.status_code, answer.headers["Content-Type"])
    assert '<meta name="robots" content="noindex">' in answer.text
    running.stop()
    running.start("serve")
    assert 410 == running.get(page).status_code


def test_orders_work_without_a_daemon(resting):
    """For cron and CI: the command does what the daemon would do."""
    before = resting.files()
    gone = ids(resting)[STORY]

    assert 0 == resting.command("withdraw", gone).returncode

    assert STORY not in (resting.output / "feeds/news.rss").read_text()
    again = resting.command("withdraw", gone)
    assert (0, f"{gone} is withdrawn already\n") == (again.returncode, again.stdout)
    assert 0 == resting.command("restore", gone).returncode
    assert before.keys() == resting.files().keys()
    done = resting.command("restore", gone)
    assert (0, f"{gone} is not withdrawn\n") == (done.returncode, done.stdout)


def test_unknown_id_is_an_error_that_names_the_nearest(resting):
    """A slip in an id costs nothing."""
    right = ids(resting)[STORY]
    before = resting.files()

    done = resting.command("withdraw", right[:-1])

    assert (1, "") == (done.returncode, done.stdout)
    assert f"feedpub: there is no entry '{right[:-1]}'; did you mean '{right}'?" in done.stderr
    assert before == resting.files()


def test_order_without_a_store_is_an_error(site):
    """A wrong folder or a wrong config is noticed, and nothing is made there."""
    done = site.command("withdraw", "tag:example.org,2024-10-21:story")

    assert 1 == done.returncode
    assert "there is no store at" in done.stderr
    assert not (site.root / "state" / "feedpub.db").exists()


@pytest.fixture
def strict(tmp_path):
    """Give an installation that holds every bulletin."""
    with Installation(tmp_path) as installation:
        config = tmp_path / "config.yaml"
        config.write_text(config.read_text() + "input:\n  hold_below: 1\n")
        yield installation


def test_held_bulletin_is_published_once_it_is_approved(strict):
    """An editor lets pass what the parser was not sure of, while the daemon runs."""
    strict.start()
    strict.drop("monday.txt", BULLETIN)
    strict.wait_idle()
    assert ["monday.txt"] == [item["bulletin"] for item in strict.status()["held"]]

    done = strict.command("approve", str(strict.input / "monday.txt"))

    assert (0, "'monday.txt' is approved\n") == (done.returncode, done.stdout)
    assert TITLES == strict.titles()
    assert [] == strict.status()["held"]

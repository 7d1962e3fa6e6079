"""Moving in: subscribers of another program's feed stay, and get nothing twice."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import feedparser
import pytest
from adopt.feeds import NOON, TITLES, WITHOUT_GUIDS, WORDPRESS, generated, paragraphs
from system.installation import BULLETIN

SOFIA = ZoneInfo("Europe/Sofia")


@pytest.fixture
def old(tmp_path):
    """Give the feeds of the old program, by format."""
    files = {"atom": tmp_path / "old.atom", "rss": tmp_path / "old.rss"}
    files["atom"].write_bytes(generated().atom_str())
    files["rss"].write_bytes(generated().rss_str())
    return files


def adopt(site, *arguments: object) -> dict:
    """Adopt, which must succeed; give what it says."""
    done = site.command("adopt", "--json", *map(str, arguments))
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def build(site) -> None:
    """Publish everything."""
    done = site.command("build")
    assert 0 == done.returncode, done.stderr


def published(site, form: str) -> bytes:
    """Give the feed as it is published now."""
    return (site.output / "feeds" / f"news.{form}").read_bytes()


def known_to_a_reader(content: bytes) -> dict[str, tuple]:
    """Give what a feed reader remembers of each entry, and holds against what it sees next."""
    feed = feedparser.parse(content)
    assert not feed.bozo
    return {
        entry.id: (
            entry.title,
            entry.link,
            entry.published_parsed,
            dict(entry).get("updated_parsed") or entry.published_parsed,
            entry.content[0].value if "content" in entry else entry.summary,
        )
        for entry in feed.entries
    }


def pages_of(site) -> dict[str, bytes]:
    """Give every page that is published now."""
    return {path: content for path, (content, _) in site.files().items() if path.endswith(".html")}


def drop_story(site, number: int, *more: str) -> None:
    """Drop the bulletin that tells the story `number` of the old feed."""
    date = (NOON - number * dt.timedelta(hours=6)).astimezone(SOFIA).date()
    body = "\n\n".join((*paragraphs(number), *more))
    site.drop(f"{number:02}.txt", f" date {date} {TITLES[number]}\n{body}\n")


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_subscriber_sees_nothing_new_after_the_switch(site, old, form):
    """The feed has another author, and nobody notices."""
    before = known_to_a_reader(old[form].read_bytes())

    assert 20 == len(adopt(site, old[form])["new"])
    build(site)

    assert 20 == len(before)
    assert list(before.items()) == list(known_to_a_reader(published(site, form)).items())


def test_subscriber_sees_nothing_new_when_bulletins_tell_the_same_stories(site, old):
    """The stories are the bulletins' now; no byte of a feed says so."""
    adopt(site, old["atom"])
    build(site)
    before = {form: published(site, form) for form in ("atom", "rss", "json")}

    for number in range(20):
        drop_story(site, number)
    build(site)

    assert before == {form: published(site, form) for form in before}
    listed = json.loads(site.command("list", "--json").stdout)
    assert {f"{n:02}.txt" for n in range(20)} == {entry["bulletin"] for entry in listed}


def test_edit_of_an_adopted_story_is_an_update_of_the_old_entry(site, old):
    """One entry is corrected under the id and the link that readers know; the others stay."""
    adopt(site, old["atom"])
    build(site)
    before = known_to_a_reader(published(site, "atom"))

    drop_story(site, 3, "The mayor has since resigned.")
    build(site)

    after = known_to_a_reader(published(site, "atom"))
    id_ = "https://old.example/stories/3"
    assert list(before) == list(after)
    assert [id_] == [known for known in before if before[known] != after[known]]
    assert before[id_][:3] == after[id_][:3]
    assert "The mayor has since resigned." in after[id_][4]


def test_new_story_is_new_beside_the_adopted_ones(site, old):
    """Adopting does not swallow what is news."""
    adopt(site, old["atom"])
    site.drop(
        "new.txt", " date 2024-10-22 Lighthouse Reopens\nThe lighthouse reopened to everybody's surprise.\n"
    )
    build(site)

    after = known_to_a_reader(published(site, "atom"))
    assert 21 == len(after)
    assert "Lighthouse Reopens" == next(iter(after.values()))[0]


def test_adopting_twice_and_in_two_formats_changes_nothing(site, old):
    """Who is not sure whether it was done does it again."""
    adopt(site, old["atom"])
    build(site)
    before = site.files()

    again = adopt(site, old["atom"], old["rss"])
    build(site)

    assert ([], [], 20) == (again["new"], again["updated"], again["known"])
    assert before == site.files()


def test_feed_is_adopted_from_its_address(site, old):
    """As the operator would type it."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site.root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        found = adopt(site, f"http://127.0.0.1:{server.server_port}/{old['rss'].name}")
        missing = site.command("adopt", f"http://127.0.0.1:{server.server_port}/missing")
        server.shutdown()

    assert 20 == len(found["new"])
    assert (1, True) == (missing.returncode, "the server answers 404" in missing.stderr)


def test_own_feed_brings_back_what_edits_had_made_different(site):
    """The store is lost, the feeds are not: ids, dates and pages are as they were."""
    site.drop("monday.txt", BULLETIN)
    build(site)
    site.drop("monday.txt", BULLETIN.replace("Ostrel's New Bridge Aims to", "Ostrel's Bridge May"))
    build(site)
    before, pages = known_to_a_reader(published(site, "atom")), pages_of(site)

    shutil.rmtree(site.root / "state")
    adopt(site, site.output / "feeds" / "news.atom")
    build(site)

    assert before == known_to_a_reader(published(site, "atom"))
    assert pages == pages_of(site)
    assert 7 == len(json.loads(site.command("list", "--json").stdout))


def test_wordpress_feed_moves_in_with_ids_that_are_no_addresses(site, tmp_path):
    """The guid of RSS is any text, and stays it; Atom gets an address for it."""
    (tmp_path / "feed.xml").write_bytes(WORDPRESS)

    adopt(site, tmp_path / "feed.xml")
    build(site)

    assert ["https://blog.example/?p=4711", "post 4710"] == list(known_to_a_reader(published(site, "rss")))
    assert ["https://blog.example/?p=4711", "post 4710"] == [
        item["id"] for item in json.loads(published(site, "json"))["items"]
    ]
    assert ["https://blog.example/?p=4711", "data:,post%204710"] == list(
        known_to_a_reader(published(site, "atom"))
    )
    assert 0 == site.command("verify").returncode


def test_dry_run_adopts_nothing(site, old):
    """It says what would be done."""
    done = site.command("adopt", "--dry-run", str(old["atom"]))

    assert "20 entries would be adopted" in done.stdout
    assert not (site.root / "state").exists()


def test_running_daemon_is_named_and_nothing_is_adopted(site, old):
    """Two owners would be one too many."""
    site.start()

    done = site.command("adopt", str(old["atom"]))

    assert 1 == done.returncode
    assert f"in use by process {site.daemon.pid}; stop that one first" in done.stderr
    assert [] == site.titles()


def test_item_that_no_reader_could_know_again_is_left_out_and_told(site, tmp_path):
    """The rest is adopted, and the exit status says that something is missing."""
    (tmp_path / "feed.xml").write_bytes(WITHOUT_GUIDS)

    done = site.command("adopt", str(tmp_path / "feed.xml"))

    assert (1, True) == (done.returncode, "left out: item 3 has neither an id nor a link" in done.stderr)
    assert "2 entries adopted" in done.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "cannot be read"), (b"<html></html>", "no feed"), (b"\n" * (30 << 20), "too large")],
    ids=["missing", "a page", "30 MiB"],
)
def test_what_is_no_feed_is_an_error_and_nothing_is_adopted(site, old, tmp_path, content, reason):
    """All of the named feeds, or none."""
    if content:
        (tmp_path / "bad").write_bytes(content)

    done = site.command("adopt", str(old["atom"]), str(tmp_path / "bad"))

    assert (1, True) == (done.returncode, reason in done.stderr)
    assert not (site.root / "state").exists()

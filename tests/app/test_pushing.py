"""What one build tells hubs, and what status says of them."""

from __future__ import annotations

import json

import pytest
from app.site import TUESDAY, Site
from notify.peers import Answer, Peer, serving

from feedpub.app import reporting
from feedpub.app.push_reporting import push_problems
from feedpub.cli import feedpub

URL = "https://news.example.org/"
TOPICS = [
    URL,
    f"{URL}feeds/leads.atom",
    f"{URL}feeds/news.atom",
    f"{URL}feeds/news.json",
    f"{URL}feeds/news.rss",
]


@pytest.fixture
def hub():
    """Let a hub answer."""
    with serving(Peer()) as peer:
        yield peer


def configure(site: Site, hub: Peer, **changes: str) -> None:
    """Let a site name the hub, with other texts in its configuration."""
    path = site.root / "config.yaml"
    text = path.read_text()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text if "websub" in text else f"{text}websub: {{hubs: ['{hub.url}']}}\n")


def told(hub: Peer, since: int = 0) -> list[str]:
    """Give what a hub was told of."""
    return sorted(request.form["hub.url"] for request in hub.requests[since:])


def test_hub_is_told_of_what_changed(site, hub):
    """C103: all of it when it is named for the first time, then what changed, then nothing."""
    configure(site, hub)
    site.build()
    first = told(hub)
    site.drop("tuesday.txt", TUESDAY.replace("Ferry Timetable", "Bus Timetable"))
    site.build()
    site.build()

    assert [TOPICS, sorted(TOPICS * 2)] == [first, told(hub)]


def test_feed_that_did_not_change_is_not_announced(site, hub):
    """C103: a change of the teasers alone is none of the feed of leads."""
    configure(site, hub)
    site.build()
    text = (site.input / "monday.txt").read_text()
    site.drop("monday.txt", text.replace("for the third time", "for the fourth time"))
    site.build()

    assert [topic for topic in TOPICS if "leads" not in topic] == told(hub, since=len(TOPICS))


def test_documents_put_back_are_not_announced(site, hub):
    """C103: their bytes are those that hubs know."""
    configure(site, hub)
    site.build()
    (site.output / "feeds" / "news.atom").unlink()
    site.build()

    assert (site.output / "feeds" / "news.atom").exists()
    assert TOPICS == told(hub)


def test_files_written_before_a_crash_are_announced_after_it(site, hub):
    """C106: the store was not told that they are in their places, and they do not differ any more."""
    configure(site, hub)
    site.build()
    before = site.store.read_bytes()
    site.drop("tuesday.txt", TUESDAY)
    site.build()
    site.store.write_bytes(before)  # as a power cut right before the transaction leaves both
    files = {path: path.stat().st_ino for path in site.output.rglob("*.atom")}
    since = len(hub.requests)
    site.build()

    assert files == {path: path.stat().st_ino for path in site.output.rglob("*.atom")}
    assert TOPICS == told(hub, since=since)


def test_build_delivers_what_it_can_and_leaves_the_rest(site, hub):
    """C106: one shot, without a daemon; status says what waits, and why."""
    hub.script = [Answer(204), Answer(204), Answer(503)]
    configure(site, hub)
    site.build()
    status = reporting.status(site.config)
    (report,) = status["push"]["hubs"]

    assert (5, 3, "it answers 503") == (len(hub.requests), report["waiting"], report["trouble"])
    assert [f"hub {hub.url}: it answers 503"] == status["problems"]
    assert ["delivery"] == [job["name"] for job in status["next_jobs"]]
    assert "idle" == status["state"]


def test_hub_that_does_not_come_is_named(site, hub, capsys):
    """Push that fails without a word: the hub took the ping, and never fetched."""
    configure(site, hub)
    site.build()
    at_once = reporting.status(site.config)["problems"]
    site.sql("UPDATE announcement SET told = told - 61")
    unseen = reporting.status(site.config)["problems"]
    site.sql("INSERT INTO note VALUES ('fetches seen', 'yes')")
    feedpub(["--config", str(site.root / "config.yaml"), "status"], standalone_mode=False)
    text = capsys.readouterr().out

    assert ([], []) == (at_once, unseen)
    assert f"hub {hub.url} was told of {TOPICS[1]} and has not fetched it within a minute" in text
    assert f"hub {hub.url}: last told 2" in text


def test_hub_that_came_is_not_named(site, hub):
    """After the ping, that is."""
    configure(site, hub)
    site.build()
    site.sql("UPDATE announcement SET told = told - 61, fetched = told - 60")
    site.sql("INSERT INTO note VALUES ('fetches seen', 'yes')")

    assert [] == reporting.status(site.config)["problems"]


def test_moved_feed_is_announced_under_its_new_address(site, hub):
    """C108: the new document names its new address and the hub, and the hub is told of it."""
    configure(site, hub)
    site.build()
    since = len(hub.requests)
    configure(site, hub, **{"  news:\n": "  daily:\n    moved_from: [news]\n"})
    site.build()

    new = json.loads((site.output / "feeds" / "daily.json").read_text())
    assert (f"{URL}feeds/daily.json", [{"type": "WebSub", "url": hub.url}]) == (new["feed_url"], new["hubs"])
    assert {f"{URL}feeds/daily.{end}" for end in ("rss", "atom", "json")} <= set(told(hub, since=since))
    assert not [topic for topic in told(hub, since=since) if "news." in topic.removeprefix(URL)]


def test_moved_site_is_announced_under_its_new_address(site, hub):
    """C108: every topic, for each has a new name."""
    configure(site, hub)
    site.build()
    since = len(hub.requests)
    configure(site, hub, **{URL: "https://www.example.com/"})
    site.build()

    assert [topic.replace(URL, "https://www.example.com/") for topic in TOPICS] == told(hub, since=since)


def test_rehearsal_tells_nobody(site, hub):
    """A dry run is done on a copy of the store, and nothing leaves the machine."""
    configure(site, hub)
    feedpub(["--config", str(site.root / "config.yaml"), "build", "--dry-run"], standalone_mode=False)

    assert [] == hub.requests


def test_without_push_there_is_nothing_to_tell(site):
    """Whoever has configured no hub is not bothered with it."""
    report = reporting.status(site.config)["push"]

    assert {"hubs": [], "own_hub": None, "subscriptions": 0, "waiting": 0} == report
    assert [] == list(push_problems(report))

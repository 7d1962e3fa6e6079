"""Who reads: real requests to a real daemon, counted, shown and drawn."""

from __future__ import annotations

import json
import socket

import feedparser
import httpx2
import pytest
from notify.peers import Peer, confirm, serving
from prometheus_client.parser import text_string_to_metric_families
from system.installation import BULLETIN, CONFIG, Installation
from system.test_push import OWN_HUB, subscribe

FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)"


@pytest.fixture
def site(tmp_path):
    """Give an installation with an admin address and a published bulletin."""
    with Installation(tmp_path, config=CONFIG + "admin: {{port: 0}}\n") as site:
        with socket.create_server(("127.0.0.1", 0)) as free:
            site.admin = free.getsockname()[1]
        site.config.write_text(site.config.read_text().replace("port: 0", f"port: {site.admin}"))
        site.drop("monday.txt", BULLETIN)
        site.start()
        yield site


def stats(site: Installation, *options: str) -> dict:
    """Return what ``stats --json`` prints."""
    done = site.command("stats", "--json", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_readers_are_counted_over_a_restart(site):
    """What readers and services ask for is counted; a restart in between counts nobody twice."""
    first = feedparser.parse(f"http://127.0.0.1:{site.port}/feeds/news.atom")
    site.get("feeds/news.rss", **{"User-Agent": FEEDLY})
    site.stop()
    site.start()
    feedparser.parse(f"http://127.0.0.1:{site.port}/feeds/news.atom", etag=first.etag)
    site.get("index.html")
    site.stop()

    (feed,) = stats(site)["feeds"]

    assert (feed["feed"], feed["requests"], feed["unchanged"]) == ("news", 3, 1)
    assert (feed["subscribers"], feed["announced"], feed["direct"]) == (17, 16, 1)
    assert feed["readers"] == {"Feedly": 16, "feedparser": 1}
    assert feed["formats"] == {"atom": 2, "rss": 1}


def test_stats_keep_no_address(site):
    """Nothing that is written says where a request came from."""
    site.get("feeds/news.rss")
    site.stop()

    written = b"".join(path.read_bytes() for path in (site.root / "state" / "stats").iterdir())

    assert b"127.0.0.1" not in written


def test_metrics(site):
    """Prometheus reads the counts at the admin address, which serves nothing else."""
    site.get("feeds/news.rss", **{"User-Agent": FEEDLY})
    site.get("feeds/news.rss", **{"User-Agent": FEEDLY})

    text = httpx2.get(f"http://127.0.0.1:{site.admin}/metrics").text
    samples = {
        (sample.name, sample.labels.get("feed"), sample.labels.get("status")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }

    assert samples["feedpub_requests_total", "news", "200"] == 2
    assert samples["feedpub_subscribers", "news", None] == 16
    assert samples["feedpub_troubles", "", None] == 0
    assert httpx2.get(f"http://127.0.0.1:{site.admin}/feeds/news.rss").status_code == 404
    assert httpx2.post(f"http://127.0.0.1:{site.admin}/metrics").status_code == 405
    assert site.get("metrics").status_code == 404


def test_stats_as_text_and_picture(site):
    """People get a line for each feed with its readers, and a picture if they want one."""
    site.get("feeds/news.rss", **{"User-Agent": FEEDLY})
    site.stop()

    done = site.command("stats", "--plot", str(site.root / "stats.png"))
    drawn = site.command("stats", "--plot", str(site.root / "stats.svg"))
    refused = site.command("stats", "--plot", str(site.root / "stats.jpeg"))

    assert "news: read with Feedly 16" in done.stdout
    assert (site.root / "stats.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (site.root / "stats.svg").read_text()
    assert (done.returncode, drawn.returncode, refused.returncode) == (0, 0, 1)
    assert "ends with .png or .svg" in refused.stderr


def test_stats_from_the_log_of_another_server(tmp_path):
    """Where another server serves the output, its log tells the same; a file that is no log is refused."""
    log = tmp_path / "access.log"
    line = (
        '192.0.2.{} - - [21/Oct/2024:06:00:00 +0000] "GET /feeds/news.rss HTTP/1.1" {} 0 "-" "newsboat/2"\n'
    )
    log.write_text("".join(line.format(number, 304 if number else 200) for number in range(4)))
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader,\nhow are you?\n")
    site = Installation(tmp_path)

    (feed,) = stats(site, "--log", str(log))["feeds"]
    refused = site.command("stats", "--log", str(letter))

    assert (feed["requests"], feed["unchanged"], feed["subscribers"]) == (4, 3, 4)
    assert refused.returncode == 1
    assert "no line of an access log in it; expected the combined format" in refused.stderr


def test_deliveries_are_counted(tmp_path):
    """What the own hub brings to subscribers is counted beside what they fetch."""
    with Installation(tmp_path, config=OWN_HUB) as site, serving(Peer(confirm)) as peer:
        site.start()
        subscribe(site, peer)
        site.drop("monday.txt", BULLETIN)
        peer.wait(1, method="POST")
        site.wait(lambda: site.status()["push"]["waiting"] == 0)
        site.stop()

        (feed,) = stats(site)["feeds"]

    assert feed["pushes"] == 1


def test_stats_of_nobody(tmp_path):
    """Before anybody has asked, that is what is said."""
    site = Installation(tmp_path)

    assert site.command("stats").stdout == "nobody has asked for a feed in these days\n"
    assert stats(site) == {"from": None, "to": None, "feeds": [], "days": []}

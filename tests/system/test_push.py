"""Push, from the dropped bulletin to the subscriber, with a real daemon and real sockets."""

from __future__ import annotations

import hashlib
import hmac
import json
import signal
import sys
import threading
import time
from pathlib import Path
from subprocess import PIPE, Popen

import httpx2
from notify.peers import Answer, Peer, confirm, serving
from system.installation import BULLETIN, CONFIG, TITLES, Installation

SUBSCRIBER = Path(__file__).parents[1] / "notify" / "subscriber.py"
OWN_HUB = CONFIG + "websub: {{hub: true, allow_private: [127.0.0.0/8]}}\n"


def with_hub(url: str) -> str:
    """Give a configuration with one hub of others."""
    return CONFIG + f"websub: {{{{hubs: ['{url}']}}}}\n"


def ask(site: Installation, **fields: str) -> httpx2.Response:
    """Send a request to the own hub."""
    form = {f"hub.{name}": value for name, value in fields.items()}
    return httpx2.post(f"http://127.0.0.1:{site.port}/hub", data=form)


def subscribe(site: Installation, peer: Peer, **fields: str) -> str:
    """Subscribe to the Atom feed and wait for the confirmation; give the topic."""
    topic = f"http://127.0.0.1:{site.port}/feeds/news.atom"
    plain = {"mode": "subscribe", "topic": topic, "callback": f"{peer.url}/callback", "secret": "s3cret"}
    answer = ask(site, **plain | fields)
    assert answer.status_code == 202, answer.text
    peer.wait(1, method="GET")
    site.wait(lambda: site.status()["push"]["subscriptions"] == 1)
    return topic


REFUSED = {
    "a topic of others": {"topic": "https://elsewhere.example.org/"},
    "a private callback": {"callback": "http://10.0.0.1/"},
    "no callback": {"callback": ""},
    "an unknown subscription": {"mode": "unsubscribe"},
}


def test_dropped_bulletin_reaches_subscribers_signed(tmp_path):
    """Each has the very bytes of the feed a moment later, signed with its own secret.

    One lives in the test, to look at all that it gets; one is a process with nothing of feedpub in it, which
    finds the hub by itself.
    """
    with Installation(tmp_path, config=OWN_HUB) as site, serving(Peer(confirm)) as peer:
        site.start()
        topic = subscribe(site, peer)
        plain = {"mode": "subscribe", "topic": topic, "callback": peer.url}
        refusals = [ask(site, **plain | fields) for fields in REFUSED.values()]
        with Popen([sys.executable, SUBSCRIBER, topic], stdout=PIPE) as subscriber:
            news = map(json.loads, subscriber.stdout)
            confirmed = next(news)
            site.wait(lambda: site.log().count("subscription confirmed") == 2)
            site.drop("monday.txt", BULLETIN)
            received = next(news)
            subscriber.kill()
        (content,) = peer.wait(1, method="POST")
        feed = site.get("feeds/news.atom")

    signature = hmac.new(b"s3cret", content.body, hashlib.sha256).hexdigest()
    assert [400] * 4 == [refusal.status_code for refusal in refusals]
    assert feed.content == content.body
    assert f"sha256={signature}" == content.headers["x-hub-signature"]
    assert feed.headers["content-type"] == content.headers["content-type"]
    assert feed.headers["link"] == content.headers["link"]
    assert f'<{topic}>; rel="self"' in content.headers["link"]
    assert {"confirmed": True, "lease": "864000"} == confirmed
    assert (True, TITLES) == (received["signed"], received["titles"])


def test_hub_of_others_is_told_and_comes_to_fetch(tmp_path):
    """C103, C105: it is told when the new feed can be fetched; status shows when that was."""
    fetched = []

    def fetch(request) -> Answer:
        fetched.append(
            httpx2.get(request.form["hub.url"], headers={"user-agent": "Bot +http://127.0.0.1/"}).text
        )
        return Answer(204)

    hub = Peer(fetch)
    with serving(hub), Installation(tmp_path, config=with_hub(hub.url)) as site:
        site.start()
        site.wait(lambda: len(hub.requests) == 4)  # three formats and the front page, empty as yet
        site.drop("monday.txt", BULLETIN)
        site.wait(lambda: len(fetched) == 8)
        site.wait(
            lambda: (report := site.status()["push"]["hubs"][0])["waiting"] == 0 and report["last_success"]
        )
        status = site.status()

    assert all("Harbour Workers" in text for text in fetched[4:])
    assert ([], "") == (status["problems"], status["push"]["hubs"][0]["trouble"])


def test_hub_that_hangs_delays_no_publication(tmp_path):
    """C105: the feed is out long before the hub is given up, and so is the next one."""
    release = threading.Event()
    hub = Peer(lambda _request: release.wait(60) and Answer(204))
    with serving(hub), Installation(tmp_path, config=with_hub(hub.url)) as site:
        site.start()
        hub.wait(1)
        site.drop("monday.txt", BULLETIN)
        site.wait(lambda: len(site.titles()) == len(TITLES), seconds=8)
        site.drop("tuesday.txt", BULLETIN.replace("Harbour Workers", "Railway Workers"))
        site.wait(lambda: len(site.titles()) > len(TITLES), seconds=8)
        stopping = time.monotonic()
        site.stop()
        took = time.monotonic() - stopping
        release.set()

    assert took < 5


def test_killed_daemon_loses_no_delivery(tmp_path):
    """C106: kill -9 between publication and delivery; the next daemon delivers."""
    hub = Peer(Answer(503, {"Retry-After": "2"}))
    with serving(hub), Installation(tmp_path, config=with_hub(hub.url)) as site:
        site.start()
        site.drop("monday.txt", BULLETIN)
        site.wait(lambda: len(site.titles()) == len(TITLES))
        site.stop(signal.SIGKILL)
        before = len(hub.requests)
        hub.script = [Answer(204)]
        site.start()
        told = hub.wait(before + 4)[before:]

    assert 4 == len({request.form["hub.url"] for request in told})


def test_probe_shows_what_subscribers_would_notice(tmp_path):
    """Another server at the public address, with wrong types; it is no trouble of the daemon's."""
    front = Peer(Answer(200, {"Content-Type": "text/plain"}, b"old"))
    with serving(front), Installation(tmp_path) as site:
        text = site.config.read_text().replace(f"url: http://127.0.0.1:{site.port}/", f"url: {front.url}/")
        site.config.write_text(text.replace("rescan: 60s", "rescan: 60s\n  probe: 1s"))
        site.start()
        front.wait(4)
        site.wait(lambda: site.get("healthz").json()["notes"])
        health = site.get("healthz")
        status = site.status()

    assert (200, "ok") == (health.status_code, health.json()["status"])
    wrong = f"{front.url}/feeds/news.atom: it is delivered as 'text/plain' instead of 'application/atom+xml'"
    assert any(note.startswith(wrong) for note in health.json()["notes"])
    assert any(problem.startswith(wrong) for problem in status["problems"])
    assert {f"{front.url}/", *(f"{front.url}/feeds/news.{end}" for end in ("rss", "atom", "json"))} == set(
        status["probe"]["found"]
    )

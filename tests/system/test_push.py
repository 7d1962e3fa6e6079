"""Push, from the dropped bulletin to the subscriber, with a real daemon and real sockets."""

from __future__ import annotations

import hashlib
import hmac

import httpx2
from notify.peers import Peer, confirm, serving
from system.installation import BULLETIN, CONFIG, Installation

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


def test_dropped_bulletin_reaches_a_subscriber_signed(tmp_path):
    """The subscriber of the own hub has the very bytes of the feed a moment later, signed."""
    with Installation(tmp_path, config=OWN_HUB) as site, serving(Peer(confirm)) as peer:
        site.start()
        topic = subscribe(site, peer)
        site.drop("monday.txt", BULLETIN)
        (content,) = peer.wait(1, method="POST")
        feed = site.get("feeds/news.atom")

    signature = hmac.new(b"s3cret", content.body, hashlib.sha256).hexdigest()
    assert feed.content == content.body
    assert f"sha256={signature}" == content.headers["x-hub-signature"]
    assert feed.headers["content-type"] == content.headers["content-type"]
    assert feed.headers["link"] == content.headers["link"]
    assert f'<{topic}>; rel="self"' in content.headers["link"]

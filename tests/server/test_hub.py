"""The own hub's door, over real connections."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from server.conftest import SITE_URL

from feedpub.server import Links, Manners, PushDoors, create_app

FORM = {"content-type": "application/x-www-form-urlencoded"}
OURS = "hub.mode=subscribe&hub.topic=t&hub.callback=c"


@pytest.fixture
def hub(site, running):
    """Serve a site with a hub that takes everything; give the site and what the hub took."""
    taken, heard = [], []

    async def subscribe(fields):
        if fields.get("hub.topic") == "full":
            return HTTPStatus.SERVICE_UNAVAILABLE, "Full."
        taken.append(fields)
        return HTTPStatus.ACCEPTED, "Accepted."

    links = Links(hubs=(f"{SITE_URL}hub",), address={"feeds/news.atom": f"{SITE_URL}feeds/news.atom"}.get)
    push = PushDoors(links=links, subscribe=subscribe, fetched=lambda *fetch: heard.append(fetch))
    manners = Manners(site_url=SITE_URL)
    running[0].app = create_app(site.root, manners, health=lambda: {"status": "ok"}, push=push)
    site.taken, site.heard = taken, heard
    return site


def post(site, body, **headers):
    """Send a form."""
    return site.client.post("/hub", content=body, headers=FORM | headers)


def test_form_of_a_subscriber_is_taken(hub):
    """With what is escaped in it, also a secret that is no text."""
    answer = post(
        hub, f"{OURS}&hub.secret=%FF%C3%BC+%26", **{"content-type": f"{FORM['content-type']}; charset=utf-8"}
    )

    assert (202, "Accepted.\n") == (answer.status_code, answer.text)
    assert "no-store" == answer.headers["cache-control"]
    (fields,) = hub.taken
    assert {"hub.mode": "subscribe", "hub.topic": "t", "hub.callback": "c"}.items() <= fields.items()
    assert "\udcffü &" == fields["hub.secret"]


def test_hub_that_is_full_says_when_to_come_again(hub):
    """A subscriber's program knows what to do then."""
    answer = post(hub, OURS.replace("topic=t", "topic=full"))

    assert (503, "60") == (answer.status_code, answer.headers["retry-after"])


WRONG = {
    "no form": ({"content-type": "application/json"}, b"{}", 415),
    "too large": ({}, b"a=" + b"b" * 9000, 413),
    "too many fields": ({}, b"&".join(b"a=b" for _ in range(99)), 400),
    "no ASCII": ({}, b"a=\xff", 400),
}


@pytest.mark.parametrize(("headers", "body", "status"), WRONG.values(), ids=WRONG)
def test_what_is_no_form_is_refused(hub, headers, body, status):
    """In a few words, and the connection is closed."""
    answer = post(hub, body, **headers)

    assert (status, "close", []) == (answer.status_code, answer.headers["connection"], hub.taken)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(hub, method):
    """With what is allowed."""
    answer = hub.ask(method, "/hub")

    assert (405, "GET, HEAD, POST") == (answer.status_code, answer.headers["allow"])


def test_person_at_the_hub_reads_what_it_is(hub):
    """Its address stands in every feed, so somebody will open it."""
    answer = hub.get("/hub")

    assert (200, "text/plain; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert "WebSub hub" in answer.text


def test_without_an_own_hub_nothing_is_there(site):
    """As for any address where nothing is."""
    assert (404, 405) == (site.get("/hub").status_code, site.ask("POST", "/hub").status_code)


def test_who_fetches_a_topic_is_heard(hub):
    """Whole or unchanged; other files are nobody's business."""
    first = hub.get("/feeds/news.atom", user_agent="Bot (+https://hub.example.net/)")
    hub.get("/feeds/news.atom", if_none_match=first.headers["etag"])
    hub.get("/feeds/news.rss")
    hub.get("/")

    topic = f"{SITE_URL}feeds/news.atom"
    assert [(topic, "127.0.0.1")] * 2 == [(topic, peer) for topic, peer, _ in hub.heard]
    assert "Bot (+https://hub.example.net/)" == hub.heard[0][2]

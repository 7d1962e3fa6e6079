"""The Link header of what can be subscribed to."""

import pytest
from server.conftest import SITE_URL

from feedpub.server import Links, Manners, PushDoors, create_app

HUBS = ("https://hub.example.net/", "https://other.example.net/push")
TOPICS = {f"feeds/news.{end}": f"{SITE_URL}feeds/news.{end}" for end in ("rss", "atom", "json")} | {
    "index.html": SITE_URL
}


@pytest.fixture
def pushed(site, running):
    """Serve the site with two hubs."""
    switchboard, *_ = running
    links = Links(hubs=HUBS, address=TOPICS.get)
    push = PushDoors(links=links)
    switchboard.app = create_app(
        site.root, Manners(site_url=SITE_URL), health=lambda: {"status": "ok"}, push=push
    )
    return site


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["feeds/news.rss", "feeds/news.atom", "feeds/news.json", ""])
def test_topic_names_its_hubs_and_itself(pushed, path, method):
    """C100, C101: quoted, with one own address, which is that of the document."""
    link = pushed.ask(method, f"/{path}").headers["link"]

    assert ", ".join([*(f'<{hub}>; rel="hub"' for hub in HUBS), f'<{SITE_URL}{path}>; rel="self"']) == link


def test_unchanged_topic_says_it_too(pushed):
    """C100: a 304 has the header of the 200."""
    whole = pushed.get("/feeds/news.rss")
    again = pushed.get("/feeds/news.rss", if_none_match=whole.headers["etag"])

    assert (304, whole.headers["link"]) == (again.status_code, again.headers["link"])


@pytest.mark.parametrize("path", ["/feeds/", "/style.css", "/sitemap.xml", "/none"])
def test_what_is_no_topic_names_no_hub(pushed, path):
    """C103: only what is announced at each change."""
    assert "link" not in pushed.get(path).headers


def test_without_hubs_there_is_no_header(site):
    """Nobody is sent to a hub that is not there."""
    assert "link" not in site.get("/feeds/news.rss").headers


@pytest.mark.parametrize("accept", ["*/*", None, "application/json;q=0.1"])
def test_hub_gets_the_feed_whatever_it_accepts(pushed, accept):
    """C104: the address of a topic has one representation for whoever is no browser."""
    answer = pushed.get("/feeds/news.atom", **({"accept": accept} if accept else {}))

    assert (200, "application/atom+xml; charset=utf-8") == (
        answer.status_code,
        answer.headers["content-type"],
    )

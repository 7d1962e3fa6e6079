"""Browsers are shown a page at the address of a feed, readers always get the feed."""

import pytest
from server.conftest import SITE_URL

from feedpub.server import Manners, create_app

CHROMIUM = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
    "sec-fetch-dest": "document",
    "sec-fetch-mode": "navigate",
    "sec-fetch-site": "none",
    "upgrade-insecure-requests": "1",
}
FIREFOX = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "sec-fetch-dest": "document",
    "upgrade-insecure-requests": "1",
}
SAFARI = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "sec-fetch-dest": "document",
}
PLAIN_HTTP = {"accept": FIREFOX["accept"], "upgrade-insecure-requests": "1"}

FEEDPARSER = (
    "application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,"
    "application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1"
)

PAGE, FEED = "text/html", "application/rss+xml"
WHO = {
    "Chromium": (CHROMIUM, PAGE),
    "Firefox": (FIREFOX, PAGE),
    "Safari": (SAFARI, PAGE),
    "a browser on plain http": (PLAIN_HTTP, PAGE),
    "no header at all": ({}, FEED),
    "curl, newsboat": ({"accept": "*/*"}, FEED),
    "feedparser": ({"accept": FEEDPARSER}, FEED),
    "reader": ({"accept": f"{FEEDPARSER},application/feed+json,application/json;q=0.9"}, FEED),
    "Miniflux": (
        {
            "accept": "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, "
            "application/feed+json, text/html, */*;q=0.9"
        },
        FEED,
    ),
    "QuiteRSS": ({"accept": "text/xml, text/html, */*"}, FEED),
    "Liferea": ({"accept": "application/atom+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.7"}, FEED),
    "a reader that says it likes HTML best": ({"accept": "text/html, application/rss+xml;q=0.5"}, FEED),
    "a service with a browser's Accept": ({"accept": CHROMIUM["accept"]}, FEED),
    "a reader in a browser": ({"accept": "*/*", "sec-fetch-dest": "empty", "sec-fetch-mode": "cors"}, FEED),
    "a reader in a browser that asks for HTML": (
        {"accept": "text/html,*/*;q=0.8", "sec-fetch-dest": "empty", "sec-fetch-mode": "cors"},
        FEED,
    ),
    "a frame": ({**FIREFOX, "sec-fetch-dest": "iframe"}, FEED),
    "a browser with a reader built in": (
        {**FIREFOX, "accept": "text/html, application/rss+xml, application/atom+xml, application/feed+json"},
        FEED,
    ),
    "a crawler": ({"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}, FEED),
    "a hub": ({"accept": "*/*", "user-agent": "hub"}, FEED),
}


@pytest.fixture
def viewed(site):
    """Serve a page for the feed news beside the one for all feeds."""
    (site.root / "feeds/news").mkdir()
    (site.root / "feeds/news/index.html").write_bytes(
        b"<!doctype html><title>News</title>" + b"<p>x</p>" * 300
    )
    return site


def ask(site, path, fields, method="GET"):
    """Ask with exactly these fields, beside those that httpx2 cannot leave out."""
    request = site.client.build_request(method, path)
    del request.headers["accept"]
    request.headers.update({"accept-encoding": "identity", **fields})
    return site.client.send(request)


@pytest.mark.parametrize(("fields", "media_type"), WHO.values(), ids=WHO)
def test_who_gets_what(viewed, fields, media_type):
    """C157, C158: it takes two signs of a person at once."""
    answer = ask(viewed, "/feeds/news.rss", fields)

    assert (200, f"{media_type}; charset=utf-8") == (answer.status_code, answer.headers["content-type"])


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_every_format_has_a_view(viewed, form):
    """C158: JSON is no nicer to look at."""
    assert b"<title>News" in ask(viewed, f"/feeds/news.{form}", CHROMIUM).content


@pytest.mark.parametrize("fields", [CHROMIUM, {"accept": "*/*"}], ids=["page", "feed"])
def test_either_says_what_it_depends_on(viewed, fields):
    """C127, C159: on the feed as well, and on a 304."""
    whole = ask(viewed, "/feeds/news.rss", fields)
    again = ask(viewed, "/feeds/news.rss", {**fields, "if-none-match": whole.headers["etag"]})

    assert 304 == again.status_code
    for answer in (whole, again):
        assert {"Accept", "Sec-Fetch-Dest", "Upgrade-Insecure-Requests", "Accept-Encoding"} <= set(
            answer.headers["vary"].split(", ")
        )


def test_no_shared_cache_keeps_the_page(viewed):
    """C159: it could hand it to a reader."""
    assert "private, no-cache" == ask(viewed, "/feeds/news.rss", CHROMIUM).headers["cache-control"]


@pytest.mark.parametrize("condition", ["if-none-match", "if-modified-since"])
def test_what_one_has_is_not_held_against_the_other(viewed, condition):
    """C159: the tag or date of the feed brings no 304 for the page, nor the other way round."""
    page, feed = (ask(viewed, "/feeds/news.rss", fields) for fields in (CHROMIUM, {"accept": "*/*"}))
    said = {"if-none-match": "etag", "if-modified-since": "last-modified"}[condition]
    past = "Thu, 01 Jan 1970 00:00:00 GMT"

    of_feed = {condition: feed.headers[said]}
    of_page = {condition: page.headers.get(said, past)}
    assert 200 == ask(viewed, "/feeds/news.rss", {**CHROMIUM, **of_feed}).status_code
    assert 200 == ask(viewed, "/feeds/news.rss", {"accept": "*/*", **of_page}).status_code


def test_feed_can_be_had_in_a_browser(viewed):
    """C158: with a query, as the page's link to the source has it."""
    answer = ask(viewed, "/feeds/news.rss?format=feed", CHROMIUM)

    assert "application/rss+xml; charset=utf-8" == answer.headers["content-type"]


def test_view_can_be_switched_off(viewed, running):
    """C158: then everybody gets the feed, and caches need not tell anybody apart."""
    switchboard, *_ = running
    switchboard.app = create_app(
        viewed.root, Manners(site_url=SITE_URL, browser_view=False), health=lambda: {"status": "ok"}
    )

    answer = ask(viewed, "/feeds/news.rss", CHROMIUM)

    assert ("application/rss+xml; charset=utf-8", "Accept-Encoding, A-IM") == (
        answer.headers["content-type"],
        answer.headers["vary"],
    )


def test_without_a_page_of_its_own_the_page_of_all_feeds_is_shown(site):
    """C158: that one tells how to subscribe too."""
    assert b"<title>Feeds" in ask(site, "/feeds/news.atom", CHROMIUM).content


def test_without_any_page_there_is_the_feed(site):
    """C158: a site without pages shows what it has."""
    (site.root / "feeds/index.html").unlink()

    assert (
        "application/rss+xml; charset=utf-8" == ask(site, "/feeds/news.rss", CHROMIUM).headers["content-type"]
    )


def test_head_of_the_view(viewed):
    """C109: the headers of GET."""
    got, head = (ask(viewed, "/feeds/news.rss", CHROMIUM, method) for method in ("GET", "HEAD"))

    assert got.headers["etag"] == head.headers["etag"]
    assert b"" == head.content


def test_page_may_be_compressed(viewed):
    """C129: as every page."""
    answer = ask(viewed, "/feeds/news.rss", {**CHROMIUM, "accept-encoding": "gzip, deflate, br, zstd"})

    assert ("br", b"<title>News") == (answer.headers["content-encoding"], answer.content[15:26])


def test_page_has_the_policy_of_pages(viewed):
    """C134: its style is applied, a script would not be."""
    policy = ask(viewed, "/feeds/news.rss", CHROMIUM).headers["content-security-policy"]

    assert "style-src 'self'" in policy
    assert "script" not in policy

"""The stylesheet that feeds can name, in a real browser that is sent the feed itself."""

from __future__ import annotations

import pytest
from lxml import etree
from playwright.sync_api import sync_playwright
from render.factories import MORNING, a_document, a_site, an_entry
from render.test_in_browser import CHROMIUM, FLAGS

from feedpub.conformance import examine
from feedpub.model import Tombstone
from feedpub.render import feed_style_resource, render

HIDDEN = {
    "guid",
    "id",
    "link",
    "deleted-entry",
    "author",
    "generator",
    "encoded",
    "content",
    "creator",
    "language",
}
VISIBLE = """() => [...document.querySelectorAll("*")]
    .filter(each => each.getClientRects().length && !each.children.length)
    .map(each => [each.localName, each.textContent])"""


def styled(format_):
    """Render a feed with a tombstone, that names its stylesheet."""
    grave = Tombstone(id="tag:news.example.org,2024:gone", deleted=MORNING)
    return render(a_document(an_entry(0), site=a_site(feed_style=True), tombstones=(grave,)), format_)


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_styled_feed_is_the_same_feed(format_):
    """The instruction stands before the root; the rest is as without it, and no rule minds."""
    feed = styled(format_)
    plain = render(a_document(an_entry(0), tombstones=()), format_).content
    instruction = b'<?xml-stylesheet type="text/css" href="https://news.example.org/assets/feed.css"?>\n'

    assert 1 == feed.content.count(instruction)
    assert b"xml-stylesheet" not in plain
    assert etree.fromstring(feed.content) is not None
    assert [] == examine(feed.path, feed.content)[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_styled_feed_is_readable(format_, scheme):
    """C160: what people read is shown, what is for machines is not, tombstones among it."""
    feed, style = styled(format_), feed_style_resource()
    site = {f"https://news.example.org/{each.path}": each for each in (feed, style)}

    def serve(route):
        found = site[route.request.url]
        kind = "application/xml" if found is feed else found.media_type
        route.fulfill(status=200, body=found.content, content_type=kind)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        view = browser.new_page(color_scheme=scheme)
        view.route("**/*", serve)
        view.goto(f"https://news.example.org/{feed.path}")
        shown = view.evaluate(VISIBLE)
        background = view.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        browser.close()

    assert an_entry(0).title in [text for _, text in shown]
    assert HIDDEN.isdisjoint(name for name, _ in shown)
    assert ("rgb(22, 22, 22)" if scheme == "dark" else "rgb(253, 252, 248)") == background

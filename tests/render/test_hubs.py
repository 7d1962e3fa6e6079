"""Where a document tells its hubs and its own address (WebSub section 4)."""

from __future__ import annotations

import json

import pytest
from lxml import etree, html
from render.factories import a_document, a_page, a_rich_document, a_site, an_entry
from render.reading import foreign

from feedpub.render import check, render, render_page

HUBS = ("https://hub.example.net/", "https://news.example.org/hub?a=1&b=2")
SITE = a_site(hubs=HUBS)
ATOM = "{http://www.w3.org/2005/Atom}link"


def links(content: bytes) -> list[tuple[str, str]]:
    """Give relation and address of the Atom links at the head of a feed."""
    root = etree.fromstring(content)
    head = root if root.tag.endswith("feed") else root[0]
    return [(link.get("rel"), link.get("href")) for link in head.iterchildren(ATOM)]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feed_names_its_hubs_and_itself(form):
    """C100, C101: every hub, and exactly one own address."""
    resource = render(a_document(site=SITE), form)
    found = links(resource.content)
    own = f"https://news.example.org/{resource.path}"

    assert [("hub", hub) for hub in HUBS] == [link for link in found if link[0] == "hub"]
    assert [("self", own)] == [link for link in found if link[0] == "self"]


def test_json_feed_names_its_hubs_and_itself():
    """C92, C100, C101: as objects with a type."""
    document = json.loads(render(a_document(site=SITE), "json").content)

    assert [{"type": "WebSub", "url": hub} for hub in HUBS] == document["hubs"]
    assert "https://news.example.org/feeds/news.json" == document["feed_url"]


def test_front_page_names_its_hubs_and_itself_in_its_head():
    """C101, C102: the front page can be subscribed to as well."""
    page = html.fromstring(render_page(a_page(an_entry(), site=SITE)).content)
    found = [(link.get("rel"), link.get("href")) for link in page.find("head").iter("link")]

    assert [("hub", hub) for hub in HUBS] == [link for link in found if link[0] == "hub"]
    assert [("self", SITE.url)] == [link for link in found if link[0] == "self"]


@pytest.mark.parametrize("template", ["entry", "feeds"])
def test_other_pages_are_no_topics(template):
    """C103: what names a hub must be announced at each change, and nobody subscribes to these."""
    page = html.fromstring(render_page(a_page(an_entry(), site=SITE, template=template)).content)

    assert [] == page.xpath("//link[@rel='hub' or @rel='self']")


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_hubs_disturb_nobody(form):
    """The link of the feed is still the site's, and the release gate has nothing to say."""
    document = a_rich_document()
    with_hubs = a_document(*document.entries, feed=document.feed, site=SITE)
    check(render(with_hubs, form), with_hubs)

    if form != "json":
        parsed = foreign(with_hubs, form)
        assert (False, SITE.url) == (parsed.bozo, parsed.feed.link)

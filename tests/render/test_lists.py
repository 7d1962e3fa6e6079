"""OPML and sitemaps: lists of addresses for programs."""

from __future__ import annotations

import pytest
from lxml import etree
from render.factories import MORNING, a_feed, a_site

from feedpub import conformance
from feedpub.model import Person
from feedpub.render import render_opml, render_sitemap, render_sitemap_index

FEEDS = (a_feed(title='R & "D" <news>', description=""), a_feed(name="leads", formats=("atom", "json")))


def outlines(**changes) -> list[dict[str, str]]:
    """Return the outlines of the list of all feeds."""
    site = a_site(**changes)
    return [
        dict(o.attrib) for o in etree.fromstring(render_opml(site, FEEDS, pages=True).content).iter("outline")
    ]


def test_opml_is_named_and_typed():
    """C96, C99: OPML 2.0 with a head and a body, under the type that readers know it by."""
    resource = render_opml(a_site(), FEEDS, pages=True)
    root = etree.fromstring(resource.content)

    assert (resource.path, resource.media_type) == ("feeds.opml", "text/x-opml; charset=utf-8")
    assert (root.tag, dict(root.attrib), [child.tag for child in root]) == (
        "opml",
        {"version": "2.0"},
        ["head", "body"],
    )
    assert [child.tag for child in root[0]] == ["title", "ownerName"]


def test_opml_names_every_feed_in_its_preferred_format():
    """C97: each feed once, as a subscription with text, title, its address and its page."""
    assert outlines() == [
        {
            "type": "rss",
            "text": 'R & "D" <news>',
            "title": 'R & "D" <news>',
            "language": "en",
            "xmlUrl": "https://news.example.org/feeds/news.rss",
            "htmlUrl": "https://news.example.org/feeds/news/",
        },
        {
            "type": "rss",
            "text": "Example News",
            "title": "Example News",
            "description": "What happened today",
            "language": "en",
            "xmlUrl": "https://news.example.org/feeds/leads.atom",
            "htmlUrl": "https://news.example.org/feeds/leads/",
        },
    ]


def test_opml_without_pages_leads_to_the_site():
    """Where there are no pages, none is named."""
    root = etree.fromstring(render_opml(a_site(author=Person(name="")), FEEDS, pages=False).content)

    assert {"https://news.example.org/"} == {o.get("htmlUrl") for o in root.iter("outline")}
    assert [child.tag for child in root[0]] == ["title"]


def test_opml_carries_no_clock():
    """C98: two runs give equal bytes; dates, which it could have, would be those of the run."""
    first, second = (render_opml(a_site(), FEEDS, pages=True) for _ in range(2))

    assert first == second
    assert b"date" not in first.content


DOCUMENTS = {
    "opml": render_opml(a_site(), FEEDS, pages=True),
    "sitemap": render_sitemap("sitemap-2024-10.xml", [("https://news.example.org/a/?b&c", MORNING)]),
    "sitemap index": render_sitemap_index("sitemap.xml", ["https://news.example.org/sitemap-2024-10.xml"]),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_list_keeps_the_rules(case):
    """What a program can check of OPML and sitemaps holds."""
    document = DOCUMENTS[case]

    findings, facts = conformance.examine(document.path, document.content)

    assert findings == []
    assert facts is not None


def test_sitemap_says_when_a_page_changed():
    """Addresses are escaped, instants in UTC, and left out where nobody knows them."""
    content = render_sitemap(
        "sitemap.xml", [("https://x.example/?a&b", MORNING), ("https://x.example/", None)]
    ).content

    assert [child.text for child in etree.fromstring(content).iter("{*}loc", "{*}lastmod")] == [
        "https://x.example/?a&b",
        "2024-10-21T03:00:00Z",
        "https://x.example/",
    ]

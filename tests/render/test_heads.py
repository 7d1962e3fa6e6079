"""What a feed says of itself as a whole, in every format, read by others."""

from __future__ import annotations

import json

import feedparser
import pytest
from lxml import etree
from render.factories import a_document, a_feed

from feedpub.render import check, render

FEED = a_feed(
    categories=("news", "R&D"),
    rights="© Example <News>",
    icon="https://news.example.org/icon.png",
    image="https://news.example.org/logo.png",
    ttl_minutes=60,
)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_head_as_others_read_it(form):
    """Categories, rights and picture are those of the configuration."""
    head = feedparser.parse(render(a_document(feed=FEED), form).content).feed

    assert [tag.term for tag in head.tags] == ["news", "R&D"]
    assert head.rights == "© Example <News>"
    assert (head.logo if form == "atom" else head.image.href) == "https://news.example.org/logo.png"


def test_head_of_rss():
    """RSS says how long readers may wait; its picture has the channel's title and link."""
    channel = etree.fromstring(render(a_document(feed=FEED), "rss").content)[0]

    assert channel.findtext("ttl") == "60"
    assert channel.findtext("image/title") == channel.findtext("title")
    assert channel.findtext("image/link") == channel.findtext("link")


def test_head_of_json():
    """JSON Feed has the large picture as its icon and the small one as its favicon."""
    top = json.loads(render(a_document(feed=FEED), "json").content)

    assert (top["icon"], top["favicon"]) == (FEED.image, FEED.icon)


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_head_passes_the_gate(form):
    """The release gate lets such a feed through."""
    document = a_document(feed=FEED)

    check(render(document, form), document)

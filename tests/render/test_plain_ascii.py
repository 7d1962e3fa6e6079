"""Feeds in ASCII alone, for hosts whose word on the charset cannot be relied on."""

from __future__ import annotations

import json

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from render.factories import a_document, a_feed, a_rich_document, a_site, an_entry

from feedpub.conformance import examine
from feedpub.model import FeedDocument
from feedpub.render import FORMATS, check, render, render_opml

ANYWHERE = a_site(title="Примерни новини", in_ascii=True)
LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


def in_ascii(document: FeedDocument, format_: str) -> bytes:
    """Render a document for a host of which nothing is known."""
    fields = {name: getattr(document, name) for name in ("feed", "id", "updated", "tombstones")}
    return render(FeedDocument(**fields, entries=document.entries, site=ANYWHERE), format_).content


@pytest.mark.parametrize("format_", FORMATS)
def test_document_is_ascii(format_):
    """C141: no byte is other than ASCII, no rule is broken, and the gate lets it out."""
    document = a_document(an_entry(0, title="Новини 😀"), *a_rich_document().entries[1:], site=ANYWHERE)
    rendered = render(document, format_)

    assert rendered.content.isascii()
    assert examine(rendered.path, rendered.content)[0] == []
    check(rendered, document)


@pytest.mark.parametrize("format_", ["rss", "atom"])
@pytest.mark.parametrize("media_type", ["text/xml", "application/xml", "text/xml; charset=iso-8859-5"])
def test_reader_needs_no_charset(format_, media_type):
    """C141: text/xml without a charset, or with a wrong one, is read without a complaint, and rightly."""
    document = a_rich_document()

    parsed = feedparser.parse(in_ascii(document, format_), response_headers={"content-type": media_type})

    assert "charset=" in media_type or not parsed.bozo
    assert "Новини от София" in [entry.title for entry in parsed.entries]


def test_reader_is_confused_without():
    """What the option is for: the same feed in UTF-8 is not what its reader is told."""
    content = render(a_rich_document(), "rss").content

    assert feedparser.parse(content, response_headers={"content-type": "text/xml"}).bozo


@given(text=st.text(LEGAL, max_size=80))
def test_parsers_read_the_same(text):
    """Whatever stands in a title or text, both ways of writing it mean the same to XML and JSON."""
    document = a_document(
        an_entry(0, title=" ".join(f"x{text}".split()), content_html=f"<p>{text}</p>", summary=text),
        feed=a_feed(title="Новини"),
    )
    plain = {name: render(document, name).content for name in FORMATS}

    assert json.loads(in_ascii(document, "json")) == json.loads(plain["json"])
    for name in ("rss", "atom"):
        written = etree.tostring(etree.fromstring(in_ascii(document, name)), method="c14n")
        assert written == etree.tostring(etree.fromstring(plain[name]), method="c14n")


def test_list_of_feeds_is_ascii():
    """What readers take all feeds from is written in the same way."""
    content = render_opml(ANYWHERE, [a_feed(title="Новини")], pages=True).content

    assert content.isascii()
    assert "Новини" in [outline.get("text") for outline in etree.fromstring(content).iter("outline")]

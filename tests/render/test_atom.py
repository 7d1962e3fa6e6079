"""The structure of Atom 1.0, held against RFC 4287."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from render.factories import a_document, a_feed, a_rich_document, an_entry

from feedpub.render import render

NAMESPACE = "http://www.w3.org/2005/Atom"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.ASCII)

# Element: its children with how often they may stand there (RFC 4287 sections 3.2, 4.1.1 and 4.1.2).
ANY = 10_000
CHILDREN = {
    "feed": {
        "id": (1, 1), "title": (1, 1), "updated": (1, 1), "author": (1, ANY), "link": (1, ANY),
        "generator": (0, 1), "subtitle": (0, 1), "entry": (0, ANY), "category": (0, ANY),
    },
    "entry": {
        "id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1), "author": (0, ANY),
        "link": (0, ANY), "summary": (0, 1), "content": (0, 1), "category": (0, ANY),
    },
    "author": {"name": (1, 1), "uri": (0, 1), "email": (0, 1)},
}  # fmt: skip
ATTRIBUTES = {
    "link": {"href", "rel", "type"},
    "category": {"term"},
    "generator": {"version"},
    "summary": {"type"},
    "content": {"type"},
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def violations(element):
    """Yield what RFC 4287 does not allow in an element and below."""
    name = etree.QName(element).localname
    if etree.QName(element).namespace != NAMESPACE:
        yield f"{name} is not in Atom's namespace"
    children = [etree.QName(child).localname for child in element]
    allowed = CHILDREN.get(name, {})
    yield from (f"{child} in {name}" for child in children if child not in allowed)
    for child, (least, most) in allowed.items():
        if not least <= children.count(child) <= most:
            yield f"{children.count(child)} times {child} in {name}"
    yield from (f"@{key} on {name}" for key in set(element.attrib) - ATTRIBUTES.get(name, set()) - {LANGUAGE})
    yield from _wrong_values(name, element)
    for child in element:
        yield from violations(child)


def _wrong_values(name, element):
    """Yield texts and attributes that are not what their element asks for."""
    if name in {"updated", "published"} and not RFC3339.fullmatch(element.text or ""):
        yield f"{name} is {element.text}"
    if name in {"id", "uri"} and not ABSOLUTE.fullmatch(element.text or ""):
        yield f"{name} is {element.text}"
    if name == "link" and not ABSOLUTE.fullmatch(element.get("href", "")):
        yield f"href is {element.get('href')}"
    if name == "category" and not element.get("term"):
        yield "a category without term"
    if name in {"feed", "entry"}:
        alternates = [
            link.get("type") for link in element.iterchildren("{*}link") if link.get("rel") == "alternate"
        ]
        if len(set(alternates)) < len(alternates):
            yield f"two alternates of one type in {name}"


DOCUMENTS = {
    "rich": a_rich_document(),
    "empty": a_document(),
    "summaries": a_document(an_entry(content_html=None), feed=a_feed(full_content=False)),
    "headline alone": a_document(an_entry(summary="", content_html="")),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_document_keeps_to_the_standard(case):
    """Every element of Atom stands where RFC 4287 allows it, as often as it allows, with what it asks for."""
    root = etree.fromstring(render(DOCUMENTS[case], "atom").content)

    assert list(violations(root)) == []


def test_structural_check_finds_what_is_wrong():
    """The check above is not blind."""
    root = etree.fromstring(f'<feed xmlns="{NAMESPACE}"><id>x</id><odd/><updated>now</updated></feed>')

    assert {"odd in feed", "0 times title in feed", "id is x", "updated is now"} <= set(violations(root))


def test_resource_is_named_and_typed():
    """The file's ending and type are those that servers and readers know."""
    resource = render(a_document(), "atom")

    assert (resource.path, resource.media_type) == ("feeds/news.atom", "application/atom+xml; charset=utf-8")


def test_feed_links_to_itself_and_to_the_home_page():
    """One self link, one alternate, each with its type."""
    root = etree.fromstring(render(a_document(), "atom").content)

    assert [dict(link.attrib) for link in root.iterchildren("{*}link")] == [
        {"href": "https://news.example.org/feeds/news.atom", "rel": "self", "type": "application/atom+xml"},
        {"href": "https://news.example.org/", "rel": "alternate", "type": "text/html"},
    ]


def test_entry_in_another_language_says_so():
    """The root names the feed's language, an entry only its own where it differs."""
    root = etree.fromstring(render(a_rich_document(), "atom").content)

    assert [root.get(LANGUAGE), *(entry.get(LANGUAGE) for entry in root.iter("{*}entry"))] == [
        "en", None, "bg", "ar", None,
    ]  # fmt: skip


def test_entry_without_text_has_an_alternate_link():
    """An entry may lack a content only if a link leads to its page (RFC 4287 section 4.1.2)."""
    root = etree.fromstring(render(a_document(an_entry(summary="", content_html="")), "atom").content)
    entry = root.find("{*}entry")

    assert entry.find("{*}content") is None
    assert entry.find("{*}link").get("rel") == "alternate"

"""How the documents of a feed name each other (RFC 5005), and what the gate makes of it."""

from __future__ import annotations

import json
from dataclasses import replace

import feedparser
import pytest
from lxml import etree
from render.factories import a_document, a_feed, an_entry

from feedpub.exceptions import RenderError
from feedpub.model import Archive
from feedpub.render import FORMATS, check, feed_path, render

FIRST, SECOND, THIRD = (Archive(number=n, name=f"00000{n}-5b1d0c9e7f3a") for n in (1, 2, 3))
LIVE = a_document(an_entry(0), older=THIRD)
NEWEST = a_document(an_entry(1), older=SECOND, archive=THIRD)
MIDDLE = a_document(an_entry(2), older=FIRST, archive=SECOND, newer=THIRD)
OLDEST = a_document(an_entry(3), archive=FIRST, newer=SECOND)
DOCUMENTS = {"live": LIVE, "newest": NEWEST, "middle": MIDDLE, "oldest": OLDEST}
BASE = "https://news.example.org/feeds/news"
XML_FORMATS = ("atom", "rss")
HISTORY = "{http://purl.org/syndication/history/1.0}"


def address(archive: Archive, name: str) -> str:
    """Give the address of an archive."""
    return f"{BASE}/archive/{archive.name}.{name}"


def head(document, name):
    """Give the element that has what is said of the feed itself."""
    root = etree.fromstring(render(document, name).content)
    return root if name == "atom" else root[0]


def links(document, name) -> dict[str, str]:
    """Give the addresses at the head of a document by their relations; each may be there once."""
    found = [link for link in head(document, name) if link.tag == "{http://www.w3.org/2005/Atom}link"]
    relations = [link.get("rel") for link in found if link.get("rel") != "alternate"]
    assert len(relations) == len(set(relations))
    return {link.get("rel"): link.get("href") for link in found if link.get("rel") != "alternate"}


@pytest.mark.parametrize("name", FORMATS)
def test_archive_stands_in_the_folder_of_its_feed(name):
    """Its address is built like all others, whatever the format."""
    path = f"feeds/news/archive/{SECOND.name}.{name}"

    assert path == feed_path("news", name, SECOND) == render(MIDDLE, name).path


@pytest.mark.parametrize("name", XML_FORMATS)
def test_documents_name_their_neighbours(name):
    """C74, C75, C76, C79: back to the oldest, forth to the newest, and to the live one; in both formats."""
    assert {"self": f"{BASE}.{name}", "prev-archive": address(THIRD, name)} == links(LIVE, name)
    assert {
        "self": address(THIRD, name),
        "current": f"{BASE}.{name}",
        "prev-archive": address(SECOND, name),
    } == links(NEWEST, name)
    assert {
        "self": address(SECOND, name),
        "current": f"{BASE}.{name}",
        "prev-archive": address(FIRST, name),
        "next-archive": address(THIRD, name),
    } == links(MIDDLE, name)
    assert {
        "self": address(FIRST, name),
        "current": f"{BASE}.{name}",
        "next-archive": address(SECOND, name),
    } == links(OLDEST, name)


@pytest.mark.parametrize("name", XML_FORMATS)
def test_archive_says_that_it_is_one(name):
    """C76: readers need not fetch it again."""
    assert head(MIDDLE, name).find(f"{HISTORY}archive") is not None
    assert head(LIVE, name).find(f"{HISTORY}archive") is None


def test_json_pages_name_the_next_page():
    """C92: `next_url` leads on, and nowhere from the last page."""
    pages = [json.loads(render(document, "json").content) for document in (LIVE, NEWEST, MIDDLE, OLDEST)]

    assert [*(address(a, "json") for a in (THIRD, SECOND, FIRST)), None] == [p.get("next_url") for p in pages]
    assert address(SECOND, "json") == pages[2]["feed_url"]


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("name", FORMATS)
def test_sound_documents_pass_the_gate(name, document):
    """Also an archive that lost all of its entries."""
    check(render(document, name), document)
    empty = replace(document, entries=())
    check(render(empty, name), empty)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("name", XML_FORMATS)
def test_foreign_parser_finds_the_way(name, document):
    """What feedpub did not write reads the links as well, and takes the site's for the feed's."""
    parsed = feedparser.parse(render(document, name).content)
    found = {link.rel: link.href for link in parsed.feed.links}

    assert not parsed.bozo
    assert found.get("prev-archive") == (address(document.older, name) if document.older else None)
    assert "https://news.example.org/" == parsed.feed.link


DAMAGES = {
    "a link to another document": (MIDDLE, FIRST.name.encode(), b"000009-5b1d0c9e7f3a", FORMATS),
    "no link back": (MIDDLE, b"prev-archive", b"prev", XML_FORMATS),
    "no link back in JSON": (MIDDLE, b"next_url", b"user_comment", ("json",)),
    "an archive that does not say so": (MIDDLE, b"<fh:archive/>", b"", XML_FORMATS),
}


@pytest.mark.parametrize(("document", "old", "new", "names"), DAMAGES.values(), ids=DAMAGES)
def test_document_that_breaks_the_chain_is_refused(document, old, new, names):
    """A walk that ends too early loses everything before."""
    for name in names:
        resource = render(document, name)
        damaged = replace(resource, content=resource.content.replace(old, new))
        assert damaged != resource
        with pytest.raises(RenderError):
            check(damaged, document)


def test_archive_keeps_to_the_limits():
    """An archive is no excuse for a document that readers choke on."""
    crowded = a_document(an_entry(0), an_entry(1), archive=FIRST, feed=a_feed(max_entries=1))
    long = a_document(an_entry(0), archive=FIRST, feed=a_feed(max_bytes=500))

    for document in (crowded, long):
        for name in FORMATS:
            with pytest.raises(RenderError, match="more than the limit"):
                check(render(document, name), document)

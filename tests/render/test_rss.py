"""The structure of RSS 2.0 and of its best practices profile."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from lxml import etree
from render.factories import a_document, a_feed, a_rich_document, an_entry

from feedpub.render import render

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def channel(document):
    """Render and give the channel."""
    return etree.fromstring(render(document, "rss").content)[0]


def test_resource_is_named_and_typed():
    """The file's ending and type are those that servers and readers know."""
    resource = render(a_document(), "rss")

    assert (resource.path, resource.media_type) == ("feeds/news.rss", "application/rss+xml; charset=utf-8")


def test_document_begins_with_the_declaration():
    """There is no byte order mark and no document type before the root."""
    content = render(a_rich_document(), "rss").content

    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<rss ")
    assert b"<!DOCTYPE" not in content


@pytest.mark.parametrize("document", [a_rich_document(), a_document()], ids=["rich", "empty"])
def test_channel_has_what_it_must(document):
    """Version 2.0, one channel, each of its elements once, and its head before the first item."""
    root = etree.fromstring(render(document, "rss").content)
    (head,) = root
    names = [child.tag for child in head]
    counts = Counter(names)

    assert (root.tag, root.get("version"), head.tag) == ("rss", "2.0", "channel")
    assert all(counts[name] == 1 for name in ("title", "link", "description", "language", "lastBuildDate"))
    assert {name for name, count in counts.items() if count > 1} <= {"item"}
    assert sorted(names, key=lambda name: name == "item") == names


def test_items_have_each_element_once():
    """Only a category may be repeated in an item."""
    for item in channel(a_rich_document()).iter("item"):
        repeated = {tag for tag, count in Counter(child.tag for child in item).items() if count > 1}

        assert repeated <= {"category"}


def test_self_link_is_the_address_of_the_file():
    """Readers that were handed the file find where it lives."""
    link = channel(a_document()).find("{http://www.w3.org/2005/Atom}link")

    assert link.attrib == {
        "href": "https://news.example.org/feeds/news.rss",
        "rel": "self",
        "type": "application/rss+xml",
    }


def test_description_stands_before_the_content():
    """The summary comes first, then the whole text."""
    names = [etree.QName(child).localname for child in channel(a_document(an_entry())).find("item")]

    assert names.index("description") < names.index("encoded")


def test_markup_signs_in_plain_texts_are_hexadecimal_references():
    """No named entity stands in a title, category or author; what is read is unchanged."""
    content = render(a_rich_document(), "rss").content.decode()
    plain = re.findall(r"<(title|category|dc:creator)>(.*?)</\1>", content)

    assert len(plain) == 12
    assert ("title", "Example &#x26; &#x3C;News&#x3E;") in plain
    assert not [text for _, text in plain if re.search(r"&(amp|lt|gt);", text)]
    assert channel(a_rich_document()).findtext("item/title") == a_rich_document().entries[0].title


def test_feed_of_summaries_has_a_description_alone():
    """Where the whole text stays on the page, the summary is all there is."""
    document = a_document(an_entry(content_html=None), feed=a_feed(full_content=False))

    item = channel(document).find("item")

    assert item.findtext("description") == "What story 0 tells."
    assert item.find("{*}encoded") is None


def test_item_in_another_language_says_so():
    """Only an entry whose language differs from the feed's is marked."""
    items = channel(a_rich_document()).iter("item")

    assert [item.get(LANGUAGE) for item in items] == [None, "bg", "ar", None]

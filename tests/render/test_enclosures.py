"""Images and enclosures, as a foreign reader finds them."""

from __future__ import annotations

import json

import feedparser
import pytest
from render.factories import a_document, a_page, an_entry

from feedpub.model import Enclosure
from feedpub.render import render, render_page

SOUND = Enclosure(url="https://cdn.example.org/a%20b.mp3?x=1&y=2", type="audio/mpeg", length=1_048_576)
PAPER = Enclosure(url="https://cdn.example.org/paper.pdf", type="application/pdf", length=0)
STORY = an_entry(0, image="https://cdn.example.org/a.jpg?w=1&h=2", enclosures=(SOUND, PAPER))


def written(format_: str) -> bytes:
    """Write a feed whose first story has files, its second none."""
    return render(a_document(STORY, an_entry(1)), format_).content


@pytest.mark.parametrize(("format_", "expected"), [("rss", [SOUND]), ("atom", [SOUND, PAPER])])
def test_foreign_reader_finds_the_enclosures(format_, expected):
    """With address, type and length; RSS has room for one."""
    first, second = feedparser.parse(written(format_)).entries

    assert [(e.href, e.type, e.length) for e in first.enclosures] == [
        (file.url, file.type, str(file.length)) for file in expected
    ]
    assert first.link == STORY.url
    assert not second.enclosures


def test_json_feed_has_image_and_attachments():
    """By the names of JSON Feed 1.1."""
    first, second = json.loads(written("json"))["items"]

    assert first["image"] == STORY.image
    assert first["attachments"] == [
        {"url": SOUND.url, "mime_type": "audio/mpeg", "size_in_bytes": 1_048_576},
        {"url": PAPER.url, "mime_type": "application/pdf", "size_in_bytes": 0},
    ]
    assert not {"image", "attachments"} & second.keys()


def test_page_shows_the_image_and_links_the_files():
    """The image decorates; the links say what they lead to."""
    page = render_page(a_page(STORY, template="entry")).content.decode()

    assert '<img src="https://cdn.example.org/a.jpg?w=1&amp;h=2" alt="" loading="lazy">' in page
    assert 'type="audio/mpeg">a%20b.mp3</a> <bdi>(audio/mpeg, 1.0 MB)</bdi>' in page
    assert ">paper.pdf</a>" in page

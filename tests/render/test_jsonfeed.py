"""The structure of JSON Feed 1.1."""

from __future__ import annotations

import json

import jsonschema
import pytest
from render.factories import DESK, a_document, a_feed, a_rich_document, an_entry

from feedpub.model import Person
from feedpub.render import render

TEXT = {"type": "string", "minLength": 1}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
ADDRESS = {"type": "string", "pattern": "^https?://[!-~]+$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "minProperties": 1,
        "properties": {"name": TEXT, "url": ADDRESS},
        "additionalProperties": False,
    },
}

# What the specification at https://www.jsonfeed.org/version/1.1/ demands of the members that feedpub writes.
SCHEMA = {
    "type": "object",
    "required": ["version", "title", "items", "home_page_url", "feed_url"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": TEXT,
        "language": TEXT,
        "authors": AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "date_published", "date_modified"],
                "oneOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "id": TEXT,
                    "url": ADDRESS,
                    "title": TEXT,
                    "content_html": {"type": "string"},
                    "content_text": {"type": "string"},
                    "summary": TEXT,
                    "date_published": INSTANT,
                    "date_modified": INSTANT,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "minItems": 1, "items": TEXT, "uniqueItems": True},
                    "language": TEXT,
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}

DOCUMENTS = {
    "rich": a_rich_document(),
    "empty": a_document(),
    "summaries": a_document(an_entry(content_html=None), feed=a_feed(full_content=False)),
    "headline alone": a_document(an_entry(summary="", content_html="")),
    "nothing optional": a_document(feed=a_feed(description="", author=Person(name="Desk"))),
}


def written(document):
    """Render and read the JSON."""
    return json.loads(render(document, "json").content)


@pytest.mark.parametrize("case", DOCUMENTS)
def test_document_keeps_to_the_specification(case):
    """Every member is one of JSON Feed 1.1, has its type, and none that must be there is missing."""
    jsonschema.validate(written(DOCUMENTS[case]), SCHEMA)


def test_resource_is_named_and_typed():
    """The file's ending and type are those that servers and readers know."""
    resource = render(a_document(), "json")

    assert (resource.path, resource.media_type) == ("feeds/news.json", "application/feed+json")


def test_version_comes_first():
    """Programs that look at the first bytes see what it is; there is no byte order mark."""
    assert render(a_document(), "json").content.startswith(
        b'{\n "version": "https://jsonfeed.org/version/1.1"'
    )


def test_head_names_both_addresses_and_the_author():
    """Readers find the home page, the feed itself and who writes it."""
    head = written(a_document())

    assert (head["home_page_url"], head["feed_url"]) == (
        "https://news.example.org/",
        "https://news.example.org/feeds/news.json",
    )
    assert head["authors"] == [{"name": DESK.name, "url": DESK.uri}]


def test_items_say_what_the_document_says():
    """Ids, order, texts, instants and tags are those of the document; plain texts are not escaped."""
    document = a_rich_document()

    items = written(document)["items"]

    assert [(e.id, e.url, e.title, list(e.categories)) for e in document.entries] == [
        (item["id"], item["url"], item["title"], item.get("tags", [])) for item in items
    ]
    assert [entry.content_html for entry in document.entries] == [item.get("content_html") for item in items]
    assert [entry.summary for entry in document.entries] == [item.get("summary", "") for item in items]
    assert [item["date_published"] for item in items[:2]] == ["2024-10-21T03:00:00Z", "2024-10-21T02:59:59Z"]
    assert [item["date_modified"] for item in items[:2]] == ["2024-10-21T03:00:00Z", "2024-10-21T03:01:00Z"]
    assert [item.get("language") for item in items] == [None, "bg", "ar", None]


def test_summary_is_the_content_where_there_is_no_other():
    """An item must have a content; in a feed of summaries it is the summary, as plain text."""
    (item,) = written(DOCUMENTS["summaries"])["items"]

    assert (item["content_text"], item["summary"]) == ("What story 0 tells.", "What story 0 tells.")


def test_other_scripts_are_written_as_they_are():
    """Cyrillic is readable in the file and takes two bytes a letter, not six."""
    assert "Новини от София".encode() in render(a_rich_document(), "json").content

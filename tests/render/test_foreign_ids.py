"""Ids of adopted entries: the same in every format, except where Atom cannot have them."""

from __future__ import annotations

import json

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from render.factories import a_document, an_entry

from feedpub.iri import as_iri, from_iri
from feedpub.model import Tombstone
from feedpub.render import check, render

IRIS = [
    "https://old.example/?p=1&q=2",
    "tag:blogger.com,1999:blog-77.post-1",
    "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
    "https://пример.example/новина",
    "post:4711",
]
OTHERS = [
    "4711",
    "post 4711",
    "?p=4711",
    "/2024/10/story",
    "a%zz:b c",
    "https://a.example/a b",
    "data:,x",
    "Ünïcode",
    "<b>&",
]


def ids(id_: str) -> dict[str, str]:
    """Give the id that each format has for an entry with `id_`."""
    document = a_document(entries=(an_entry(id=id_),))
    resources = {form: render(document, form) for form in ("rss", "atom", "json")}
    for resource in resources.values():
        check(resource, document)
    return {
        "rss": etree.fromstring(resources["rss"].content).findtext("channel/item/guid"),
        "atom": etree.fromstring(resources["atom"].content).findtext("{*}entry/{*}id"),
        "json": json.loads(resources["json"].content)["items"][0]["id"],
    }


@pytest.mark.parametrize("id_", IRIS)
def test_id_that_is_an_iri_is_the_same_in_every_format(id_):
    """A reader may change from one format to another."""
    assert {"rss": id_, "atom": id_, "json": id_} == ids(id_)


@pytest.mark.parametrize("id_", OTHERS)
def test_other_id_is_the_same_in_rss_and_json_and_an_iri_in_atom(id_):
    """What readers of the old RSS feed remember is what they get."""
    found = ids(id_)

    assert (id_, id_) == (found["rss"], found["json"])
    assert found["atom"].startswith("data:,")
    assert id_ == from_iri(found["atom"])


def test_guid_claims_to_be_no_address():
    """An id need not be where the entry is."""
    content = render(a_document(entries=(an_entry(id=IRIS[0], url="https://old.example/1"),)), "rss").content

    [entry] = feedparser.parse(content).entries

    assert (IRIS[0], "https://old.example/1", False) == (entry.id, entry.link, entry.guidislink)


def test_tombstone_names_the_id_that_atom_had():
    """Readers delete what they know under that id."""
    grave = Tombstone(id="post 4711", deleted=an_entry().updated)

    resource = render(a_document(tombstones=(grave,)), "atom")

    check(resource, a_document(tombstones=(grave,)))
    assert b'ref="data:,post%204711"' in resource.content


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_every_id_can_be_read_back_from_its_iri(id_):
    """Our own Atom feed is enough to find the ids that our RSS feed gave."""
    assert id_ == from_iri(as_iri(id_))

"""Which entries a feed shows, and how many of them."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from compose.factories import MORNING, a_feed, a_site, an_entry
from hypothesis import given, settings
from hypothesis import strategies as st

from feedpub.compose import feed_document, feeds_of
from feedpub.model import Role
from feedpub.render import FORMATS, render

FEED_ID = "tag:news.example.org,2024:news"
LEGAL = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n"
)


def document(entries, *, changed=MORNING, site=None, **changes):
    """Compose the document of a feed that differs by `changes`."""
    return feed_document(a_feed(**changes), site or a_site(), entries, feed_id=FEED_ID, changed=changed)


def test_feeds_of_an_entry_by_its_role():
    """A feed of leads takes leads, one of stories takes leads and teasers."""
    feeds = [a_feed(name="stories"), a_feed(name="leads", roles=frozenset({Role.LEAD}))]

    assert {"stories", "leads"} == feeds_of(an_entry(role=Role.LEAD), feeds, at=MORNING)
    assert {"stories"} == feeds_of(an_entry(role=Role.TEASER), feeds, at=MORNING)


def test_document_lists_newest_first():
    """However the entries arrive, subscribers get the same order."""
    entries = [an_entry(number) for number in range(7)]
    shuffled = random.Random(7).sample(entries, k=7)

    assert [entry.id for entry in entries] == [entry.id for entry in document(shuffled).entries]
    assert document(entries) == document(shuffled)


def test_document_holds_no_more_entries_than_its_limit():
    """The oldest entries leave when the feed is full."""
    got = document([an_entry(number) for number in range(9)], max_entries=3)

    assert [entry.title for entry in got.entries] == ["Story 0", "Story 1", "Story 2"]


def test_updated_is_the_newest_change_among_the_entries():
    """A corrected entry moves the feed's own instant."""
    later = MORNING + dt.timedelta(hours=2)

    assert later == document([an_entry(0), an_entry(1, updated=later)]).updated


def test_updated_moves_when_an_entry_is_taken_out():
    """A withdrawal moves the feed's instant although the entry is gone."""
    withdrawn = MORNING + dt.timedelta(hours=5)

    assert withdrawn == document([an_entry(0)], changed=withdrawn).updated


def test_empty_document_was_updated_when_it_began():
    """A feed without entries has an instant all the same, and it is not now."""
    got = document([])

    assert (got.entries, got.updated) == ((), MORNING)


def test_site_address_is_written_as_a_uri():
    """A site with an umlaut in its name stands in feeds under the name machines use."""
    got = document([an_entry()], site=a_site(url="https://bücher.example/öl/"))

    assert got.site.url == "https://xn--bcher-kva.example/%C3%B6l/"
    assert got.entries[0].url == "https://xn--bcher-kva.example/%C3%B6l/2024/10/21/story-0/"


def test_document_stays_below_its_bytes():
    """When the texts are long, fewer entries are shown, and those whole."""
    entries = [an_entry(number, paragraphs=("x" * 10_000,)) for number in range(50)]

    got = document(entries, max_bytes=100_000)

    assert 7 <= len(got.entries) <= 9
    assert all(entry.content_html for entry in got.entries)


def test_entry_larger_than_a_document_appears_as_its_summary():
    """One enormous bulletin neither empties the feed nor goes missing."""
    entries = [an_entry(0), an_entry(1, paragraphs=("word " * 50_000,)), an_entry(2)]

    got = document(entries, max_bytes=100_000)

    assert [entry.content_html is not None for entry in got.entries] == [True, False, True]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "title": st.text(LEGAL, min_size=1, max_size=60).map(lambda t: " ".join(f"x {t}".split())),
                "paragraphs": st.lists(st.text(LEGAL, max_size=600), max_size=3).map(tuple),
                "categories": st.lists(st.text(LEGAL, max_size=20), max_size=4).map(tuple),
                "author": st.none() | st.text(LEGAL, min_size=1, max_size=30).map(lambda t: f"x{t}"),
                "language": st.sampled_from([None, "zh-Hant-TW"]),
            }
        ),
        max_size=8,
    ),
    st.integers(2_500, 12_000),
    st.booleans(),
    st.booleans(),
)
def test_rendered_document_never_exceeds_its_bytes(stories, max_bytes, full_content, in_ascii):
    """The estimate holds: whatever the texts, every format stays below the limit."""
    entries = [an_entry(number, **story) for number, story in enumerate(stories)]

    site = a_site(in_ascii=in_ascii)
    got = document(entries, max_bytes=max_bytes, full_content=full_content, site=site)

    assert max_bytes >= max(len(render(got, name).content) for name in FORMATS)


@pytest.mark.parametrize(
    "text", ["&" * 3000, "<>" * 1500, '"' * 3000, "\\" * 3000, "漢" * 3000, "\t\n" * 1500]
)
def test_texts_that_are_written_longer_stay_below_the_bytes(text):
    """Texts made of nothing but signs that need escaping do not break the limit either."""
    entries = [
        an_entry(number, title=f"t{text[:40]}", paragraphs=(f"x{text}",), categories=(f"c{text[:40]}",))
        for number in range(20)
    ]

    got = document(entries, max_bytes=80_000)

    assert got.entries
    assert max(len(render(got, name).content) for name in FORMATS) <= 80_000

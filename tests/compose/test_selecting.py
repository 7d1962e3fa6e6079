"""Which entries a feed takes."""

from __future__ import annotations

import datetime as dt

import pytest
from compose.factories import MORNING, a_feed, an_entry
from hypothesis import given
from hypothesis import strategies as st

from feedpub.compose import feeds_of
from feedpub.compose.selecting import folded, takes
from feedpub.model import Criteria, Keywords, Role

HOUR = dt.timedelta(hours=1)
NOON = MORNING + 9 * HOUR
ENTRY = an_entry(
    role=Role.TEASER,
    title="Ferry to Île d'Or sails again",
    paragraphs=("The city council of Straße paid for it.", "從下週起，渡輪每天航行。"),
    categories=("Local news", "Économie"),
    author="Jane Doe",
    language="de-AT",
    bulletin="sport/2024/monday.txt",
)

MEETS = {
    "nothing asked": (Criteria(), True),
    "its role": (Criteria(roles=(Role.TEASER,)), True),
    "another role": (Criteria(roles=(Role.LEAD,)), False),
    "its category in another case": (Criteria(categories=("LOCAL NEWS",)), True),
    "its category without accents": (Criteria(categories=("economie",)), True),
    "part of its category": (Criteria(categories=("local",)), False),
    "one of several categories": (Criteria(categories=("sport", "local news")), True),
    "a word of the title": (Criteria(keywords=Keywords(any=("ferry",))), True),
    "a word without accents": (Criteria(keywords=Keywords(any=("ile",))), True),
    "a sharp s": (Criteria(keywords=Keywords(any=("STRASSE",))), True),
    "a part of a word": (Criteria(keywords=Keywords(any=("ferr",))), False),
    "a part of a word with a star": (Criteria(keywords=Keywords(any=("coun*",))), True),
    "the end of a word with a star": (Criteria(keywords=Keywords(any=("*ncil",))), True),
    "a phrase": (Criteria(keywords=Keywords(any=("city council",))), True),
    "a phrase over the end of a line": (Criteria(keywords=Keywords(any=("again the city",))), True),
    "words that do not stand together": (Criteria(keywords=Keywords(any=("ferry council",))), False),
    "a word of a script without spaces": (Criteria(keywords=Keywords(any=("渡輪",))), True),
    "all words": (Criteria(keywords=Keywords(all=("ferry", "council"))), True),
    "not all words": (Criteria(keywords=Keywords(all=("ferry", "museum"))), False),
    "none of these words": (Criteria(keywords=Keywords(none=("museum",))), True),
    "one word that must not be": (Criteria(keywords=Keywords(none=("museum", "ferry"))), False),
    "a sign that regular expressions know": (Criteria(keywords=Keywords(any=("f.rry",))), False),
    "its author": (Criteria(authors=("jane doe",)), True),
    "another author": (Criteria(authors=("John Doe",)), False),
    "its language": (Criteria(languages=("de-at",)), True),
    "its language without region": (Criteria(languages=("de",)), True),
    "another region": (Criteria(languages=("de-DE",)), False),
    "a language that begins alike": (Criteria(languages=("d",)), False),
    "its folder": (Criteria(sources=("sport/**",)), True),
    "another folder": (Criteria(sources=("culture/**",)), False),
    "younger than that": (Criteria(newer_than=10 * HOUR), True),
    "just as old": (Criteria(newer_than=9 * HOUR), True),
    "a second too old": (Criteria(newer_than=9 * HOUR - dt.timedelta(seconds=1)), False),
    "old enough": (Criteria(older_than=8 * HOUR), True),
    "not yet older": (Criteria(older_than=9 * HOUR), False),
    "between two ages": (Criteria(older_than=8 * HOUR, newer_than=10 * HOUR), True),
    "two criteria, both met": (Criteria(roles=(Role.TEASER,), authors=("Jane Doe",)), True),
    "two criteria, one met": (Criteria(roles=(Role.LEAD,), authors=("Jane Doe",)), False),
}


@pytest.mark.parametrize(("criteria", "expected"), MEETS.values(), ids=MEETS)
def test_select(criteria, expected):
    """A feed takes the entries that meet everything it selects by."""
    assert takes(a_feed(select=criteria), ENTRY, at=NOON) is expected


EXCLUDED = {
    "nothing": (Criteria(), False),
    "its category": (Criteria(categories=("local news",)), True),
    "one of two": (Criteria(categories=("sport",), authors=("jane doe",)), True),
    "its age": (Criteria(older_than=8 * HOUR), True),
    "another age": (Criteria(newer_than=8 * HOUR), False),
    "neither of two": (Criteria(categories=("sport",), authors=("john doe",)), False),
}


@pytest.mark.parametrize(("criteria", "expected"), EXCLUDED.values(), ids=EXCLUDED)
def test_exclude(criteria, expected):
    """A feed leaves out the entries that meet anything it excludes by."""
    assert takes(a_feed(exclude=criteria), ENTRY, at=NOON) is not expected


def test_any_age():
    """Who asks for no instant learns which feeds take an entry at one time or another."""
    feed = a_feed(select=Criteria(newer_than=HOUR), exclude=Criteria(newer_than=HOUR))

    assert takes(feed, ENTRY, at=None)
    assert not takes(feed, ENTRY, at=NOON)


def test_entry_in_the_language_of_the_site():
    """An entry that names no language has the site's."""
    assert takes(a_feed(select=Criteria(languages=("en", ""))), an_entry(), at=NOON)
    assert not takes(a_feed(select=Criteria(languages=("de",))), an_entry(), at=NOON)


def test_feeds_of_an_entry():
    """An entry stands in every feed that takes it."""
    feeds = [
        a_feed(name="all"),
        a_feed(name="sport", select=Criteria(sources=("sport/**",))),
        a_feed(name="leads", roles=frozenset({Role.LEAD})),
    ]

    assert feeds_of(ENTRY, feeds, at=NOON) == {"all", "sport"}


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    """What is folded compares equal to itself, in every script."""
    assert folded(folded(text)) == folded(text)

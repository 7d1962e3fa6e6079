"""Names of categories as parts of addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.slugs import topic_slug, topics_of

SLUGS = {
    "Harbour": "harbour",
    "City council": "city-council",
    "Arts & Culture": "arts-culture",
    "Children's books": "childrens-books",
    "Bürgermeister": "burgermeister",
    "Ελλάδα": "ellada-d6bbb2d6",
    "Спорт": "sport-fbcd420a",
    "港口": "gangkou-5cc1444a",
    "رياضة": "rydh-696954a4",
    "C++": "c-cedb1bac",
    "!": "topic-e3b0c442",
}


def test_slugs_are_pinned():
    """A rebuilt store gives every category the address that it had."""
    assert {name: topic_slug(name) for name in SLUGS} == SLUGS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sport", "SPORT"),
        ("Café", "cafe"),
        ("Arts & Culture", "Arts, culture"),
        ("a  b", "a b"),
        ("Ёлка", "елка"),
    ],
)
def test_spellings_of_one_category_share_a_page(one, other):
    """Case, accents and signs between words make no category of their own."""
    assert topic_slug(one) == topic_slug(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Спорт", "Sport"), ("C++", "C#"), ("C++", "C"), ("Спорт", topic_slug("Спорт")), ("a" * 50, "a" * 51)],
)
def test_other_categories_have_other_pages(one, other):
    """What only looks alike in Latin letters stays apart, whichever comes first."""
    assert topic_slug(one) != topic_slug(other)


@given(st.text())
def test_any_name_makes_an_address(name):
    """Whatever an author writes fits into an address and into the name of a feed."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic_slug(name))
    assert len(topic_slug(name)) <= 49


def test_blank_and_repeated_categories_are_none():
    """An entry stands once on a page, and there is no page without a name."""
    assert topics_of(("Sport", " ", "SPORT", "", "City  council")) == {
        "sport": "Sport",
        "city-council": "City council",
    }

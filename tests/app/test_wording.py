"""Two versions of a text, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.app.wording import Kind, compare_paragraphs, compare_words

MARKS = {Kind.KEPT: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}


def written(pieces) -> str:
    """Write pieces with marks."""
    return "".join(MARKS[piece.kind].format(piece.text) for piece in pieces)


CASES = {
    "nothing": ("The same.", "The same.", "The same."),
    "a word": ("to lorries first", "to buses first", "to [-lorries-]{+buses+} first"),
    "an added word": ("to lorries", "to big lorries", "to {+big +}lorries"),
    "a full stop": ("It ends.", "It ends!", "It ends[-.-]{+!+}"),
    "a sign": ("今日は雨", "今日は雪", "今日は[-雨-]{+雪+}"),
    "everything": ("", "New", "{+New+}"),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_words_that_changed_are_marked(old, new, expected):
    """What stayed is shown once."""
    assert expected == written(compare_words(old, new))


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_can_be_read_from_the_pieces(old, new):
    """No character is lost or invented."""
    pieces = compare_words(old, new)

    assert old == "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED)
    assert new == "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED)


def test_texts_too_long_to_compare_are_replaced_whole():
    """A book in place of another is not waited for."""
    old, new = "a " * 2000, "b " * 2000

    assert f"[-{old}-]{{+{new}+}}" == written(compare_words(old, new))


def test_only_paragraphs_that_changed_are_shown():
    """One that is new, one that is gone, one with another word."""
    found = compare_paragraphs(["One.", "Two.", "Three."], ["One.", "Too.", "Three.", "Four."])

    assert ["[-Two-]{+Too+}.", "{+Four.+}"] == [written(pieces) for pieces in found]

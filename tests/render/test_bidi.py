"""Titles do not turn their neighbours round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.render.bidi import balanced, direction

RLE, PDF, RLO, LRI, RLI, PDI = "\u202b", "\u202c", "\u202e", "\u2066", "\u2067", "\u2069"

CASES = {
    "nothing to do": ("plain", "plain"),
    "override left open": (f"a{RLO}b", f"a{RLO}b{PDF}"),
    "isolate left open": (f"{RLI}a", f"{RLI}a{PDI}"),
    "two left open": (f"{RLI}{RLO}a", f"{RLI}{RLO}a{PDF}{PDI}"),
    "pair stays": (f"{RLE}a{PDF}b", f"{RLE}a{PDF}b"),
    "end without beginning": (f"a{PDI}b{PDF}", "ab"),
    "end of the wrong kind": (f"{LRI}a{PDF}b", f"{LRI}ab{PDI}"),
    "marks are no brackets": ("a\u200fb\u200e", "a\u200fb\u200e"),
}


@pytest.mark.parametrize("case", CASES)
def test_directional_controls_are_balanced(case):
    """Whatever a title opens is closed at its end, and it closes nothing that it has not opened."""
    text, expected = CASES[case]

    assert expected == balanced(text)


@given(st.text(alphabet=f"a\u202a{RLE}\u202d{RLO}{LRI}{RLI}\u2068{PDF}{PDI}"))
def test_balanced_twice_is_balanced_once(text):
    """Balancing what is balanced changes nothing, and letters are never lost."""
    once = balanced(text)

    assert once == balanced(once)
    assert once.count("a") == text.count("a")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("bg", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ks-Deva", "ltr"),
     ("AR-Latn", "ltr"), ("fa-1994", "rtl"), ("", "ltr")],
)  # fmt: skip
def test_direction_of_a_language(language, expected):
    """The script decides where a tag names it, else the language."""
    assert expected == direction(language)

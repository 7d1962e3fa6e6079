"""Which role may follow which, and at what price: the shapes bulletins come in, as one small state machine.

After the lead a bulletin keeps a habit: `pair` (each title has one line of summary), `flip` (long titles
over short
summaries), `bare` (titles alone), `multi` (items of several paragraphs, with or without titles). Each
habit has
states of its own, so that the best path through the machine also says which habit the document has;
changing costs.
"""

from __future__ import annotations

HABITS = ("pair", "flip", "bare", "multi")

# state: the role whose observations it answers to
STATES: dict[str, str] = {
    "preface": "furniture",
    "early_title": "title",
    "early_text": "summary",
    "early_section": "section",
    "headline": "headline",
    "opening": "opening",  # the first paragraph of a lead without a headline
    "deck": "deck",  # the line under a headline that says more, before byline and text
    "paragraph": "paragraph",
    "last": "last",  # the lead's last paragraph, which often lacks its full stop
    "subhead": "subhead",
    "aside": "furniture",
    "inset": "inset",  # "See also: ..." between the paragraphs of the lead
    "pair_title": "title",
    "pair_mid": "furniture",  # a date or a byline between title and text
    "pair_text": "summary",
    "pair_section": "section",
    "pair_trailer": "furniture",
    "flip_title": "title",
    "flip_text": "summary",
    "flip_trailer": "furniture",
    "bare_title": "title",
    "bare_section": "section",
    "bare_trailer": "furniture",
    "multi_title": "title",
    "multi_mid": "furniture",
    "multi_text": "summary",
    "multi_item": "item",
    "multi_section": "section",
    "multi_trailer": "furniture",
}

# What it costs to end there; nothing where it is not named.
FINAL = {
    "preface": -8,
    "early_title": -6,
    "early_text": -6,
    "early_section": -8,
    "deck": -1,
    "last": -1,
    "subhead": -5,
    "aside": 0.4,
    "inset": -1,
    "pair_title": -2.4,
    "pair_mid": -1.2,
    "pair_section": -3,
    "pair_trailer": 0.1,
    "flip_title": -1.8,
    "flip_text": 0.5,
    "bare_title": 0.6,
    "bare_section": -3,
    "bare_trailer": 0.1,
    "multi_title": -2.7,
    "multi_mid": -1.1,
    "multi_text": -0.4,
    "multi_section": -3,
    "multi_trailer": -0.1,
}

START = {
    "preface": -0.9,
    "headline": -0.3,
    "opening": -1.1,
    "early_title": -6.7,
}

# from: {to: price}; the kind of step is told by `kind`
ARCS: dict[str, dict[str, float]] = {
    "preface": {"preface": 1, "early_title": -6.1, "headline": 0.4, "opening": -1.7},
    "early_title": {"early_title": -2.5, "early_text": 0.4, "early_section": -0.5, "headline": -0.8},
    "early_text": {"early_title": 0.4, "early_section": 0.2, "headline": -1.2},
    "early_section": {"early_title": -1, "headline": 0.2},
    "headline": {
        "deck": -0.4,
        "paragraph": 0.4,
        "subhead": -3.2,
        "aside": -0.2,
        "inset": -3.4,
        "pair_title": -2.9,
        "pair_section": -3,
        "flip_title": -5.8,
        "bare_title": -3.9,
        "bare_section": -4,
        "multi_title": -3.9,
        "multi_item": -5.2,
        "multi_section": -3.5,
    },
    "deck": {"deck": -3, "paragraph": -0.2, "aside": 0.3},
    "aside": {
        "deck": -2.1,
        "paragraph": -0.9,
        "subhead": -2.4,
        "aside": 0.2,
        "inset": -0.5,
        "pair_title": -1,
        "pair_section": -0.7,
        "flip_title": -3.3,
        "bare_title": -0.8,
        "bare_section": -1.5,
        "multi_title": -1.2,
        "multi_item": -2.8,
        "multi_section": -1,
    },
    "opening": {
        "paragraph": -0.1,
        "last": 0,
        "subhead": -2.5,
        "aside": -0.6,
        "inset": -1,
        "pair_title": -0.8,
        "pair_section": -0.5,
        "flip_title": -3.3,
        "bare_title": -1.5,
        "bare_section": -1.5,
        "multi_title": -1.5,
        "multi_item": -2.4,
        "multi_section": -1,
    },
    "paragraph": {
        "paragraph": 0.9,
        "subhead": -1.9,
        "aside": -0.4,
        "inset": -1,
        "pair_title": -1,
        "pair_section": -0.3,
        "flip_title": -3.1,
        "bare_title": -2.3,
        "bare_section": -1,
        "multi_title": -1.7,
        "multi_item": -2.9,
        "multi_section": -0.8,
    },
    "subhead": {"paragraph": 0, "last": -1.3, "subhead": -4},
    "inset": {
        "paragraph": 0,
        "aside": 0.7,
        "inset": -0.3,
        "pair_title": -1.1,
        "pair_section": -1.6,
        "bare_section": -1,
    },
    "last": {
        "aside": -0.8,
        "pair_title": -1,
        "pair_section": -0.5,
        "flip_title": -3.3,
        "bare_title": -1.5,
        "bare_section": -1.4,
        "multi_title": -1.5,
        "multi_item": -2.5,
        "multi_section": -1,
    },
    "pair_title": {"pair_title": -1.8, "pair_mid": -0.6, "pair_text": 0.9, "pair_section": -1.7},
    "pair_mid": {"pair_title": -1.1, "pair_mid": -0.6, "pair_text": -0.5, "pair_section": -2.5},
    "pair_text": {
        "pair_title": 0.5,
        "pair_text": -2.9,
        "pair_section": -0.5,
        "pair_trailer": -0.2,
        "bare_title": -4.1,
        "bare_section": -1.6,
        "multi_section": -2.1,
    },
    "pair_section": {"pair_title": 0.4, "pair_section": -1.2, "pair_trailer": -1.7},
    "pair_trailer": {
        "pair_title": 0.2,
        "pair_text": -1.1,
        "pair_section": -0.8,
        "pair_trailer": -0.6,
        "bare_section": -2,
    },
    "bare_title": {
        "pair_title": -3.4,
        "pair_section": -2.7,
        "bare_title": -0.8,
        "bare_section": -0.2,
        "bare_trailer": -0.6,
        "multi_section": -2,
    },
    "bare_trailer": {"pair_section": -2, "bare_title": -0.4, "bare_section": -0.5, "bare_trailer": -0.3},
    "multi_text": {
        "pair_section": -2.2,
        "bare_section": -1.2,
        "multi_title": -0.6,
        "multi_text": -0.4,
        "multi_item": -2.5,
        "multi_section": -0.8,
        "multi_trailer": -0.4,
    },
    "multi_item": {
        "pair_section": -1.8,
        "bare_section": -1.5,
        "multi_title": -1.3,
        "multi_text": -1.5,
        "multi_item": 0,
        "multi_section": -0.3,
        "multi_trailer": -0.3,
    },
    "flip_title": {"flip_title": -2.6, "flip_text": 0.3, "flip_trailer": -4},
    "flip_text": {"flip_title": -0.1, "flip_text": -3.1, "flip_trailer": -0.4},
    "flip_trailer": {"flip_title": 0, "flip_trailer": -0.3},
    "bare_section": {"bare_title": -0.2, "bare_section": -0.8, "bare_trailer": -1.5},
    "multi_title": {
        "multi_title": -2.4,
        "multi_mid": -1,
        "multi_text": 0.4,
        "multi_item": -3.2,
        "multi_section": -2.5,
    },
    "multi_mid": {"multi_title": -2.1, "multi_mid": -0.5, "multi_text": -0.8, "multi_section": -2.5},
    "multi_section": {"multi_title": -0.7, "multi_item": 0, "multi_section": -0.9, "multi_trailer": -1.5},
    "multi_trailer": {
        "multi_title": -0.1,
        "multi_text": -0.8,
        "multi_item": -1.3,
        "multi_section": -0.3,
        "multi_trailer": -0.3,
    },
}

_TITLES = frozenset(
    {"headline", "early_title", "subhead", "pair_title", "multi_title", "pair_mid", "multi_mid"}
)
_TEXTS = frozenset(
    {"opening", "deck", "paragraph", "last", "pair_text", "multi_text", "early_text", "multi_item"}
)
_SAME = {
    "flip_title": "back",
    "flip_text": "turn",
    "multi_item": "item",
    "inset": "begin",
    "subhead": "begin",
}

KINDS = ("begin", "row", "go_on", "turn", "back", "more", "item", "resume", "under")


def kind(source: str, target: str) -> str:
    """Return what sort of step it is, as the columns of the table of steps are called."""
    if source == target and target in {"flip_title", "bare_title"}:
        return "row"
    if target in _SAME:
        return _SAME[target]
    if target.endswith(("_title", "_section", "headline")):
        return "begin"
    if target not in _TEXTS:
        return "under"
    if source.endswith("_trailer"):
        return "resume"
    return "go_on" if source in _TITLES else "more" if source in _TEXTS else "under"

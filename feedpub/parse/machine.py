"""Which role may follow which, and at what price: the shapes bulletins come in, as one small state machine.

After the lead a bulletin keeps a habit: `pair` (each title has one line of summary), `flip` (long titles over short
summaries), `bare` (titles alone), `multi` (items of several paragraphs, with or without titles). Each habit has
states of its own, so that the best path through the machine also says which habit the document has; changing costs.
"""

from __future__ import annotations

HABITS = ("pair", "flip", "bare", "multi")

# state: (role whose observations it answers to, price of ending there)
STATES: dict[str, tuple[str, float]] = {
    "preface": ("furniture", -8.0),
    "early_title": ("title", -6.0),
    "early_text": ("summary", -6.0),
    "headline": ("headline", 0.0),
    "opening": ("opening", 0.0),  # the first paragraph of a lead without a headline
    "deck": ("deck", -1.0),  # the line under a headline that says more, before byline and text
    "paragraph": ("paragraph", 0.0),
    "last": ("last", -1.0),  # the lead's last paragraph, which often lacks its full stop
    "subhead": ("subhead", -5.0),
    "aside": ("furniture", 0.0),
    "inset": ("inset", -1.0),  # "See also: ..." between the paragraphs of the lead
    "pair_title": ("title", -2.0),
    "pair_mid": ("furniture", -1.0),  # a date or a byline between title and text
    "pair_text": ("summary", 0.0),
    "pair_section": ("section", -3.0),
    "pair_trailer": ("furniture", 0.0),
    "flip_title": ("title", -1.5),
    "flip_text": ("summary", 0.0),
    "flip_trailer": ("furniture", 0.0),
    "bare_title": ("title", 0.0),
    "bare_section": ("section", -3.0),
    "bare_trailer": ("furniture", 0.0),
    "multi_title": ("title", -2.5),
    "multi_mid": ("furniture", -1.0),
    "multi_text": ("summary", 0.0),
    "multi_item": ("item", 0.0),
    "multi_section": ("section", -3.0),
    "multi_trailer": ("furniture", 0.0),
}

START = {"preface": -1.0, "headline": 0.0, "opening": -1.0, "early_title": -7.0}

# What it costs to begin the teasers, by habit.
_BLOCK = {
    "pair_title": -0.8, "flip_title": -3.3, "bare_title": -1.5, "multi_title": -1.5, "multi_item": -2.5,
    "pair_section": -0.5, "bare_section": -1.5, "multi_section": -1.0,
}  # fmt: skip

# from: {to: price}; the kind of step is told by `kind`
ARCS: dict[str, dict[str, float]] = {
    "preface": {"preface": -0.5, "headline": 0.0, "opening": -1.5, "early_title": -6.0},
    "early_title": {"early_text": 0.0, "early_title": -3.0, "headline": -1.0},
    "early_text": {"early_title": 0.0, "headline": -1.0},
    "deck": {"paragraph": 0.0, "aside": 0.3, "deck": -3.0},
    "headline": {"paragraph": 0.0, "deck": -0.3, "aside": -0.3, "subhead": -3.0, "inset": -3.0}
    | {to: price - 2.5 for to, price in _BLOCK.items()},
    "opening": {"paragraph": 0.0, "last": 0.0, "aside": -0.5, "subhead": -1.5, "inset": -1.0} | _BLOCK,
    "paragraph": {"bare_title": -1.2, "paragraph": 0.0, "aside": -0.3, "subhead": -1.0, "inset": -1.0} | _BLOCK,
    "last": {"aside": -0.7} | _BLOCK,
    "subhead": {"last": -1.0, "paragraph": 0.0, "subhead": -4.0},
    "aside": {"paragraph": 0.0, "deck": -2.0, "aside": -0.3, "subhead": -1.5, "inset": -1.5} | _BLOCK,
    "inset": {"paragraph": 0.0, "aside": 0.0, "inset": -0.5, "pair_title": -1.0, "pair_section": -1.5, "bare_section": -1.0},
    "pair_mid": {"pair_text": 0.0, "pair_mid": -0.5, "pair_title": -1.2, "pair_section": -2.5},
    "pair_title": {"pair_text": 0.0, "pair_title": -1.8, "pair_mid": 0.0, "pair_section": -2.5},
    "pair_text": {"pair_title": 0.0, "pair_text": -2.2, "pair_trailer": -0.3, "pair_section": -0.5,
                  "bare_title": -4.0, "bare_section": -1.2, "multi_section": -2.0},
    "pair_section": {"pair_title": 0.0, "pair_section": -0.7, "pair_trailer": -1.5},
    "pair_trailer": {"pair_title": 0.0, "pair_text": -0.8, "pair_section": -0.5, "pair_trailer": -0.3,
                     "bare_section": -2.0},
    "flip_title": {"flip_text": 0.0, "flip_title": -2.5, "flip_trailer": -4.0},
    "flip_text": {"flip_title": 0.0, "flip_text": -3.0, "flip_trailer": -0.3},
    "flip_trailer": {"flip_title": 0.0, "flip_trailer": -0.3},
    "bare_title": {"bare_title": -1.5, "bare_section": 0.0, "bare_trailer": 0.0, "pair_section": -2.5,
                   "multi_section": -2.0, "pair_title": -3.0},
    "bare_section": {"bare_title": -0.3, "bare_section": -0.7, "bare_trailer": -1.5},
    "bare_trailer": {"bare_title": 0.0, "bare_section": -0.5, "bare_trailer": -0.3, "pair_section": -2.0},
    "multi_mid": {"multi_text": 0.0, "multi_mid": -0.5, "multi_title": -2.0, "multi_section": -2.5},
    "multi_title": {"multi_text": 0.0, "multi_title": -2.0, "multi_mid": 0.0, "multi_section": -2.5,
                    "multi_item": -3.0},
    "multi_text": {"multi_text": -0.5, "multi_title": -0.4, "multi_item": -2.5, "multi_trailer": -0.5,
                   "multi_section": -0.5, "bare_section": -1.2, "pair_section": -2.0},
    "multi_item": {"multi_item": -0.2, "multi_text": -1.0, "multi_title": -1.0, "multi_trailer": -0.5,
                   "multi_section": -0.5, "bare_section": -1.5, "pair_section": -2.0},
    "multi_section": {"multi_title": -0.3, "multi_item": -0.7, "multi_section": -0.7, "multi_trailer": -1.5},
    "multi_trailer": {"multi_title": 0.0, "multi_text": -0.8, "multi_item": -1.5, "multi_section": -0.5,
                      "multi_trailer": -0.3},
}  # fmt: skip

_TITLES = frozenset({"headline", "early_title", "pair_title", "multi_title", "pair_mid", "multi_mid"})
_TEXTS = frozenset(
    {"opening", "deck", "paragraph", "last", "pair_text", "multi_text", "early_text", "multi_item"}
)
_SAME = {"flip_text": "turn", "multi_item": "item", "inset": "begin", "subhead": "begin"}

KINDS = ("begin", "row", "go_on", "turn", "back", "more", "item", "resume", "under")


def kind(source: str, target: str) -> str:
    """Return what sort of step it is, as the columns of the table of steps are called."""
    if target == "flip_title":
        return "row" if source == "flip_title" else "back"
    if target in _SAME:
        return _SAME[target]
    if source == target == "bare_title":
        return "row"
    if target.endswith(("_title", "_section", "headline")):
        return "begin"
    if source.endswith("_trailer") and target in _TEXTS:
        return "resume"
    if source in _TITLES and target in _TEXTS:
        return "go_on"
    return "more" if source in _TEXTS and target in _TEXTS else "under"

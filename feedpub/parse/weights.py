"""What counts for which role: the table the parser reads bulletins by.

Each row is one observation about a line: its name, the reason in words that `explain` shows, and what it adds
to the score of each role. Scores are summed; one point is a weak hint, three are strong, zero tells nothing.
The figures were set by hand and then fitted to the labelled cases by `benchmarks/fit_parser.py`.
"""

from __future__ import annotations

ROLES = (
    "headline", "opening", "deck", "paragraph", "last", "subhead", "inset", "title", "summary", "item",
    "section", "furniture",
)  # fmt: skip

# name: reason, (headline, opening, deck, paragraph, last, subhead, inset, title, summary, item, section,
# furniture)
LINE: dict[str, tuple[str, tuple[float, ...]]] = {
    "always": ("", (0.3, -0.3, -0.5, 0.2, -0.3, -0.2, -3.3, 0.5, -0.8, -0.7, -1.2, -1.7)),
    "header": ("stands on the line of the date", (4.8, 2.7, -9, -3, -3, -9, -9, -9, -9, -9, -9, -2)),
    "first": ("is the first line", (1.4, 0.7, -9, 0, 0, -9, -5, 0.3, -3, -1, 0, 2.1)),
    "stop": ("ends like a sentence", (-2.4, 1.1, 0.3, 1.4, -3, -3, -3, -4.4, 1, 1.6, -4.5, -2.4)),
    "stop_above": (
        "ends like a sentence, as the last lines do not",
        (0, 0.1, 0, 0.8, 0, 0, 0, 0.1, -1.6, -0.6, 0, 0),
    ),
    "open": ("ends without punctuation", (1, -1.3, 0.5, -1, 0.5, 0.3, 1.2, 0.7, 0.2, -0.6, 0.1, 0.3)),
    "question": ("ends with ? or !", (0.5, -0.5, -0.1, -0.2, -1, 0.2, 0.5, 0.9, -1.7, -0.6, -2, -1.2)),
    "cut": ("is cut off with dots", (-0.8, 0.2, -1, -0.1, 0.2, -2, -1, -0.6, 1, 0.7, -3, -1)),
    "colon": ("ends with a colon", (-1.5, 0, -1, 0.6, 0.5, 0.3, -1, -1.9, -1.4, -0.7, 2.2, 0.3)),
    "comma": (
        "ends in the middle of a sentence",
        (-3, -0.5, -1, 1, 0.5, -2.5, -3, -3.2, 0.3, -0.6, -4, -0.7),
    ),
    "tiny": ("is very short", (-3.6, -3.1, -3, -2.1, -3, 0.6, -1, -1.9, -1.7, -2, 1.8, 1.2)),
    "short": ("is short", (-0.5, -1.6, -1.1, -0.8, -1, 0.8, 0.9, 1.4, -0.4, -1.7, -1.8, -0.8)),
    "medium": ("is as long as a headline", (1.4, -0.6, -0.4, -0.6, 0.3, -0.8, 1.2, 1.5, 0, -0.3, -3.1, -1.5)),
    "longish": ("is as long as a long headline", (0.8, -0.4, 0.2, 0.2, 0.2, -1.5, 0.2, -0.3, 0, 0.3, -5, -1)),
    "long": ("is longer than most headlines", (-0.7, 0.6, 0.9, 0.4, 0.5, -3, -1, -1, -0.3, 0.5, -7, -2.4)),
    "longer": (
        "is much longer than a headline",
        (-2.3, 1.1, 0.3, 0.8, 1, -4.5, -3, -3.3, 0.3, 0.6, -8, -3.6),
    ),
    "longest": ("is as long as a whole paragraph", (-4, 1.2, -1, 1.4, 1.5, -6, -5, -5, 0.1, 0.6, -9, -5)),
    "title_case": (
        "Is Written With Headline Capitals",
        (1.6, -2.2, -1.5, -2.4, -2.2, 0.7, 1.3, 1.6, -2.5, -2.1, 0, 0.9),
    ),
    "sentence_amid": (
        "has no headline capitals where others have",
        (-0.6, 0.3, 0.8, 1, 1.3, -1.3, -1.5, -1.7, 1.8, 0.3, -0.5, -0.4),
    ),
    "all_caps": ("IS ALL IN CAPITALS", (0.4, -2.5, -1.5, -2.5, -2.6, 1.4, 0.5, 0.1, -2.9, -2.5, 2.5, 0)),
    "lower_start": (
        "begins with a small letter",
        (-1.7, -1, 0.3, 0.5, 0.7, -1.6, -1.5, -1.7, 1, -1, -2.3, 0.7),
    ),
    "sentence_words": (
        "has the small words of a sentence",
        (-0.9, 0.4, 0.1, 0, 0.4, -0.9, -0.7, 0.3, 0.5, 0.4, -1, -0.5),
    ),
    "sentences": ("holds more than one sentence", (-2, 1.3, 0.3, 1.2, 1.5, -3.1, -2, -1, 0.5, 1.4, -5, -3.7)),
    "dialogue": ("is a line of dialogue", (-2, -1, -1, 1.1, 0.3, -2, -2, -1.8, 1, -0.8, -4, -1)),
    "quoted": ("is a quotation from end to end", (-0.8, 0, -0.5, 1.2, 0.9, -0.8, -1, -0.8, 0.2, 0.2, -3, -1)),
    "lead_in": (
        "has a colon near its start",
        (0.6, -0.3, -0.3, 0.2, -0.3, 0.6, 0.9, 0.8, -1.9, 0.2, -1.2, -0.4),
    ),
    "marked": (
        "opens with a time or number as other lines do",
        (2.2, 1.9, -3, -2, -2, -1, 0, 2.5, -3, 2, -3, -2.1),
    ),
    "unmarked": (
        "lacks the time or number that other items open with",
        (0, 0, 0, 0.2, 0, 0, 0, -3.1, 1.3, -3.2, 0, -0.1),
    ),
    "bulleted": ("opens with a bullet", (-0.5, -1, -1.5, 0, 0, -1.5, 0.4, 1.1, -0.8, 0.8, -2, -1)),
    "listed": (
        "is a point in a list that a colon opened",
        (-4, -4, -4, 4, -1, -3, -4, -2.9, 0.9, -2, -4, -3),
    ),
    "kicker": (
        "opens with a bullet and a keyword as its neighbours do",
        (-1, 0, -3, -2.2, -2, -3, -1, 0.1, -3, 4.1, -4, -3),
    ),
    "after_mark": (
        "follows a time or number that stands alone",
        (1.5, 1, -2, -2, -2, -2, 0, 2.2, -3, 2.3, -3, -2),
    ),
    "see_also": ("says “see also”", (-4.3, -5, -4, -3, -3, -4, 9.4, 2, -3, -3, -3, -1)),
    "section_word": ("is a usual name of a section", (-3, -3, -3, -2.6, -2.5, 0, -2, -2.5, -3, -3, 5.6, 2)),
    "subhead_word": ("is a usual subhead", (-3, -3, -3, 0, 0, 3.7, -3, -2, -2, -3, 0.8, 0)),
    "stamped": (
        "has a date or time alone under it",
        (0.8, 0, 0.6, -0.7, -0.4, -2, 2.3, 1.3, 0.2, -0.2, -1, -0.7),
    ),
    "one_word": ("is a single word", (-2.1, -2, -2, -1.1, -3, 0.3, -2, -0.9, -1.1, -2, 1.6, 0.4)),
    "pattern": (
        "has the same form as other short lines but for its figures",
        (-3, -3, -2, -1, -1, -2, -3, -3.5, -0.5, -3, 1.9, 4.6),
    ),
    "credit": ("gives a role and a name", (-1.5, -2, -1, 0, 0, -1.5, -1, -1.5, 0, -2, -1, 4)),
    "asked": ("is one question of an interview", (-1, -1, -1, 1.5, -2, 1.9, -3, -1.9, -0.5, -2, -2, -3)),
    "preamble": (
        "is short and stands between headline and text",
        (0.3, -1, -0.9, -1.2, -1.5, -0.8, -2, -1.3, -0.6, -1.5, -0.1, 1.5),
    ),
    "dated_first": ("is short, first, and has a date under it", (-1.4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1.4)),
    "above_marks": ("stands above the first time or number", (-0.6, -2, 0, -0.4, 0, 0, 0, -1, 0, 0, 0, 2.1)),
    "above_heading": (
        "stands above the heading that opens the teasers",
        (-0.3, -0.1, 0.3, 0.2, 1, 0.4, -0.5, -0.9, 0, -0.9, 0.7, -0.1),
    ),
    "broken": (
        "goes on in the next line, which begins small",
        (-2, 0, 0, 2.1, 2.5, -2, -1.4, -2.7, 1.5, 0, -3.1, -2.3),
    ),
    "rubric": (
        "shares a name with other short lines",
        (-1, -2, -1, -1, -1, -0.6, -2, -1.6, -1.5, -2, 2.5, 0.7),
    ),
    "label": ("is a label of the page, not a headline", (-4.1, -5, -2, -2, -2, -1, -3, -3, -2, -4, 1.7, 4.9)),
    "menu": ("is a row of menu words", (-7, -6, -3, -3, -3, -4, -3, -4, -2, -5, 0, 6)),
    "navigation": (
        "is a word of the page around the text",
        (-6, -5, -3, -3, -3, -3, -4, -4, -1.5, -4, 2.4, 5.6),
    ),
    "caption": ("is a caption or a credit", (-4.1, -4, -3, 1.3, 1, -3, -4, -3.9, 1.3, -3, -3, 4.8)),
    "byline": ("names an author", (-3, -4, -2, 0.6, 0.5, -3, -4, -3.7, 0.9, -3, -2, 5.2)),
    "name": ("is a name alone", (-1.4, -2, -2, -0.5, -0.5, -0.3, -1.1, -1.7, -0.3, -2, 0, 2.8)),
    "stamp": ("is a date or a time alone", (-6, -6, -5, -1, -1, -5, -5, -6, -0.5, -6, 2.9, 6.1)),
    "said_before": ("was said before", (-2, -3, -3, -2, -2, -2, -1.6, -1.6, -2, -2, 0, 3.1)),
    "said_again": ("is said again further down", (-3, -2, -2, -2, -2, -2, -1, -2.5, -2, -2, 0, 7)),
    "repeated": ("stands in the text three times or more", (-4, -4, -3, -2, -2, -2, -2, -2, -1.5, -2, 2, 3)),
    "of_lead": ("goes on about the lead story", (-0.1, -0.1, 0.6, 0.1, 0.8, 0.3, 0, 0.3, -0.1, 0.3, 0, -0.1)),
    "not_of_lead": (
        "has no word of the lead story",
        (0.1, 0.2, -0.5, -0.7, -0.5, -0.3, 0.2, -0.8, 0.8, -0.4, 0, 0.1),
    ),
    "above_stops": (
        "lacks a full stop above lines that have one, as the last lines do not",
        (0.5, 0, -0.1, 0.1, 0, 0.2, 0.1, -0.3, 0.2, 0, -0.1, 0.2),
    ),
    "below_stops": (
        "is one of the last lines, none of which has a full stop",
        (0, 0, 0, 0.4, -0.2, -0.1, 0.1, 0.1, -0.1, 0, -0.1, -0.1),
    ),
    "first_open": (
        "is the first of the last lines, none of which has a full stop",
        (0, 0, 0, 0.1, 0, -0.1, 0.3, 0, 0.1, 0, -0.1, -0.2),
    ),
    "taken_up": (
        "has words that the next line takes up",
        (0.4, -0.1, -0.1, -0.4, 0, -0.2, -0.2, -0.3, 0.2, 0.3, 0, 0.4),
    ),
    "attributed": ("is a quotation with its speaker", (-1, 0, 0, 1.2, 0.5, -1, -1, -0.5, -0.1, -0.1, -1, -1)),
    "refers_back": (
        "begins with a word that refers back",
        (-0.5, 0.1, 0, 1.2, 0.5, -0.5, -0.6, -1.7, 0.8, -0.2, -1.1, -0.8),
    ),
    "article_first": (
        "begins with a small word as sentences do",
        (0.1, 0.1, -0.1, -0.5, -0.1, 0.2, -0.3, -0.4, 0.8, -0.1, 0.2, 0.3),
    ),
    "open_long": (
        "is as long as a paragraph and ends without punctuation",
        (0.1, -0.1, 0.1, -0.4, 0, 0, 0, 0.3, -0.4, -0.1, 0, 0.5),
    ),
    "short_stop": ("is short and ends like a sentence", (-0.2, 0.2, 0, -0.3, 0, 0, 0, 0.2, 0.4, 0, 0, -0.2)),
}

# What the step from the line before tells, by kind of step.
# begin: a titled entry begins; row: one title after another; go_on: text after its title; turn: text after a
# title longer than itself; more: text after text; back: a title longer than its text; item: an item without a
# title; resume: text after furniture; under: anything else
# fmt: off
STEP: dict[str, tuple[str, dict[str, float]]] = {
    "gap": (
        "stands after a blank line",
        {"begin": 1.2, "go_on": -1.2, "turn": -0.8, "back": 1, "more": -1.2, "item": 0.2, "under": 0.6},
    ),
    "no_gap": (
        "stands close under the line before",
        {"begin": -1.6, "go_on": 0.4, "turn": 0.6, "back": -1.2, "more": 0.4, "item": -0.1, "resume": 0.3,
         "under": 0.2},
    ),
    "rise": (
        "is longer than the line before",
        {"begin": -0.4, "row": -0.2, "go_on": 1.1, "turn": -1.5, "back": 0.9, "more": -0.4, "item": 0.1,
         "resume": -0.1, "under": 0.1},
    ),
    "rise_far": (
        "is far longer than the line before",
        {"begin": -0.7, "row": -0.8, "go_on": 1.1, "turn": -2, "back": 1.5, "item": 0.1, "resume": -0.2,
         "under": -0.5},
    ),
    "fall": (
        "is shorter than the line before",
        {"row": -0.1, "go_on": -0.7, "turn": 1.6, "back": -1.4, "more": 0.1, "item": -0.3, "resume": 0.4,
         "under": -0.4},
    ),
    "level": (
        "is as long as the line before",
        {"begin": -0.1, "row": 0.5, "turn": -0.8, "back": -0.4, "more": -0.6, "item": 0.2, "resume": -0.3},
    ),
    "after_stop": (
        "the line before ends a sentence",
        {"begin": -1, "row": -1, "go_on": -0.2, "turn": -1, "back": 0.6, "more": 0.3, "under": -0.7},
    ),
    "after_cut": (
        "the line before was cut off with dots",
        {"begin": 0.7, "more": -1.6, "item": 1.1, "under": -0.1},
    ),
    "after_more": (
        "the line before says “read more” or gives a time",
        {"begin": 0.6, "go_on": 0.4, "back": 1, "more": -1, "item": 2.7, "resume": -2.1, "under": -0.1},
    ),
    "after_rule": (
        "stands under a rule of dashes or asterisks",
        {"begin": 1, "go_on": -0.5, "more": -1, "item": -0.1, "resume": 0.1, "under": -0.1},
    ),
    "numbered": (
        "opens with a time or number as other lines do",
        {"begin": 1.4, "row": 1, "go_on": -2, "turn": -3, "more": -2, "item": 1.5},
    ),
    "dateline": (
        "opens with a place and an agency",
        {"begin": -2, "go_on": 1.5, "turn": 1, "more": -1.1, "item": 0.4},
    ),
    "parted": (
        "stood on one line with the headline before",
        {"row": 3.1, "go_on": -0.1},
    ),
    "after_colon": (
        "the line before ends with a colon",
        {"begin": -1.5, "go_on": -0.4, "more": 0.4, "item": -0.4, "under": -0.1},
    ),
    "shared": (
        "shares words with the line before",
        {"begin": -0.1, "row": -0.2, "go_on": 1.1, "back": -0.3, "item": -0.1, "resume": 0.4,
         "under": -0.5},
    ),
    "deeper": (
        "is indented more than the line before",
        {"begin": -1.5, "go_on": 1.5, "more": -0.5},
    ),
    "outdent": (
        "is indented less than the line before",
        {"begin": 1.5, "go_on": -1.5, "more": -1.4, "item": -0.1},
    ),
    "all_brief": (
        "none of the last lines is long or ends like a sentence",
        {"begin": -0.4, "row": 0.2, "go_on": 0.5, "turn": -0.3, "back": -0.4, "more": 0.5, "item": -0.1,
         "resume": -0.1, "under": 0.2},
    ),
    "up_in_turn": (
        "the last lines are in turn short and long; this is a long one",
        {"begin": -0.4, "row": 0.3, "go_on": 0.5, "back": 0.2, "more": -0.4, "resume": -0.2, "under": 0.2},
    ),
    "down_in_turn": (
        "the last lines are in turn short and long; this is a short one",
        {"begin": 0.1, "row": 0.4, "go_on": 0.4, "turn": 0.4, "more": -0.5, "item": -0.3},
    ),
    "like_second": (
        "is as long as the line before the last",
        {"begin": 0.5, "row": -0.3, "go_on": 0.1, "back": 0.2, "more": -0.4, "item": 0.2, "resume": -0.3},
    ),
    "taken": (
        "shares more words with the next line than with the one before",
        {"begin": -0.3, "row": -0.1, "back": -0.1, "more": 0.1, "item": 0.2, "under": 0.2},
    ),
}
# fmt: on

"""How alike two stories are, by the words of their titles and texts."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# An edited entry is the known one it is most like, if their likeness reaches this. Likeness is the root
# mean square of the shares of words their titles and their texts have in common, since one strong
# agreement says more than two weak ones. What sets the number (tests/reconcile/test_similarity.py):
#   0.95  a word corrected in the title                           → the same entry
#   0.67  a new title over a text with one word corrected         → the same entry
#   0.63  a word of the title changed, the text written anew      → the same entry
#   0.52  "Weather for Monday" replaced by "Weather for Tuesday"  → another entry
#   0.20  two stories about the same people and places            → another entry
THRESHOLD = 0.57

# In another file a title proves little: every day has its "Weather" and its "In brief". There it is the text
# that must agree so far, and further where the new file gives another day than the entry's. Without a text
# to compare the titles must be the same, of so many words. What sets the numbers, shares of common words of
# the texts alone (tests/reconcile/test_continuity.py):
#   0.90  a word corrected in a text of ten, on any day               → the same story
#   0.86  Monday's exchange rates and Tuesday's in the same sentence  → two stories
#   0.68  the last words of a text written anew, on the same day      → the same story
#   0.62  the morning's weather and the evening's                     → two stories
_SURE_TEXT = 0.65
_SURE_TEXT_OF_ANOTHER_DAY = 0.88
_SURE_TITLE_WORDS = 4

# A story whose file has been gone for a while speaks for itself alone: nothing disappears where it comes up.
# So it must be of the same day and nearly word for word the same, by a text of so many words that no other
# story of the day has it ("Read the full story on our site." is seven), or share a word of the title.
_TEXT_THAT_SPEAKS_ALONE = 9

# A new file continues one that is gone if of the stories of both more than this share is surely the same
# (Dice's coefficient). What sets the number (tests/reconcile/test_continuity.py):
#   0.82  three stories added to seven                                 → the same bulletin
#   0.73  three of seven removed                                       → the same bulletin
#   0.67  one story of one, a second one added; one of two halves      → the same bulletin
#   0.50  one story of two, the other one new                          → another one, one story moved to it
#   0.22  the newsroom's usual last item alone                         → another one
NEARLY_THE_SAME = 0.5

# Without a text on both sides the title must bear it alone, and three words in four must be the same:
# lists of headlines are full of near-alikes ("Dollar rises", "Dollar falls").
_TITLE_ALONE = 0.77

_TELLING_WORDS = 4  # a shorter text ("More soon.") tells no stories apart
_TEXT_CHARACTERS = 1_000  # more of a text is not compared

# Scripts without spaces between words: Thai to Tibetan, Burmese, Khmer, kana and Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What matching knows of one story, parsed or known."""

    title: str  # folded
    text: str  # without case; "" where it tells nothing
    title_words: frozenset[str]
    text_words: frozenset[str]  # none where the text tells nothing


class Likeness(NamedTuple):  # made by the hundred thousand, where a frozen dataclass takes thrice the time
    """How alike two stories are, 0.0 to 1.0."""

    total: float
    text: float


def story(title: str, paragraphs: Sequence[str], *, shared: bool) -> Story:
    """Return what is compared of a story; a text `shared` with others of its bulletin tells nothing."""
    text = "" if shared else unicodedata.normalize("NFKC", " ".join(paragraphs)).casefold()
    words = _words(fold(text[:_TEXT_CHARACTERS]))
    telling = len(words) >= _TELLING_WORDS
    return Story(
        title=fold(title),
        text=text if telling else "",
        title_words=_words(fold(title)),
        text_words=words if telling else frozenset(),
    )


def likeness(one: Story, other: Story) -> Likeness:
    """Return how alike `one` and `other` are."""
    title = _common(one.title_words, other.title_words)
    if not (one.text_words and other.text_words):
        return Likeness(_TITLE_ALONE * title, 0.0)
    text = _common(one.text_words, other.text_words)
    return Likeness(math.sqrt((title * title + text * text) / 2), text)


def is_surely(one: Story, other: Story, *, another_day: bool) -> bool:
    """Tell whether two stories of different files, perhaps of `another_day`, are the same one."""
    if one.text_words and other.text_words:
        alike = likeness(one, other)
        needed = _SURE_TEXT_OF_ANOTHER_DAY if another_day else _SURE_TEXT
        return alike.text >= needed and alike.total >= THRESHOLD
    return one.title == other.title and len(one.title_words) >= _SURE_TITLE_WORDS


def is_back(one: Story, other: Story) -> bool:
    """Tell whether a new story is surely the one of its day that no file has had for a while."""
    if not (one.text_words and other.text_words):
        return is_surely(one, other, another_day=False)
    speaks = len(one.text_words) >= _TEXT_THAT_SPEAKS_ALONE or one.title_words & other.title_words
    return bool(speaks) and likeness(one, other).text >= _SURE_TEXT_OF_ANOTHER_DAY


def fold(text: str) -> str:
    """Return `text` without case, punctuation and the like of spaces; unchanged if that is all it has."""
    folded = " ".join("".join(map(_fold_character, unicodedata.normalize("NFKC", text))).split())
    return folded or text


@functools.cache
def _fold_character(character: str) -> str:
    # Punctuation, separators and control characters; not symbols, which may be a whole title.
    return " " if unicodedata.category(character)[0] in "PZC" else character.casefold()


def _words(folded: str) -> frozenset[str]:
    """Return the words of `folded`; pairs of characters for scripts that do not set words apart."""
    words: set[str] = set()
    for run in folded.split():
        if _UNSPACED.search(run):
            words.update(run[start : start + 2] for start in range(max(1, len(run) - 1)))
        else:
            words.add(run)
    return frozenset(words)


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two sets have in common (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0

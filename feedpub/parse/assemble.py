"""From labelled lines to entries."""

from __future__ import annotations

import datetime as dt
import re

from feedpub.model import ParsedEntry, Role
from feedpub.parse import furniture, stamps
from feedpub.parse.bits import any_of
from feedpub.parse.features import Sight
from feedpub.parse.labelling import NAMES
from feedpub.parse.lines import Lines

_TITLES = frozenset(
    {"headline", "early_title", "inset", "pair_title", "flip_title", "bare_title", "multi_title"}
)
_OPENINGS = frozenset({"opening", "multi_item"})
_LEADS = frozenset({"headline", "opening"})
_DROPPED = frozenset({"preface", "aside"}) | {
    name for name in NAMES if name.endswith(("_section", "_trailer", "_mid"))
}
# A line is left out of the text only for a reason; where the labelling alone said so, it stays with its neighbours.
_KEPT = frozenset({name for name in _DROPPED if name == "aside" or name.endswith(("_trailer", "_mid"))})
_EVIDENCE = any_of(
    "label", "menu", "navigation", "caption", "byline", "credit", "stamp", "pattern", "said_before", "said_again",
    "repeated", "section_word", "rubric", "name", "one_word", "all_caps", "preamble",
)  # fmt: skip
_OF_LEAD = frozenset({"deck", "paragraph", "last", "subhead"})
_BRACKETED = re.compile(r"\s*[(（\[]([^()（）]*\d[^()（）]*)[)）\]]$")
TITLE_LENGTH = 90  # characters of a derived title


def entries(lines: Lines, sight: Sight, path: list[int], date: dt.date | None) -> list[ParsedEntry]:
    """Gather the labelled lines into entries, in the order in which these begin."""
    drafts: list[tuple[Role, str, list[str], int]] = []
    lead: list[str] | None = None
    for place, state in enumerate(path):
        name = NAMES[state]
        if name in _DROPPED:
            if drafts and name in _KEPT and not sight.masks[place] & _EVIDENCE:
                drafts[-1][2].append(lines.texts[place])
            continue
        if name in _TITLES or name in _OPENINGS:
            texts: list[str] = []
            title = ""
            if name in _TITLES:
                title = _title(sight.bodies[place])
            else:
                texts.append(sight.bodies[place])
            role = Role.LEAD if name in _LEADS else Role.TEASER
            drafts.append((role, title, texts, place))
            lead = texts if name in _LEADS else lead
        elif name in _OF_LEAD and lead is not None:
            lead.append(lines.texts[place])
        else:
            drafts[-1][2].append(lines.texts[place])
    return [_entry(draft, lines, sight, date) for draft in drafts]


def whole(lines: Lines, date: dt.date | None) -> ParsedEntry:
    """Return all text as one entry, for a bulletin in which no line begins one."""
    return ParsedEntry(
        role=Role.LEAD,
        title=" ".join(derived_title(lines.texts[0]).split()),
        paragraphs=tuple(lines.texts),
        date=date,
        line=lines.numbers[0],
    )


def derived_title(paragraph: str) -> str:
    """Make a title from the start of a paragraph: whole if short, else cut at a word with an ellipsis."""
    if len(paragraph) <= TITLE_LENGTH:
        return paragraph
    cut = paragraph[:TITLE_LENGTH]
    if paragraph[TITLE_LENGTH] != " " and " " in cut[TITLE_LENGTH // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-.") + "…"


def _title(body: str) -> str:
    title = furniture.see_also(body)
    bracket = _BRACKETED.search(title)
    return title[: bracket.start()] if bracket and stamps.is_stamp(bracket[1]) else title


def _entry(
    draft: tuple[Role, str, list[str], int], lines: Lines, sight: Sight, date: dt.date | None
) -> ParsedEntry:
    role, title, texts, place = draft
    return ParsedEntry(
        role=role,
        title=" ".join((title or derived_title(texts[0])).split()),
        paragraphs=tuple(texts),
        time=sight.times[place],
        date=date,
        line=lines.numbers[place],
    )

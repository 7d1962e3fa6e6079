"""From labelled lines to entries."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from feedpub.model import ParsedEntry, Role
from feedpub.parse import furniture, stamps
from feedpub.parse.bits import any_of
from feedpub.parse.features import Sight
from feedpub.parse.labelling import NAMES
from feedpub.parse.lines import Lines

TITLE_LENGTH = 90  # characters of a derived title

_TITLES = frozenset(
    {"headline", "early_title", "inset", "pair_title", "flip_title", "bare_title", "multi_title"}
)
_OPENINGS = frozenset({"opening", "multi_item"})
_LEADS = frozenset({"headline", "opening"})
_OF_LEAD = frozenset({"deck", "paragraph", "last", "subhead"})
_OUTSIDE = frozenset({"preface", "aside"}) | {name for name in NAMES if name.endswith(("_trailer", "_mid"))}
_SECTIONS = frozenset({name for name in NAMES if name.endswith("_section")})
# A line is left out of the text only for a reason; where the labelling alone said so, it stays with its
# neighbours.
_EVIDENCE = any_of(
    "label", "menu", "navigation", "caption", "byline", "credit", "stamp", "pattern", "said_before",
    "said_again", "repeated", "section_word", "rubric", "name", "one_word", "all_caps", "preamble",
)  # fmt: skip
_SLIGHT = any_of("tiny", "short")
_CLOSERS = frozenset(")）]")
_BRACKETED = re.compile(r"\s*[(（\[]([^()（）]*\d[^()（）]*)[)）\]]$")


@dataclass(slots=True)
class _Draft:
    role: Role
    title: str
    place: int
    texts: list[str] = field(default_factory=list)


def entries(lines: Lines, sight: Sight, path: list[int], date: dt.date | None) -> list[ParsedEntry]:
    """Gather the labelled lines into entries, in the order in which these begin."""
    drafts: list[_Draft] = []
    early: list[str] = []  # text above the first entry
    lead: list[str] | None = None
    for place, state in enumerate(path):
        name = NAMES[state]
        if name in _TITLES or name in _OPENINGS:
            draft = _begun(name, place, sight)
            drafts.append(draft)
            lead = draft.texts if name in _LEADS else lead
        elif not _is_left_out(name, sight.masks[place]):
            target = lead if name in _OF_LEAD and lead is not None else drafts[-1].texts if drafts else early
            target.append(lines.texts[place])
    if not drafts:
        return [_whole(lines, date)]
    drafts[0].texts[:0] = early
    return [_entry(draft, lines, sight, date) for draft in drafts]


def derived_title(paragraph: str) -> str:
    """Make a title from the start of a paragraph: whole if short, else cut at a word with an ellipsis."""
    if len(paragraph) <= TITLE_LENGTH:
        return paragraph
    cut = paragraph[:TITLE_LENGTH]
    if paragraph[TITLE_LENGTH] != " " and " " in cut[TITLE_LENGTH // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-.") + "…"


def _is_left_out(name: str, mask: int) -> bool:
    if name in _SECTIONS:
        return bool(mask & (_EVIDENCE | _SLIGHT))
    return name in _OUTSIDE and bool(mask & (_EVIDENCE | (_SLIGHT if name == "preface" else 0)))


def _begun(name: str, place: int, sight: Sight) -> _Draft:
    role = Role.LEAD if name in _LEADS else Role.TEASER
    body = sight.bodies[place]
    return _Draft(role, _title(body) or body, place) if name in _TITLES else _Draft(role, "", place, [body])


def _title(body: str) -> str:
    title = furniture.see_also(body) if ":" in body or "：" in body else body
    bracket = _BRACKETED.search(title) if title[-1:] in _CLOSERS else None
    return title[: bracket.start()] if bracket and stamps.is_stamp(bracket[1]) else title


def _whole(lines: Lines, date: dt.date | None) -> ParsedEntry:
    """Return all text as one entry, for a bulletin in which no line begins one."""
    return ParsedEntry(
        role=Role.LEAD,
        title=" ".join(derived_title(lines.texts[0]).split()),
        paragraphs=tuple(lines.texts),
        date=date,
        line=lines.numbers[0],
    )


def _entry(draft: _Draft, lines: Lines, sight: Sight, date: dt.date | None) -> ParsedEntry:
    title = draft.title or derived_title(draft.texts[0])
    return ParsedEntry(
        role=draft.role,
        title=" ".join(title.split()),
        paragraphs=tuple(draft.texts),
        time=sight.times[draft.place],
        date=date,
        line=lines.numbers[draft.place],
    )

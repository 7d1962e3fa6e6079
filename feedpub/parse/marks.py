"""Decoration in front of (and behind) titles: clock times, numbers, bullets, plus signs."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

NONE, TIME, NUMBER, BULLET, PLUS, PREFIX, DATED = range(7)

_ZONE = r"(?:Uhr|GMT|UTC|CES?T|EES?T|BST|MSK|МСК|hrs?|h|a\.?m\.?|p\.?m\.?|AM|PM|ч\.?|год\.?|น\.|時|点)"
_CLOCK = re.compile(
    rf"(?:ساعت\s|kl\.\s)?[\[(<]?(?P<hour>[01]?\d|2[0-4])(?P<colon>[:：h.])(?P<minute>[0-5]\d)(?![\d.,%])(?:[:.][0-5]\d)?"
    rf"(?P<zone>\s*{_ZONE}(?![^\W\d_]))?[\])>]?(?P<rule>\s*[|–—:·•*,/-]+(?=\s|[^\W\d_])|\s*\+{{2,}})?\s*"
)
_BARE_CLOCK = re.compile(
    r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?:GMT|UTC|hrs|Uhr|h)\b\s*[|–—:·-]*\s*"
)
_NUMBER = re.compile(
    r"(?:№|#|No\.|Nr\.)?\s*[(（\[【]?(?P<number>[0-9０-９٠-٩۰-۹०-९๐-๙]{1,3})(?:\s*[.)．。、）\]】:]+\s*(?=[^\W\d_]|[\"'“”„«‘「『(¿¡*]|(?<=\s)\d)"
    r"|\s*[|–—-]\s+)|[①-⑳]\s*|[一二三四五六七八九十]{1,2}、\s*"
)
# Arabic, Persian, Devanagari and Thai figures, of which a mark may consist.
_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙", "0123456789" * 4)
_BULLET = re.compile(r"(?:[-–—*+>]\s+|[•■●▪◆◇◦‣▶►·※○□★☆→»✓✔➤➔⚫⚪▸▹❖▲△▼☞・]+\s*)")
_MINUTE = re.compile(r"\d{1,3}(?:\+\d{1,2})?['’′]\s*(?=\S)")  # of a match: 90+4'
_PLUS = re.compile(r"\+{2,}\s*")
_ALONE = re.compile(r"\W*(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s*" + _ZONE + r")?|\d{1,3}|[①-⑳])\W*")
_FIRST = frozenset(
    "س0123456789０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙№#NＮ([（【<+-–—*>•■●▪◆◇◦‣▶►·※○□★☆→»✓✔➤➔⚫⚪▸▹❖▲△▼☞・①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十"
)


def find(text: str) -> tuple[int, str, dt.time | None]:
    """Return the kind of mark a line opens with, the line without it, and the time it names."""
    if text[0] not in _FIRST:
        return NONE, text, None
    if text.isascii():
        return _find(text)
    kind, rest, time = _find(text.translate(_FIGURES))
    if kind == PLUS:
        return _find(text)
    return kind, text[len(text) - len(rest) :], time


def _find(text: str) -> tuple[int, str, dt.time | None]:
    plus = _PLUS.match(text)
    if plus:
        rest = text[plus.end() :].rstrip("+ ").strip() or text
        _, inner, time = _clock(rest)
        return PLUS, inner, time
    kind, rest, time = _clock(text)
    if kind:
        return kind, rest, time
    for kind, pattern in ((TIME, _MINUTE), (NUMBER, _NUMBER), (BULLET, _BULLET)):
        match = pattern.match(text)
        if match and match.end() and match.end() < len(text):
            return kind, text[match.end() :], None
    return NONE, text, None


def alone(text: str) -> bool:
    """Tell whether a line is a mark and nothing else: `18:43`, `7.`."""
    return len(text) < 12 and _ALONE.fullmatch(text) is not None


def _clock(text: str) -> tuple[int, str, dt.time | None]:
    match = _CLOCK.match(text) or _BARE_CLOCK.match(text)
    if not match or match.end() == len(text):
        return NONE, text, None
    parts = match.groupdict()
    rest = text[match.end() :]
    if parts.get("colon") in {".", "h"} and not (parts["zone"] or parts["rule"] or rest[:1].isupper()):
        return NONE, text, None
    if parts.get("colon") == ":" and not parts["zone"] and rest[:1] in "-–" and rest[1:2].isdigit():
        return NONE, text, None
    hour = int(parts["hour"]) % 24
    if (parts.get("zone") or "").strip().lower().startswith("p") and hour < 12:
        hour += 12
    return TIME, rest, dt.time(hour, int(parts["minute"]))


def settle(texts: list[str], kinds: list[int], bodies: list[str], times: list[dt.time | None]) -> None:
    """Take back marks that are none: a time that stands in one title only, numbers that do not count."""
    if NUMBER in kinds:
        count_on(texts, kinds, bodies)
    doubtful = {kind for kind in (TIME, NUMBER) if kinds.count(kind) == 1}
    if NUMBER in kinds and not _counts(texts, kinds):
        doubtful.add(NUMBER)
    for place, kind in enumerate(kinds):
        if kind in doubtful:
            kinds[place], bodies[place], times[place] = NONE, texts[place], None


def _counts(texts: list[str], kinds: list[int]) -> bool:
    """Tell whether two numbers that follow each other differ by one; signs such as ① always count."""
    values = []
    for text, kind in zip(texts, kinds, strict=True):
        if kind == NUMBER:
            figure = _FIGURE.search(text, 0, 8)
            if not figure:
                return True
            values.append(int(figure[0]))
    return any(abs(one - two) == 1 for one, two in pairwise(values))


_FIGURE = re.compile(r"\d+")


def count_on(texts: list[str], kinds: list[int], bodies: list[str]) -> None:
    """Find the number that a list must have next where a figure follows it: `3.`, then `4.10 years`."""
    expected = 0
    for place, text in enumerate(texts):
        lead = _COUNT.match(text)
        if lead and kinds[place] == NUMBER:
            expected = int(lead[1]) + 1
        elif lead and kinds[place] == NONE and int(lead[1]) == expected:
            kinds[place], bodies[place] = NUMBER, text[lead.end() :]
            expected += 1


_COUNT = re.compile(r"(\d{1,3})[.)]\s*(?=\S)")


def find_prefixes(texts: list[str], kinds: list[int], bodies: list[str]) -> None:
    """Take for marks what several titles share: a section before a bar, a date in brackets at the end."""
    barred = [place for place, text in enumerate(texts) if " | " in text]
    closed = [place for place, text in enumerate(texts) if text[-1] in _CLOSERS]
    for kind, pattern, likely in ((PREFIX, _PREFIX, barred), (DATED, _DATED_END, closed)):
        found = [place for place in likely if kinds[place] == NONE and pattern.fullmatch(texts[place])]
        if len(found) > 2:
            for place in found:
                kinds[place] = kind
                if kind == PREFIX:
                    bodies[place] = texts[place].partition(" | ")[2].strip()


_CLOSERS = frozenset(")）]")
_PREFIX = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)? \| (?=\S)[^|]{12,120}")
_DATED_END = re.compile(r".{8,120}[(（\[]\s*[^()（）\[\]]{0,16}\d[^()（）\[\]]{0,16}[)）\]]")

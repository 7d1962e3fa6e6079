"""Decoration in front of (and behind) titles: clock times, numbers, bullets, plus signs."""

from __future__ import annotations

import datetime as dt
import re

NONE, TIME, NUMBER, BULLET, PLUS, PREFIX, DATED = range(7)

_ZONE = r"(?:Uhr|GMT|UTC|CES?T|EES?T|BST|MSK|МСК|hrs?|h|a\.?m\.?|p\.?m\.?|AM|PM|ч\.?|год\.?|น\.|時|点)"
_CLOCK = re.compile(
    rf"[\[(<]?(?P<hour>[01]?\d|2[0-4])(?P<colon>[:：h.])(?P<minute>[0-5]\d)(?![\d.,%])(?:[:.][0-5]\d)?"
    rf"(?P<zone>\s*{_ZONE}(?![^\W\d_]))?[\])>]?(?P<rule>\s*[|–—:·•*,/-]+(?=\s|[^\W\d_])|\s*\+{{2,}})?\s*"
)
_BARE_CLOCK = re.compile(
    r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?:GMT|UTC|hrs|Uhr|h)\b\s*[|–—:·-]*\s*"
)
_NUMBER = re.compile(
    r"(?:№|#|No\.|Nr\.)?\s*[(（\[【]?(?P<number>[0-9０-９٠-٩۰-۹०-९๐-๙]{1,3})(?:\s*[.)．。、）\]】:]+\s*(?=[^\W\d_]|[\"'“”„«‘「『(¿¡*]|(?<=\s)\d|\d{2,}\s)"
    r"|\s+[|–—-]\s+)|[①-⑳]\s*|[一二三四五六七八九十]{1,2}、\s*"
)
_BULLET = re.compile(r"(?:[-–—*+>]\s+|[•■●▪◆◇◦‣▶►·※○□★☆→»✓✔➤➔⚫⚪▸▹❖▲△▼☞・]+\s*)")
_PLUS = re.compile(r"\+{2,}\s*")
_ALONE = re.compile(r"\W*(?:(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s*" + _ZONE + r")?|\d{1,3}|[①-⑳])\W*")
_FIRST = frozenset(
    "0123456789０１２３４５６７８９٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙№#NＮ([（【<+-–—*>•■●▪◆◇◦‣▶►·※○□★☆→»✓✔➤➔⚫⚪▸▹❖▲△▼☞・①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十"
)


def find(text: str) -> tuple[int, str, dt.time | None]:
    """Return the kind of mark a line opens with, the line without it, and the time it names."""
    if text[0] not in _FIRST:
        return NONE, text, None
    plus = _PLUS.match(text)
    if plus:
        rest = text[plus.end() :].rstrip("+ ").strip() or text
        _, inner, time = _clock(rest)
        return PLUS, inner, time
    kind, rest, time = _clock(text)
    if kind:
        return kind, rest, time
    for kind, pattern in ((NUMBER, _NUMBER), (BULLET, _BULLET)):
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
    """Take for marks what several titles have in common: a section before a bar, a date in brackets at the end."""
    for kind, pattern in ((PREFIX, _PREFIX), (DATED, _DATED_END)):
        found = [
            place for place, text in enumerate(texts) if kinds[place] == NONE and pattern.fullmatch(text)
        ]
        if len(found) > 2:
            for place in found:
                kinds[place] = kind
                if kind == PREFIX:
                    bodies[place] = texts[place].partition(" | ")[2].strip()


_PREFIX = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)? \| (?=\S)[^|]{12,120}")
_DATED_END = re.compile(r".{8,120}[(（\[]\s*[^()（）\[\]]{0,16}\d[^()（）\[\]]{0,16}[)）\]]")

"""Plain text that nobody marked up."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin, Hints, ParsedEntry, Role, Warning  # noqa: A004  the interface calls it so
from feedpub.parse import assemble, dates, features, labelling, lines, wrapping
from feedpub.parse.decode import decode
from feedpub.parse.lines import Lines

_FURTHER = re.compile(r"date\s+\d{4}-\d\d-\d\d\b")


def parse(raw: bytes, hints: Hints) -> Bulletin:
    """Read one file of plain text. Raises BulletinError when nothing in it can be published."""
    text, warnings = decode(raw, hints)
    return parse_lines(lines.split(text, warnings), hints, warnings)


def parse_lines(found: Lines, hints: Hints, warnings: list[Warning]) -> Bulletin:
    """Divide lines, of whatever format they were, into entries."""
    if not found.texts:
        raise BulletinError(hints.name, "there is no text in it", expected="expected a headline and text")
    entries: list[ParsedEntry] = []
    first_date: dt.date | None = None
    first_time: dt.time | None = None
    for number, part in enumerate(_bulletins(found)):
        date, time, gathered = _one(part, hints, further=number > 0)
        entries.extend(gathered)
        if not number:
            first_date, first_time = date, time
    if first_date is None:
        first_date = _from_name(hints.name)
    return Bulletin(
        date=first_date, time=first_time, language=None, entries=tuple(entries), warnings=tuple(warnings)
    )


def _bulletins(found: Lines) -> list[Lines]:
    starts = [
        place
        for place, text in enumerate(found.texts)
        if place and text[:4].lower() == "date" and _FURTHER.match(text)
    ]
    if not starts:
        return [found]
    return [
        found.part(start, stop) for start, stop in zip([0, *starts], [*starts, len(found.texts)], strict=True)
    ]


def _one(
    part: Lines, hints: Hints, *, further: bool
) -> tuple[dt.date | None, dt.time | None, list[ParsedEntry]]:
    date, time, has_header = _take_header(part, hints)
    if not part.texts:
        reason = "nothing stands after the date"
        raise BulletinError(hints.name, reason, line=1, expected="expected a headline and text")
    part = wrapping.separate(wrapping.unwrap(part))
    sight = features.look(part, header=has_header)
    if date is None:
        date, time = _date_of_preamble(sight, hints)
    path, _ = labelling.label(sight.masks, sight.steps)
    gathered = assemble.entries(part, sight, path, date if further else None)
    if not any(entry.role is Role.LEAD for entry in gathered):
        gathered[0] = replace(gathered[0], role=Role.LEAD)
    return date, time, gathered


def _take_header(part: Lines, hints: Hints) -> tuple[dt.date | None, dt.time | None, bool]:
    try:
        header = dates.header(part.texts[0], hints.language)
    except dates.ImpossibleDateError as error:
        expected = "expected a date such as 2024-10-21"
        raise BulletinError(hints.name, str(error), line=part.numbers[0], expected=expected) from error
    if header is None:
        return None, None, False
    date, time, rest = header
    if rest.strip():
        part.texts[0] = rest.strip()
        return date, time, True
    for column in (part.texts, part.numbers, part.gaps, part.indents):
        del column[0]
    return date, time, False


def _date_of_preamble(sight: features.Sight, hints: Hints) -> tuple[dt.date | None, dt.time | None]:
    """Read the date from a line of its own between headline and text; later ones belong to single items."""
    bits = features.BITS
    long = bits["longer"] | bits["longest"]
    may_date = bits["stamp"] | bits["menu"] | bits["byline"] | bits["caption"]
    for body, mask in zip(sight.bodies[:10], sight.masks[:10], strict=True):
        if mask & long:
            break
        if mask & may_date:
            found = dates.find(body, hints.language)
            if found:
                return found.date, found.time
    return None, None


def _from_name(name: str) -> dt.date | None:
    match = re.search(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", name.rpartition("/")[2])
    if not match:
        return None
    try:
        return dates.checked(int(match[1]), int(match[2]), int(match[3]))
    except dates.ImpossibleDateError:
        return None

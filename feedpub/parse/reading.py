"""From lines to a bulletin: take off the date, label, gather. Every format comes through here."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin, Hints, ParsedEntry, Role
from feedpub.parse import (
    alternatives,
    assemble,
    confidence,
    corrections,
    dates,
    features,
    judging,
    labelling,
    topics,
    wrapping,
)
from feedpub.parse.bits import BITS, any_of
from feedpub.parse.lines import Lines
from feedpub.parse.source import Claim, Matter, Source

CLEAR = 3.8  # points of margin from which on the reading is sure without its words being compared
SEVERAL = 300  # lines, beyond which readings are not compared as wholes
MANY = 2_000  # lines, from which on only the first ones are asked for their margins
MOST = 120_000  # lines; reading them all takes a few seconds

_FURTHER = re.compile(r"date\s+\d{4}-\d\d-\d\d\b")
_LONG = any_of("longer", "longest")
_MAY_DATE = any_of("stamp", "menu", "byline", "caption")
_PREAMBLE = 10  # lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One bulletin's lines with all that was seen in them and made of them."""

    part: Lines
    sight: features.Sight
    labelling: labelling.Labelling
    date: dt.date | None
    time: dt.time | None
    corrections: list[corrections.Note]  # they are not among the lines


def bulletin(source: Source, hints: Hints) -> Bulletin:
    """Divide a source into entries. Raises BulletinError when nothing in it can be published."""
    return gathered(read(source, hints), source, hints)


def gathered(readings: list[Reading], source: Source, hints: Hints) -> Bulletin:
    """Make one bulletin of all that was read in a source."""
    entries = [entry for number, reading in enumerate(readings) for entry in _entries(reading, number)]
    warnings = [
        *source.warnings,
        *(doubt for each in readings if (doubt := confidence.doubt(each.labelling, each.part))),
    ]
    matter, first = source.matter, readings[0]
    entries = corrections.attach_to_lead(entries, matter.corrections)
    date = first.date or matter.date or _from_name(hints.name)
    return Bulletin(
        date=date,
        time=first.time or (matter.time if date == matter.date else None),
        language=matter.language,
        entries=tuple(_with_files(_annotated(entries, source), matter)),
        confidence=1.0 if source.certain else min(confidence.of(each.labelling) for each in readings),
        warnings=tuple(sorted(warnings, key=lambda warning: warning.line or 0)),
        author=matter.author,
        categories=matter.categories,
        publish_at=matter.publish_at,
        draft=matter.draft,
        source=matter.source,
    )


def read(source: Source, hints: Hints) -> list[Reading]:
    """Read each bulletin of a file: a further line with `date` and an ISO date opens a further one."""
    found = source.lines
    if not found.texts:
        raise BulletinError(hints.name, "there is no text in it", expected="expected a headline and text")
    if len(found.texts) > MOST:
        reason = f"{len(found.texts):,} lines of text are no bulletin"
        raise BulletinError(
            hints.name, reason, line=found.numbers[MOST], expected=f"expected at most {MOST:,}"
        )
    _set_title(found, source)
    starts = [
        place
        for place, text in enumerate(found.texts)
        if place and text[:4].lower() == "date" and _FURTHER.match(text)
    ]
    bounds = [0, *starts, len(found.texts)]
    return [_one(found.part(start, stop), source, hints) for start, stop in pairwise(bounds)]


def _set_title(found: Lines, source: Source) -> None:
    if source.matter.title:
        found.texts.insert(0, source.matter.title)
        found.numbers.insert(0, 0)
        found.gaps.insert(0, 0)
        found.indents.insert(0, 0)
        source.claims[0] = Claim.LEAD


def _one(part: Lines, source: Source, hints: Hints) -> Reading:
    number = part.numbers[0]
    date, time, has_header = _take_header(part, hints)
    if not part.texts:
        reason = "nothing stands after the date"
        raise BulletinError(hints.name, reason, line=number, expected="expected a headline and text")
    if not source.claims:
        part = wrapping.separate(wrapping.unwrap(part))
    part, notes = corrections.take(part, source.claims)
    sight = features.look(part, header=has_header)
    if date is None:
        date, time = _date_of_preamble(sight, hints)
    labels = _label(part, sight, source)
    return Reading(part=part, sight=sight, labelling=labels, date=date, time=time, corrections=notes)


def _label(part: Lines, sight: features.Sight, source: Source) -> labelling.Labelling:
    """Label the lines; in doubt, look at their words and judge the best readings as wholes."""
    reader = labelling.READER
    if source.claims:
        bounds = labelling.bounds([source.claims.get(number) for number in part.numbers])
        return reader.read(sight.masks, sight.steps, allowed=bounds)
    if len(part.texts) > MANY:
        return reader.skim(sight.masks, sight.steps, MANY)
    found = reader.read(sight.masks, sight.steps)
    if min(found.margins) >= CLEAR:
        return found
    masks, steps = topics.observe(sight.bodies, sight.masks, sight.steps)
    if len(part.texts) > SEVERAL:
        return reader.read(masks, steps)
    best = alternatives.readings(reader, masks, steps, judging.MOST_READINGS)
    return judging.choose(best, sight.widths, masks) if best else reader.read(masks, steps)


def _take_header(part: Lines, hints: Hints) -> tuple[dt.date | None, dt.time | None, bool]:
    """Take the date off the first line; tell whether a headline stood beside it."""
    try:
        header = dates.header(part.texts[0], hints.language)
    except dates.ImpossibleDateError as error:
        expected = "expected a date such as 2024-10-21"
        raise BulletinError(hints.name, str(error), line=part.numbers[0], expected=expected) from error
    if header is None:
        return None, None, False
    if header.rest:
        part.texts[0] = header.rest
        return header.date, header.time, True
    for column in (part.texts, part.numbers, part.gaps, part.indents):
        del column[0]
    return header.date, header.time, False


def _date_of_preamble(sight: features.Sight, hints: Hints) -> tuple[dt.date | None, dt.time | None]:
    """Read the date from a line of its own between headline and text; later ones belong to single items."""
    for body, mask in zip(sight.bodies[:_PREAMBLE], sight.masks[:_PREAMBLE], strict=True):
        if mask & _LONG:
            break
        if mask & BITS["pattern"]:
            continue  # one of several: they date the items
        found = dates.find(body, hints.language) if mask & _MAY_DATE else None
        if found:
            return found.date, found.time
    return None, None


def _from_name(name: str) -> dt.date | None:
    match = re.search(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", name.rpartition("/")[2])
    try:
        return dates.checked(int(match[1]), int(match[2]), int(match[3])) if match else None
    except dates.ImpossibleDateError:
        return None


def _entries(reading: Reading, number: int) -> list[ParsedEntry]:
    """Gather one bulletin's entries, of which exactly one leads."""
    own_date = reading.date if number else None
    gathered = assemble.entries(reading.part, reading.sight, reading.labelling.path, own_date)
    if not any(entry.role is Role.LEAD for entry in gathered):
        gathered[0] = replace(gathered[0], role=Role.LEAD)
    return corrections.attach(gathered, reading.corrections)


def _with_files(entries: list[ParsedEntry], matter: Matter) -> list[ParsedEntry]:
    """Give the first lead what front matter says of a story as a whole."""
    if not (matter.slug or matter.image or matter.enclosures or matter.files):
        return entries
    place = next(place for place, entry in enumerate(entries) if entry.role is Role.LEAD)
    lead = replace(
        entries[place],
        slug=matter.slug,
        image=matter.image,
        enclosures=matter.enclosures,
        files=matter.files,
    )
    return [*entries[:place], lead, *entries[place + 1 :]]


def _annotated(entries: list[ParsedEntry], source: Source) -> list[ParsedEntry]:
    """Give each entry the links and categories that stand among its lines."""
    if not (source.links or source.categories or source.matter.link):
        return entries
    starts = sorted(entry.line for entry in entries)
    annotated = []
    for entry in entries:
        end = next((start for start in starts if start > entry.line), 1 << 60)
        links = [link for number, link in source.links.items() if entry.line <= number < end]
        names = [
            name for number, tags in source.categories.items() if entry.line <= number < end for name in tags
        ]
        link = links[0] if links else source.matter.link if entry.role is Role.LEAD else None
        annotated.append(replace(entry, link=link, categories=tuple(dict.fromkeys(names))))
    return annotated

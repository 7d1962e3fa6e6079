"""Plain text that nobody marked up, or with a few marks for those who want certainty."""

from __future__ import annotations

import re

from feedpub.model import Hints
from feedpub.parse import lines, matter
from feedpub.parse.decode import decode
from feedpub.parse.lines import Lines
from feedpub.parse.source import Claim, Source

_MARK = re.compile(r"(#{1,2})\s+(?=\S)")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_TAGS = re.compile(r"#[^\W\d]\w*(?:[\s,]+#[^\W\d]\w*)*")


def source(raw: bytes, hints: Hints) -> Source:
    """Return a plain text's lines. Raises BulletinError for what is no text."""
    text, warnings = decode(raw, hints)
    head, text = matter.take(text, hints.name)
    found = Source(lines=lines.split(text, warnings), warnings=warnings, matter=head)
    if "#" in text or "http" in text:
        _take_marks(found)
    return found


def _take_marks(found: Source) -> None:
    """Take `# lead`, `## teaser`, addresses and `#tags` off the lines; the first line is never only these."""
    kept = Lines([], [], [], [])
    old = found.lines
    for place, (text, number) in enumerate(zip(old.texts, old.numbers, strict=True)):
        mark = _MARK.match(text)
        if place and _ADDRESS.fullmatch(text):
            found.links[number] = text
            continue
        if place and _TAGS.fullmatch(text):
            found.categories[number] = tuple(tag.strip("#,") for tag in text.split())
            continue
        if mark:
            found.claims[number] = Claim.LEAD if len(mark[1]) == 1 else Claim.TITLE
        kept.texts.append(text[mark.end() :] if mark else text)
        kept.numbers.append(number)
        kept.gaps.append(old.gaps[place])
        kept.indents.append(old.indents[place])
    found.lines = kept
    if found.claims:
        found.claims = {number: found.claims.get(number, Claim.TEXT) for number in kept.numbers}

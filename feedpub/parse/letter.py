"""Letters (RFC 5322): a newsletter's subject leads, its HTML part is read before its text part."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import email.utils
import re
from dataclasses import replace
from email.message import EmailMessage

from feedpub.exceptions import BulletinError
from feedpub.model import Hints, Warning  # noqa: A004  the interface calls it so
from feedpub.parse import dates, envelope, hypertext, lines, reading
from feedpub.parse.blocks import Blocks
from feedpub.parse.labelling import NAMES
from feedpub.parse.source import Claim, Matter, Source

MAX_PARTS = 100  # letters within letters; the standard library goes through each line once for every level

_PARTS = re.compile(rb"boundary[*\d]*\s*=|type\s*:\s*message/", re.IGNORECASE)


def source(raw: bytes, hints: Hints) -> Source:
    """Return a letter's text as lines. Raises BulletinError where it has none."""
    if len(_PARTS.findall(raw)) > MAX_PARTS:
        expected = f"expected at most {MAX_PARTS}"
        raise BulletinError(hints.name, "the letter has too many parts within parts", expected=expected)
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
    except (ValueError, IndexError, LookupError, AttributeError, TypeError, RecursionError) as error:
        reason = "the letter's structure is broken"
        raise BulletinError(hints.name, reason, expected="expected a letter as RFC 5322 has it") from error
    warnings: list[Warning] = []
    for kind in ("html", "plain"):
        part = envelope.body(message, kind)
        text = envelope.text(part) if part is not None else ""
        if part is not None and text.strip():
            files, left_out = envelope.attachments(message, part)
            warnings += left_out
            head = replace(_head(message), files=tuple(files))
            if kind == "html":
                return _titled_by_subject(hypertext.from_text(text, Blocks(warnings), head))
            return _plain(text, warnings, head, hints)
    raise BulletinError(hints.name, "the letter has no text", expected="expected a text or an HTML part")


def _plain(text: str, warnings: list[Warning], head: Matter, hints: Hints) -> Source:
    """Return a text part; its subject leads unless the text, read by itself, opens with a headline."""
    found = Source(lines=lines.split(text, warnings), warnings=warnings, matter=replace(head, title=None))
    if not _opens_with_headline(found, hints):
        found.matter = head
    return found


def _opens_with_headline(found: Source, hints: Hints) -> bool:
    try:
        first = reading.read(found, hints)[0]
    except BulletinError:
        return False  # with a subject there may be something to publish; without, the reason comes again
    return NAMES[first.labelling.path[0]] == "headline"


def _titled_by_subject(found: Source) -> Source:
    """Let the subject lead, unless the letter opens with a headline of its own."""
    numbers = found.lines.numbers
    if numbers and found.claims.get(numbers[0]) is Claim.LEAD:
        found.matter = replace(found.matter, title=None)
    else:
        found.claims = {
            number: Claim.TITLE if claim is Claim.LEAD else claim for number, claim in found.claims.items()
        }
    return found


def _head(message: EmailMessage) -> Matter:
    sent = _sent(message)
    name, _ = email.utils.parseaddr(envelope.header(message, "From"))
    return Matter(
        title=envelope.header(message, "Subject") or None,
        date=sent.date() if sent else None,
        time=sent.time().replace(second=0, microsecond=0) if sent else None,
        author=name or None,
        source=_list(envelope.header(message, "List-Id")),
    )


def _sent(message: EmailMessage) -> dt.datetime | None:
    """Return when the letter was sent, by its sender's clock; None where the header tells no such day."""
    try:
        sent = email.utils.parsedate_to_datetime(envelope.header(message, "Date"))
        dates.checked(sent.year, sent.month, sent.day)
    except (ValueError, IndexError, OverflowError, TypeError, dates.ImpossibleDateError):
        return None
    return sent


def _list(header: str) -> str | None:
    """Return a list's identifier, which stands in angle brackets behind its description (RFC 2919)."""
    _, bracket, rest = header.rpartition("<")
    found = rest.partition(">")[0] if bracket else header
    return found.strip() or None

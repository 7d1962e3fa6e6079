"""Letters (RFC 5322): a newsletter's subject leads, its HTML part is read before its text part."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import email.utils
from dataclasses import replace
from email.message import EmailMessage

from feedpub.exceptions import BulletinError
from feedpub.model import Hints, Warning  # noqa: A004  the interface calls it so
from feedpub.parse import hypertext, lines
from feedpub.parse.blocks import Blocks
from feedpub.parse.source import Claim, Matter, Source


def source(raw: bytes, hints: Hints) -> Source:
    """Return a letter's text as lines. Raises BulletinError where it has none."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    head = _head(message)
    warnings: list[Warning] = []
    for kind in ("html", "plain"):
        part = _part(message, kind)
        text = _text(part) if part is not None else ""
        if text.strip():
            found = (
                hypertext.from_text(text, Blocks(warnings), head)
                if kind == "html"
                else _plain(text, warnings, head)
            )
            return _titled_by_subject(found)
    raise BulletinError(hints.name, "the letter has no text", expected="expected a text or an HTML part")


def _plain(text: str, warnings: list[Warning], head: Matter) -> Source:
    return Source(lines=lines.split(text, warnings), warnings=warnings, matter=head)


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
    name, _ = email.utils.parseaddr(_header(message, "From"))
    return Matter(
        title=" ".join(_header(message, "Subject").split()) or None,
        date=sent.date() if sent else None,
        time=sent.time().replace(second=0, microsecond=0) if sent else None,
        author=name or None,
    )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header as text, empty where the standard library cannot read it (`From: x@` is an IndexError)."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, LookupError, AttributeError):
        return ""


def _sent(message: EmailMessage) -> dt.datetime | None:
    try:
        return email.utils.parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, IndexError, OverflowError, TypeError):
        return None


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    try:
        part = message.get_body(preferencelist=(kind,))
    except (ValueError, IndexError, LookupError, AttributeError, KeyError):
        return None
    return part if isinstance(part, EmailMessage) else None


def _text(part: EmailMessage) -> str:
    """Return a part's text; an unknown charset is read as UTF-8 with replacements."""
    try:
        content = part.get_content()
    except (LookupError, ValueError, AssertionError):
        content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)

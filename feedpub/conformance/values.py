"""The small grammars: dates, addresses, languages, ids. All answers are yes, no or a value."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache

from feedpub.languages import as_tag

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4} \d\d:\d\d:\d\d (?:GMT|UT|[+-]\d{4})"
)
_W3C_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PERCENT = "%[0-9A-Fa-f]{2}"
_WEB_URI = re.compile(
    rf"https?://(?:[A-Za-z0-9._~!$&'()*+,;=:@\[\]-]|{_PERCENT})+(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|{_PERCENT})*)?"
    rf"(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|{_PERCENT})*)?(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|{_PERCENT})*)?"
)
# RFC 3987 section 2.2, as far as the characters go.
_IRI = re.compile(rf'[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20\x7f-\xa0<>"{{}}|\\^`%\ud800-\udfff]|{_PERCENT})+')
_TAG = re.compile(
    r"tag:(?:[A-Za-z0-9._-]+@)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?,\d{4}(?:-\d\d(?:-\d\d)?)?:"
    rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|{_PERCENT})*"
)
_URN_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;\s*[\w-]+=[^;]+)*", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.?[^\s@<>()]*")
_RSS_PERSON = re.compile(r"[^\s@<>()]+@[^\s@<>()]+(?: \(.+\))?")
# In UTF-8, one pattern for each beginning, since a search for a fixed byte is many times faster, and none
# where that byte does not occur: DEL; the controls U+0080 to U+009F without U+0085, which is a line's end to
# XML 1.1; the noncharacters, which fill U+FDD0 to U+FDEF and end every plane.
_UNWISE = {
    b"\x7f": re.compile(rb"\x7f"),
    b"\xc2": re.compile(rb"\xc2[\x80-\x84\x86-\x9f]"),
    b"\xef": re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
    b"\xf0\xf1\xf2\xf3\xf4": re.compile(rb"(?<=[\xf0-\xf4][\x8f\x9f\xaf\xbf])\xbf[\xbe\xbf]"),
}


def read_rfc3339(text: str) -> dt.datetime | None:
    """Read a date of Atom or JSON Feed; None where it is none."""
    if not _RFC3339.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(1024)  # most dates of a feed stood in it before
def read_rfc822(text: str) -> dt.datetime | None:
    """Read a date of RSS; None where it is none or its weekday is another one."""
    match = _RFC822.fullmatch(text)
    if not match:
        return None
    try:
        instant = parsedate_to_datetime(text)
    except ValueError:
        return None
    if instant.tzinfo is None or _DAYS[instant.weekday()] != match[1]:
        return None
    return instant


def is_w3c_date(text: str) -> bool:
    """Tell whether `text` is a date as sitemaps have it: a day, or an instant."""
    if not _W3C_DATE.fullmatch(text):
        return read_rfc3339(text) is not None
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_utc_second(text: str) -> bool:
    """Tell whether an RFC 3339 date is in UTC and whole seconds."""
    return text.endswith(("Z", "+00:00")) and "." not in text


def is_web_uri(text: str | None) -> bool:
    """Tell whether `text` is an absolute http or https address in ASCII (RFC 3986)."""
    return bool(text and _WEB_URI.fullmatch(text))


def is_iri(text: str | None) -> bool:
    """Tell whether `text` is an absolute IRI (RFC 3987)."""
    return bool(text and _IRI.fullmatch(text))


def is_language(text: str | None) -> bool:
    """Tell whether `text` is a well-formed language tag (RFC 5646)."""
    return bool(text and as_tag(text))


def is_media_type(text: str | None) -> bool:
    """Tell whether `text` is a media type."""
    return bool(text and _MEDIA_TYPE.fullmatch(text))


def is_email(text: str | None) -> bool:
    """Tell whether `text` looks like an e-mail address."""
    return bool(text and _EMAIL.fullmatch(text))


def is_rss_person(text: str | None) -> bool:
    """Tell whether `text` is ``address (Name)`` as RSS has it."""
    return bool(text and _RSS_PERSON.fullmatch(text))


def is_count(text: str | None) -> bool:
    """Tell whether `text` is a number of things: digits alone."""
    return bool(text and text.isascii() and text.isdigit())


@lru_cache(4096)  # the same in every format, and with each publication
def wrong_id(id_: str) -> tuple[str, str] | None:
    """Give the code and the description of what is wrong with an id's form, if it has one that is known."""
    if id_.strip() != id_:
        return "C20", "an id with blanks around it"
    if id_.startswith("tag:") and not _TAG.fullmatch(id_):
        return "C21", f"the id {id_!r} is no tag: URI"
    if id_.startswith("urn:uuid:") and not _URN_UUID.fullmatch(id_):
        return "C23", f"the id {id_!r} is no UUID"
    return None


def find_unwise(content: bytes) -> int | None:
    """Find a character of a UTF-8 text that is legal and of no use; returns its line."""
    searched = (
        pattern for signs, pattern in _UNWISE.items() if any(sign.to_bytes() in content for sign in signs)
    )
    found = next(filter(None, (pattern.search(content) for pattern in searched)), None)
    return content.count(b"\n", 0, found.start()) + 1 if found else None

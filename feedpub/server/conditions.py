"""Conditional requests (RFC 9110 section 13)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from email.utils import parsedate
from http import HTTPStatus

_TAG = re.compile(r'(W/)?("[^"]*")')

# The three forms of RFC 9110 section 5.6.7. email.utils alone would take much else for a date.
_DATE = re.compile(
    r"""
      [A-Z][a-z]{2}, [ ] \d\d [ ] [A-Z][a-z]{2} [ ] [1-9]\d{3} [ ] \d\d:\d\d:\d\d [ ] GMT
    | [A-Z][a-z]{5,8}, [ ] \d\d - [A-Z][a-z]{2} - \d\d [ ] \d\d:\d\d:\d\d [ ] GMT
    | [A-Z][a-z]{2} [ ] [A-Z][a-z]{2} [ ] [ \d]\d [ ] \d\d:\d\d:\d\d [ ] [1-9]\d{3}
    """,
    re.VERBOSE | re.ASCII,
)

Fields = Mapping[str, str]


def evaluate(fields: Fields, *, etag: str, modified: int | None) -> HTTPStatus:
    """Return 200, 304 or 412 for a GET or HEAD of what has this strong `etag`, changed at `modified`.

    `modified` is in seconds since 1970, None where it is not told. The order of the preconditions is that
    of section 13.2.2.
    """
    if "if-match" in fields:
        if not _matches(fields["if-match"], etag, weak=False):
            return HTTPStatus.PRECONDITION_FAILED
    elif _is_after(modified, fields.get("if-unmodified-since")):
        return HTTPStatus.PRECONDITION_FAILED
    if "if-none-match" in fields:  # then If-Modified-Since is not looked at, whatever it says
        if _matches(fields["if-none-match"], etag, weak=True):
            return HTTPStatus.NOT_MODIFIED
    elif "if-modified-since" in fields and _is_after(modified, fields["if-modified-since"]) is False:
        return HTTPStatus.NOT_MODIFIED
    return HTTPStatus.OK


def wants_part(fields: Fields, *, etag: str, modified: int | None) -> bool:
    """Return whether a Range counts: not when If-Range names another version (section 13.1.5)."""
    condition = fields.get("if-range")
    if condition is None or condition == etag:
        return True
    return modified is not None and _date(condition) == modified


def tags(header: str) -> Sequence[str]:
    """Return the entity tags in If-None-Match, in quotes, weak ones as if they were strong."""
    return [tag for _, tag in _TAG.findall(header)]


def _matches(header: str, etag: str, *, weak: bool) -> bool:
    if header == etag or header.strip() == "*":
        return True
    return any(tag == etag and (weak or not mark) for mark, tag in _TAG.findall(header))


def _is_after(modified: int | None, header: str | None) -> bool | None:
    """Tell whether something changed after the date in a header; None where one of them is not known."""
    limit = _date(header) if header is not None else None
    return None if limit is None or modified is None else modified > limit


def _date(value: str) -> int | None:
    """Read an HTTP date as seconds since 1970; None for anything else."""
    if not _DATE.fullmatch(value):
        return None
    fields = parsedate(value)
    try:
        return int(dt.datetime(*fields[:6], tzinfo=dt.UTC).timestamp()) if fields else None
    except ValueError:
        return None  # a day or an hour that no calendar has

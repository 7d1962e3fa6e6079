"""Conditional requests (RFC 9110 section 13)."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate
from http import HTTPStatus

from starlette.datastructures import Headers

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


def evaluate(headers: Headers, *, etag: str, modified: int) -> HTTPStatus:
    """Return 200, 304 or 412 for a GET or HEAD of what has this strong `etag`, changed at `modified`.

    `modified` is in seconds since 1970. The order of the preconditions is that of section 13.2.2.
    """
    if "if-match" in headers:
        if not _matches(headers, "if-match", etag, weak=False):
            return HTTPStatus.PRECONDITION_FAILED
    elif (limit := _date(headers.get("if-unmodified-since"))) is not None and modified > limit:
        return HTTPStatus.PRECONDITION_FAILED
    if "if-none-match" in headers:  # then If-Modified-Since is not looked at, whatever it says
        if _matches(headers, "if-none-match", etag, weak=True):
            return HTTPStatus.NOT_MODIFIED
    elif (limit := _date(headers.get("if-modified-since"))) is not None and modified <= limit:
        return HTTPStatus.NOT_MODIFIED
    return HTTPStatus.OK


def _matches(headers: Headers, name: str, etag: str, *, weak: bool) -> bool:
    value = ", ".join(headers.getlist(name)).strip()
    return value == "*" or any(tag == etag and (weak or not mark) for mark, tag in _TAG.findall(value))


def _date(value: str | None) -> int | None:
    """Read an HTTP date as seconds since 1970; None for anything else."""
    if value is None or not _DATE.fullmatch(value):
        return None
    fields = parsedate(value)
    try:
        return int(dt.datetime(*fields[:6], tzinfo=dt.UTC).timestamp()) if fields else None
    except ValueError:
        return None  # a day or an hour that no calendar has

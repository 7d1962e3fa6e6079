"""How a page of what is gone is told from all others by a server that knows nothing but the files."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass

from feedpub.render.instants import read_rfc3339

GONE_MARK = "<!-- feedpub: gone -->"

# It stands before everything that an author or an operator writes, so neither of them can forge it.
_BEGINNING = f"<!doctype html>\n{GONE_MARK}\n".encode()

_MOMENT = re.compile(r'<time datetime="([^"]+)"')
_REASON = re.compile(r'<div class="text">\s*<p>.*?</p>\s*<p [^>]*>(.*?)</p>', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What a page says of an entry that is gone, as far as it is written in feedpub's own way."""

    withdrawn: dt.datetime | None
    reason: str | None


def is_gone(content: bytes) -> bool:
    """Tell whether a file is a page that says that its entry was withdrawn."""
    return content.startswith(_BEGINNING)


def read_gone(content: bytes) -> Gone:
    """Read what a page says of which `is_gone`; somebody's own template may leave it out."""
    page = content.decode("utf-8", "replace")
    moment, reason = _MOMENT.search(page), _REASON.search(page)
    try:
        withdrawn = read_rfc3339(moment[1]) if moment else None
    except ValueError:
        withdrawn = None
    return Gone(withdrawn=withdrawn, reason=html.unescape(reason[1]).strip() if reason else None)

"""Adopt: the bytes of a feed that another program published, understood; pure.

What comes out is fit to be shown by us: ids as its readers know them, text without control
characters, HTML without anything live, addresses absolute.
"""

from __future__ import annotations

from feedpub.adopt.items import finished
from feedpub.adopt.jsonfeed import is_json, read_json
from feedpub.exceptions import AdoptError
from feedpub.model import ForeignFeed

__all__ = ["MAX_BYTES", "read_feed"]

MAX_BYTES = 20 * 1024 * 1024  # years of entries; a feed that is larger is a mistake or an attack


def read_feed(content: bytes, *, name: str, url: str | None = None) -> ForeignFeed:
    """Read an RSS, Atom or JSON feed; `name` is what messages call it, `url` where it was fetched.

    Raises AdoptError when it is too large, declares entities or is no feed.
    """
    if len(content) > MAX_BYTES:
        raise AdoptError(name, "too large", expected=f"at most {MAX_BYTES:,} bytes are read")
    try:
        if is_json(content):
            return finished(read_json(content), url=url)
        from feedpub.adopt.xmlfeed import read_xml  # noqa: PLC0415  feedparser takes 100 ms that few commands need

        return finished(read_xml(content), url=url)
    except ValueError as error:
        raise AdoptError(name, str(error), expected="RSS, Atom and JSON Feed can be adopted") from error

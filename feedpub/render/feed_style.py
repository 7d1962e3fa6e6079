"""A stylesheet for feeds, for browsers that are sent the feed itself (xml-stylesheet, W3C, 2010)."""

from __future__ import annotations

from functools import cache
from importlib import resources

from feedpub.model import Site

FEED_STYLE = "assets/feed.css"
_DECLARATION_END = b"?>\n"


def styled(content: bytes, site: Site) -> bytes:
    """Name the stylesheet at the head of a document, if the site wants that."""
    if not site.feed_style:
        return content
    declaration, end, rest = content.partition(_DECLARATION_END)
    instruction = f'<?xml-stylesheet type="text/css" href="{site.url}{FEED_STYLE}"?>\n'
    return declaration + end + instruction.encode() + rest


@cache
def read_style() -> str:
    """Return the stylesheet that is part of the program."""
    return resources.files("feedpub.render").joinpath("templates", "feed.css").read_text("utf-8")

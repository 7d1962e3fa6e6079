"""A person opens the address of a feed: who is shown its page instead of the feed.

A reader always gets the feed. Some readers list text/html, some send the Accept header of a browser; so it
takes two signs at once: HTML is liked better than the feed's own type, and it is a browser's navigation.
"""

from __future__ import annotations

from feedpub.server.conditions import Fields
from feedpub.server.headers import VIEW_VARY, describe, is_feed, media_type
from feedpub.server.preferences import quality_of
from feedpub.server.variants import Document, Path, held_document

FORCED = b"format=feed"
"""The query that asks for the feed itself, whoever asks."""


def wants_page(fields: Fields, path: Path) -> bool:
    """Return whether who asks for `path`, a feed, with these fields is a person with a browser."""
    accept = fields.get("accept", "")
    if "text/html" not in accept.lower() or not is_feed(path):
        return False
    feed = media_type(path).partition(";")[0]
    return _is_navigation(fields) and quality_of(accept, "text/html") > quality_of(accept, feed)


def page_paths(path: Path) -> tuple[Path, ...]:
    """Return where the page for the feed at `path` can stand, the best first."""
    folder, name = path
    return ((folder, name.rpartition(".")[0], "index.html"), (folder, "index.html"))


def as_view(page: Document) -> Document:
    """Return a page as it stands at the address of a feed: no shared cache may keep it.

    It says nothing of when it changed, lest a date that a reader was given with the feed be held against it.
    """
    headers = {
        **describe(page.path),
        "cache-control": "private, no-cache",
        "vary": ", ".join(("Accept-Encoding", "A-IM", *VIEW_VARY)),
    }
    content = bytes(page.plain.whole.body)
    return held_document(page.path, content, page.version, modified=None, headers=headers)


def _is_navigation(fields: Fields) -> bool:
    """Tell a browser that opens an address; on plain http they send Sec-Fetch only to their own machine."""
    if any(name.startswith("sec-fetch-") for name in fields):
        return fields.get("sec-fetch-dest") == "document"
    return fields.get("upgrade-insecure-requests") == "1"

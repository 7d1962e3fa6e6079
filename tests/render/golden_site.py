"""A small site in all its bytes.

Run ``PYTHONPATH=tests python -m render.golden_site`` to write the golden files anew, and read the
difference before it is committed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from pathlib import Path

from render.factories import MORNING, a_document, a_feed, a_page, a_rich_document, a_site, an_entry

from feedpub import __version__
from feedpub.model import Archive, FeedDocument, Story
from feedpub.render import (
    FORMATS,
    render,
    render_opml,
    render_page,
    render_sitemap,
    render_sitemap_index,
    static_resources,
)

OCTOBER = dt.date(2024, 10, 1)
GOLDEN = Path(__file__).parent / "golden"


def resources() -> dict[str, bytes]:
    """Render every kind of document: a rich feed, an empty one, each page, the stylesheet."""
    rich = a_rich_document()
    empty = a_document(feed=a_feed(name="empty"))
    feeds = (rich.feed, empty.feed)
    entry = rich.entries[0]
    rendered = [render(document, name) for document in (rich, empty) for name in FORMATS]
    rendered += [render(document, name) for document in _history() for name in FORMATS]
    rendered += [
        render_page(a_page(*rich.entries, feeds=feeds)),
        render_page(a_page(path="feeds/index.html", template="feeds", feeds=feeds)),
        render_page(a_page(*rich.entries, path="feeds/news/index.html", template="feed", feeds=feeds)),
        render_page(a_page(entry, path="2024/10/21/story-0/index.html", template="entry", feeds=feeds)),
        render_page(
            a_page(
                entry,
                path="2024/10/21/story-0/bulletin/index.html",
                template="bulletin",
                feeds=feeds,
                stories=(Story(lead=entry, others=rich.entries[1:]),),
            )
        ),
        render_page(
            a_page(
                path="2024/10/20/gone/index.html",
                template="gone",
                feeds=feeds,
                withdrawn=MORNING,
                reason="5 < 6 was wrong.",
            )
        ),
        render_page(
            a_page(
                *rich.entries,
                path="2024/10/index.html",
                template="month",
                feeds=feeds,
                months=(OCTOBER,),
                older="2024/10/page-1/",
                newer="2024/11/",
            )
        ),
        render_page(a_page(path="archive/index.html", template="archive", feeds=feeds, months=(OCTOBER,))),
        render_opml(rich.site, feeds, pages=True),
        render_sitemap("sitemap-2024-10.xml", [(entry.url, entry.updated), (rich.site.url, None)]),
        render_sitemap_index("sitemap.xml", [rich.site.url + "sitemap-2024-10.xml"]),
        render_page(a_page(path="he/index.html", feeds=(), site=a_site(language="he"))),
    ]
    return {resource.path: resource.content for resource in (*rendered, *static_resources())}


def _history() -> tuple[FeedDocument, ...]:
    """Make a live document, and the archives that it leads back to (RFC 5005; next_url of JSON Feed)."""
    feed = a_feed(name="history")
    oldest, newest = (Archive(number=number, name=f"00000{number}-5b1d0c9e7f3a") for number in (1, 2))
    return (
        a_document(an_entry(0), feed=feed, older=newest),
        a_document(an_entry(1), feed=feed, archive=newest, older=oldest),
        a_document(an_entry(2), an_entry(3), feed=feed, archive=oldest, newer=newest),
    )


def without_version(content: bytes) -> bytes:
    """Hide the version, so that a release changes no golden file."""
    version = __version__.encode()
    return content.replace(b"feedpub " + version, b"feedpub VERSION").replace(
        b'generator version="' + version, b'generator version="VERSION'
    )


def write() -> None:
    """Write the golden files anew."""
    for path, content in resources().items():
        target = GOLDEN / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(without_version(content))


def digest() -> str:
    """Sum up every byte of the site."""
    parts = [f"{path} {hashlib.sha256(content).hexdigest()}" for path, content in resources().items()]
    return "\n".join(parts)


if __name__ == "__main__":
    if sys.argv[1:] == ["--digest"]:
        print(digest())
    else:
        write()

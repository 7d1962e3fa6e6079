"""One entry as a feed shows it: plain text becomes HTML, paths become addresses."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from feedpub.compose.addresses import uri
from feedpub.model import Entry, FeedEntry, Site, State

_SUMMARY_LENGTH = 300  # characters: about two sentences, what readers show under a headline
_BLANKS = re.compile(r"[ \t\r\n]+")  # not every Unicode space: a no-break space is the author's wish
_JOINER = "\u200d"


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Order what is published as every document lists it, whatever order it came in.

    Entries of one instant stay in the order of their bulletin; the id settles what is left.
    Scheduled and withdrawn entries are left out here, so that no document can show them.
    """
    published = (entry for entry in entries if entry.state is State.PUBLISHED)
    return sorted(published, key=lambda entry: (-entry.published.timestamp(), entry.position, entry.id))


def feed_entry(entry: Entry, site: Site, *, full_content: bool) -> FeedEntry:
    """Show an entry as subscribers get it: its text as HTML, or its summary alone."""
    return FeedEntry(
        id=entry.id,
        title=entry.title,
        url=_url(entry, site),
        published=entry.published,
        updated=entry.updated,
        summary=_summary(entry.paragraphs),
        content_html=_content(entry.paragraphs) if full_content else None,
        language=entry.language or site.language,
        author=entry.author,
        categories=_categories(entry.categories),
    )


def _url(entry: Entry, site: Site) -> str:
    """Choose the author's own address for the story, else that of its page."""
    page = uri(site.url + entry.permalink)
    if entry.link is None:
        return page
    try:
        return uri(entry.link)
    except ValueError:
        return page  # no reader could open the link, and one mistyped address must not cost the feed


def _content(paragraphs: Iterable[str]) -> str:
    """Write paragraphs as HTML, escaped once."""
    return "\n".join(f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs if text.strip())


def _summary(paragraphs: Iterable[str]) -> str:
    """Take the first paragraph, on one line and cut at a word."""
    first = next((text for text in paragraphs if text.strip()), "")
    return _cut(_BLANKS.sub(" ", first).strip(), _SUMMARY_LENGTH)


def _cut(text: str, length: int) -> str:
    """Cut text to `length` characters and an ellipsis; at a word where it has words."""
    if len(text) <= length:
        return text
    end = text.rfind(" ", length // 2, length + 1)
    if end < 0:  # Chinese, Japanese, Thai: no spaces, yet no letter may lose its marks
        end = length
        while end > length // 2 and _joins(text, end):
            end -= 1
    return text[:end].rstrip() + "…"


def _joins(text: str, place: int) -> bool:
    """Tell whether the character at `place` is one sign with what stands before it."""
    return unicodedata.category(text[place]).startswith("M") or _JOINER in text[place - 1 : place + 1]


def _categories(names: Iterable[str]) -> tuple[str, ...]:
    """Drop blank and repeated names: Atom refuses an empty term (RFC 4287 section 4.2.2.1)."""
    lines = (_BLANKS.sub(" ", name).strip() for name in names)
    return tuple(dict.fromkeys(line for line in lines if line))

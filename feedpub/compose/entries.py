"""One entry as a feed shows it: plain text becomes HTML, paths become addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from feedpub.compose.addresses import uri
from feedpub.compose.escaping import escaped
from feedpub.compose.phrases import phrases
from feedpub.languages import as_tag
from feedpub.model import Correction, Enclosure, Entry, FeedEntry, Site, State

_SUMMARY_LENGTH = 300  # characters: about two sentences, what readers show under a headline
REMEMBERED_LENGTH = 8_000  # characters of the longest entry that is remembered as it is shown: 20 MB in all
_BLANKS = re.compile(r"[ \t\r\n]+")  # not every Unicode space: a no-break space is the author's wish
_JOINER = "\u200d"


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Order what is published as every document lists it, whatever order it came in.

    Entries of one instant stay in the order of their bulletin; the id settles what is left.
    Scheduled and withdrawn entries are left out here, so that no document can show them.
    """
    published = (entry for entry in entries if entry.state is State.PUBLISHED)
    return sorted(published, key=age)


def age(entry: Entry) -> tuple[float, int, str]:
    """Return what entries are ordered by, the newest first."""
    return -entry.published.timestamp(), entry.position, entry.id


def feed_entry(entry: Entry, site: Site, *, full_content: bool) -> FeedEntry:
    """Show an entry as subscribers get it: its text as HTML, or its summary alone."""
    if sum(map(len, entry.paragraphs)) + len(entry.content_html or "") > REMEMBERED_LENGTH:
        return _shown(entry, site, full_content)
    return _remembered(entry, site, full_content)


def _shown(entry: Entry, site: Site, full_content: bool) -> FeedEntry:
    enclosures = tuple(_enclosures(entry, site))
    image = _openable(_absolute(entry.image, site))
    return FeedEntry(
        id=entry.id,
        title=entry.title,
        url=_url(entry, site),
        published=entry.published,
        updated=entry.updated,
        summary=_summary(entry.paragraphs),
        content_html=content(entry, site) if full_content else None,
        language=_language(entry.language) or site.language,
        author=entry.author,
        categories=_categories(entry.categories),
        image=image,
        picture=next((file for file in enclosures if file.url == image), None),
        enclosures=enclosures,
    )


# A publication shows some three hundred entries, on pages and in feeds, of which it changes a handful.
_remembered = lru_cache(1024)(_shown)


def _enclosures(entry: Entry, site: Site) -> Iterator[Enclosure]:
    for file in entry.enclosures:
        if (url := _openable(_absolute(file.url, site))) is not None:
            yield replace(file, url=url, thumbnail=_openable(_absolute(file.thumbnail, site)))


def _absolute(address: str | None, site: Site) -> str | None:
    """Return the address of a file; what came with its bulletin lies in the site's own folder."""
    return address if address is None or "://" in address else site.url + address


def page_address(entry: Entry, site: Site) -> str:
    """Return the address of the page of an entry."""
    return uri(entry.address or site.url + entry.permalink)


def _url(entry: Entry, site: Site) -> str:
    """Choose the author's own address for the story, else that of its page."""
    return _openable(entry.link) or page_address(entry, site)


def _openable(address: str | None) -> str | None:
    """Return an address as a URI, None where there is none or no reader could open it.

    One mistyped address must not cost the feed.
    """
    try:
        return uri(address) if address else None
    except ValueError:
        return None


def _language(name: str | None) -> str | None:
    """Return a language as a tag, None where it is none: adopted feeds say en_US, and worse."""
    return as_tag(name.replace("_", "-")) if name else None


def content(entry: Entry, site: Site) -> str:
    """Write the text and its corrections as HTML, escaped once; that of an adopted entry is HTML already."""
    words = phrases(entry.language or site.language).correction
    notes = [_note(correction, words) for correction in entry.corrections]
    if entry.content_html is not None:
        return "\n".join((entry.content_html, *notes))
    texts = (f"<p>{escaped(text)}</p>" for text in entry.paragraphs if text.strip())
    return "\n".join((*texts, *notes))


def _note(correction: Correction, words: str) -> str:
    day = correction.on.isoformat()
    label = words.format(f'<time datetime="{day}">{day}</time>')
    return f'<p class="correction"><strong>{label}</strong> {escaped(correction.text)}</p>'


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

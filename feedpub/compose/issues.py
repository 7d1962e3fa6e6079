"""Whole bulletins as entries: the lead in full, the teasers as a list that links to their pages."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from feedpub.compose.addresses import with_parameters
from feedpub.compose.entries import content, feed_entry
from feedpub.compose.escaping import escaped
from feedpub.model import Entry, Feed, FeedEntry, Role, Site

BULLETIN = "bulletin/"  # where the page of a bulletin stands, below that of the story by which it is known

# As reconcile mints them.
_OWN_ID = re.compile(r"tag:[^,]+,[0-9]{4}-[0-9]{2}-[0-9]{2}:[a-z0-9-]+-[0-9a-f]{8}")


def bulletin_id(known_by: str) -> str:
    """Return the id of the bulletin that is known by the story with this id.

    Of what was adopted it is the same: so its readers know it, and it never told other stories.
    """
    return f"{known_by}/bulletin" if _OWN_ID.fullmatch(known_by) else known_by


def bulletin_path(known_by: Entry) -> str | None:
    """Return where the page of a bulletin stands, under site.url; None of what has its page elsewhere."""
    return None if known_by.address else f"{known_by.permalink}{BULLETIN}"


def as_bulletin(known_by: Entry, stories: Sequence[Entry], feed: Feed, site: Site) -> Entry:
    """Return as one entry what a bulletin tells in `stories`, in their order; `known_by` is one of them."""
    lead = lead_of(known_by, stories)
    others = [story for story in stories if story.id != lead.id]
    enclosures = {file.url: file for story in (lead, *others) for file in story.enclosures}
    return replace(
        lead,
        id=known_by.id,
        position=known_by.position,
        permalink=bulletin_path(known_by) or known_by.permalink,
        published=known_by.published,
        updated=max((known_by.renewed or known_by.published, *(story.updated for story in stories))),
        issued=None,
        version=1,
        restored=known_by.restored,
        link=known_by.link if known_by.address else None,
        address=known_by.address,
        categories=tuple(dict.fromkeys(name for story in (lead, *others) for name in story.categories)),
        corrections=(),
        content_html="\n".join((content(lead, site), *_listed(others, feed, site))),
        enclosures=tuple(enclosures.values()),
    )


def lead_of(known_by: Entry, stories: Sequence[Entry]) -> Entry:
    """Return the lead of a bulletin."""
    return next((story for story in stories if story.role is Role.LEAD), known_by)


def _listed(others: Sequence[Entry], feed: Feed, site: Site) -> list[str]:
    """Write the stories after the lead as a list, if there are any."""
    if not others:
        return []
    items = (_item(feed_entry(other, site, full_content=False), feed) for other in others)
    return ["<ul>", *items, "</ul>"]


def _item(shown: FeedEntry, feed: Feed) -> str:
    url = html.escape(with_parameters(shown.url, feed.link_parameters))
    text = f"<br>{escaped(shown.summary)}" if shown.summary else ""
    return f'<li><a href="{url}">{escaped(shown.title)}</a>{text}</li>'

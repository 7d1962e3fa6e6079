"""Entries into documents: choose, order, cut and shape; pure functions from values to values."""

from __future__ import annotations

from feedpub.compose.addresses import with_uri
from feedpub.compose.entries import feed_entry
from feedpub.compose.feeds import MAX_TOMBSTONES, feed_document, feeds_of
from feedpub.compose.history import archive_document, leaving, new_archive, overflowing
from feedpub.compose.issues import BULLETIN, as_bulletin, bulletin_path
from feedpub.compose.making import language_of, make_feed, value_in
from feedpub.compose.pages import (
    FEED_PAGE_ENTRIES,
    HOME_ENTRIES,
    archive_page,
    bulletin_page,
    entry_page,
    feed_page,
    feeds_page,
    gone_page,
    home_page,
    month_page,
    topic_page,
    topics_page,
)

__all__ = [
    "BULLETIN",
    "FEED_PAGE_ENTRIES",
    "HOME_ENTRIES",
    "MAX_TOMBSTONES",
    "archive_document",
    "archive_page",
    "as_bulletin",
    "bulletin_page",
    "bulletin_path",
    "entry_page",
    "feed_document",
    "feed_entry",
    "feed_page",
    "feeds_of",
    "feeds_page",
    "gone_page",
    "home_page",
    "language_of",
    "leaving",
    "make_feed",
    "month_page",
    "new_archive",
    "overflowing",
    "topic_page",
    "topics_page",
    "value_in",
    "with_uri",
]

"""Entries into documents: choose, order, cut and shape; pure functions from values to values."""

from __future__ import annotations

from feedpub.compose.entries import feed_entry
from feedpub.compose.feeds import feed_document, feeds_of
from feedpub.compose.pages import HOME_ENTRIES, entry_page, feeds_page, home_page

__all__ = ["HOME_ENTRIES", "entry_page", "feed_document", "feed_entry", "feeds_of", "feeds_page", "home_page"]

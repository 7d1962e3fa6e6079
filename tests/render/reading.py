"""Feeds as feedparser reads them, and the text that stands in HTML."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import feedparser

from feedpub.model import FeedDocument
from feedpub.render import FORMATS, render


def foreign(document: FeedDocument, format_: str, **options) -> feedparser.FeedParserDict:
    """Render a document and let feedparser read it as if it had come over HTTP."""
    resource = render(document, format_)
    headers = {"content-type": FORMATS[format_].media_type}
    return feedparser.parse(resource.content, response_headers=headers, **options)


def instant(parsed) -> dt.datetime:
    """Turn feedparser's struct_time, which is in UTC, into an instant."""
    return dt.datetime(*parsed[:6], tzinfo=dt.UTC)


class _Text(HTMLParser):
    """Collects what a person would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.parts.append(data)


def text_of(html: str | None) -> str:
    """Give the text that stands in HTML."""
    reader = _Text()
    reader.feed(html or "")
    reader.close()
    return "".join(reader.parts)

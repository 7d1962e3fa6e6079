"""Parsers as a careless stranger writes them."""

from __future__ import annotations

from feedpub.model import Bulletin, Hints, ParsedEntry, Role

NAME = "no function"


def trips(raw: bytes, hints: Hints) -> Bulletin:
    """Fall over."""
    raise ZeroDivisionError


def nothing(raw: bytes, hints: Hints) -> None:
    """Forget to return anything."""


def leaderless(raw: bytes, hints: Hints) -> Bulletin:
    """Give a teaser alone."""
    return Bulletin(entries=(ParsedEntry(role=Role.TEASER, title="Title"),))


def untitled(raw: bytes, hints: Hints) -> Bulletin:
    """Give a title of two lines."""
    return Bulletin(entries=(ParsedEntry(role=Role.LEAD, title="A\nB"),))


def unprintable(raw: bytes, hints: Hints) -> Bulletin:
    """Give a text that no feed can hold."""
    return Bulletin(entries=(ParsedEntry(role=Role.LEAD, title="Title", paragraphs=("a\x07b",)),))

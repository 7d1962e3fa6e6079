"""Feeds made from one entry of the configuration: one for each category, or each language, that occurs."""

from __future__ import annotations

from dataclasses import replace

from feedpub.languages import as_tag
from feedpub.model import Entry, Feed
from feedpub.slugs import topics_of


def names_made(pattern: Feed, entry: Entry) -> frozenset[str]:
    """Name the feeds of `pattern` for the categories or the language of an entry."""
    if pattern.placeholder == "category":
        found = frozenset(topics_of(entry.categories))
    else:
        tag = as_tag((entry.language or "").replace("_", "-")) or pattern.unnamed_language
        found = frozenset({tag.lower()})
    return frozenset(_filled(pattern, pattern.name, value) for value in found)


def value_in(pattern: Feed, name: str) -> str | None:
    """Return what stands in `name` in the place of the placeholder; None where it is no name of `pattern`."""
    before, after = pattern.name.split(f"{{{pattern.placeholder}}}")
    value = name[len(before) : len(name) - len(after)]
    if not value or name != f"{before}{value}{after}":
        return None
    return value if pattern.placeholder == "category" or as_tag(value) else None


def language_of(value: str) -> str:
    """Return the tag of a language that stands in the name of a feed in lower case."""
    return as_tag(value) or value


def make_feed(pattern: Feed, value: str, *, called: str) -> Feed:
    """Make the feed of `pattern` for the slug of a category or a language, which readers know as `called`."""
    language = as_tag(value) if pattern.placeholder == "language" else None
    return replace(
        pattern,
        name=_filled(pattern, pattern.name, value),
        title=_filled(pattern, pattern.title, called),
        description=_filled(pattern, pattern.description, called),
        language=language or pattern.language,
    )


def _filled(pattern: Feed, text: str, value: str) -> str:
    return text.replace(f"{{{pattern.placeholder}}}", value)

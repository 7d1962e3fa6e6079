"""The feeds that are made from templates: when one begins, and what it is called for ever.

A feed begins with the first published entry that belongs there, and stays when that goes: who has subscribed
gets a valid feed without entries. It goes when the configuration no longer has its template.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from feedpub import compose
from feedpub.log import get_logger
from feedpub.model import Entry, Feed, Stale, topic_mark
from feedpub.pipeline.feeds import selection_note
from feedpub.pipeline.settings import Settings
from feedpub.slugs import topics_of
from feedpub.store import Store

log = get_logger("pipeline")

UNMADE = "feeds not made"  # the note that lists the templates that would have made more feeds than they may

_MADE = "made feeds"  # the note with the feeds: name → [template, value, what readers know it as]
_PATTERNS = "feed templates"  # the note with the names of the templates, of the last configuration


def with_made(settings: Settings, store: Store) -> Settings:
    """Return the settings with the feeds that were made from their templates, each template's by name."""
    if not settings.patterns:
        return settings
    known = sorted(_known(store).items())
    made = (
        compose.make_feed(pattern, value, called=called)
        for pattern in settings.patterns
        for _, (template, value, called) in known
        if template == pattern.name
    )
    return replace(settings, made=tuple(made))


def template_of(name: str, patterns: Iterable[Feed]) -> Feed | None:
    """Return the template that makes a feed of this name."""
    return _find(patterns, name)[0]


def remember(names: Iterable[str], entries: Iterable[Entry], settings: Settings, store: Store) -> None:
    """Note in a new store the feeds among `names` that templates made.

    `entries` are all that were published: a category is called as one of them spells it.
    """
    spelled = {slug: name for entry in entries for slug, name in topics_of(entry.categories).items()}
    made: dict[str, list[str]] = {}
    for name in names:
        pattern, value = _find(settings.patterns, name)
        if pattern:
            by_language = pattern.placeholder == "language"
            called = compose.language_of(value) if by_language else spelled.get(value, value)
            made[name] = [pattern.name, value, called]
    if made:
        store.note(_MADE, json.dumps(made, ensure_ascii=True))


def _find(patterns: Iterable[Feed], name: str) -> tuple[Feed | None, str]:
    """Return the template that makes a feed of this name, and what it makes it for."""
    found = ((pattern, compose.value_in(pattern, name)) for pattern in patterns)
    return next(((pattern, value) for pattern, value in found if value), (None, ""))


class Roster:
    """Keeps the list of the feeds that were made, in the store."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._patterns = {pattern.name: pattern for pattern in settings.patterns}
        self._store = store

    def begin(self, work: Iterable[Stale]) -> bool:
        """Make the feeds among the marks in `work` that are not there yet; return whether there were any."""
        return self._begin(stale.name for stale in work if stale.kind == "feed") if self._patterns else False

    def revise(self) -> None:
        """Hold the list against a configuration that may have changed."""
        former = (self._store.find_note(_PATTERNS) or "").split()
        if not (former or self._patterns):
            return
        for name in former:
            if name not in self._patterns:  # what comes meanwhile is not put into its feeds
                self._store.note(selection_note(name), "")
        known = _known(self._store)
        self._note({name: feed for name, feed in known.items() if feed[0] in self._patterns})
        self._store.note(_PATTERNS, "\n".join(self._patterns))
        self._begin(sorted(self._store.feed_sizes()))

    def _begin(self, names: Iterable[str]) -> bool:
        known = _known(self._store)
        counts = Counter(template for template, _, _ in known.values())
        new: dict[str, list[str]] = {}
        full: set[str] = set()
        for name in names:
            pattern, value = _find(self._patterns.values(), name)
            if name in known or not pattern or not self._store.window(name, 1):
                continue
            if counts[pattern.name] >= pattern.at_most:
                full.add(pattern.name)
                log.warning("feed not made", feed=name, reason=_reason(pattern))
                continue
            counts[pattern.name] += 1
            new[name] = [pattern.name, value, self._called(pattern, value)]
        self._warn(full)
        if new:
            self._note(known | new)
            self._store.mark(self._marks(new))
        return bool(new)

    def _called(self, pattern: Feed, value: str) -> str:
        if pattern.placeholder == "language":
            return compose.language_of(value)
        return next((each.name for each in self._store.categories() if each.slug == value), value)

    def _marks(self, new: Mapping[str, list[str]]) -> Iterable[Stale]:
        """Yield what shows the new feeds: their own pages, the page of all, that of the category."""
        yield Stale(kind="feeds")
        for name, (template, value, _) in new.items():
            yield from (Stale(kind="feed", name=name), Stale(kind="feed page", name=name))
            if self._patterns[template].placeholder == "category":
                yield topic_mark(value, None)

    def _warn(self, full: Iterable[str]) -> None:
        noted = (self._store.find_note(UNMADE) or "").split()
        still = [name for name in noted if name in self._patterns and self._is_full(name)]
        now = "\n".join(sorted({*still, *full}))
        if now != "\n".join(noted):
            self._store.note(UNMADE, now)

    def _is_full(self, template: str) -> bool:
        made = sum(1 for each, _, _ in _known(self._store).values() if each == template)
        return made >= self._patterns[template].at_most

    def _note(self, feeds: Mapping[str, list[str]]) -> None:
        text = json.dumps(feeds, ensure_ascii=True)
        if text != (self._store.find_note(_MADE) or "{}"):
            self._store.note(_MADE, text)


def _known(store: Store) -> dict[str, list[str]]:
    known: dict[str, list[str]] = json.loads(store.find_note(_MADE) or "{}")
    return known


def _reason(pattern: Feed) -> str:
    return f"{pattern.name!r} has made {pattern.at_most} feeds; raise its at_most in config.yaml for more"

"""Templates of feeds, ``topic-{category}``: what may stand in them, and which names they take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from feedpub.config.findings import Finding
from feedpub.languages import as_tag
from feedpub.plainyaml import Value

PLACEHOLDERS = ("{category}", "{language}")
_BRACES = re.compile(r"\{[^{}]*\}")
_TEXTS = ("title", "description")


def placeholder_of(name: str) -> str | None:
    """Return the placeholder in the name of a template, in its braces; None in that of a feed."""
    return next((each for each in PLACEHOLDERS if each in name), None)


def check(feeds: Value) -> list[Finding]:
    """Return what is wrong between names of feeds, and with the texts of templates.

    `feeds` is the unvalidated section: other mistakes in it must not hide these.
    """
    if not isinstance(feeds, dict):
        return []
    return [*_clashes(feeds), *(finding for name in feeds for finding in _in_texts(name, feeds[name]))]


def _clashes(feeds: Mapping[str, Value]) -> Iterator[Finding]:
    for one, other in combinations(feeds, 2):
        if _can_be_equal(one, other):
            yield Finding(
                path=("feeds", other),
                wrong=f"can have the name of a feed of {one!r}"
                if placeholder_of(one)
                else f"can make a feed called {one!r}",
                allowed="choose names that begin or end otherwise",
                about="key",
            )


def _can_be_equal(one: str, other: str) -> bool:
    """Tell whether some value in a placeholder makes both names the same."""
    if placeholder_of(one) and placeholder_of(other):
        (before, after), (start, end) = _around(one), _around(other)
        starting = before.startswith(start) or start.startswith(before)
        return starting and (after.endswith(end) or end.endswith(after))
    template, name = (one, other) if placeholder_of(one) else (other, one)
    if not placeholder_of(template):
        return False
    before, after = _around(template)
    value = name[len(before) : len(name) - len(after)]
    return name == f"{before}{value}{after}" and bool(
        as_tag(value) if placeholder_of(template) == "{language}" else value
    )


def _around(name: str) -> tuple[str, str]:
    before, _, after = name.partition(placeholder_of(name) or "")
    return before, after


def _in_texts(name: str, feed: Value) -> Iterator[Finding]:
    own = placeholder_of(name)
    if own is None or not isinstance(feed, dict):
        return
    for key in _TEXTS:
        text = feed.get(key)
        for found in _BRACES.findall(text) if isinstance(text, str) else ():
            if found != own:
                yield Finding(
                    path=("feeds", name, key),
                    wrong=f"holds {found}, which {name!r} does not",
                    allowed=f"{own} is replaced here",
                )
    if feed.get("moved_from"):
        yield Finding(
            path=("feeds", name, "moved_from"),
            wrong="cannot be said of many feeds at once",
            allowed="name the one that moved as a feed of its own",
        )

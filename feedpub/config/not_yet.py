"""Values of the interface that this version cannot act on yet.

Whoever builds one of them deletes its line here and widens its type in `fields`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from feedpub.config.findings import Finding
from feedpub.plainyaml import KeyPath, Value

_ANY = "*"  # any key


def _starts_with(scheme: str) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, str) and value.lower().startswith(scheme)


def _reissues_bulletins(feed: Value) -> bool:
    return isinstance(feed, dict) and (feed.get("shape"), feed.get("edits")) == ("bulletins", "reissue")


_NOT_YET: tuple[tuple[tuple[str, ...], Callable[[Value], bool], str, str], ...] = (
    (("store", "url"), _starts_with("postgres"), "PostgreSQL", "sqlite:///state/feedpub.db is"),
    (("input", "folder"), _starts_with("s3:"), "an s3:// folder", "a folder of this machine is"),
    (("output", "folder"), _starts_with("s3:"), "an s3:// folder", "a folder of this machine is"),
    (("feeds", _ANY), _reissues_bulletins, "'edits: reissue' for 'shape: bulletins'", "update, silent are"),
)


def check(value: Value) -> list[Finding]:
    """Return a finding for every value that would be right in a later version."""
    return [
        Finding(path=path, wrong=f"{what} is not available in this version", allowed=instead)
        for pattern, is_not_yet, what, instead in _NOT_YET
        for path, found in _matches(value, pattern)
        if is_not_yet(found)
    ]


def _matches(value: Value, pattern: tuple[str, ...], path: KeyPath = ()) -> Iterator[tuple[KeyPath, Value]]:
    if not pattern:
        yield path, value
    elif isinstance(value, dict):
        for key in value if pattern[0] == _ANY else value.keys() & {pattern[0]}:
            yield from _matches(value[key], pattern[1:], (*path, key))

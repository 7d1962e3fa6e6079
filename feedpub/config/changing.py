"""Two configurations held against each other: what changed, and what of it can be in force at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel

from feedpub.config.models import Config

_Section = TypeVar("_Section", bound=BaseModel)

# What is open while feedpub runs: folders, files and addresses stay those it was started with.
FIXED = (
    "input.folder",
    "output.folder",
    "store.url",
    "store.media",
    "server.host",
    "server.port",
    "server.access_log",
    "admin.host",
    "admin.port",
    "stats.folder",
)


def differences(one: Config, other: Config) -> tuple[str, ...]:
    """Return the dotted keys whose values differ, in the order of the configuration."""
    return tuple(_differences(one, other, ""))


def changed_while_running(running: Config, wanted: Config) -> tuple[Config, tuple[str, ...]]:
    """Return what can be in force of `wanted` while `running` is, and the keys that wait for a restart."""
    waiting = tuple(key for key in differences(running, wanted) if key in FIXED)
    possible = wanted
    for key in waiting:
        possible = _with(possible, running, key.split("."))
    return possible, waiting


def _differences(one: object, other: object, key: str) -> Iterator[str]:
    if one == other:
        return
    ours, theirs = _members(one), _members(other)
    if ours is None or theirs is None:
        yield key
        return
    for name in (*ours, *(name for name in theirs if name not in ours)):
        path = f"{key}.{name}" if key else name
        if name in ours and name in theirs:
            yield from _differences(ours[name], theirs[name], path)
        else:
            yield path


def _members(value: object) -> dict[str, object] | None:
    """Return what stands below a section or a mapping; None for any other value."""
    if isinstance(value, BaseModel):
        return dict(value)
    return value if isinstance(value, dict) else None


def _with(wanted: _Section, running: _Section, path: list[str]) -> _Section:
    """Return `wanted` with the value that `running` has at `path`."""
    name, *rest = path
    value = getattr(running, name)
    if rest:
        value = _with(getattr(wanted, name), value, rest)
    return wanted.model_copy(update={name: value})

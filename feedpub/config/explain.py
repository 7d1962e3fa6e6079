"""pydantic's errors as findings: which path, what is wrong, what would be right."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from feedpub.config.findings import Finding, WrongError, dotted, find_nearest
from feedpub.config.models import schema

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from feedpub.plainyaml import KeyPath

_SHAPES = {
    "tuple_type": ("a list", "write [first, second]"),
    "model_type": ("a mapping", "write its keys below it, indented"),
    "dict_type": ("a mapping", "write its keys below it, indented"),
}

_schema = functools.cache(schema)


def explain(error: ValidationError) -> list[Finding]:
    """Return a finding for every error."""
    return [_finding(detail) for detail in error.errors(include_url=False) if not _is_echo(detail)]


def _is_echo(detail: ErrorDetails) -> bool:
    """Tell whether a list is called too short only because what is in it is wrong."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _finding(detail: ErrorDetails) -> Finding:
    path, kind = detail["loc"], detail["type"]
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "missing":
        wanted = _members(path[:-1])[str(path[-1])]["description"]
        return Finding(path=path, wrong="is missing", allowed=wanted, about="key")
    if kind == "value_error":
        return _wrong_value(path, detail["ctx"]["error"])
    if kind in _SHAPES:
        noun, allowed = _SHAPES[kind]
        empty = detail["input"] is None
        return Finding(path=path, wrong="is empty" if empty else f"is not {noun}", allowed=allowed)
    if kind == "too_short":
        return Finding(path=path, wrong="is empty", allowed="at least one is needed")
    return Finding(path=path, wrong=detail["msg"])


def _wrong_value(path: KeyPath, error: WrongError) -> Finding:
    # pydantic ends the path of a wrong key so; no value is at such a path, since keys are not values.
    about_key = path[-1] == "[key]"
    return Finding(
        path=path[:-1] if about_key else (*path, *error.at),
        wrong=error.wrong,
        allowed=error.allowed,
        about="key" if about_key else "value",
    )


def _unknown_key(path: KeyPath) -> Finding:
    key = str(path[-1])
    known = _members(path[:-1])
    if elsewhere := _find_elsewhere(key):
        allowed = f"did you mean {elsewhere!r}?"
    elif near := find_nearest(key, known):
        allowed = f"did you mean {near!r}?"
    else:
        allowed = f"known here are {', '.join(known)}"
    return Finding(path=path, wrong="is not a known key", allowed=allowed, about="key")


def _find_elsewhere(key: str) -> str | None:
    """Return the place of a key that was written, right, in the wrong section."""
    for section in _members(()):
        if section != "feeds" and key in _members((section,)):
            return dotted((section, key))
    return None


def _members(path: KeyPath) -> dict[str, Any]:
    """Return the schemas of the keys that the mapping at `path` may have."""
    node = _schema()
    for part in path:
        node = _resolve(node)
        # Keys are either named, or of any name and their values alike.
        node = (
            node["properties"][part]
            if "properties" in node
            else next(iter(node["patternProperties"].values()))
        )
    members: dict[str, Any] = _resolve(node)["properties"]
    return members


def _resolve(node: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference, also that of a mapping that may be left out."""
    for choice in (node, *node.get("anyOf", ())):
        if "$ref" in choice:
            definition: dict[str, Any] = _schema()["$defs"][choice["$ref"].rpartition("/")[2]]
            return definition
    return node

"""Folders that must stay apart: what is published must not be taken in, nor what is remembered published."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from feedpub.config.findings import Finding
from feedpub.config.models import InputConfig, OutputConfig, StatsConfig, StoreConfig
from feedpub.plainyaml import Value

_WithPlace = type[InputConfig] | type[OutputConfig] | type[StoreConfig] | type[StatsConfig]


def check(value: dict[str, Value], *, base: Path) -> list[Finding]:
    """Return a finding for every two places that contain one another.

    `value` is the unvalidated document: other mistakes in it must not hide these. A place that is itself
    wrong is left out.
    """
    inbox = _find_place(InputConfig, value.get("input"), key="folder", base=base)
    output = _find_place(OutputConfig, value.get("output"), key="folder", base=base)
    store = _find_place(StoreConfig, value.get("store"), key="url", base=base)
    findings = []
    if _holds(inbox, output):
        findings.append(
            _finding("output", "folder", "input.folder", "feedpub would take in what it publishes")
        )
    elif _holds(output, inbox):
        findings.append(
            _finding("input", "folder", "output.folder", "bulletins would be published as they are")
        )
    if _holds(output, store):
        findings.append(_finding("store", "url", "output.folder", "anybody could download it"))
    if _holds(output, _find_place(StatsConfig, value.get("stats"), key="folder", base=base)):
        findings.append(_finding("stats", "folder", "output.folder", "anybody could download it"))
    if _holds(inbox, store):
        findings.append(_finding("store", "url", "input.folder", "feedpub would watch its own changes"))
    return findings


def _finding(section: str, key: str, outer: str, why: str) -> Finding:
    return Finding(path=(section, key), wrong=f"lies in {outer}", allowed=f"{why}, so keep them apart")


def _holds(outer: Path | None, inner: Path | None) -> bool:
    return outer is not None and inner is not None and inner.is_relative_to(outer)


def _find_place(section: _WithPlace, value: Value, *, key: str, base: Path) -> Path | None:
    """Return where a section's folder or file is, links followed, or None when that cannot be said."""
    if not isinstance(value, dict | None):
        return None
    given = {key: value[key]} if value and key in value else {}
    try:
        valid = section.model_validate(given, context=base)
        return (valid.path if isinstance(valid, StoreConfig) else valid.folder).resolve()
    except (ValidationError, OSError, RuntimeError):  # RuntimeError: links that lead in a circle
        return None

"""``feedpub parse``: bytes from anywhere, understood and written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin, Explanation, Hints
from feedpub.parse import PARSERS, Parser, explain, parse


def parse_file(path: Path, hints: Hints) -> Bulletin:
    """Parse the file at `path`; raises BulletinError."""
    return parse(_read(path), hints, plugins=_plugins(path))


def explain_file(path: Path, hints: Hints) -> Explanation:
    """Parse the file at `path` and tell what each line was taken for and why; raises BulletinError."""
    return explain(_read(path), hints, plugins=_plugins(path))


def _plugins(path: Path) -> Mapping[str, Parser] | None:
    """Look for plugins where the format is not one of feedpub's own: to ask all packages takes a while."""
    if path.suffix.lower() in PARSERS:
        return None
    from feedpub import plugins  # noqa: PLC0415  rarely needed

    return plugins.installed().parsers


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BulletinError(str(path), f"it cannot be read: {error.strerror}") from error


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """Return a bulletin and its lines as ``feedpub parse --json --explain`` prints them."""
    lines = [
        {
            "line": reading.line,
            "text": reading.text,
            "kind": reading.kind,
            "role": reading.role,
            "runner_up": reading.runner_up,
            "reasons": list(reading.reasons),
            "confidence": round(reading.confidence, 3),
        }
        for reading in explanation.lines
    ]
    return {**bulletin_json(explanation.bulletin), "lines": lines}


def bulletin_json(bulletin: Bulletin) -> dict[str, Any]:
    """Return a bulletin as ``feedpub parse --json`` prints it."""
    return {
        "date": bulletin.date.isoformat() if bulletin.date else None,
        "time": f"{bulletin.time:%H:%M}" if bulletin.time else None,
        "language": bulletin.language,
        "author": bulletin.author,
        "source": bulletin.source,
        "entries": [
            {
                "role": str(entry.role),
                "title": entry.title,
                "paragraphs": list(entry.paragraphs),
                "time": f"{entry.time:%H:%M}" if entry.time else None,
                "link": entry.link,
                "image": entry.image,
                "enclosures": [
                    {"url": file.url, "type": file.type, "length": file.length} for file in entry.enclosures
                ],
                "files": [named.file for named in entry.files],
                "corrections": list(entry.corrections),
            }
            for entry in bulletin.entries
        ],
        "confidence": round(bulletin.confidence, 3),
        "warnings": [{"line": warning.line, "message": warning.message} for warning in bulletin.warnings],
    }


def explanation_html(explanation: Explanation, *, title: str) -> str:
    """Return an HTML page on how a bulletin was read."""
    from feedpub.render import render_explanation  # noqa: PLC0415  Jinja2 is slow to import, and rarely needed

    return render_explanation(explanation, title=title)

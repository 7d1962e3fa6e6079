"""``feedpub parse``: bytes from anywhere, understood and written as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin, Hints
from feedpub.parse import parse


def parse_file(path: Path, hints: Hints) -> Bulletin:
    """Parse the file at `path`; raises BulletinError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BulletinError(str(path), f"it cannot be read: {error.strerror}") from error
    return parse(raw, hints)


def bulletin_json(bulletin: Bulletin) -> dict[str, Any]:
    """Return a bulletin as ``feedpub parse --json`` prints it."""
    return {
        "date": bulletin.date.isoformat() if bulletin.date else None,
        "time": f"{bulletin.time:%H:%M}" if bulletin.time else None,
        "language": bulletin.language,
        "entries": [
            {
                "role": str(entry.role),
                "title": entry.title,
                "paragraphs": list(entry.paragraphs),
                "time": f"{entry.time:%H:%M}" if entry.time else None,
                "link": entry.link,
            }
            for entry in bulletin.entries
        ],
        "confidence": round(bulletin.confidence, 3),
        "warnings": [{"line": warning.line, "message": warning.message} for warning in bulletin.warnings],
    }

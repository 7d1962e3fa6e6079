"""Front matter: YAML between two `---` lines at the top of a bulletin."""

from __future__ import annotations

import datetime as dt
import re

from feedpub import plainyaml
from feedpub.exceptions import BulletinError
from feedpub.parse import dates, enclosures
from feedpub.parse.enclosures import Complaint
from feedpub.parse.source import Matter

FENCE = "---"
KEYS = (
    "title", "date", "publish_at", "language", "author", "categories", "link", "slug", "image", "enclosure",
    "correction", "draft",
)  # fmt: skip
MAX_CHARACTERS = 65_536
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


def take(text: str, name: str) -> tuple[Matter, str]:
    """Split a text into its front matter and the rest, whose line numbers stay.

    Raises BulletinError, with the line, for YAML or values that cannot be read.
    """
    if not text.startswith(FENCE):
        return Matter(), text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != FENCE or FENCE not in (line.rstrip() for line in lines[1:]):
        return Matter(), text
    end = next(place for place, line in enumerate(lines) if place and line.rstrip() == FENCE)
    matter = _read("\n".join(lines[1:end]), name)
    return matter, "\n".join([""] * (end + 1) + lines[end + 1 :])


def _read(source: str, name: str) -> Matter:
    try:
        document = plainyaml.load(source, max_bytes=MAX_CHARACTERS)
    except plainyaml.YamlError as error:
        reason = f"front matter: {error.message}"
        raise BulletinError(name, reason, line=error.line + 1, expected="expected plain YAML") from error
    found = document.value if document.value is not None else {}
    if not isinstance(found, dict):
        expected = f"expected keys and values; the keys are {', '.join(KEYS)}"
        raise BulletinError(name, "front matter is not a mapping", line=2, expected=expected)
    complaint = _Complaint(name, document)

    for key in found:
        if key not in KEYS:
            raise complaint(key, f"the keys are {', '.join(KEYS)}")
    return _matter({key: value for key, value in found.items() if value is not None}, complaint)


class _Complaint:
    """Tells the author which value of the front matter of a bulletin cannot be used."""

    def __init__(self, name: str, document: plainyaml.Document) -> None:
        self._name = name
        self._document = document

    def __call__(self, key: str, expected: str, *, path: plainyaml.KeyPath = ()) -> BulletinError:
        """Return the error."""
        line = self.line(path) if path else self._document.key_position((key,))[0] + 1
        reason = f"front matter: {key!r} cannot be used"
        return BulletinError(self._name, reason, line=line, expected=expected)

    def line(self, path: plainyaml.KeyPath) -> int:
        """Return the line, from 1, on which the value at `path` stands."""
        return self._document.position(path)[0] + 1


def _matter(found: dict[str, plainyaml.Value], complaint: Complaint) -> Matter:
    day = _date(found, complaint)
    return Matter(
        title=_text(found, "title", complaint),
        date=day,
        publish_at=_moment(found, complaint),
        language=_matching(
            found, "language", _LANGUAGE, "expected a language tag such as de or pt-BR", complaint
        ),
        author=_text(found, "author", complaint),
        categories=_categories(found, complaint),
        link=_matching(found, "link", _ADDRESS, "expected an address that begins with http", complaint),
        slug=_matching(
            found, "slug", _SLUG, "expected at most 60 of a-z, 0-9 and single hyphens between them", complaint
        ),
        image=enclosures.image(found),
        enclosures=enclosures.enclosures(found, complaint),
        files=enclosures.files(found, complaint),
        corrections=_corrections(found, complaint),
        draft=_truth(found, complaint),
    )


def _text(found: dict[str, plainyaml.Value], key: str, complaint: Complaint) -> str | None:
    value = found.get(key)
    if value is not None and not isinstance(value, str):
        raise complaint(key, "expected one text")
    return _line(value, key, complaint) or None if value else None


def _line(value: str, key: str, complaint: Complaint) -> str:
    """Return a text on one line; an escape of YAML may have put anything into it."""
    if illegal := plainyaml.find_illegal(value):
        raise complaint(key, f"expected it without the character U+{ord(illegal):04X}")
    return " ".join(value.split())


def _matching(
    found: dict[str, plainyaml.Value], key: str, form: re.Pattern[str], expected: str, complaint: Complaint
) -> str | None:
    value = _text(found, key, complaint)
    if value is not None and not form.fullmatch(value):
        raise complaint(key, expected)
    return value


def _date(found: dict[str, plainyaml.Value], complaint: Complaint) -> dt.date | None:
    value = _text(found, "date", complaint)
    if value is None:
        return None
    try:
        header = dates.header(value, None)
    except dates.ImpossibleDateError as error:
        raise complaint("date", str(error)) from error
    if header is None or header.date is None or header.rest:
        raise complaint("date", "expected a date such as 2024-10-21")
    return header.date


def _moment(found: dict[str, plainyaml.Value], complaint: Complaint) -> dt.datetime | None:
    value = _text(found, "publish_at", complaint)
    if value is None:
        return None
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise complaint("publish_at", "expected a moment such as 2024-10-21T18:00") from error


def _categories(found: dict[str, plainyaml.Value], complaint: Complaint) -> tuple[str, ...]:
    value = found.get("categories", [])
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise complaint("categories", "expected a list of names")
    lines = (_line(name, "categories", complaint) for name in names if isinstance(name, str))
    return tuple(line for line in lines if line)


def _corrections(found: dict[str, plainyaml.Value], complaint: Complaint) -> tuple[str, ...]:
    value = found.get("correction", [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise complaint("correction", "expected a text or a list of texts")
    lines = (_line(text, "correction", complaint) for text in texts if isinstance(text, str))
    return tuple(line for line in lines if line)


def _truth(found: dict[str, plainyaml.Value], complaint: Complaint) -> bool:
    value = found.get("draft", "false")
    if value not in {"true", "false"}:
        raise complaint("draft", "expected true or false")
    return value == "true"

"""Compare a parsed bulletin with a labelled case, by the conventions in tests/bulletins.

Texts are compared after Unicode and white-space normalisation. A title or paragraph may keep decoration
that the case
lists beside it; optional lines may stand among the paragraphs or be left out; an entry without a title
may have none
or one made of the start of its first paragraph.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedpub.model import Bulletin, Hints, ParsedEntry
from feedpub.parse import parse

CASES = Path(__file__).parent.parent / "bulletins" / "cases"
ASIDE = CASES.with_name("aside")  # nothing is ever fitted to these
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFE0F, 0xFEFF]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How one case came out."""

    name: str
    family: str
    exact: bool
    dated: bool
    confidence: float


def all_cases(folder: Path = CASES) -> list[str]:
    """Return the names of the labelled cases."""
    return sorted(path.stem for path in folder.glob("*.json"))


def scored(name: str, folder: Path = CASES) -> Scored:
    """Parse one labelled case and compare."""
    case = json.loads((folder / f"{name}.json").read_text("utf-8"))
    bulletin = parse((folder / f"{name}.txt").read_bytes(), Hints(name="bulletin.txt"))
    days = {case["date"], *(other["date"] for other in case.get("alternatives", ()) if "date" in other)}
    return Scored(
        name=name,
        family=case["family"],
        exact=any(_same(entries, bulletin, case) for entries in _readings(case)),
        dated=(bulletin.date.isoformat() if bulletin.date else None) in days,
        confidence=bulletin.confidence,
    )


def plain(text: str) -> str:
    """Normalise a text as the comparison does."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def _readings(case: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [
        case["entries"],
        *(other["entries"] for other in case.get("alternatives", ()) if "entries" in other),
    ]


def _same(expected: list[dict[str, Any]], bulletin: Bulletin, case: dict[str, Any]) -> bool:
    optional = {plain(line) for line in case.get("optional_lines", ())}
    return len(expected) == len(bulletin.entries) and all(
        want["role"] == got.role and _same_entry(want, got, optional)
        for want, got in zip(expected, bulletin.entries, strict=True)
    )


def _same_entry(want: dict[str, Any], got: ParsedEntry, optional: set[str]) -> bool:
    others = [plain(other) for other in want.get("paragraph_alt", ())]
    paragraphs = [plain(paragraph) for paragraph in want["paragraphs"]]
    if want.get("untitled"):
        return _begins(plain(got.title), [*paragraphs[:1], *others]) and _same_texts(
            paragraphs, got, others, optional
        )
    titles = [plain(other) for other in want.get("title_alt", ())]
    return _alike(plain(want["title"]), plain(got.title), titles) and _same_texts(
        paragraphs, got, others, optional
    )


def _begins(title: str, texts: list[str]) -> bool:
    return any(text.startswith(title.rstrip("…. ")) for text in texts)


def _same_texts(want: list[str], got: ParsedEntry, others: list[str], optional: set[str]) -> bool:
    has = [text for paragraph in got.paragraphs if (text := plain(paragraph)) in want or text not in optional]
    needs = [text for text in want if text in has or text not in optional]
    return len(needs) == len(has) and all(
        _alike(one, two, others) for one, two in zip(needs, has, strict=True)
    )


def _alike(want: str, got: str, decorated: list[str]) -> bool:
    return want == got or (bool(want) and want in got and any(got in other for other in decorated))

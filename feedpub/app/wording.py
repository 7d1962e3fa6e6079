"""Two versions of a text, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

# A word, a sign of a script that has no spaces between words, a run of blanks, anything else.
_PIECES = re.compile(r"[\u0e00-\u0eff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f]|\w+|\s+|[^\w\s]")

# difflib compares every word with every other: two texts of this many words take a tenth of a second.
_MOST_COMPARISONS = 4_000_000


class Kind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words and what became of them."""

    kind: Kind
    text: str


def compare_words(old: str, new: str) -> list[Piece]:
    """Give the pieces of `old` and `new` in reading order; what is removed stands before what replaces it."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if len(before) * len(after) > _MOST_COMPARISONS:
        return list(_pieces([old], [new], (0, 1, 0, 1)))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        piece
        for tag, *span in matcher.get_opcodes()
        for piece in (
            [Piece(kind=Kind.KEPT, text="".join(before[span[0] : span[1]]))]
            if tag == "equal"
            else _pieces(before, after, (span[0], span[1], span[2], span[3]))
        )
    ]


def compare_paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Piece]]:
    """Yield the paragraphs that were removed, added or changed, each as its pieces."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        removed, added = old[start:end], new[new_start:new_end]
        shared = min(len(removed), len(added))
        for one, other in zip(removed, added, strict=False):
            yield compare_words(one, other)
        yield from ([Piece(kind=Kind.REMOVED, text=text)] for text in removed[shared:])
        yield from ([Piece(kind=Kind.ADDED, text=text)] for text in added[shared:])


def _pieces(before: Sequence[str], after: Sequence[str], span: tuple[int, int, int, int]) -> Iterator[Piece]:
    removed, added = "".join(before[span[0] : span[1]]), "".join(after[span[2] : span[3]])
    if removed:
        yield Piece(kind=Kind.REMOVED, text=removed)
    if added:
        yield Piece(kind=Kind.ADDED, text=added)

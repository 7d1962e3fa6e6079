"""Hard-wrapped text: joins the lines of a paragraph that an old mail program cut at a column."""

from __future__ import annotations

from itertools import pairwise

from feedpub.parse.lines import Lines

_WIDEST = 100  # no program wraps farther out
_STOPS = frozenset('.!?:;。।؟…"”»')


def unwrap(lines: Lines) -> Lines:
    """Join wrapped lines with a space; a full line without a sentence end goes on, a short line ends."""
    texts = lines.texts
    if len(texts) < 5:
        return lines
    width = max(map(len, texts))
    if not 40 <= width <= _WIDEST or not _is_wrapped(texts, width):
        return lines
    spaced = any(lines.gaps[1:])
    joined = Lines([], [], [], [])
    for place, text in enumerate(texts):
        if place and not lines.gaps[place] and _goes_on(texts[place - 1], text, width, spaced=spaced):
            joined.texts[-1] += " " + text
            continue
        joined.texts.append(text)
        joined.numbers.append(lines.numbers[place])
        joined.gaps.append(lines.gaps[place])
        joined.indents.append(lines.indents[place])
    return joined


def _is_wrapped(texts: list[str], width: int) -> bool:
    pairs = list(pairwise(texts))
    cut = [
        1
        for line, after in pairs
        if after[0].islower() and line[-1] not in _STOPS and len(line) > 0.7 * width
    ]
    return len(cut) >= 3 and len(cut) * 6 >= len(texts)


def _goes_on(line: str, after: str, width: int, *, spaced: bool) -> bool:
    fits = len(line) + 1 + len(after.split(None, 1)[0]) <= width
    if after[0].islower():
        return not fits or len(line) > 0.6 * width
    if line[-1] in _STOPS:
        return spaced and not fits
    return not fits


def separate(lines: Lines) -> Lines:
    """Part headlines that share a line: `Bridge reopens | Ferry sold | Mayor resigns`."""
    if not any(" | " in text for text in lines.texts[1:]):
        return lines
    parted = Lines([], [], [], [])
    for place, text in enumerate(lines.texts):
        pieces = [piece.strip() for piece in text.split(" | ")]
        if not place or not all(_could_be_headline(piece) for piece in pieces):
            pieces = [text]
        for order, piece in enumerate(pieces):
            parted.texts.append(piece)
            parted.numbers.append(lines.numbers[place])
            parted.gaps.append(0 if order else lines.gaps[place])
            parted.indents.append(lines.indents[place])
    return parted


def _could_be_headline(piece: str) -> bool:
    """Tell a headline from the word of a menu: three words, or seven signs of a script without spaces."""
    return piece.count(" ") >= 2 or (len(piece) >= 7 and min(piece) >= "\u2e80")

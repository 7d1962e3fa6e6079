"""What one line looks like by itself: how it ends, how long it is, how it is written."""

from __future__ import annotations

import re
from bisect import bisect_right

from feedpub.parse.bits import BITS
from feedpub.parse.lexicon import BACKWARD, FUNCTION_WORDS

# Behind what ends a line: quotes, brackets, and the marks that turn the direction of writing.
_CLOSERS = (
    "\"'”“’»«›)]）」』】*_ \xa0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ENDINGS = (
    dict.fromkeys(".。۔։።｡।．", BITS["stop"])
    | dict.fromkeys("?!？！؟‽՞", BITS["question"])
    | dict.fromkeys(":：", BITS["colon"])
    | dict.fromkeys(",،、，；؛-–—", BITS["comma"])
    | {"…": BITS["cut"]}
)
_LIMITS = (16, 40, 72, 100, 140, 220)
_WIDTHS = tuple(BITS[name] for name in ("tiny", "short", "medium", "longish", "long", "longer", "longest"))
# What ends a sentence within a line, and how many characters of it stand before the next sentence's first.
_STOPS_WITHIN = (
    (". ", 2),
    ("。", 1),
    ("… ", 2),
    ("। ", 2),
    ("۔ ", 2),
    ("؟ ", 2),
    (".” ", 3),
    ('." ', 3),
    (".» ", 3),
)
_GREEK = re.compile("[α-ω]")  # whose question mark looks like a semicolon
_DIALOGUE = re.compile(r"[-–—]\s*\S")
_QUOTES_OPEN = frozenset('"“„«「『')
_QUOTES_CLOSE = frozenset('"”“»」』')
_SENTENCES = BITS["sentences"]
_OPEN, _STOP, _OPEN_LONG, _SHORT_STOP = BITS["open"], BITS["stop"], BITS["open_long"], BITS["short_stop"]
_REFERS, _ARTICLE, _ATTRIBUTED = BITS["refers_back"], BITS["article_first"], BITS["attributed"]
_QUOTES = frozenset('"“”„»«')
# What follows a quotation with its speaker: "…", said the mayor
_SPEAKER = re.compile(r"[\"“”»«] ?, (?!\W)|,[\"“”»«] \w|[?!.][\"“”»] [^\W\dA-ZА-Я]\w+ \w")


def look(body: str, width: float) -> int:
    """Observe one line without its mark; `width` is its length in Latin letters' worth."""
    place = bisect_right(_LIMITS, width)
    mask = BITS["always"] | _WIDTHS[place] | _ending(body)
    if _holds_sentences(body):
        mask |= _SENTENCES
    if place > 3:
        if mask & _OPEN:
            mask |= _OPEN_LONG
        if place > 5:
            return mask
    elif place < 3 and mask & _STOP:
        mask |= _SHORT_STOP
    first = body[0]
    if first in "-–—" and _DIALOGUE.match(body):
        mask |= BITS["dialogue"]
    elif first in _QUOTES_OPEN and body[-1] in _QUOTES_CLOSE:
        mask |= BITS["quoted"]
    return mask | _casing(body) if place < 5 else mask


def _holds_sentences(body: str) -> bool:
    """Tell whether a sentence ends within: a stop after a word, and no small letter after the stop."""
    for stop, length in _STOPS_WITHIN[:1] if body.isascii() else _STOPS_WITHIN:
        place = body.find(stop, 2)
        while place > 0:
            after = body[place + length : place + length + 1]
            if after and not after.islower() and (length == 1 or body[place - 2 : place].isalpha()):
                return True
            place = body.find(stop, place + 1)
    return False


def _ending(body: str) -> int:
    last = body[-1]
    if last in _CLOSERS:
        body = body.rstrip(_CLOSERS) or body
        last = body[-1]
    if last == "." and body.endswith(".."):
        return BITS["cut"]
    if last in ";\u037e":
        return BITS["question" if _GREEK.search(body) else "comma"]
    return _ENDINGS.get(last, BITS["open"])


def _casing(body: str) -> int:
    mask = BITS["lead_in"] if ": " in body[2:46] else 0
    if body.isupper():
        return mask | BITS["all_caps"]
    if body[0].islower():
        mask |= BITS["lower_start"]
    if not _QUOTES.isdisjoint(body) and _SPEAKER.search(body):
        mask |= _ATTRIBUTED
    tokens = body.split()
    first = tokens[0]
    if first in BACKWARD:
        mask |= _REFERS
    elif first.lower() in FUNCTION_WORDS:
        mask |= _ARTICLE
    return mask | _words(tokens)


def _words(tokens: list[str]) -> int:
    mask = 0
    count = len(tokens)
    small = len(FUNCTION_WORDS.intersection(tokens))
    if small >= 3 and small * 6 > count:
        mask |= BITS["sentence_words"]
    long = [token for token in tokens if len(token) > 3 and "A" <= token[0] < "\u0250"]
    if len(long) >= 3 and sum(map(str.isupper, [token[0] for token in long])) >= 0.75 * len(long):
        mask |= BITS["title_case"]
    if 2 <= count <= 3 and all(map(_is_name, tokens)):
        mask |= BITS["name"]
    return mask


def _is_name(token: str) -> bool:
    return token[0].isupper() and token.replace(".", "").replace("-", "").isalpha()

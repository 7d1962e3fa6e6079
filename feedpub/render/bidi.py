"""Text that must not turn its neighbours round (Unicode Standard Annex 9)."""

from __future__ import annotations

import re

_POP = "\u202c"  # PDF, ends an embedding or override
_POP_ISOLATE = "\u2069"  # PDI, ends an isolate
_ENDED_BY = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", _POP),
    **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE),
}

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Languages written from right to left, and scripts that a tag may name to say so.
# fmt: off
_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
    "adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa",
})
# fmt: on


def balanced(text: str) -> str:
    """Close every directional control that is open at the end; drop those that close nothing.

    Without it a title could reverse what follows it on the same line. Pairs stay as they are, for in
    a right-to-left script they are the author's spelling.
    """
    if not _CONTROLS.search(text):
        return text
    kept: list[str] = []
    ends: list[str] = []
    for sign in text:
        if sign in _ENDED_BY:
            ends.append(_ENDED_BY[sign])
        elif sign in {_POP, _POP_ISOLATE}:
            if ends[-1:] != [sign]:
                continue
            ends.pop()
        kept.append(sign)
    return "".join(kept + ends[::-1])


def direction(language: str) -> str:
    """Tell in which direction a language (BCP 47) is written, as HTML's `dir` has it."""
    subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()), subtags[0])
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"

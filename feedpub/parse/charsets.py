"""Which 8-bit encoding a bulletin is in, judged by the words and letter shapes each reading gives.

General detectors misjudge short texts ("Grüße" in windows-1252 is taken for an Arabic code page), so this
asks a narrower question: among a few encodings, which one makes words of a language it was made for?
"""

from __future__ import annotations

import re

# Frequent short words with a letter outside ASCII, or in another script, by encoding.
_WORDS = {
    "windows-1252": "à è é où été für über können während müssen não são também más está también"
    " según día años"
    " på är från även också för når går være også få där här più perché può città già così più één één",
    "windows-1250": "że się są już został która które będzie při také být jsou roku už však až číslo"
    " má tím že"
    " és hogy már még több lesz után šta će nije već više među hoće în și să după încă",
    "windows-1251": "и в во не на я с со что он она как это по к но из у за от о для бы до же то мы"
    " вы так был"
    " се да е ще са от при след че или че като още й він та що який є і його про під у је није који",
    "windows-1253": (
        "και το να του της τα που η ο με τη των την από για στο στη στην στον οι δεν θα είναι τον σε ως"
    ),
    "windows-1254": "ve bir için olduğu değil daha çok şu gün yıl türk göre ilk olan ı şehir işte",
    "windows-1255": "של את על לא הוא זה עם כי גם היא אל או יותר אבל כל",
    "windows-1256": "من في على إلى أن عن التي الذي هذا هذه كان مع ما لا بعد قال",
    "windows-1257": (
        "ir kad yra buvo bet už iš šį ar tai kā uz par arī lai ir tiek būs līdz või ning kes või"
    ),
}
_WORDS["koi8-r"] = _WORDS["windows-1251"]
_WORDS["iso-8859-5"] = _WORDS["windows-1251"]
_FREQUENT = {encoding: frozenset(words.split()) for encoding, words in _WORDS.items()}

# The site's language raises the encodings its readers use.
_AT_HOME = {
    "windows-1250": {"pl", "cs", "sk", "hu", "hr", "sl", "ro", "bs", "sq"},
    "windows-1251": {"ru", "bg", "uk", "be", "sr", "mk"},
    "koi8-r": {"ru", "uk"},
    "iso-8859-5": {"ru", "sr"},
    "windows-1253": {"el"},
    "windows-1254": {"tr"},
    "windows-1255": {"he"},
    "windows-1256": {"ar", "fa"},
    "windows-1257": {"lt", "lv", "et"},
}
_WORD = re.compile(r"\w+")
# A lead byte with continuation bytes, whether the pair is allowed or not; FE and FF stand in no word.
_UTF8_SHAPE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}(?![\x80-\xbf])|[\xfe\xff]{2}")
_SAMPLE = 65_536  # bytes are enough to know a language


def guess(raw: bytes, preferred: tuple[str, ...], language: str | None) -> str | None:
    """Return the encoding in which the bytes read best, or None when each reading is rubbish.

    `preferred` come first in their order; another one must make clearly more words to win.
    """
    sample = raw[:_SAMPLE]
    if _broken_utf8(sample):
        return None
    candidates = [*preferred, *(name for name in _FREQUENT if name not in preferred)]
    scored = [
        (_plausibility(sample, name, language) + (0.15 if name in preferred else 0.0), -rank, name)
        for rank, name in enumerate(candidates)
    ]
    score, _, best = max(scored)
    return best if score > 0.3 else None


def _broken_utf8(sample: bytes) -> bool:
    """Tell damaged UTF-8, which keeps its form, from an 8-bit encoding."""
    foreign = sum(1 for byte in sample if byte >= 0x80)
    shaped = sum(len(match) for match in _UTF8_SHAPE.findall(sample))
    return shaped * 2 > foreign


def _plausibility(sample: bytes, encoding: str, language: str | None) -> float:
    """Rate a reading: mean shape of its foreign letters, plus words known, plus home advantage."""
    text = sample.decode(encoding, "replace")
    foreign = [index for index, char in enumerate(text) if char >= "\x80"]
    shape = sum(_shape(text, index) for index in foreign) / max(len(foreign), 1)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return -1.0
    known = sum(1 for word in words if word.casefold() in _FREQUENT.get(encoding, ()))
    home = (language or "").partition("-")[0] in _AT_HOME.get(encoding, ())
    return shape + 3.0 * known / max(len(words), 1) + (0.2 if home else 0.0)


def _shape(text: str, index: int) -> float:
    """Rate one letter outside ASCII by its neighbours: -1 rubbish, 1 as in a word."""
    char = text[index]
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    if char == "\ufffd" or "\x80" <= char < "\xa0":
        return -2.0
    if not char.isalpha():
        # Quotes, dashes and the like stand at the edge of a word, never inside.
        inside = before.isalpha() and after.isalpha() and char not in "’‑·\xad"
        return -1.0 if inside else 0.5
    if char.isupper() and before.islower():
        return -1.0
    if before.isalpha() and before.isascii() != char.isascii() and ord(char) > 0x24F:
        return -1.0  # Greek or Cyrillic glued to Latin
    return 1.0 if before.isalpha() or after.isalpha() else 0.3

"""Names as parts of addresses: titles, and the names of categories, in any script.

The only door to anyascii: a release of it that transliterates differently would change what a rebuilt store
mints (tests pin some), never what is stored already.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable

from anyascii import anyascii

_SLUG_CHARACTERS = 60  # of a title; a hash comes on top
_TITLE_CHARACTERS = 500  # a slug never needs more of a title than these
_TOPIC_CHARACTERS = 40  # of a category; with its hash it still fits into the name of a feed

# Signs in which names of one category differ: "Arts & Culture" is "arts-culture". Others tell apart: C++, C#.
_HARMLESS = re.compile(r"[\s,./&_:;()!?\-‐-―]+")
_APOSTROPHES = re.compile("['’]")
_LIKE_A_HASHED_ONE = re.compile(r".*-[0-9a-f]{8}")


def slug(title: str, *, characters: int = _SLUG_CHARACTERS, without: str = "entry") -> str:
    """Return the first words of `title` as [a-z0-9-]+, `without` where it has no letter or digit."""
    composed = unicodedata.normalize("NFC", title)[:_TITLE_CHARACTERS]
    words = re.findall("[a-z0-9]+", anyascii(composed).lower().replace("'", ""))
    if not words:
        return without
    short: str = words[0][:characters]
    for word in words[1:]:
        if len(short) + 1 + len(word) > characters:
            break
        short = f"{short}-{word}"
    return short


def folded(text: str) -> str:
    """Return a text without case, diacritics and differences of width, for comparing."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@functools.lru_cache(maxsize=4096)
def topic_slug(name: str) -> str:
    """Return what the category `name` is called in addresses: [a-z0-9-]+, at most 49 characters.

    A function of the name alone, over giving the plain slug to whoever comes first: so a rebuilt store gives
    the same. What its letters do not say again (other scripts, other signs, long names) gets a hash of it.
    Names that differ in case, diacritics and harmless signs are one category.
    """
    said = _APOSTROPHES.sub("", folded(name))
    plain = _HARMLESS.sub("-", said).strip("-")
    short = slug(said, characters=_TOPIC_CHARACTERS, without="topic")
    if short == plain and not _LIKE_A_HASHED_ONE.fullmatch(short):
        return short
    return f"{short}-{hashlib.sha256(plain.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def topics_of(names: Iterable[str]) -> dict[str, str]:
    """Return the categories of an entry by their slugs, each as it is spelled first; blank ones are none."""
    spelled = (" ".join(name.split()) for name in names)
    found: dict[str, str] = {}
    for name in filter(None, spelled):
        found.setdefault(topic_slug(name), name)
    return found

"""Names of months and weekdays in the languages bulletins come in, from Babel's locale tables.

Babel is imported at the first date that is not ISO: it costs more than parsing the bulletin.
"""

from __future__ import annotations

from functools import cache

LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "da",
    "sv",
    "nb",
    "fi",
    "is",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "sr_Latn",
    "bs",
    "hu",
    "ro",
    "et",
    "lv",
    "lt",
    "sq",
    "tr",
    "id",
    "ms",
    "vi",
    "ca",
    "eu",
    "ga",
    "az",
    "bg",
    "ru",
    "uk",
    "be",
    "sr",
    "mk",
    "kk",
    "el",
    "hy",
    "ka",
    "ar",
    "he",
    "fa",
    "ur",
    "hi",
    "bn",
    "mr",
    "ne",
    "ta",
    "te",
    "th",
]
_EXTRA = {"sept": 9, "марта": 3, "tháng": 0}


def number(word: str, language: str | None) -> int | None:
    """Return the month a word names, in the site's language first, or None."""
    word = word.casefold().rstrip(".")
    if language and word in (own := _names(language.replace("-", "_"))):
        return own[word]
    return _all_names().get(word) or _all_names().get(
        word.removeprefix("ב")
    )  # Hebrew writes "in" as a prefix


def weekdays_only(text: str) -> bool:
    """Tell whether nothing but names of weekdays and punctuation stands in a text."""
    words = [word.casefold() for word in text.replace(",", " ").replace("(", " ").replace(")", " ").split()]
    words = [word.strip(".:—–|-،・") for word in words]
    words = [word for word in words if word]
    return not words or (
        len(words) <= 3 and any(" ".join(words) == day or words[0] == day for day in _all_days())
    )


def is_calendar_word(word: str) -> bool:
    """Tell whether a word names a month or a day of the week."""
    folded = word.casefold()
    return folded in _all_names() or folded in _all_days()


@cache
def _names(language: str) -> dict[str, int]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  heavy, and ISO dates do without

    try:
        months = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for place, name in months[form][width].items():
                folded = str(name).casefold().rstrip(".")
                if not folded.isdigit():
                    names.setdefault(folded, place)
    return names


@cache
def _all_names() -> dict[str, int]:
    names: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for name, place in _names(language).items():
            names.setdefault(name, place)
    return names


@cache
def _all_days() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415  heavy, and ISO dates do without

    days: set[str] = set()
    for language in LANGUAGES:
        for form in Locale.parse(language).days.values():
            for width in ("wide", "abbreviated"):
                days.update(str(name).casefold().rstrip(".") for name in form.get(width, {}).values())
    return frozenset(days)

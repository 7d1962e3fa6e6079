"""Lines that are a date or a time and nothing else."""

from __future__ import annotations

import re

from feedpub.parse import months
from feedpub.parse.dates import YEAR, spelt_out
from feedpub.parse.lexicon import words

LONGEST = 60  # characters

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s?[:.h時시]\s?([0-5]?\d)(?!\d)分?")
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}\s?[./]\s?\d{1,2}(?:\s?[./]\s?\d{4})?|\d{4}\s?[./]\s?\d{1,2}\s?[./]\s?\d{1,2}"
    r"|(?:\d{4}\s*[年년]\s*)?\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일])(?![\d%])\.?(?:\s*[(（][^\W\d_][)）])?"
)
# A cheap look before the dear ones: a date or a time, or a figure at one end of the line.
_PERHAPS = re.compile(
    r"\d\s?[:.h/年月時시년월-]\s?\d|(?:1[89]|2[0-5])\d\d|^\W*(?:[^\W\d_]+\W+){0,2}\d{1,2}\W"
    r"|\W\d{1,2}\W*$|\bthe \w+ of "
)
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
# Words that stand beside a date or a time without being part of one; all casefolded.
_BESIDE = frozenset(
    words(
        "at um à a las alle ore às klo kl u v o в о у в h uhr gmt utc cet cest eet msk мск год"
        " г р r god godine st nd rd th"
        " pm am er de del di of the at óra órakor ч час часа น ώρα saat yesterday today gestern"
        " heute hier aujourd hui ayer"
        " hoy ieri oggi ontem hoje gisteren vandaag igår i går idag dag eilen tänään wczoraj"
        " dzisiaj dziś včera dnes včeraj"
        " jučer danas juče tegnap ma azi вчера днес сегодня вчора сьогодні χθες σήμερα dün"
        " bugün أمس اليوم אתמול היום"
        " 昨日 今日 昨天 今天 어제 오늘 เมื่อวาน วันนี้ hôm qua nay views view просмотров"
        " просмотра просмотр переглядів"
        " перегляди перегляд прегледа прочитания pregleda vues visite vistas wyświetleń"
        " zhlédnutí comments read"
    )
)


def is_stamp(text: str) -> bool:
    """Tell whether a short line is a date, a time or both, perhaps with a count of views, and no more."""
    if len(text) > LONGEST or not _PERHAPS.search(text):
        return False
    text = spelt_out(text)
    rest, dated = _DATE.subn(" ", text)
    rest, timed = _CLOCK.subn(" ", rest)
    yeared = YEAR.search(text) is not None
    tokens = _TOKENS.findall(rest)
    letters = [token for token in tokens if token[0].isalpha()]
    if len(letters) > (5 if dated or timed or yeared else 2):
        return False
    named = [token for token in letters if token.casefold() not in _BESIDE]
    if dated and len(named) <= (2 if timed else 1) and sum(map(_length, named)) <= 16:
        return True
    if not named:
        return bool(dated or timed or (letters and any(token.isdigit() for token in tokens)))
    days = any(token.isdigit() and len(token) < 3 for token in tokens)
    return bool(dated or timed or days or yeared) and _of_calendar(named, whole=yeared and days)


def _of_calendar(named: list[str], *, whole: bool) -> bool:
    """Tell whether words are months and weekdays, beside a whole date with at most two words more."""
    other = [token for token in named if not months.is_calendar_word(token)]
    return not other or (whole and len(other) <= 2 and other != named)


def _length(word: str) -> int:
    """Return the letters of a word; an ideograph says as much as three."""
    return len(word) * 3 if word >= "\u2e80" else len(word)

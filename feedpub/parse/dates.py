"""Dates as bulletins write them: ISO at once, other forms through month names and python-dateutil, strictly."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from feedpub.parse import months

FIRST_YEAR, LAST_YEAR = 1900, 2199  # beyond these a date is a slip, and some zones overflow

_LEAD_IN = r"\s*(?:(?:date|datum|data|fecha|дата|dato|päivämäärä|dátum|ημερομηνία|tarih|التاريخ|תאריך|日付|日期|날짜|วันที่|ngày)\s*[:=：]?\s+|(?:date|datum|data|fecha|дата|dato|tarih|日付|日期)[:：]\s*)?"
_ISO = re.compile(_LEAD_IN + r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)T?[\s:—–|,.·-]*", re.ASCII | re.IGNORECASE)
_MONTH_ALONE = re.compile(_LEAD_IN + r"\d{4}-\d{2}(?![\d-])[\s:—–|,.-]*", re.IGNORECASE)
_KEYWORD = re.compile(r"\s*date\s*[:=]?\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[89]\d\d|2[0-5]\d\d|[०-९]{4}|[٠-٩]{4}|[۰-۹]{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?(?:\s*[(（].[)）])?")
_NUMERIC = re.compile(
    r"(?<![\d.])(?:(?P<d>\d{1,2})\s?(?P<sep>[./-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})|(?P<y2>\d{4})\s?(?P<sep2>[./])\s?(?P<m2>\d{1,2})\s?(?P=sep2)\s?(?P<d2>\d{1,2}))(?!\d)\.?"
)
_OF = r"(?:(?:de|of|di|del|d’|d'|the|ngày|tháng)\s+)?"
_WORD = r"(?P<month>[^\W\d_][^\W\d_\u0300-\u036f.’'-]*[^\W\d_]|[^\W\d_][\w\u0900-\u097f\u0e00-\u0e7f]+)\.?"
_NAMED = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|ª|-?го)?[\s-]+{_OF}{_WORD}[\s,-]*(?:(?:de|del)\s+)?(?P<year>\d{{4}})(?!\d)"
    ),
    re.compile(rf"{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.?[\s,]+(?:m\.\s+)?{_WORD}\s+(?P<day>\d{{1,2}})(?!\d)\.?"),
)
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s?[:.h時시]\s?([0-5]?\d)(?!\d)[分분]?")
_BARE_DATE = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d-\d\d|\d{1,2}\s?[./]\s?\d{1,2}(?:\s?[./]\s?\d{4})?|\d{4}\s?[./]\s?\d{1,2}\s?[./]\s?\d{1,2}"
    r"|(?:\d{4}\s*[年년]\s*)?\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일])(?![\d%])\.?(?:\s*[(（][^\W\d_][)）])?"
)
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
# Words that stand beside a date or a time without being part of one; all casefolded.
_STAMP_WORDS = frozenset(
    "at um à a las alle ore às klo kl u v o в о у в h uhr gmt utc cet cest eet msk мск год г р r god godine st nd rd th"
    " pm am er de del di of the at óra órakor ч час часа น ώρα saat yesterday today gestern heute hier aujourd hui ayer"
    " hoy ieri oggi ontem hoje gisteren vandaag igår i går idag i dag eilen tänään wczoraj dzisiaj dziś včera dnes včeraj"
    " jučer danas juče tegnap ma ieri azi вчера днес сегодня вчора сьогодні χθες σήμερα dün bugün أمس اليوم אתמול היום"
    " 昨日 今日 昨天 今天 어제 오늘 เมื่อวาน วันนี้ hôm qua nay views view просмотров просмотра просмотр переглядів перегляди перегляд"
    " прегледа прочитания pregleda vues visite vistas wyświetleń zhlédnutí comments read".split()
)
_YEAR_MARK = re.compile(r"\s*(?:г(?:ода|\.)|год|р(?:оку|\.)|r\.|godine|god\.|m\.|الساعة|น\.)?", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"[\s(（,]*(?:星期[一二三四五六日天]|周[一二三四五六日]|[月火水木金土日]曜日?|[월화수목금토일]요일?|[(（][月火水木金土日월화수목금토일][)）])[)）]?"
)
_TAIL = re.compile(r"[\s:—–|,.·-]*")
_LETTERS = re.compile(r"[^\W\d_]+")
_AFTER = re.compile(
    rf"(?:(?:kl|klo|at|um|ore|alle|à|às|a las|в|о|у|u|o|ob|om|saat)\.?\s+)?(2[0-3]|[01]?\d)[:.h]([0-5]\d)(?![\d.,])"
    r"(?:\s*(?:Uhr|GMT|UTC|CES?T|h|ч\.?|MSK|น\.))?(?=[\s,|–—-]|$)[\s:—–|,.·-]*"
)
_SHORT = 64  # characters; a date is never farther in


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date in a text: what it says and where it stands."""

    date: dt.date
    start: int
    end: int
    time: dt.time | None = None


class ImpossibleDateError(ValueError):
    """A date that is no day of the calendar, or not of our times."""


def checked(year: int, month: int, day: int) -> dt.date:
    """Return the day; raise ImpossibleDateError where the calendar has none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDateError(f"the date {year:04}-{month:02}-{day:02} is out of range")
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ImpossibleDateError(f"there is no day {year:04}-{month:02}-{day:02}") from error


def header(line: str, language: str | None) -> tuple[dt.date | None, dt.time | None, str] | None:
    """Read the date a first line opens with; return date, time and the rest, or None when it opens with none.

    A month alone (`date 2023-10`) is taken off the line but gives no date.
    """
    match = _ISO.match(line)
    if match:
        time, rest = _time_after(line[match.end() :])
        return checked(int(match[1]), int(match[2]), int(match[3])), time, rest
    match = _MONTH_ALONE.match(line)
    if match:
        return None, None, line[match.end() :]
    return _header_in_words(line, language)


_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_ORDINAL = re.compile(r"\bthe (\w+(?:-\w+)?)(?= of [A-Z])")


def _header_in_words(line: str, language: str | None) -> tuple[dt.date | None, dt.time | None, str] | None:
    line = _spelt_out(line)
    keyword = re.match(_LEAD_IN, line, re.IGNORECASE)
    start = keyword.end() if keyword else 0
    found = find(line[: start + _SHORT], language) if _may_hold_date(line[: start + _SHORT]) else None
    if found and months.weekdays_only(line[start : found.start]):
        weekday = _WEEKDAY.match(line, found.end)
        end = _TAIL.match(line, weekday.end() if weekday else found.end).end()  # type: ignore[union-attr]  # may be empty
        time, rest = _time_after(line[end:])
        return found.date, found.time or time, rest
    return None


def _time_after(rest: str) -> tuple[dt.time | None, str]:
    """Read a time of day that follows the header's date: `kl. 09.15`, `10:30 GMT`."""
    match = _AFTER.match(rest) if rest[:1].isdigit() or rest[:1].islower() else None
    return (dt.time(int(match[1]), int(match[2])), rest[match.end() :]) if match else (None, rest)


def _spelt_out(line: str) -> str:
    """Write `the fourth of March` in figures."""
    spelt = _ORDINAL.search(line, 0, _SHORT) if " of " in line[:_SHORT] else None
    if not spelt or spelt[1].lower() not in _ORDINALS:
        return line
    return f"{line[: spelt.start()]}{_ORDINALS.index(spelt[1].lower()) + 1}{line[spelt.end() :]}"


def _may_hold_date(text: str) -> bool:
    return _YEAR.search(text) is not None


def find(text: str, language: str | None) -> Found | None:
    """Return the first whole date in a text; None where year, month or day is missing."""
    text = _spelt_out(text)
    for reader in (_read_iso, _read_cjk, _read_numeric, _read_named):
        found = reader(text, language)
        if found:
            return _with_time(found, text)
    return None


def is_stamp(text: str) -> bool:
    """Tell whether a short line is a date, a time or both, perhaps with a count of views, and nothing else."""
    if len(text) > 60:
        return False
    text = _spelt_out(text)
    rest, known = _BARE_DATE.subn(" ", _CLOCK.sub(" ", text))
    clock = _CLOCK.search(text) is not None
    tokens = [token for token in _TOKENS.findall(rest) if token]
    letters = [token for token in tokens if token[0].isalpha()]
    if len(letters) > (5 if known or clock or _YEAR.search(text) else 2):
        return False
    named = [token for token in letters if token.casefold() not in _STAMP_WORDS]
    if known and len(named) <= (2 if clock else 1) and sum(map(_length, named)) <= 16:
        return True
    if not named:
        return bool(known or clock or (letters and any(token.isdigit() for token in tokens)))
    days = [token for token in tokens if token.isdigit() and len(token) < 3]
    if not (known or clock or days or _YEAR.search(text)):
        return False
    other = [token for token in named if not months.is_calendar_word(token)]
    return not other or (len(other) <= 2 and other != named and _YEAR.search(text) is not None and bool(days))


def _length(word: str) -> int:
    """Return the letters of a word; an ideograph says as much as three."""
    return len(word) * 3 if word >= "\u2e80" else len(word)


def _read_iso(text: str, _: str | None) -> Found | None:
    match = re.search(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", text)
    return _found(match, int(match[1]), int(match[2]), int(match[3])) if match else None


def _read_cjk(text: str, _: str | None) -> Found | None:
    match = _CJK.search(text)
    return _found(match, int(match[1]), int(match[2]), int(match[3])) if match else None


def _read_numeric(text: str, language: str | None) -> Found | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    if match["y2"]:
        return _found(match, int(match["y2"]), int(match["m2"]), int(match["d2"]))
    # Points are written where the day comes first; only slashes depend on the country.
    month_first = match["sep"] == "/" and language in {None, "en", "en-US", "en-PH"}
    day, month = int(match["d"]), int(match["m"])
    if month_first:
        day, month = month, day
        if language is None and min(day, month) <= 12 and day != month and max(day, month) <= 12:
            return None  # 01/02/2024 without a language means two days
        if language is None and month > 12:
            day, month = month, day
    return _found(match, int(match["y"]), month, day)


def _read_named(text: str, language: str | None) -> Found | None:
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            month = months.number(match["month"], language)
            if month:
                return _found(match, int(match["year"]), month, int(match["day"]))
    return None


def _found(match: re.Match[str], year: int, month: int, day: int) -> Found | None:
    if 2400 < year < 2600:
        year -= 543  # the Buddhist era of Thailand
    try:
        date = strict(f"{year:04}-{month:02}-{day:02}")
    except ImpossibleDateError:
        return None
    return Found(date=date, start=match.start(), end=match.end())


def strict(text: str) -> dt.date:
    """Read year, month and day; a missing part is an error, never filled up from today."""
    year, month, day = (int(part) for part in text.split("-"))
    return checked(year, month, day)


def _with_time(found: Found, text: str) -> Found:
    mark = _YEAR_MARK.match(text, found.end)
    end = mark.end() if mark else found.end
    match = re.compile(
        r"[\s,|–—-]*(?:[^\W\d_]{1,4}\.?\s+)?(?:(2[0-3]|[01]?\d)\s?[:.h時시]\s?([0-5]\d))(?!\d)(?:\s*(?:Uhr|GMT|UTC|h|ч\.?))?"
    ).match(text, end)
    if not match:
        return Found(date=found.date, start=found.start, end=end)
    time = dt.time(int(match[1]), int(match[2]))
    return Found(date=found.date, start=found.start, end=match.end(), time=time)

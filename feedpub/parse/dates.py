"""Dates as bulletins write them: ISO at once, other forms by month names and python-dateutil, strictly."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from feedpub.parse import months
from feedpub.parse.lexicon import words

FIRST_YEAR, LAST_YEAR = 1900, 2199  # beyond these a date is a slip, and some zones overflow
NEAR = 64  # characters; a date that opens a line is never farther in

_LEAD_IN = (
    r"\s*(?:(?:date|datum|data|fecha|дата|dato|päivämäärä|dátum|ημερομηνία|tarih|التاريخ|תאריך|日付|日期|날짜|วันที่|ngày)"
    r"\s*[:=：]?\s+|(?:date|datum|data|fecha|дата|dato|tarih|日付|日期)[:：]\s*)?"
)
_KEYWORD = re.compile(_LEAD_IN, re.IGNORECASE)
_ISO = re.compile(_LEAD_IN + r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)T?[\s:—–|,.·-]*", re.ASCII | re.IGNORECASE)
_MONTH_ALONE = re.compile(_LEAD_IN + r"\d{4}-\d{2}(?![\d-])[\s:—–|,.-]*", re.IGNORECASE)
_TAIL = re.compile(r"[\s:—–|,.·-]*")
_WEEKDAY = re.compile(
    r"[\s(（,]*(?:星期[一二三四五六日天]|周[一二三四五六日]|[月火水木金土日]曜日?|[월화수목금토일]요일?"
    r"|[(（][月火水木金土日월화수목금토일][)）])[)）]?"
)
YEAR = re.compile(r"(?<!\d)(?:1[89]\d\d|2[0-5]\d\d|[०-९]{4}|[٠-٩]{4}|[۰-۹]{4})(?!\d)")

_WHOLE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", re.ASCII)
_IDEOGRAPHS = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?(?:\s*[(（].[)）])?")
_FIGURES = re.compile(
    r"(?<![\d.])(?:(?P<d>\d{1,2})\s?(?P<sep>[./-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4})"
    r"|(?P<y2>\d{4})\s?(?P<sep2>[./])\s?(?P<m2>\d{1,2})\s?(?P=sep2)\s?(?P<d2>\d{1,2}))(?!\d)\.?"
)
_OF = r"(?:(?:de|of|di|del|d’|d'|the|ngày|tháng)\s+)?"
_NAME = r"(?P<month>[^\W\d_][^\W\d_\u0300-\u036f.’'-]*[^\W\d_]|[^\W\d_][\w\u0900-\u097f\u0e00-\u0e7f]+)\.?"
_DAY = r"(?P<day>\d{1,2})"
_NAMED = (
    re.compile(
        rf"(?<!\d){_DAY}(?:\.|st|nd|rd|th|er|º|ª|-?го)?[\s-]+{_OF}{_NAME}[\s,-]*(?:(?:de|del)\s+)?(?P<year>\d{{4}})(?!\d)"
    ),
    re.compile(rf"{_NAME}\s+{_DAY}(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.?[\s,]+(?:m\.\s+)?{_NAME}\s+{_DAY}(?!\d)\.?"),
)
_YEAR_MARK = re.compile(r"\s*(?:г(?:ода|\.)|год|р(?:оку|\.)|r\.|godine|god\.|m\.|الساعة|น\.)?", re.IGNORECASE)
_TIME = (
    r"(2[0-3]|[01]?\d)\s?[:.h時시]\s?([0-5]\d)(?![\d.,])分?"
    r"(?:\s*(?:Uhr|GMT|UTC|CES?T|EES?T|h|ч\.?|MSK|МСК|น\.))?"
)
_CLOCK_NEAR = re.compile(rf"[\s,|–—-]*(?:[^\W\d_]{{1,4}}\.?\s+)?{_TIME}")
_CLOCK_AFTER = re.compile(
    rf"(?:(?:kl|klo|at|um|ore|alle|à|às|a las|в|о|у|u|o|ob|om|saat)\.?\s+)?{_TIME}(?=[\s,|–—-]"
    rf"|$)[\s:—–|,.·-]*"
)
_ORDINALS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second"
    " twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINAL = re.compile(r"\bthe (\w+(?:-\w+)?)(?= of [A-Z])")
_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A date in a text: what it says and where it stands."""

    date: dt.date
    start: int
    end: int
    time: dt.time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a first line says besides its headline."""

    date: dt.date | None  # None for a month alone
    time: dt.time | None
    rest: str  # the line without it


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


def header(line: str, language: str | None) -> Header | None:
    """Read the date a first line opens with; return None when it opens with none.

    A month alone (`date 2023-10`) is taken off the line but gives no date.
    Raises ImpossibleDateError for an ISO date that is no day.
    """
    match = _ISO.match(line)
    if match:
        date = checked(int(match[1]), int(match[2]), int(match[3]))
        time, rest = _time_after(line[match.end() :])
        return Header(date=date, time=time, rest=rest.strip())
    match = _MONTH_ALONE.match(line)
    if match:
        return Header(date=None, time=None, rest=line[match.end() :].strip())
    return _header_in_words(spelt_out(line), language)


def find(text: str, language: str | None) -> Found | None:
    """Return the first whole date in a text; None where year, month or day is missing."""
    text = spelt_out(text)
    for reader in (_read_iso, _read_ideographs, _read_figures, _read_named):
        found = reader(text, language)
        if found:
            return _with_time(found, text)
    return None


def spelt_out(line: str) -> str:
    """Write `the fourth of March` in figures."""
    spelt = _ORDINAL.search(line, 0, NEAR) if " of " in line[:NEAR] else None
    if not spelt or spelt[1].lower() not in _ORDINALS:
        return line
    return f"{line[: spelt.start()]}{_ORDINALS.index(spelt[1].lower()) + 1}{line[spelt.end() :]}"


def _header_in_words(line: str, language: str | None) -> Header | None:
    keyword = _KEYWORD.match(line)
    start = keyword.end() if keyword else 0
    near = line[: start + NEAR]
    found = find(near, language) if YEAR.search(near) else None
    if not found or not months.weekdays_only(line[start : found.start]):
        return None
    weekday = _WEEKDAY.match(line, found.end)
    tail = _TAIL.match(line, weekday.end() if weekday else found.end)
    time, rest = _time_after(line[tail.end() if tail else found.end :])
    return Header(date=found.date, time=found.time or time, rest=rest.strip())


def _time_after(rest: str) -> tuple[dt.time | None, str]:
    """Read a time of day that follows the header's date: `kl. 09.15`, `10:30 GMT`."""
    match = _CLOCK_AFTER.match(rest) if rest[:1].isdigit() or rest[:1].islower() else None
    return (dt.time(int(match[1]), int(match[2])), rest[match.end() :]) if match else (None, rest)


def _with_time(found: Found, text: str) -> Found:
    mark = _YEAR_MARK.match(text, found.end)
    end = mark.end() if mark else found.end
    match = _CLOCK_NEAR.match(text, end)
    if not match:
        return Found(date=found.date, start=found.start, end=end)
    time = dt.time(int(match[1]), int(match[2]))
    return Found(date=found.date, start=found.start, end=match.end(), time=time)


def _read_iso(text: str, _: str | None) -> Found | None:
    match = _WHOLE.search(text)
    return _found(match, f"{match[1]}-{match[2]}-{match[3]}") if match else None


def _read_ideographs(text: str, _: str | None) -> Found | None:
    match = _IDEOGRAPHS.search(text)
    return _found(match, f"{int(match[1])}-{int(match[2]):02}-{int(match[3]):02}") if match else None


def _read_figures(text: str, language: str | None) -> Found | None:
    match = _FIGURES.search(text)
    if not match:
        return None
    if match["y2"]:
        return _found(match, f"{int(match['y2'])}-{int(match['m2']):02}-{int(match['d2']):02}")
    # Points are written where the day comes first; only slashes depend on the country.
    month_first = match["sep"] == "/" and language in {None, "en", "en-US", "en-PH"}
    if month_first and language is None:
        low, high = sorted((int(match["d"]), int(match["m"])))
        if low != high and high <= 12:
            return None  # 01/02/2024 without a language means two days
        month_first = int(match["d"]) <= 12
    return _found(match, f"{int(match['d'])}/{int(match['m'])}/{int(match['y'])}", day_first=not month_first)


def _read_named(text: str, language: str | None) -> Found | None:
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            month = months.number(match["month"], language)
            if month:
                return _found(
                    match, f"{int(match['day'])} {_ENGLISH[month - 1]} {_our_year(int(match['year']))}"
                )
    return None


def _our_year(year: int) -> int:
    return year - 543 if 2400 < year < 2600 else year  # the Buddhist era of Thailand


def _found(match: re.Match[str], text: str, *, day_first: bool = True) -> Found | None:
    date = _strictly(text, day_first=day_first)
    return Found(date=date, start=match.start(), end=match.end()) if date else None


def _strictly(text: str, *, day_first: bool) -> dt.date | None:
    """Read a date with dateutil, which would fill what is missing from today and turn days that cannot be.

    Two readings with different defaults agree only when year, month and day were in the text; the figures
    must
    be those of the text, since 31/13 is otherwise read as 13/31.
    """
    from dateutil import parser  # noqa: PLC0415  ISO dates in headers do without it

    readings = set()
    for default in (dt.datetime(2000, 1, 1), dt.datetime(2001, 2, 2)):  # noqa: DTZ001  only the date is used
        try:
            readings.add(parser.parse(text, default=default, dayfirst=day_first and "/" in text).date())
        except (ValueError, OverflowError):
            return None
    date = readings.pop()
    if readings or not FIRST_YEAR <= date.year <= LAST_YEAR:
        return None
    day, month, _ = (int(part) for part in text.split("/")) if "/" in text else (0, 0, 0)
    given = (day, month) if day_first else (month, day)
    return date if not day or given == (date.day, date.month) else None

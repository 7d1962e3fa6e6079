"""Dates as people write them in the site's language and zone: the door of this room to Babel."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of one site."""

    language: str  # BCP 47
    zone: ZoneInfo

    def day_of(self, instant: dt.datetime) -> dt.date:
        """Return the day on which it is `instant` there."""
        return instant.astimezone(self.zone).date()

    def day(self, day: dt.date) -> str:
        """Write a day with its name: Monday, 21 October 2024."""
        from babel.dates import format_date  # noqa: PLC0415  heavy, and feeds do without

        return format_date(day, "full", locale=_locale(self.language))

    def short(self, day: dt.date) -> str:
        """Write a day for a list: 21 Oct 2024."""
        from babel.dates import format_date  # noqa: PLC0415  as above

        return format_date(day, "medium", locale=_locale(self.language))

    def moment(self, instant: dt.datetime) -> str:
        """Write an instant: 21 October 2024, 06:00."""
        from babel.dates import format_date, format_time  # noqa: PLC0415  as above

        local, locale = instant.astimezone(self.zone), _locale(self.language)
        day, hour = (
            format_date(local.date(), "long", locale=locale),
            format_time(local, "short", locale=locale),
        )
        return f"{day}, {hour}"

    def month(self, month: dt.date) -> str:
        """Write a month: October 2024."""
        from babel.dates import format_skeleton  # noqa: PLC0415  as above

        first = dt.datetime(month.year, month.month, 1, tzinfo=dt.UTC)
        return format_skeleton("yMMMM", first, locale=_locale(self.language))

    def year(self, day: dt.date) -> str:
        """Write a year: 2024."""
        from babel.dates import format_skeleton  # noqa: PLC0415  as above

        first = dt.datetime(day.year, 1, 1, tzinfo=dt.UTC)
        return format_skeleton("y", first, locale=_locale(self.language))


@cache
def _locale(language: str) -> Locale:
    """Return the locale of a language, that of English with the day first for one that has none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  as above

    tag = "en-GB" if language.lower() == "en" else language  # "en" alone is American to CLDR
    subtags = tag.split("-")
    for length in range(len(subtags), 0, -1):
        try:
            return Locale.parse("-".join(subtags[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")

"""Dates of bulletins: found where they stand, never made up."""

from __future__ import annotations

import datetime as dt

import pytest
from parse.samples import LEAD, PARAGRAPHS, bulletin, read

DAY = dt.date(2024, 10, 21)


@pytest.mark.parametrize(
    "written",
    [
        "2024-10-21",
        "date 2024-10-21",
        "Date: 2024-10-21",
        "21 October 2024",
        "October 21, 2024",
        "Monday, 21 Oct 2024",
        "Monday, the twenty-first of October 2024",
        "21. Oktober 2024",
        "Montag, 21.10.2024",
        "21 octobre 2024",
        "lundi 21 octobre 2024",
        "21 de octubre de 2024",
        "21 ottobre 2024",
        "21 de outubro de 2024",
        "21 oktober 2024",
        "mandag den 21. oktober 2024".removeprefix("mandag den "),
        "21. lokakuuta 2024",
        "21 października 2024",
        "21. října 2024",
        "2024. október 21.",
        "21 octombrie 2024",
        "21 октомври 2024 г.",
        "21 октября 2024 года",
        "21 жовтня 2024 р.",
        "21. listopada 2024",
        "21 Οκτωβρίου 2024",
        "21 Ekim 2024",
        "21 أكتوبر 2024",
        "21 באוקטובר 2024",
        "21 अक्टूबर 2024",
        "21 ตุลาคม 2567",
        "2024年10月21日",
        "2024년 10월 21일",
        "21/10/2024",
    ],
)
def test_date_before_headline_is_read_in_any_language(written):
    """Names of months come from the languages themselves; the headline stays."""
    parsed = read(bulletin(header=f"{written} {LEAD}"), language=None)

    month = 11 if "listopada" in written else 10  # Croatian; in Polish the same word is November
    assert parsed.date in {DAY, DAY.replace(month=month)}
    assert parsed.entries[0].title == LEAD


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("03/04/2024", "en-US", dt.date(2024, 3, 4)),
        ("03/04/2024", "en-GB", dt.date(2024, 4, 3)),
        ("03/04/2024", "fr", dt.date(2024, 4, 3)),
        ("03/04/2024", None, None),
        ("25/04/2024", None, dt.date(2024, 4, 25)),
    ],
)
def test_order_of_day_and_month_follows_the_site(written, language, expected):
    """Slashes mean different days in different countries; without a country they mean none."""
    assert read(bulletin(header=f"{written} {LEAD}"), language=language).date == expected


@pytest.mark.parametrize("header", [f"date 2024-10 {LEAD}", f"October {LEAD}", f"21 October\n{LEAD}", LEAD])
def test_part_of_a_date_is_no_date(header):
    """Nothing is filled up from today."""
    assert read(bulletin(header=header)).date is None


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("18:42, 21.10.2024", None),
        ("21 October 2024, 19:30", dt.time(19, 30)),
        ("Updated: 21 October 2024", None),
    ],
)
def test_date_between_headline_and_text_is_the_bulletins(stamp, time):
    """A date line under the headline dates the document and is no paragraph."""
    parsed = read(bulletin(header=f"{LEAD}\n{stamp}"))

    assert (parsed.date, parsed.time) == (DAY, time)
    assert parsed.entries[0].paragraphs == PARAGRAPHS


def test_dates_of_items_are_not_the_bulletins():
    """Time stamps under teasers date these."""
    text = bulletin(header=LEAD).replace("used to it", "used to it\n12. 05. 2025. u 10:12")

    assert read(text).date is None


def test_header_beats_body_and_file_name():
    """The first line's date counts, then the text's, then that of the file's name."""
    assert read(bulletin(), name="2020-01-01-harbour.txt").date == DAY
    assert read(bulletin(header=LEAD), name="2020-01-01-harbour.txt").date == dt.date(2020, 1, 1)
    assert read(bulletin(header=LEAD), name="2020-13-01-harbour.txt").date is None


def test_time_beside_the_date_is_the_bulletins():
    """`kl. 09.15` after the date is no part of the headline."""
    parsed = read(bulletin(header=f" date 2024-10-21 kl. 09.15 {LEAD}"))

    assert parsed.time == dt.time(9, 15)
    assert parsed.entries[0].title == LEAD

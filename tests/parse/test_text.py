"""Plain text: the seed's shape and what may befall it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from parse.samples import LEAD, PARAGRAPHS, TEASERS, bulletin, read, titles

from feedpub.exceptions import BulletinError
from feedpub.model import Role


def test_bulletin_gives_lead_and_teasers_in_order():
    """The lead keeps its paragraphs, each teaser its summary, nothing is lost."""
    parsed = read(bulletin())

    assert parsed.date == dt.date(2024, 10, 21)
    assert titles(parsed) == [LEAD, *(title for title, _ in TEASERS)]
    assert [entry.role for entry in parsed.entries] == [Role.LEAD, Role.TEASER, Role.TEASER, Role.TEASER]
    assert parsed.entries[0].paragraphs == PARAGRAPHS
    assert [entry.paragraphs for entry in parsed.entries[1:]] == [(summary,) for _, summary in TEASERS]
    assert [entry.line for entry in parsed.entries] == [1, 5, 7, 9]
    assert parsed.confidence > 0.9
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    "end", ["\r\n", "\r", "\n\n", "\r\n\r\n"], ids=["crlf", "cr", "blank-lines", "crlf-blank"]
)
def test_bulletin_reads_the_same_whatever_ends_its_lines(end):
    """Only CR, LF and CRLF end a line, and blank lines everywhere say nothing."""
    parsed, plain = read(bulletin(end=end)), read(bulletin())

    assert [(e.title, e.paragraphs) for e in parsed.entries] == [
        (e.title, e.paragraphs) for e in plain.entries
    ]


def test_teaser_without_summary_keeps_its_neighbours_apart():
    """A missing summary does not shift titles and texts."""
    text = bulletin().replace(f"\n{TEASERS[1][1]}", "")

    assert [entry.paragraphs for entry in read(text).entries[1:]] == [(TEASERS[0][1],), (), (TEASERS[2][1],)]


def test_furniture_becomes_no_entry():
    """Links, bylines and dates around the stories are no stories."""
    text = (
        bulletin()
        .replace("\nNight Ferry", "\nRELATED STORIES\nNight Ferry")
        .replace("used to it", "used to it\nRead more")
    )
    text = text.replace("in green", "in green\nRead more").replace(
        f"\n{PARAGRAPHS[0]}", f"\nBy Ada Quill\n{PARAGRAPHS[0]}"
    )

    assert titles(read(text)) == titles(read(bulletin()))


def test_ticker_loses_its_times_from_the_titles():
    """Clock times are taken off and kept as times of the entries."""
    text = "\n".join(
        f"{hour}:30 {title}\n{summary}." for hour, (title, summary) in zip((18, 17, 16), TEASERS, strict=True)
    )

    parsed = read(text)

    assert titles(parsed) == [title for title, _ in TEASERS]
    assert [entry.time for entry in parsed.entries] == [dt.time(18, 30), dt.time(17, 30), dt.time(16, 30)]


def test_hard_wrapped_paragraphs_are_joined():
    """Lines that a mail program cut at a column are one paragraph again."""
    words = PARAGRAPHS[0].split()
    wrapped = "\n".join(" ".join(words[start : start + 9]) for start in range(0, len(words), 9))
    text = f" date 2024-10-21 {LEAD}\n\n{wrapped}\n\n{TEASERS[0][0]}\n{TEASERS[0][1]}"

    assert read(text).entries[0].paragraphs == (PARAGRAPHS[0],)


def test_second_date_line_opens_second_bulletin():
    """Two bulletins in one file are both read; the second lead has its own date."""
    parsed = read(
        f"{bulletin()}\n date 2024-11-05 Crane Painted Yellow\nThe crane was painted on Tuesday,"
        f" the office said."
    )

    assert titles(parsed)[-1] == "Crane Painted Yellow"
    assert parsed.entries[-1].role is Role.LEAD
    assert parsed.entries[-1].date == dt.date(2024, 11, 5)
    assert parsed.date == dt.date(2024, 10, 21)


def test_lead_without_headline_gets_title_from_its_text():
    """A title is never blank: it is the start of the first paragraph, cut at a word."""
    parsed = read(f" date 2024-10-21 {PARAGRAPHS[0]}\n{PARAGRAPHS[1]}\n{TEASERS[0][0]}\n{TEASERS[0][1]}")

    assert (
        parsed.entries[0].title
        == "Trams crossed the harbour bridge on Monday for the first time since the storm of 2022…"
    )
    assert parsed.entries[0].paragraphs == PARAGRAPHS[:2]


def test_same_title_twice_is_two_teasers():
    """Teasers of one name with different texts are both kept."""
    again = (TEASERS[0][0], "Tickets may be bought on board, but not with coins")

    assert titles(read(bulletin(teasers=(*TEASERS, again)))).count(TEASERS[0][0]) == 2


def test_marks_for_certainty_are_obeyed():
    """`# ` leads, `## ` is a teaser, an address alone is its link, `#tag` lines are its categories."""
    parsed = read(
        "# Lead line.\nSome text here.\n## teaser one.\nits text\nhttps://example.org/1\n#sea #city\n"
    )

    assert titles(parsed) == ["Lead line.", "teaser one."]
    assert parsed.entries[1].paragraphs == ("its text",)
    assert parsed.entries[1].link == "https://example.org/1"
    assert parsed.entries[1].categories == ("sea", "city")
    assert parsed.confidence == 1.0


def test_four_hundred_teasers_are_all_found():
    """Length changes nothing."""
    many = tuple(
        (f"Notice Number {n} From the Harbour Board", f"It was pinned to door {n} on the quay")
        for n in range(400)
    )

    assert len(read(bulletin(teasers=many)).entries) == 401


@pytest.mark.parametrize(
    ("text", "reason"),
    {
        "empty": ("", "the file is empty"),
        "blank": (" \t\u00a0\r\n\n", "there is no text in it"),
        "date-alone": (" date 2024-11-04 \n", "nothing stands after the date"),
        "no-such-day": (bulletin(header=" date 2024-02-30 Headline"), "there is no day 2024-02-30"),
        "year-one": (bulletin(header=" date 0001-01-01 Headline"), "is out of range"),
        "year-9999": (bulletin(header=" date 9999-12-31 Headline"), "is out of range"),
        "too-many-lines": ("a\n" * 120_001, "lines of text are no bulletin"),
    }.values(),
    ids=["empty", "blank", "date-alone", "no-such-day", "year-one", "year-9999", "too-many-lines"],
)
def test_bulletin_that_cannot_be_published_says_why(text, reason):
    """The reason names what is wrong; nothing is guessed."""
    with pytest.raises(BulletinError, match=reason):
        read(text)


def test_iso_date_needs_no_library():
    """The usual bulletin is read without the libraries that know other dates, so reading starts fast."""
    script = (
        "import sys; from feedpub.model import Hints; from feedpub.parse import parse;"
        "parse(sys.stdin.buffer.read(), Hints(name='a.txt'));"
        "print([name for name in ('babel', 'dateutil', 'markdown_it', 'selectolax') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], input=bulletin().encode(), capture_output=True, check=True
    )

    assert done.stdout.decode().strip() == "[]"

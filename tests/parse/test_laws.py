"""Laws that hold for any bytes at all."""

from __future__ import annotations

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from parse.samples import PARAGRAPHS, TEASERS

from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin, Hints, ParsedEntry, Role
from feedpub.parse import PARSERS, alternatives, parse

SUFFIXES = st.sampled_from(sorted(PARSERS))
LINES = st.sampled_from(
    [*PARAGRAPHS, *(line for teaser in TEASERS for line in teaser), "", "RELATED STORIES", "Read more",
     "18:43", "1.",
     "• a point", "- he said.", "+++ 12:00 Alarm +++", "14 Oct 2024, 12:30", "By Ada Quill",
     "Foto: Archive", "今日の天気",
     "date 2024-11-05 Second", "А что?", "***", "See also: More Here", "A | B | C",
     "word", "...", "Ünïcödé\u2028x"]
)  # fmt: skip


def _own_title(entry: ParsedEntry) -> tuple[str, ...]:
    """Return the title where it is not made of the first paragraph."""
    derived = any(text.startswith(entry.title.rstrip("…")) for text in entry.paragraphs[:1])
    return () if derived else (entry.title,)


def _read(raw: bytes, name: str) -> Bulletin | str:
    try:
        return parse(raw, Hints(name=name))
    except BulletinError as error:
        return error.reason


@given(st.binary(max_size=2_000), SUFFIXES)
@example(b"\xff\xfe", ".txt")
@example(b"---\n---\n", ".txt")
@example(b"date 2024-10-21\n ", ".md")
@settings(max_examples=300, deadline=None)
def test_any_bytes_end_in_a_bulletin_or_a_reason(raw, suffix):
    """F11: Nothing that anybody drops crashes the parser, and no title is blank."""
    parsed = _read(raw, f"a{suffix}")

    if isinstance(parsed, Bulletin):
        assert all(entry.title.strip() for entry in parsed.entries)
        assert 0.0 <= parsed.confidence <= 1.0


@given(st.lists(LINES, min_size=1, max_size=25))
@settings(max_examples=300, deadline=None)
def test_every_text_leads_once_per_bulletin_and_reads_the_same_again(lines):
    """There is one lead per bulletin in the file, and reading is deterministic."""
    raw = "\n".join(lines).encode()

    parsed = _read(raw, "a.txt")

    assert parsed == _read(raw, "a.txt")
    if isinstance(parsed, Bulletin):
        further = sum(line.startswith("date ") for line in "\n".join(lines).strip().split("\n")[1:])
        assert sum(entry.role is Role.LEAD for entry in parsed.entries) == 1 + further


@given(st.permutations([*PARAGRAPHS, *(line for teaser in TEASERS for line in teaser)]))
@settings(max_examples=100, deadline=None)
def test_every_line_of_text_is_in_exactly_one_entry(lines):
    """Whatever the order, no story line is lost and none appears twice."""
    parsed = _read("\n".join(lines).encode(), "a.txt")

    assert isinstance(parsed, Bulletin)
    kept = [text for entry in parsed.entries for text in (*_own_title(entry), *entry.paragraphs)]
    for line in lines:
        assert kept.count(line) == 1 or any(
            kept.count(text) == 1 and text.startswith(line[:40]) for text in kept
        )


@given(st.text(max_size=500))
@settings(max_examples=200, deadline=None)
def test_what_xml_forbids_never_gets_past(text):
    """Titles and paragraphs hold only characters that XML 1.0 allows, and titles no line ends."""
    parsed = _read(text.encode("utf-8", "surrogatepass"), "a.txt")

    if isinstance(parsed, Bulletin):
        for entry in parsed.entries:
            for shown in (entry.title, *entry.paragraphs):
                assert not any(
                    (char < " " and char != "\t") or "\ud800" <= char <= "\udfff" for char in shown
                )
                assert "\ufffe" not in shown


ANYTHING = [
    "La giunta presenta il progetto entro Natale", "E ora tocca al lungomare",
    "La protesta di via dei Tintori", "Stop alle auto nel centro di Portalba",
    "Multe, in tre mesi 26mila verbali", "Uno su quattro torna a casa",
    "Da luglio le polveri sono diminuite del 31 per cento.",
    "I negozianti annunciano appello al Consiglio di Stato.",
]  # fmt: skip


def test_paths_without_number_are_given_up(monkeypatch):
    """Lines that may each be anything have more readings than memory holds; they are read, and doubted."""
    given_up = []
    monkeypatch.setattr(alternatives, "readings", _noting(alternatives.readings, given_up))
    dice = random.Random(0)
    text = "\n".join(dice.choice(ANYTHING) for _ in range(240))

    bulletin = parse(text.encode(), Hints(name="a.txt", language="it"))

    assert [[]] == given_up
    assert bulletin.confidence < 0.9


def _noting(function, results):
    """Return a function that also notes what it gives."""

    def noting(*arguments):
        results.append(function(*arguments))
        return results[-1]

    return noting

"""A line that says what was wrong is a note on its story, not a part of it."""

from __future__ import annotations

import textwrap

import pytest
from parse.samples import LEAD, PARAGRAPHS, TEASERS, bulletin, read

from feedpub.model import Hints, Role
from feedpub.parse import explain

NOTE = "The bridge was opened in 1987, not in 1978."


def corrections(parsed) -> dict[str, tuple[str, ...]]:
    """Return the notes of the stories that have any, by title."""
    return {entry.title: entry.corrections for entry in parsed.entries if entry.corrections}


def after(line: str, *notes: str, text: str | None = None) -> str:
    """Return the plainest bulletin with `notes` below one of its lines."""
    return (text or bulletin()).replace(f"{line}\n", "\n".join([line, *notes]) + "\n", 1)


LABELS = {
    "en": "Correction: ",
    "capitals": "CORRECTION: ",
    "clarification": "Clarification: ",
    "de": "Korrektur: ",
    "de-2": "Berichtigung: ",
    "es": "Corrección: ",
    "es-capitals": "CORRECCION: ",
    "fr": "Rectificatif\u00a0: ",
    "it": "Correzione: ",
    "pt": "Correção: ",
    "nl": "Rectificatie: ",
    "sv": "Rättelse: ",
    "da": "Rettelse: ",
    "fi": "Oikaisu: ",
    "pl": "Sprostowanie: ",
    "cs": "Oprava: ",
    "hu": "Helyesbítés: ",
    "ro": "Erată: ",
    "bg": "Поправка: ",
    "ru": "Уточнение: ",
    "uk": "Виправлення: ",
    "sr": "Ispravka: ",
    "el": "Διόρθωση: ",
    "el-capitals": "ΔΙΟΡΘΩΣΗ: ",
    "tr": "DÜZELTME: ",
    "ar": "تصحيح: ",
    "he": "תיקון: ",
    "fa": "اصلاح: ",
    "hi": "सुधार: ",
    "zh": "更正：",
    "ja": "訂正：",
    "ko": "정정: ",
    "th": "แก้ไข: ",
    "vi": "Đính chính: ",
    "id": "Koreksi: ",
}


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_correction_in_any_language_is_a_note_on_its_story(label):
    """The label goes, the words stay, and the rest reads as without the line."""
    parsed = read(after(PARAGRAPHS[-1], label + NOTE))

    assert {LEAD: (NOTE,)} == corrections(parsed)
    plain = read(bulletin())
    assert [(e.title, e.paragraphs) for e in plain.entries] == [
        (e.title, e.paragraphs) for e in parsed.entries
    ]


def test_correction_below_a_teaser_is_the_teasers():
    """Each story has its own, in the order in which they stand."""
    title, text = TEASERS[1]
    parsed = read(after(text, f"Correction: {NOTE}", "Correction: And it is in the east."))

    assert {title: (NOTE, "And it is in the east.")} == corrections(parsed)


def test_correction_between_blank_lines_parts_its_neighbours():
    """The blank lines around it count as if it were not there."""
    spaced = bulletin().replace("\n", "\n\n")
    parsed = read(after(PARAGRAPHS[-1], "", f"Correction: {NOTE}", text=spaced))

    plain = read(spaced)
    assert [(e.title, e.paragraphs) for e in plain.entries] == [
        (e.title, e.paragraphs) for e in parsed.entries
    ]
    assert {LEAD: (NOTE,)} == corrections(parsed)


def test_wrapped_correction_is_whole():
    """A note that an old mail program cut into lines is one note."""
    note = "The trams had stood still for two winters and one summer, as the engineer has told us since."
    text = "\n\n".join(textwrap.fill(part, 60) for part in (LEAD, *PARAGRAPHS, f"Correction: {note}"))

    assert {LEAD: (note,)} == corrections(read(text))


def test_headlines_that_share_a_line_with_a_correction_stay():
    """Only the piece that is the correction is taken off."""
    shared = f"Bridge reopens on Monday | Ferry sold to Dalmere | Correction: {NOTE}"
    parsed = read(after(PARAGRAPHS[-1], shared))

    said = {text for entry in parsed.entries for text in (entry.title, *entry.paragraphs)}
    assert {"Bridge reopens on Monday", "Ferry sold to Dalmere"} <= said
    assert [(NOTE,)] == list(corrections(parsed).values())


NONE = {
    "a headline": (f"Correction: {NOTE}\n" + "\n".join(PARAGRAPHS), "a.txt"),
    "a marked title": (f"# {LEAD}\n{PARAGRAPHS[0]}\n## Correction: Ferry times\n{PARAGRAPHS[1]}", "a.txt"),
    "a heading": (f"# {LEAD}\n\n{PARAGRAPHS[0]}\n\n## Correction: Ferry times\n\n{PARAGRAPHS[1]}\n", "a.md"),
    "an empty one": (after(PARAGRAPHS[-1], "Correction:"), "a.txt"),
    "amid a line": (after(PARAGRAPHS[-1], f"It was a correction: {NOTE}"), "a.txt"),
}


@pytest.mark.parametrize(("text", "name"), NONE.values(), ids=NONE)
def test_what_only_looks_like_a_correction_is_text(text, name):
    """A story about a correction is a story."""
    assert {} == corrections(read(text, name=name))


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_correction_in_markup(name):
    """Other formats have the same notes, also with the label in bold."""
    text = {
        "a.md": f"# {LEAD}\n\n{PARAGRAPHS[0]}\n\n**Correction:** {NOTE}\n\n## Choir wins\n\nIt sang.\n",
        "a.html": (
            f"<h1>{LEAD}</h1><p>{PARAGRAPHS[0]}</p><p><b>Correction:</b> {NOTE}</p>"
            "<h2>Choir wins</h2><p>It sang.</p>"
        ),
    }[name]

    parsed = read(text, name=name)

    assert {LEAD: (NOTE,)} == corrections(parsed)
    assert (PARAGRAPHS[0],) == parsed.entries[0].paragraphs


def test_corrections_of_the_front_matter_concern_the_lead():
    """A text or a list of texts; they stand before those in the text."""
    one = read(f"---\ncorrection: '{NOTE}'\n---\n" + bulletin())
    two = read(f"---\ncorrection: [One., '{NOTE}']\n---\n" + after(PARAGRAPHS[-1], "Correction: Three."))

    assert {LEAD: (NOTE,)} == corrections(one)
    assert {LEAD: ("One.", NOTE, "Three.")} == corrections(two)
    assert Role.LEAD is one.entries[0].role


def test_explanation_names_a_correction():
    """An editor sees what became of the line."""
    explained = explain(after(PARAGRAPHS[-1], f"Correction: {NOTE}").encode(), Hints(name="a.txt"))
    [line] = [line for line in explained.lines if line.kind == "correction"]

    assert (NOTE, "correction of the story it stands in") == (line.text, line.role)
    assert [line.line for line in explained.lines] == sorted(line.line for line in explained.lines)

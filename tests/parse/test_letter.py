"""Newsletters as they come: who sent them, what is left out, what is broken in them."""

from __future__ import annotations

import datetime as dt

import pytest
from parse.samples import LEAD, PARAGRAPHS, bulletin, read, titles

from feedpub.exceptions import BulletinError
from feedpub.model import Named

HEAD = (
    "From: =?utf-8?q?Gr=C3=BCne?= Desk <desk@example.org>\nSubject: The Harbour Letter, October\n"
    "List-Id: The Harbour <letter.example.org>\nDate: Mon, 21 Oct 2024 10:00:00 +0200\nMIME-Version: 1.0\n"
)
TEXT = "\n".join(PARAGRAPHS)


def letter(*parts: str, kind: str = "mixed") -> str:
    """Write a letter of several parts, each with its own headers."""
    body = "".join(f"--x\n{part}\n" for part in parts)
    return f"{HEAD}Content-Type: multipart/{kind}; boundary=x\n\n{body}--x--\n"


def test_letter_names_its_list_and_sender():
    """The source is the identifier of the list, without its description."""
    parsed = read(f"{HEAD}\n{TEXT}\n", name="a.eml")

    assert (parsed.source, parsed.author) == ("letter.example.org", "Grüne Desk")
    assert (parsed.date, parsed.time) == (dt.date(2024, 10, 21), dt.time(10))


def test_subject_leads_a_text_without_headline():
    """Readers see what stood in their mailbox."""
    assert titles(read(f"{HEAD}\n{TEXT}\n", name="a.eml"))[0] == "The Harbour Letter, October"


def test_text_with_a_headline_of_its_own_keeps_it():
    """The same bulletin as a letter and as a file is the same; its own date counts too."""
    parsed = read(f"{HEAD}\n{bulletin(header=' date 2024-10-19 ' + LEAD)}\n", name="a.eml")

    assert titles(parsed) == titles(read(bulletin()))
    assert (parsed.date, parsed.time) == (dt.date(2024, 10, 19), None)


def test_html_part_is_preferred_wherever_it_stands():
    """The text part says the same in a poorer form."""
    parsed = read(
        letter(
            "Content-Type: text/plain\n\nPlain words.",
            f"Content-Type: text/html\n\n<h1>{LEAD}</h1><p>{PARAGRAPHS[0]}</p>",
            kind="alternative",
        ),
        name="a.eml",
    )

    assert [(e.title, e.paragraphs) for e in parsed.entries] == [(LEAD, PARAGRAPHS[:1])]
    assert not parsed.warnings


def test_attachments_come_with_the_lead():
    """Pictures, sound, papers; what is nothing of that is named in a warning."""
    parsed = read(
        letter(
            f"Content-Type: text/plain\n\n{TEXT}",
            'Content-Type: image/png\nContent-Disposition: attachment; filename="a b.png"\n\n12345',
            "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nMTIzNA==",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nnotes",
        ),
        name="a.eml",
    )

    assert (Named(file="a b.png", content=b"12345"),) == parsed.entries[0].files
    first, second = [w.message for w in parsed.warnings if "attachment" in w.message]
    assert first.startswith(
        "attachment without a name (application/pdf, 4 bytes) is not published; at most 20"
    )
    assert second.startswith("attachment notes.txt (text/plain, 5 bytes) is not published; at most 20")


def test_attachment_of_an_odd_type_is_named_in_clean_words():
    """No control character reaches the status page."""
    parsed = read(
        letter(f"Content-Type: text/plain\n\n{TEXT}", "Content-Type: image/\x1dng\n\n1"), name="a.eml"
    )

    assert all(char.isprintable() for warning in parsed.warnings for char in warning.message)


@pytest.mark.parametrize("depth", [150, 5_000])
def test_letters_within_letters_are_bounded(depth):
    """Nesting costs neither the stack nor minutes."""
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth)
    )

    with pytest.raises(BulletinError, match="too many parts"):
        read(HEAD + nested, name="a.eml")


@pytest.mark.parametrize(
    "broken",
    [
        "From: " + "(" * 3_000,
        "From: x@\nSubject: =?no-such-set?q?=FF?=",
        "Subject: " + "=?utf-8?b?" + "A" * 50_000,
        "List-Id: <\nDate: Mon, 99 Oct 0000 10:00:00 +9999",
        "Date: Mon, 21 Oct 0001 10:00:00 +0200",
        'Content-Type: text/plain; charset="\\x"',
        "Content-Type: text/plain; charset=idna",
        "Content-Type: " + "(" * 3_000,
        "Content-Transfer-Encoding: base64",
        "Subject: a\x07\x1f\x00b",
    ],
    ids=[
        "nested-comments", "no-address", "long-word", "no-list-no-date", "year-one", "odd-charset",
        "charset-without-errors", "nested-comments-in-type", "no-base64", "controls",
    ],
)  # fmt: skip
def test_broken_headers_end_in_a_bulletin_or_a_reason(broken):
    """A stranger's header takes nothing down, and no control character gets through."""
    try:
        parsed = read(f"{broken}\n\n{TEXT}\n", name="a.eml")
    except BulletinError:
        return

    assert all(char >= " " for title in titles(parsed) for char in title)
    assert parsed.date is None or parsed.date.year > 1899

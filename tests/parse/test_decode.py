"""Bytes to text: marks, encodings, damage."""

from __future__ import annotations

import codecs

import pytest
from parse.samples import bulletin, read, titles

from feedpub.exceptions import BulletinError

GERMAN = (
    " date 2024-10-21 Großer Kran hört wieder auf Müller\n"
    "Der Kran im Hafen fährt für übermütige Gäste ab März.\n"
    "Grüße aus Köln\n"
    "Die Möwen flögen höher"
)
CYRILLIC = (
    " date 2024-10-21 Кранът на пристанището има ново въже\n"
    "Големият кран е бил ремонтиран и ще работи от понеделник.\n"
    "Нова баня\n"
    "Тя е на брега и не е затворена"
)
GREEK = (
    " date 2024-10-21 Νέα γέφυρα στο λιμάνι\n"
    "Η γέφυρα άνοιξε την Τρίτη και δεν θα κλείσει για τους πεζούς.\n"
    "Πλοία\n"
    "Δεν είναι στο λιμάνι"
)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
    ids=[
        "utf8-mark",
        "utf16le-mark",
        "utf16be-mark",
        "utf32le-mark",
        "utf32be-mark",
        "utf16le-bare",
        "utf16be-bare",
    ],
)
def test_unicode_encodings_are_read_alike(mark, encoding):
    """C4: A byte order mark decides, and Latin UTF-16 is known without one."""
    assert titles(read(mark + bulletin().encode(encoding))) == titles(read(bulletin()))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(GERMAN, "windows-1252"), (CYRILLIC, "windows-1251"), (CYRILLIC, "koi8-r"), (GREEK, "windows-1253")],
    ids=["german-1252", "bulgarian-1251", "bulgarian-koi8", "greek-1253"],
)
def test_old_encodings_are_known_by_the_words_they_make(text, encoding):
    """C4: Of several 8-bit readings the one that makes words is taken, and a warning says so."""
    parsed = read(text.encode(encoding), language=None)

    assert titles(parsed) == titles(read(text))
    assert f"read as {encoding}" in parsed.warnings[0].message


def test_damaged_utf8_shows_where():
    """C4: One broken byte among many whole characters costs one character and a warning with its line."""
    parsed = read(CYRILLIC.encode().replace("ново".encode(), "н\u043e\u0432".encode() + b"\xff"))

    assert "�" in parsed.entries[0].title
    assert parsed.warnings[0].line == 1


def test_forbidden_characters_are_dropped_with_a_warning():
    """C2: XML cannot carry them; odd separators become spaces and end no line."""
    parsed = read(bulletin().replace("Harbour Bridge", "Har\x08bour\x0bBridge\u2028", 1))

    assert parsed.entries[0].title.startswith("Harbour Bridge Reopens")
    assert "U+0008" in parsed.warnings[0].message
    assert len(parsed.entries) == 4


@pytest.mark.parametrize(
    ("raw", "reason"),
    {
        "zip": (b"PK\x03\x04....", "a zip archive"),
        "png": (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        "nul": (bulletin().encode().replace(b"Harbour", b"Har\0bour"), "NUL"),
        "cut": (CYRILLIC.encode()[:-1], "ends in the middle of a character"),
        "surrogates": (
            bulletin().encode().replace(b"Bridge", b"\xed\xa0\xbd\xed\xb8\x80"),
            "not valid UTF-8",
        ),
        "utf16-cut": (codecs.BOM_UTF16_LE + b"a\0b", "ends in the middle of a character"),
    }.values(),
    ids=["zip", "png", "nul", "cut", "surrogates", "utf16-cut"],
)
def test_bytes_that_are_no_text_are_refused(raw, reason):
    """Binary, halved and damaged files are rejected with the cause."""
    with pytest.raises(BulletinError, match=reason):
        read(raw)

"""Formats with markup: their headings are obeyed, their furniture is left out."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from parse.samples import read, titles

from feedpub.exceptions import BulletinError
from feedpub.model import Hints
from feedpub.parse import explain, parse

EXPECTED = [
    ("Ferry & tram to share one ticket", ("First paragraph.", "Why it matters", "Second one.")),
    ("Bakery moves", ("Its new oven is blue.",)),
    ("Choir wins", ()),
]
MARKDOWN = """# Ferry & tram to share *one* ticket

First
paragraph.

### Why it matters

Second one.

## [Bakery moves](https://example.org/bakery)

Its new oven is `blue`.

## Choir wins
"""
HTML = """<!doctype html><html><head><title>Page</title>
<script>alert(1)</script><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav><h1>Ferry &amp; tram to share <em>one</em> ticket</h1><p>First
paragraph.</p><h3>Why it matters</h3><div>Second one.</div>
<h2><a href="https://example.org/bakery">Bakery moves</a></h2><p>Its new oven is <b>blue</b>.</p>
<h2>Choir wins</h2><footer>Imprint</footer></body></html>"""


def _docx() -> bytes:
    """Write the least Word document with styled headings."""
    levels = [
        (1, "Ferry &amp; tram to share one ticket"),
        (0, "First paragraph."),
        (3, "Why it matters"),
        (0, "Second one."),
        (2, "Bakery moves"),
        (0, "Its new oven is blue."),
        (2, "Choir wins"),
    ]
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        if level
        else f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        for level, text in levels
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2, 3)
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>"
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>'
        ),
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


LETTER = (
    "From: Harbour Desk <desk@example.org>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe_vom_Hafen?=\r\n"
    "Date: Mon, 21 Oct 2024 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type:"
    " multipart/alternative; boundary=x\r\n\r\n"
    "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain words.\r\n"
    f"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{HTML}\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.md", MARKDOWN.encode()), ("a.html", HTML.encode()), ("a.docx", _docx()), ("a.eml", LETTER.encode())],
    ids=["markdown", "html", "docx", "letter"],
)
def test_format_gives_the_same_entries(name, content):
    """The first heading leads, those of the next level are teasers, lower ones are subheads."""
    parsed = read(content, name=name)

    assert [(entry.title, entry.paragraphs) for entry in parsed.entries] == EXPECTED
    assert parsed.confidence == 1.0


@pytest.mark.parametrize(
    ("name", "content"), [("a.md", MARKDOWN), ("a.html", HTML)], ids=["markdown", "html"]
)
def test_linked_heading_gives_the_link(name, content):
    """Readers are sent where the author's heading points."""
    assert [entry.link for entry in read(content, name=name).entries] == [
        None,
        "https://example.org/bakery",
        None,
    ]


def test_letter_tells_date_and_author():
    """The envelope dates and signs the bulletin."""
    parsed = read(LETTER, name="a.eml")

    assert (parsed.date, parsed.time, parsed.author) == (dt.date(2024, 10, 21), dt.time(10), "Harbour Desk")


def test_letter_without_headline_is_led_by_its_subject():
    """The subject stands in; the plain part is read where there is no other."""
    head, _, _ = LETTER.partition("MIME-Version")

    assert titles(read(f"{head}\r\nOnly a few plain words here.\r\n", name="a.eml")) == ["Grüße vom Hafen"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "[x](javascript:alert(1))\n\n<script>alert(1)</script> text"),
        ("a.html", "<p onclick='x()'>text</p><a href='javascript:alert(1)'><h2>A</h2></a>"),
        ("a.html", "<div>" * 5_000 + "deep text" + "</div>" * 5_000),
        ("a.html", "<p>unclosed <b>and <!-- odd ><p>text &bogus; &#x41;"),
        ("a.eml", "From: x@\nContent-Type: text/plain; charset=no-such-set\n\nplain text"),
        ("a.eml", "Content-Type: multipart/mixed; boundary=\n\ntext"),
    ],
    ids=["markdown-script", "html-script", "html-deep", "html-broken", "letter-charset", "letter-boundary"],
)
def test_odd_markup_ends_in_a_bulletin_or_a_reason(name, content):
    """Strangers' markup crashes nothing, and no address but http gets through."""
    try:
        parsed = read(content, name=name)
    except BulletinError:
        return

    assert all(entry.link is None for entry in parsed.entries)


def _damaged(part: str, old: bytes, new: bytes) -> bytes:
    """Change the bytes of one part of the Word document."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_docx())) as given, zipfile.ZipFile(held, "w") as archive:
        for name in given.namelist():
            content = given.read(name)
            archive.writestr(name, content.replace(old, new) if name == part else content)
    return held.getvalue()


DOCUMENT = "word/document.xml"


@pytest.mark.parametrize(
    "content",
    [
        b"no archive",
        b"PK\x03\x04 but cut",
        b"",
        _damaged(DOCUMENT, b"</w:body>", b"</w:bod>"),
        _damaged(DOCUMENT, b"First", b"Fir\x07st"),
        _damaged(DOCUMENT, b"<w:body>", b"<w:body>" + b"<w:p>" * 9_000 + b"</w:p>" * 9_000),
        _damaged("_rels/.rels", b"Target", b"Aim"),
    ],
    ids=["junk", "cut", "empty", "broken-xml", "control-character", "too-deep", "no-target"],
)
def test_broken_word_document_is_refused(content):
    """The reason says what was expected."""
    with pytest.raises(BulletinError, match="not a Word document"):
        read(content, name="a.docx")


def test_word_document_that_unpacks_to_too_much_is_refused():
    """A small archive cannot keep the newsroom waiting."""
    with pytest.raises(BulletinError, match="at most 2,097,152"):
        read(_damaged(DOCUMENT, b"First", b"First " * 400_000), name="a.docx")


def test_heading_that_is_only_a_time_keeps_it():
    """A stamp is taken off a title, unless nothing is left then."""
    parsed = read("# Ferry sails\n\nText of it.\n\n## [16:42]\n\n## [15:20]\n\nText.\n", name="a.md")

    assert titles(parsed) == ["Ferry sails", "[16:42]", "[15:20]"]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml"])
def test_explanation_is_of_the_bulletin_that_is_published(name):
    """What is explained is what subscribers get."""
    raw = (LETTER if name == "a.eml" else HTML if name == "a.html" else MARKDOWN).encode()
    plain = b"From: Desk <d@example.org>\nSubject: Something\n\nWords that are told. And more of them.\n"
    hints = Hints(name=name, language="en")

    assert explain(raw, hints).bulletin == parse(raw, hints)
    assert explain(plain, hints).bulletin == parse(plain, hints)


def test_unknown_suffix_is_read_as_plain_text():
    """The table's first format is the default."""
    assert titles(
        read("A headline of sorts\nAnd a sentence that follows it, which is longer.", name="a.news")
    )

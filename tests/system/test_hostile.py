"""A folder full of what breaks other programs, and one good bulletin among it."""

from __future__ import annotations

import io
import json
import os
import zipfile

import feedparser
import pytest
from system.installation import Installation

GOOD = (
    " date 2024-10-22 {title}\nNothing happened in Sandholm on Tuesday, the mayor said, and nobody minded.\n"
    "Ferry Keeps Its Timetable\nThe captain sees no reason for changing it\n"
)
TITLES = ("A Quiet Day in Sandholm", "Ferry Keeps Its Timetable")


def _good(title: str) -> bytes:
    return GOOD.format(title=title).encode()


def _archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "x")
    return held.getvalue()


# Each with what the reason says.
REFUSED = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \t\r\n\xc2\xa0\n", "no text"),
    "only-newlines.txt": (b"\n" * 500_000, "no text"),
    "only-a-date.txt": (b" date 2024-10-22 \n", "nothing stands after the date"),
    "too-large.txt": (b" date 2024-10-22 Words " + b"and words " * 600_000, "too large"),
    "nul.txt": (_good("A Quiet Day").replace(b"mayor", b"ma\0yor"), "NUL"),
    "damaged.txt": (_good("A Quiet Day").replace(b"mayor", b"m\xff\xfe \xc3 \xe2\x82 r"), "UTF-8"),
    "surrogates.txt": (_good("A Quiet \xed\xa0\xbd Day").decode().encode("latin-1"), "UTF-8"),
    "cut.txt": (_good("A Quiet Day") + "Přístav пристан".encode()[:-1], "middle of a character"),
    "no-such-day.txt": (_good("A Quiet Day").replace(b"2024-10-22", b"2023-02-29"), "2023-02-29"),
    "year-one.txt": (_good("A Quiet Day").replace(b"2024", b"0001"), "out of range"),
    "year-9999.txt": (_good("A Quiet Day").replace(b"2024", b"9999"), "out of range"),
    "archive.txt": (_archive(), "zip archive"),
    "image.txt": (b"\x89PNG\r\n\x1a\n\0\0", "PNG image"),
    "bomb.txt": (b"---\na: &a [x, x]\nb: &b [*a, *a]\ntitle: *b\n---\n" + _good("A Quiet Day"), "anchors"),
    "climbing.txt": (b"---\nslug: ../../../../tmp/x\n---\n" + _good("A Quiet Day"), "slug"),
    "no-document.docx": (b"PK\x03\x04 and no more", "not a Word document"),
}
# Each is published, a lead and a teaser.
ACCEPTED = {
    "marked.txt": ("\ufeff" + GOOD.format(title="A Marked Day in Sandholm")).encode(),
    "utf-16.txt": GOOD.format(title="A Wide Day in Sandholm").encode("utf-16"),
    "cr.txt": GOOD.format(title="A Typed Day in Sandholm").replace("\n", "\r").encode(),
    "controls.txt": GOOD.format(title="An \x1b[31mOdd\x08 Day in Sandholm\x0bTown").encode(),
    "markup.txt": GOOD.format(title="]]> <script>alert(1)</script> &amp; <b>Day</b>").encode(),
    "bidi.txt": GOOD.format(title="A \u202eTurned\u202c Day \u2067left open").encode(),
    "emoji.txt": GOOD.format(
        title="\U0001f468\u200d\U0001f469\u200d\U0001f467 Family Day in Sandholm"
    ).encode(),
    "marks.txt": GOOD.format(title="D" + "\u0301" * 2_000 + "ay").encode(),
    "address.txt": GOOD.format(title="https://example.invalid/?q=<b>&lang=en").encode(),
    "script.txt": GOOD.format(title="javascript:alert(document.cookie)").encode(),
    "-rf.txt": _good("A Dashing Day in Sandholm"),
    "two  spaces .txt": _good("A Spacious Day in Sandholm"),
    "line\nend.txt": _good("A Broken Day in Sandholm"),
    "име-é-e\u0301.txt": _good("A Foreign Day in Sandholm"),
    "x" * 251 + ".txt": _good("A Long Day in Sandholm"),
    "no-utf-8-\udcff.txt": _good("A Nameless Day in Sandholm"),
}
SHOWN = {
    "controls.txt": "An [31mOdd Day in Sandholm Town",
    "markup.txt": "]]> <script>alert(1)</script> &amp; <b>Day</b>",
    "emoji.txt": "\U0001f468\u200d\U0001f469\u200d\U0001f467 Family Day in Sandholm",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Give an installation that has taken in the whole folder in one pass."""
    site = Installation(tmp_path_factory.mktemp("hostile"))
    for name, raw in [(name, raw) for name, (raw, _) in REFUSED.items()] + list(ACCEPTED.items()):
        (site.input / name).write_bytes(raw)
    (site.input / "good.txt").write_bytes(_good(TITLES[0]))
    secret = site.root / "secret.txt"
    secret.write_text("A Secret Headline\nNobody may read this text.\n")
    (site.input / "link.txt").symlink_to(secret)
    (site.input / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(site.input / "pipe.txt")
    (site.input / "folder.txt").mkdir()
    site.config.write_text(site.config.read_text() + "input: {include: ['**/*.txt', '**/*.docx']}\n")
    done = site.command("build")
    assert done.returncode == 1, done.stderr
    return site


STRUCTURED = b'<script type="application/ld+json">'  # of our own, which nothing runs


def test_hostile_folder_is_survived(built):
    """What can be published is, what cannot has its reason, and nothing is moved or changed."""
    status = built.status()
    entries = json.loads(built.command("list", "--json").stdout)

    reasons = {each["bulletin"]: each["reason"] for each in status["rejected"]}
    assert not [name for name, (_, reason) in REFUSED.items() if reason not in reasons.get(name, "")]
    taken = {entry["bulletin"] for entry in entries}
    assert len(taken) == len(ACCEPTED) + 1
    assert TITLES[0] in {entry["title"] for entry in entries}
    assert all((built.input / name).read_bytes() == raw for name, (raw, _) in REFUSED.items())


def test_hostile_folder_leaves_the_feeds_well_formed(built):
    """Readers see the characters of the file, ids differ, nothing live gets through."""
    for name in ("news.rss", "news.atom"):
        content = (built.output / "feeds" / name).read_bytes()
        feed = feedparser.parse(content)
        assert not feed.bozo
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        assert b"Secret" not in content
        assert b'href="javascript' not in content
    items = json.loads((built.output / "feeds" / "news.json").read_bytes())["items"]
    assert set(SHOWN.values()) <= {item["title"] for item in items}
    assert not list(built.root.glob("**/tmp"))
    pages = {p: p.read_bytes().replace(STRUCTURED, b"") for p in built.output.rglob("*.html")}
    assert not [p for p, content in pages.items() if b"<script" in content]

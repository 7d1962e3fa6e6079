"""Search for bulletins that the parser cannot bear.

    python benchmarks/fuzz_parser.py --seconds 600
    python benchmarks/fuzz_parser.py --seconds 600 --guided

Mutates the labelled cases in every format and holds what comes out to the parser's promises. With `--guided`
the mutations follow the code they reach, which takes atheris (`pip install atheris`). A finding is written to
the folder of `--out` with the promise that it breaks; the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import io
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

CASES = Path(__file__).parents[1] / "tests" / "bulletins" / "cases"
SUFFIXES = (".txt", ".md", ".html", ".eml", ".docx")
LONGEST = 3.0  # seconds of processor time for one input; the inputs are below 64 KB
MAX_BYTES = 65_536
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WORDS = [
    word.encode("utf-8", "surrogatepass")
    for word in (
        "---\n", "---\ntitle: x\n---\n", "date: 2024-02-30\n", "slug: a\n",
        "enclosure: {url: https://e.example/a}\n", " date 2024-10-21 ", "\ndate 2024-11-05 Further\n",
        "date 0001-01-01", "# ", "## ", "\n#tag #tag\n", "\nhttps://e.example/\n", "\r", "\r\n", "\n\n\n",
        "\u2028", "\x0b", "\x1f", "\0", "\ufeff", "\u202e", "\ufffe", "\U0001f469\u200d\U0001f467",
        "\u0301" * 40, "18:43 ", "3. ", "• ", "+++ ", " | ", "…", "Correction: ", "(14:30)", "???", "\t",
        "\xa0", "今日", "!", "<h1>", "</h2>", "<p>", "<![CDATA[", "<!--", "<table>", "<svg>",
        "<a href='javascript:x'>", "&#0;", "&#xd800;", "&#x1F;", "&bogus;", "```\n", "> ", "[x](y)",
        "\n\nContent-Type: ", "multipart/mixed; boundary=x\n", "\n--x\n", "\n--x--\n", "charset=utf-7",
        "charset=idna", "charset=rot13", "=?utf-8?b?/w==?=", "=?x?q?=00?=",
        "Content-Transfer-Encoding: base64\n\n", "Content-Disposition: attachment; filename=\"a\nb\"\n",
        "message/rfc822", "Date: Mon, 99 Oct 0000 10:00:00 +9999\n", "From: x@\n", "List-Id: <\n",
        "Subject: \n", "\ud800", "PK\x03\x04",
    )
]  # fmt: skip


class BrokenPromiseError(Exception):
    """The parser did what it never should."""


def check(raw: bytes, name: str) -> str:
    """Parse and hold the result to every promise; tell how it ended."""
    from feedpub.exceptions import BulletinError  # noqa: PLC0415  after instrumentation
    from feedpub.model import Hints  # noqa: PLC0415  as above
    from feedpub.parse import explain, parse  # noqa: PLC0415  as above

    hints = Hints(name=name, language="en")
    begun = time.process_time()
    try:
        found: object = parse(raw, hints)
    except BulletinError as error:
        found = str(error)
    spent = time.process_time() - begun
    if spent > LONGEST:
        raise BrokenPromiseError(f"took {spent:.1f} seconds")
    try:
        again: object = explain(raw, hints).bulletin
    except BulletinError as error:
        again = str(error)
    if repr(again) != repr(found):
        raise BrokenPromiseError("is read differently the second time")
    if not isinstance(found, str):
        check_bulletin(found)
    return "refused" if isinstance(found, str) else "bulletin"


def check_bulletin(bulletin) -> None:
    """Look at every text of a bulletin, and at who leads."""
    for entry in bulletin.entries:
        if not entry.title.strip() or "\n" in entry.title or "\r" in entry.title:
            raise BrokenPromiseError(f"title {entry.title!r}")
        if any(not text.strip() for text in entry.paragraphs):
            raise BrokenPromiseError("a paragraph without text")
    for text in texts(bulletin):
        if FORBIDDEN.search(text):
            raise BrokenPromiseError(f"characters that XML forbids in {text!r}")
    for date, entries in groupby(bulletin.entries, key=lambda entry: entry.date):
        leads = sum(entry.role == "lead" for entry in entries)
        if not leads or (date is None and leads > 1):
            raise BrokenPromiseError(f"{leads} leads of {date}")


def texts(bulletin) -> Iterator[str]:
    """Go through all that a bulletin says."""
    yield from (value for value in (bulletin.author, bulletin.language) if value)
    yield from bulletin.categories
    yield from (warning.message for warning in bulletin.warnings)
    for entry in bulletin.entries:
        yield from (entry.title, *entry.paragraphs, *entry.categories, *entry.corrections)
        yield entry.link or ""


def seeds() -> list[str]:
    """Return the texts of the labelled cases."""
    return [path.read_bytes().decode() for path in sorted(CASES.glob("*.txt"))]


def dressed(text: str, suffix: str, dice: random.Random) -> bytes:
    """Write a text in a format, its short lines as headings."""
    marked = [(line, len(line) < 70 and dice.random() < 0.7) for line in text.splitlines()]
    if suffix == ".md":
        return "\n\n".join(
            f"{'#' * dice.randint(1, 3)} {line}" if head else line for line, head in marked
        ).encode()
    if suffix in {".html", ".docx", ".eml"}:
        tags = [(f"h{dice.randint(1, 3)}" if head else "p", html.escape(line)) for line, head in marked]
        page = "\n".join(f"<{tag}>{line}</{tag}>" for tag, line in tags)
        return (
            page.encode()
            if suffix == ".html"
            else letter(text, page, dice)
            if suffix == ".eml"
            else text.encode()
        )
    return text.encode()


def letter(text: str, page: str, dice: random.Random) -> bytes:
    """Write a letter with a text part, an HTML part and an attachment."""
    body = f"--x\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    if dice.random() < 0.6:
        body += f"--x\nContent-Type: text/html; charset=utf-8\n\n{page}\n"
    if dice.random() < 0.4:
        body += '--x\nContent-Type: image/png\nContent-Disposition: attachment; filename="a.png"\n\nabc\n'
    return (
        "From: Desk <desk@example.org>\nList-Id: The List <list.example.org>\n"
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nDate: Mon, 21 Oct 2024 10:00:00 +0200\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/{dice.choice(['mixed', 'alternative'])}; boundary=x\n\n{body}--x--\n"
    ).encode()


def mutated(raw: bytes, others: list[bytes], dice: random.Random) -> bytes:
    """Change a few places of a document: bytes, lines, words of the formats, pieces of another one."""
    held = bytearray(raw[:MAX_BYTES])
    for _ in range(dice.choice((0, 1, 1, 2, 3, 5, 8, 20))):
        place = dice.randrange(len(held) + 1)
        end = min(len(held), place + dice.choice((1, 2, 8, 60, 400)))
        kind = dice.randrange(7)
        if kind == 0 and held:
            held[min(place, len(held) - 1)] = dice.randrange(256)
        elif kind == 1:
            del held[place:end]
        elif kind == 2:
            held[place:place] = held[place:end] * dice.choice((1, 1, 3, 30))
        elif kind in {3, 4}:
            held[place:place] = dice.choice(WORDS) * dice.choice((1, 1, 1, 2, 50))
        elif kind == 5:
            other = dice.choice(others)
            start = dice.randrange(len(other) + 1)
            held[place:place] = other[start : start + 300]
        else:
            parts = bytes(held).split(b"\n")
            dice.shuffle(parts)
            held = bytearray(b"\n".join(parts))
    return bytes(held[:MAX_BYTES])


def archived(document: bytes, dice: random.Random) -> bytes:
    """Put a text into a Word document; now and then damage the archive itself."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    lines = document.decode("utf-8", "replace").split("\n")
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Heading{dice.randint(1, 3)}"/></w:pPr>'
        f"<w:r><w:t>{word(line)}</w:t></w:r></w:p>"
        for line in lines
    )
    content = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()
    if dice.random() < 0.3:
        content = mutated(content, [content], dice)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        link = f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{link}</Relationships>')
        archive.writestr("word/document.xml", content)
    raw = held.getvalue()
    return mutated(raw, [raw], dice) if dice.random() < 0.2 else raw


def word(line: str) -> str:
    """Escape a line for XML, without what XML forbids."""
    return html.escape(FORBIDDEN.sub("", line))


def attempts(dice: random.Random) -> Iterator[tuple[bytes, str]]:
    """Give document after document, and its name."""
    texts_ = seeds()
    while True:
        suffix = dice.choice(SUFFIXES)
        others = [dressed(dice.choice(texts_), suffix, dice) for _ in range(2)]
        raw = mutated(others[0], others, dice)
        yield (archived(raw, dice) if suffix == ".docx" else raw), f"a{suffix}"


def tried(raw: bytes, name: str) -> str:
    """Say how one document ended: "bulletin", "refused", or what broke."""
    try:
        return check(raw, name)
    except Exception:  # noqa: BLE001  that anything at all comes through is the finding
        return traceback.format_exc()


def search(seconds: float, seed: int, out: Path) -> int:
    """Try documents for so long; keep one example of each finding."""
    ends: Counter[str] = Counter()
    begun, last = time.monotonic(), 0.0
    for raw, name in attempts(random.Random(seed)):
        end = tried(raw, name)
        if end not in {"bulletin", "refused"}:
            key = " ".join(end.splitlines()[-3:])[:300]
            if not ends[key]:
                place = out / f"{hashlib.sha256(key.encode()).hexdigest()[:8]}{Path(name).suffix}"
                place.write_bytes(raw)
                print(f"{place}\n{end}", flush=True)
            end = key
        ends[end] += 1
        spent = time.monotonic() - begun
        if spent - last > 60 or spent > seconds:
            last = spent
            findings = len(ends.keys() - {"bulletin", "refused"})
            print(
                f"{spent:.0f} s: {sum(ends.values()):,} documents, {ends['bulletin']:,} bulletins,"
                f" {ends['refused']:,} refused, {findings} findings",
                flush=True,
            )
        if spent > seconds:
            return int(any(end not in {"bulletin", "refused"} for end in ends))
    raise AssertionError("attempts never end")


def follow(seconds: float, out: Path) -> None:
    """Let atheris choose the documents by the code they reach; it ends the process itself."""
    import atheris  # noqa: PLC0415  no dependency of feedpub

    with atheris.instrument_imports(include=["feedpub"]):
        from feedpub.parse import docx, hypertext, letter, markdown  # noqa: F401, PLC0415  they open late

    def one(data: bytes) -> None:
        if data:
            check(data[1:], f"a{SUFFIXES[data[0] % len(SUFFIXES)]}")

    corpus = Path(tempfile.mkdtemp())
    dice = random.Random(0)
    for number, text in enumerate(seeds()):
        for kind, suffix in enumerate(SUFFIXES):
            raw = dressed(text, suffix, dice)
            raw = archived(raw, dice) if suffix == ".docx" else raw
            (corpus / f"{number}{suffix}").write_bytes(bytes([kind]) + raw)
    limits = [
        f"-max_total_time={int(seconds)}",
        f"-max_len={MAX_BYTES}",
        f"-artifact_prefix={out}/",
        "-timeout=20",
    ]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], one)
    atheris.Fuzz()


def main() -> None:
    """Read the arguments and search."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--guided", action="store_true")
    arguments.add_argument("--out", type=Path, default=Path(tempfile.gettempdir(), "fuzz-findings"))
    chosen = arguments.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.guided:
        follow(chosen.seconds, chosen.out)
    else:
        raise SystemExit(search(chosen.seconds, chosen.seed, chosen.out))


if __name__ == "__main__":
    main()

"""Bytes to clean text: byte order marks, strict UTF-8, then the encodings an older program may have used."""

from __future__ import annotations

import codecs
import re

from feedpub.exceptions import BulletinError
from feedpub.model import Hints, Warning  # noqa: A004  the interface calls it so
from feedpub.parse import charsets

# The longer mark first: that of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
)
MAX_WARNINGS = 20  # of one kind in one bulletin; a status page is read by people

# What XML 1.0 section 2.2 forbids, and C1 controls, which it merely discourages.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
_SPACES = frozenset(
    "\x0b\x0c\x85\u2028\u2029"
)  # other programs end a line here; in a bulletin they part words


def decode(raw: bytes, hints: Hints) -> tuple[str, list[Warning]]:
    """Return the text of a bulletin and what had to be assumed; line ends stay as they are.

    Raises BulletinError for what is empty, binary, cut within a character, or in no known encoding.
    """
    _refuse_binary(raw, hints)
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, hints)
    if b"\0" in raw:
        return _without_mark(raw, hints)
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error, hints)


def clean(line: str, number: int, warnings: list[Warning]) -> str:
    """Drop what XML forbids from one line, turn odd separators into spaces; report the former."""
    found = _FORBIDDEN.findall(line)
    if not found:
        return line
    dropped = [char for char in found if char not in _SPACES]
    if dropped and len(warnings) < MAX_WARNINGS:
        names = ", ".join(sorted({f"U+{ord(char):04X}" for char in dropped}))
        warnings.append(Warning(line=number, message=f"dropped characters that XML forbids: {names}"))
    return _FORBIDDEN.sub(lambda match: " " if match[0] in _SPACES else "", line)


def line_of(raw: bytes, offset: int) -> int:
    """Return the 1-based line on which the byte at `offset` stands."""
    before = raw[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _refuse_binary(raw: bytes, hints: Hints) -> None:
    if not raw:
        raise BulletinError(hints.name, "the file is empty", expected="expected a headline and text")
    for signature, name in SIGNATURES:
        if raw.startswith(signature):
            raise BulletinError(hints.name, f"not text but {name}", expected="expected plain text")


def _strictly(raw: bytes, encoding: str, hints: Hints) -> tuple[str, list[Warning]]:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        reason = f"not valid {encoding.upper()}, as its byte order mark says"
        if error.end >= len(raw):
            reason = "ends in the middle of a character"
        raise BulletinError(hints.name, reason, expected="expected UTF-8") from error
    if "\0" in text:
        raise BulletinError(hints.name, "contains NUL characters: not text", expected="expected plain text")
    return text, []


def _without_mark(raw: bytes, hints: Hints) -> tuple[str, list[Warning]]:
    """Read UTF-16 that lost its mark: every other byte of Latin text is NUL."""
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        pairs = len(raw) // 2
        if pairs and raw[first::2].count(0) * 3 > pairs and not raw[1 - first :: 2].count(0):
            text, warnings = _strictly(raw, encoding, hints)
            assumed = f"read as {encoding.upper()}: it has no byte order mark"
            return text, [*warnings, Warning(line=None, message=assumed)]
    line = line_of(raw, raw.index(0))
    reason = "contains NUL bytes: not text"
    raise BulletinError(hints.name, reason, line=line, expected="expected plain text in UTF-8")


def _not_utf8(raw: bytes, error: UnicodeDecodeError, hints: Hints) -> tuple[str, list[Warning]]:
    line = line_of(raw, error.start)
    if _cut_short(raw, error):
        reason = "ends in the middle of a character"
        raise BulletinError(hints.name, reason, line=line, expected="expected the whole file, in UTF-8")
    if _mostly_utf8(raw):
        return _with_replacements(raw)
    encoding = charsets.guess(raw, hints.encodings, hints.language)
    if encoding is None:
        reason = f"not valid UTF-8 (byte {error.start + 1}) nor any other encoding that gives words"
        raise BulletinError(hints.name, reason, line=line, expected="expected UTF-8")
    message = f"not UTF-8; read as {encoding}"
    return raw.decode(encoding, "replace"), [Warning(line=line, message=message)]


def _cut_short(raw: bytes, error: UnicodeDecodeError) -> bool:
    if error.reason != "unexpected end of data":
        return False
    rest = raw[error.start :]
    # One lone byte after a letter may be the "é" of "café" in an older encoding.
    lone = len(rest) == 1 and raw[:-1].isascii() and raw[error.start - 1 : error.start].isalpha()
    return not lone


def _mostly_utf8(raw: bytes) -> bool:
    """Tell whether damaged UTF-8 is likelier than an older encoding, by its whole characters."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("�")
    whole = sum(1 for char in text if char >= "\x80") - broken
    return whole > 2 * broken


def _with_replacements(raw: bytes) -> tuple[str, list[Warning]]:
    text = raw.decode("utf-8", "replace")
    warnings: list[Warning] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        column = line.find("�")
        if column >= 0 and len(warnings) < MAX_WARNINGS:
            message = f"column {column + 1}: not valid UTF-8; the damaged character shows as �"
            warnings.append(Warning(line=number, message=message))
    return text, warnings

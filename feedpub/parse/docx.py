"""Word documents (.docx): made into HTML by mammoth, which keeps headings and paragraphs, and read as such."""

from __future__ import annotations

import io
import zipfile

import mammoth  # type: ignore[import-untyped]  # it ships no annotations and has no stubs

from feedpub.exceptions import BulletinError
from feedpub.model import Hints
from feedpub.parse import hypertext
from feedpub.parse.blocks import Blocks
from feedpub.parse.source import Source

MAX_UNPACKED = 64 * 1024 * 1024  # bytes; a small archive can unpack to more than any memory


def source(raw: bytes, hints: Hints) -> Source:
    """Return a document's blocks as lines. Raises BulletinError for what is no Word document."""
    _check(raw, hints)
    try:
        html = mammoth.convert_to_html(io.BytesIO(raw), ignore_empty_paragraphs=True).value
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, NotImplementedError) as error:
        raise _refusal(hints) from error
    return hypertext.from_text(html, Blocks([]))


def _check(raw: bytes, hints: Hints) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _refusal(hints) from error
    if size > MAX_UNPACKED:
        raise BulletinError(
            hints.name, f"unpacks to {size:,} bytes", expected=f"expected at most {MAX_UNPACKED:,}"
        )


def _refusal(hints: Hints) -> BulletinError:
    return BulletinError(hints.name, "not a Word document", expected="expected a .docx file")

"""Word documents (.docx): made into HTML by mammoth, which keeps the headings, and read as such."""

from __future__ import annotations

import io
import zipfile

try:
    import mammoth
except ModuleNotFoundError:  # it comes with the extra "docx"
    mammoth = None

from feedpub.exceptions import BulletinError
from feedpub.model import Hints
from feedpub.parse import hypertext
from feedpub.parse.blocks import Blocks
from feedpub.parse.source import Source

MAX_UNPACKED = 64 * 1024 * 1024  # bytes; a small archive can unpack to more than any memory
MAX_XML = 2 * 1024 * 1024  # bytes of its text and styles: some hundred pages, and seconds of work


def source(raw: bytes, hints: Hints) -> Source:
    """Return a document's blocks as lines. Raises BulletinError for what is no Word document."""
    if mammoth is None:
        raise BulletinError(hints.name, "Word documents cannot be read", expected="install feedpub[docx]")
    _check(raw, hints)
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(raw),
            ignore_empty_paragraphs=True,
            convert_image=mammoth.images.img_element(lambda _image: {}),  # else each is written out in base64
        ).value
    except Exception as error:  # those of XML, zlib, zipfile and recursion all come through
        raise _refusal(hints) from error
    return hypertext.from_text(html, Blocks([]))


def _check(raw: bytes, hints: Hints) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _refusal(hints) from error
    written = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
    for size, most in ((sum(part.file_size for part in parts), MAX_UNPACKED), (sum(written), MAX_XML)):
        if size > most:
            expected = f"expected at most {most:,}"
            raise BulletinError(hints.name, f"unpacks to {size:,} bytes", expected=expected)


def _refusal(hints: Hints) -> BulletinError:
    return BulletinError(hints.name, "not a Word document", expected="expected a .docx file")

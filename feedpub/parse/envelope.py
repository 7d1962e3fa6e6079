"""A letter's headers and parts, read so that nothing a stranger writes there can break anything."""

from __future__ import annotations

from email.message import EmailMessage, Message

from feedpub.model import MEDIA_TYPES, Named, Warning, suffix_of  # noqa: A004  the interface calls it so
from feedpub.parse.decode import MAX_WARNINGS, clean

MAX_HEADER = 2_000  # characters; the standard library takes quadratic time for the headers of a stranger
_MAX_FILES = 20  # of one letter
_MAX_NAME = 100  # characters of a file's name

# What the standard library lets through where a header or a part is not as it should be: `From: x@` is an
# IndexError, an unknown charset a LookupError, brackets within brackets a RecursionError.
BROKEN = (ValueError, IndexError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)


def header(message: EmailMessage, name: str) -> str:
    """Return a header on one line; empty where it is absent or broken."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    if len(raw) > MAX_HEADER:
        return ""
    try:
        return line(str(message.get(name, "")))
    except BROKEN:
        return ""


def line(text: str) -> str:
    """Return a text on one line, without what XML forbids."""
    return " ".join(clean(text, 0, []).split())


def body(message: EmailMessage, kind: str) -> EmailMessage | None:
    """Return the part that says what the letter says, as "html" or "plain"."""
    try:
        part = message.get_body(preferencelist=(kind,))
    except BROKEN:
        return None
    return part if isinstance(part, EmailMessage) else None


def text(part: EmailMessage) -> str:
    """Return a part's text; an unknown charset is read as UTF-8 with replacements."""
    try:
        content = part.get_content()
    except BROKEN:
        content = _bytes(part)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)


def attachments(message: EmailMessage, chosen: EmailMessage) -> tuple[list[Named], list[Warning]]:
    """Return the files that come with a letter, and a warning of each other part that is not published.

    `chosen` is its text, of which other forms are no files.
    """
    files: list[Named] = []
    warnings: list[Warning] = []
    for part in message.walk():
        if part is chosen or part.is_multipart() or not _is_file(part):
            continue
        name = _name(part).replace("/", "-").replace("\\", "-")
        if suffix_of(name) in MEDIA_TYPES and len(files) < _MAX_FILES:
            files.append(Named(file=name, content=_bytes(part)))
        elif len(warnings) < MAX_WARNINGS:
            said = f"attachment {name} ({_type(part)}, {len(_bytes(part)):,} bytes) is not published"
            kinds = ", ".join(sorted(MEDIA_TYPES))
            warnings.append(Warning(line=None, message=f"{said}; at most {_MAX_FILES} are, of {kinds}"))
    return files, warnings


def _is_file(part: Message) -> bool:
    try:
        is_text = part.get_content_maintype() == "text"
        return not is_text or part.get_content_disposition() == "attachment"
    except BROKEN:
        return True


def _name(part: Message) -> str:
    try:
        name = line(part.get_filename() or "")
    except BROKEN:
        name = ""
    return name[:_MAX_NAME] or "without a name"


def _type(part: Message) -> str:
    try:
        return line(part.get_content_type())
    except BROKEN:
        return "of no known type"


def _bytes(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except BROKEN:
        return b""
    return content if isinstance(content, bytes) else b""

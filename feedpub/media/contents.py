"""What a file holds, by its first bytes: a name can say anything."""

from __future__ import annotations

from feedpub.model import MEDIA_TYPES

HEAD_BYTES = 64

_SIGNS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_EPUB = b"mimetypeapplication/epub+zip"  # stands first in it, uncompressed (OCF 3.3 section 4.3.1)


def media_type(suffix: str, head: bytes) -> str | None:
    """Return the media type of a file with this suffix that begins with `head`; None where they disagree."""
    wanted = MEDIA_TYPES[suffix]
    return wanted if wanted in _types(head) else None


def _types(head: bytes) -> tuple[str, ...]:
    for sign, found in _SIGNS:
        if head.startswith(sign):
            return (found,)
    if head.startswith(b"RIFF"):
        return (_RIFF.get(head[8:12], ""),)
    if head[4:8] == b"ftyp":  # ISO/IEC 14496-12 section 4.3: the brand that follows
        # Programs name sound alone by the brand of films, too.
        return ("image/avif",) if head[8:12] in {b"avif", b"avis"} else ("audio/mp4", "video/mp4")
    if head.startswith(b"PK\x03\x04") and _EPUB in head:
        return ("application/epub+zip",)
    # MPEG audio without a tag begins with a frame: eleven set bits (ISO/IEC 11172-3 section 2.4.1.3).
    return ("audio/mpeg",) if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 else ()

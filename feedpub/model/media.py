"""Files that come with a bulletin: pictures, sound, film, papers."""

from __future__ import annotations

from dataclasses import dataclass

MEDIA_TYPES = {
    "avif": "image/avif",
    "epub": "application/epub+zip",
    "flac": "audio/flac",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
}
"""Media types by suffix, of what can come with a bulletin. Without SVG, which browsers run as a program."""


def suffix_of(path: str) -> str:
    """Return the suffix of a file's name in small letters, without its dot; "" where it has none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A file that front matter names, before anybody looked for it."""

    file: str  # relative to the folder of the bulletin, "/" between parts, never upwards
    alt: str = ""  # what can be seen in it, for those who cannot
    picture: bool = False  # the picture of the story
    line: int | None = None  # 1-based, where the bulletin names it
    content: bytes | None = None  # of what a letter brings with it; None: it lies beside the bulletin

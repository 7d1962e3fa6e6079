"""The folder of media: each file once, under a name made of its bytes.

What was published can so be made anew when the input folder no longer has it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from feedpub.media import contents
from feedpub.model import Enclosure

_FOLDER = "media"  # in the output
_CHUNK = 1 << 20  # bytes
_NAME_CHARACTERS = 32  # of the SHA-256 in hex


class UnusableError(Exception):
    """Says why a file cannot come with a bulletin; the text goes on after the file's name."""


class MediaFolder:
    """Keeps the files that came with bulletins."""

    def __init__(self, root: Path, *, scratch: Path | None = None) -> None:
        """Keep files below `root`; what is new in `scratch` instead, in a rehearsal."""
        self._places = (root, scratch) if scratch else (root,)

    def take(self, file: BinaryIO, suffix: str, *, max_bytes: int, alt: str = "") -> Enclosure:
        """Keep a copy of `file`, which is open at its start, and describe it.

        Raises UnusableError where it is too large or not what its `suffix`, a key of MEDIA_TYPES, says;
        OSError where it cannot be read or the copy not be written.
        """
        head = file.read(contents.HEAD_BYTES)
        media_type = contents.media_type(suffix, head)
        if media_type is None:
            raise UnusableError(f"is empty or holds something else than a .{suffix} file does")
        length, digest = _measure(file, max_bytes=max_bytes)
        name = f"{digest[:2]}/{digest[:_NAME_CHARACTERS]}"
        places = [place / f"{name}.{suffix}" for place in self._places]
        kept = next((place for place in places if _has_size(place, length)), places[-1])
        is_new = not _has_size(kept, length)
        if is_new:
            file.seek(0)
            self._write(kept, lambda target: _copy(file, target))
        found = Enclosure(url=f"{_FOLDER}/{name}.{suffix}", type=media_type, length=length, alt=alt)
        if not media_type.startswith("image/"):
            return found
        try:
            return self._pictured(found, kept, name)
        except UnusableError:
            if is_new:  # what was kept before may be in use: another Pillow could read it
                kept.unlink(missing_ok=True)
            raise

    def read(self, path: str) -> bytes | None:
        """Return the bytes of what is published at `path`, "media/…"; None where it was lost."""
        for place in self._places:
            with suppress(OSError):  # it is in the other place, or lost
                return (place / path.removeprefix(f"{_FOLDER}/")).read_bytes()
        return None

    def _pictured(self, found: Enclosure, kept: Path, name: str) -> Enclosure:
        from feedpub.media import pictures  # noqa: PLC0415  Pillow takes as long to load as all the rest

        try:
            width, height = pictures.measure(kept)
            thumbnail = None
            if width > pictures.THUMBNAIL_WIDTH:
                form = "png" if pictures.is_transparent(kept) else "jpg"
                thumbnail = f"{name}-{pictures.THUMBNAIL_WIDTH}.{form}"
                self._make_thumbnail(kept, thumbnail)
        except pictures.PictureError as error:
            raise UnusableError(str(error)) from error
        shown = f"{_FOLDER}/{thumbnail}" if thumbnail else None
        return replace(found, width=width, height=height, thumbnail=shown)

    def _make_thumbnail(self, source: Path, name: str) -> None:
        from feedpub.media import pictures  # noqa: PLC0415  as above

        targets = [place / name for place in self._places]
        if not any(target.exists() for target in targets):
            self._write(targets[-1], lambda temporary: pictures.make_thumbnail(source, temporary))

    @staticmethod
    def _write(target: Path, fill: Callable[[Path], None]) -> None:
        """Write a file beside its place, flush it, and put it there."""
        is_new = not target.parent.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{secrets.token_hex(8)}{target.suffix}")
        try:
            fill(temporary)
            _flush(temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        for folder in (target.parent, *([target.parent.parent] if is_new else [])):
            _flush(folder)


def _measure(file: BinaryIO, *, max_bytes: int) -> tuple[int, str]:
    """Return the size of a file and the SHA-256 of its bytes, in hex."""
    file.seek(0)
    digest, length = hashlib.sha256(), 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        length += len(chunk)
        if length > max_bytes:
            raise UnusableError(f"is larger than {max_bytes:,} bytes, see input.max_media_size")
    return length, digest.hexdigest()


def _copy(file: BinaryIO, target: Path) -> None:
    with target.open("xb") as copy:
        while chunk := file.read(_CHUNK):
            copy.write(chunk)


def _has_size(path: Path, length: int) -> bool:
    try:
        return path.stat().st_size == length
    except OSError:
        return False


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

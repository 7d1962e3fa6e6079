"""Pictures measured and made smaller: the only door to Pillow."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

THUMBNAIL_WIDTH = 480  # pixels: a column of a page, at twice the density

_MOST_PIXELS = 100_000_000  # more than any camera takes; a few kilobytes can claim a thousand times as many
_FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
_QUALITY = 82
_TURNED = (5, 6, 7, 8)  # EXIF orientations in which width and height change places
_ORIENTATION = 0x0112


class PictureError(Exception):
    """Says why a file cannot be shown as a picture."""


def measure(path: Path) -> tuple[int, int]:
    """Return width and height in pixels, as they are seen. Raises PictureError."""
    with _opened(path) as picture:
        width, height = picture.size
        if width <= THUMBNAIL_WIDTH:
            picture.load()  # damage shows only then; a wider one is read for its thumbnail
        return (height, width) if picture.getexif().get(_ORIENTATION) in _TURNED else (width, height)


def make_thumbnail(source: Path, target: Path) -> None:
    """Write a smaller picture, upright and without what the camera noted. Raises PictureError, OSError."""
    with _opened(source) as picture:
        picture.draft("RGB", (2 * THUMBNAIL_WIDTH, 2 * THUMBNAIL_WIDTH))  # JPEG alone: decodes fewer pixels
        upright = ImageOps.exif_transpose(picture)
        smaller = ImageOps.contain(_plain(upright), (THUMBNAIL_WIDTH, 4 * THUMBNAIL_WIDTH))
        if target.suffix == ".png":
            smaller.save(target, "PNG", optimize=True)
        else:
            smaller.save(target, "JPEG", quality=_QUALITY, optimize=True, progressive=True)


def is_transparent(path: Path) -> bool:
    """Tell whether something may show through a picture. Raises PictureError."""
    with _opened(path) as picture:
        return _is_see_through(picture)


def _plain(picture: Image.Image) -> Image.Image:
    return picture.convert("RGBA" if _is_see_through(picture) else "RGB")


def _is_see_through(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture; whatever decoding it trips over says that it cannot be used."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of large pictures, which are refused here
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise PictureError(
                        f"has {picture.width:,} × {picture.height:,} pixels, which is too many"
                    )
                yield picture
    except Image.DecompressionBombError as error:
        raise PictureError("has too many pixels") from error
    except UnidentifiedImageError as error:
        raise PictureError("is no picture that can be read") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise PictureError(f"is damaged: {error}") from error

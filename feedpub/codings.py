"""Content codings (RFC 9110 section 8.4.1): the same bytes give the same bytes.

The only door to brotli and zstandard.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import brotli
import zstandard

# Levels at which a feed of 60 kB takes a few milliseconds: it is compressed anew with every bulletin. The
# highest ones of brotli and zstandard would save a tenth and take thirty times as long.
_GZIP_LEVEL = 6
_BROTLI_QUALITY = 5
_ZSTANDARD_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One way of making a file smaller; `expand` raises ValueError for what `compress` did not write."""

    suffix: str  # that web servers look for beside the file
    compress: Callable[[bytes], bytes]
    expand: Callable[[bytes], bytes]


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)  # without a clock in it


def _gunzip(packed: bytes) -> bytes:
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from error


def _brotli(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return packed


def _unbrotli(packed: bytes) -> bytes:
    try:
        content: bytes = brotli.decompress(packed)
    except brotli.error as error:
        raise ValueError(str(error)) from error
    return content


def _zstandard(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=_ZSTANDARD_LEVEL).compress(content)


def _unzstandard(packed: bytes) -> bytes:
    try:
        return zstandard.ZstdDecompressor().decompress(packed)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


# The smallest first: among those that a client likes equally well, the first one is sent.
CODINGS: Mapping[str, Coding] = {
    "br": Coding(suffix=".br", compress=_brotli, expand=_unbrotli),
    "zstd": Coding(suffix=".zst", compress=_zstandard, expand=_unzstandard),
    "gzip": Coding(suffix=".gz", compress=_gzip, expand=_gunzip),
}

# A packet holds this much anyway.
WORTHWHILE_BYTES = 1024

_TEXTUAL = ("text/", "application/xml", "application/json", "application/xslt", "image/svg")


def is_worthwhile(media_type: str, size: int) -> bool:
    """Return whether something of this type and size gets smaller by more than it costs."""
    kind = media_type.partition(";")[0]
    return size >= WORTHWHILE_BYTES and (kind.startswith(_TEXTUAL) or kind.endswith(("+xml", "+json")))

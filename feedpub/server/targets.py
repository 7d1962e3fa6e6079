"""Which file a request asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

# Nothing that starts with a dot is served: "." and ".." lead elsewhere, the rest is hidden or unfinished.
_PRIVATE = re.compile(r"\. .* | .* ~ | .* \. (?: tmp | part | bak | sw[opx] )", re.VERBOSE | re.IGNORECASE)

_ABSOLUTE = re.compile(rb"https?://[^/]*", re.IGNORECASE)


@lru_cache(maxsize=1024)
def parts_of(target: bytes) -> tuple[str, ...] | None:
    """Take apart the path of a request target as it was sent, without its query.

    The last part is "" for a folder. None when no public file can have that path. The absolute form is
    understood as well (RFC 9112 section 3.2.2).
    """
    absolute = _ABSOLUTE.match(target)
    path = target[absolute.end() :] or b"/" if absolute else target
    if not path.startswith(b"/") or b"%2f" in path.lower():
        return None  # an encoded slash would have to be part of a name
    try:
        *folders, name = unquote_to_bytes(path).decode().split("/")[1:]
    except UnicodeDecodeError:
        return None
    if not all(_is_public(part) for part in folders) or (name and not _is_public(name)):
        return None
    return (*folders, name)


def path_of(parts: Sequence[str]) -> str:
    """Write the path of a URL relative to the site's."""
    return "/".join(quote(part, safe="") for part in parts)


def _is_public(name: str) -> bool:
    return bool(name) and name.isprintable() and "\\" not in name and not _PRIVATE.fullmatch(name)

"""The files that front matter gives a story: its image and its enclosures, which lie on the web already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit

from feedpub.exceptions import BulletinError
from feedpub.model import Enclosure
from feedpub.plainyaml import KeyPath, Value

_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
# RFC 6838 section 4.2, under the top-level types of IANA's registry.
_MEDIA_TYPE = re.compile(
    r"(?:application|audio|font|haptics|image|message|model|multipart|text|video)"
    r"/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"[0-9]{1,15}")
_KEYS = {
    "url": "expected an absolute address that begins with http",
    "type": "expected a media type such as audio/mpeg",
    "length": "expected its length in bytes, as a number",
}


class Complaint(Protocol):
    """Tells the author which value cannot be used, on which line, and what would be right."""

    def __call__(self, key: str, expected: str, *, path: KeyPath = ()) -> BulletinError:
        """Return the error; `path` says where the value stands if that is not the key itself."""


def image(found: dict[str, Value], complaint: Complaint) -> str | None:
    """Return the address of the image; raises BulletinError."""
    value = found.get("image")
    if value is None:
        return None
    if not isinstance(value, str) or not is_address(value):
        raise complaint(
            "image",
            "expected an absolute address that begins with http:"
            " files beside the bulletin are not available in this version",
        )
    return value


def enclosures(found: dict[str, Value], complaint: Complaint) -> tuple[Enclosure, ...]:
    """Return the enclosures, of which there may be one or a list; raises BulletinError."""
    value = found.get("enclosure")
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(_enclosure(each, ("enclosure", place), complaint) for place, each in enumerate(value))
    return (_enclosure(value, ("enclosure",), complaint),)


def is_address(text: str) -> bool:
    """Tell whether a text is an absolute http(s) address with a host."""
    try:
        return bool(_ADDRESS.fullmatch(text) and urlsplit(text).hostname)
    except ValueError:  # a host such as "[x"
        return False


def _enclosure(value: Value, path: KeyPath, complaint: Complaint) -> Enclosure:
    if not isinstance(value, dict):
        raise complaint("enclosure", f"expected the keys {', '.join(_KEYS)}", path=path)
    for key in value:
        if key not in _KEYS:
            raise complaint(f"enclosure.{key}", f"the keys are {', '.join(_KEYS)}", path=(*path, key))
    texts = dict(_texts(value, path, complaint))
    return Enclosure(url=texts["url"], type=texts["type"].lower(), length=int(texts["length"]))


def _texts(value: dict[str, Value], path: KeyPath, complaint: Complaint) -> Iterator[tuple[str, str]]:
    for key, expected in _KEYS.items():
        text = value.get(key)
        if not isinstance(text, str) or not _fits(key, text):
            raise complaint(f"enclosure.{key}", expected, path=(*path, key))
        yield key, text


def _fits(key: str, text: str) -> bool:
    if key == "url":
        return is_address(text)
    return bool((_MEDIA_TYPE if key == "type" else _LENGTH).fullmatch(text))

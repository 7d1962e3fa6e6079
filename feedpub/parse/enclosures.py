"""The files that front matter gives a story, on the web or beside the bulletin: its image, its enclosures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

from feedpub.exceptions import BulletinError
from feedpub.model import MEDIA_TYPES, Enclosure, Named, suffix_of
from feedpub.plainyaml import KeyPath, Value, find_illegal

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
_FILE_KEYS = ("file", "alt")


class Complaint(Protocol):
    """Tells the author which value cannot be used, on which line, and what would be right."""

    def __call__(self, key: str, expected: str, *, path: KeyPath = ()) -> BulletinError:
        """Return the error; `path` says where the value stands if that is not the key itself."""

    def line(self, path: KeyPath) -> int:
        """Return the line, from 1, on which the value at `path` stands."""


def image(found: dict[str, Value]) -> str | None:
    """Return the address of the image; None where it is a file, or there is none."""
    value = found.get("image")
    return value if isinstance(value, str) and is_address(value) else None


def enclosures(found: dict[str, Value], complaint: Complaint) -> tuple[Enclosure, ...]:
    """Return the enclosures that lie on the web; raises BulletinError."""
    return tuple(
        _enclosure(value, path, complaint)
        for value, path in _each(found)
        if isinstance(value, dict) and "file" not in value
    )


def files(found: dict[str, Value], complaint: Complaint) -> tuple[Named, ...]:
    """Return the files beside the bulletin, what is enclosed before the image; raises BulletinError."""
    named = [
        _named(value, path, complaint)
        for value, path in _each(found)
        if not isinstance(value, dict) or "file" in value
    ]
    picture = found.get("image")
    if picture is not None and image(found) is None:
        named.append(replace(_named(picture, ("image",), complaint), picture=True))
    return tuple(named)


def is_address(text: str) -> bool:
    """Tell whether a text is an absolute http(s) address with a host."""
    try:
        return bool(_ADDRESS.fullmatch(text) and urlsplit(text).hostname)
    except ValueError:  # a host such as "[x"
        return False


def _each(found: dict[str, Value]) -> Iterator[tuple[Value, KeyPath]]:
    """Yield what is enclosed, of which there may be one or a list, and where it stands."""
    value = found.get("enclosure")
    if isinstance(value, list):
        yield from ((each, ("enclosure", place)) for place, each in enumerate(value))
    elif value is not None:
        yield value, ("enclosure",)


def _named(value: Value, path: KeyPath, complaint: Complaint) -> Named:
    """Read `harbour.jpg`, or `{file: harbour.jpg, alt: The harbour at dawn}`."""
    key = str(path[0])
    plain: dict[str, Value] = {"file": value} if isinstance(value, str) else {}
    told = value if isinstance(value, dict) else plain
    for name in told:
        if name not in _FILE_KEYS:
            raise complaint(f"{key}.{name}", f"the keys are {', '.join(_FILE_KEYS)}", path=(*path, name))
    file, alt = told.get("file"), told.get("alt", "")
    if not isinstance(file, str) or not _is_inside(file):
        expected = "an absolute address that begins with http, or " if key == "image" else ""
        raise complaint(key, f"expected {expected}the name of a file beside the bulletin", path=path)
    types = {name: kind for name, kind in MEDIA_TYPES.items() if key != "image" or kind.startswith("image/")}
    if suffix_of(file) not in types:
        expected = f"expected a file whose name ends in one of {', '.join(sorted(types))}"
        raise complaint(key, expected, path=path)
    if not isinstance(alt, str) or find_illegal(alt):
        raise complaint(f"{key}.alt", "expected one text", path=(*path, "alt"))
    return Named(file=file, alt=" ".join(alt.split()), line=complaint.line(path))


def _is_inside(file: str) -> bool:
    """Tell whether a name leads nowhere but into the folder of the bulletin; hidden files are nobody's."""
    parts = file.split("/")
    return file.isprintable() and "\\" not in file and all(part and part[0] not in ".~" for part in parts)


def _enclosure(value: dict[str, Value], path: KeyPath, complaint: Complaint) -> Enclosure:
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

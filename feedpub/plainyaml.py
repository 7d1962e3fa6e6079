"""YAML without its traps: text in; text, lists and mappings out, each with its place.

This is the only door to PyYAML, and no more than its parser comes through. PyYAML's constructor follows
YAML 1.1: ``no`` becomes False, ``12:30:45`` 45045, ``1.10`` 1.1, ``0777`` 511, and ``2024-02-30`` a
crash. Here every scalar stays the text that was written, and whoever wants a number or a date reads it out
of that text. The one exception is null, for which no text can stand: ``~``, ``null`` or nothing at all.

What lets a small file grow (anchors, aliases, merge keys), what constructs objects (tags) and what hides a
mistake (a key given twice) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

if TYPE_CHECKING:
    from yaml._yaml import Mark as CMark
    from yaml.error import Mark, MarkedYAMLError

Value: TypeAlias = str | list["Value"] | dict[str, "Value"] | None
KeyPath: TypeAlias = tuple[str | int, ...]  # keys and 0-based list indexes, from the root down
Place: TypeAlias = tuple[int, int]  # line and column, both 1-based

MAX_BYTES = 1024 * 1024
_MAX_DEPTH = 32  # far more than people write, far less than Python's recursion limit
_NULLS = frozenset({"", "~", "null"})
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 section 2.2


class YamlError(ValueError):
    """A text that is not the YAML accepted here; `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML document and where each part of it stands."""

    value: Value
    value_places: Mapping[KeyPath, Place]
    key_places: Mapping[KeyPath, Place]

    def position(self, path: KeyPath) -> Place:
        """Return where the value at `path` begins, or its nearest known ancestor."""
        while path not in self.value_places:
            path = path[:-1]
        return self.value_places[path]

    def key_position(self, path: KeyPath) -> Place:
        """Return where the key of the value at `path` begins, or that of its nearest known ancestor."""
        while path and path not in self.key_places:
            path = path[:-1]
        return self.key_places[path] if path else self.value_places[()]


def load(
    source: str | bytes,
    *,
    max_bytes: int = MAX_BYTES,
    on_duplicate: Callable[[YamlError], None] | None = None,
) -> Document:
    """Read one YAML document; bytes are UTF-8.

    A key given twice raises, unless `on_duplicate` takes the error; then the last value counts.
    Raises YamlError, and nothing else, whatever the source is.
    """
    text = _decode(source, max_bytes=max_bytes)
    try:
        events = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        message = f"the character U+{error.character:04X} is not allowed"
        raise YamlError(message, *_place_in(text, error.position)) from error
    try:
        return _Builder(events, on_duplicate=on_duplicate or _refuse_duplicate).document()
    except yaml.MarkedYAMLError as error:
        raise _explained(error) from error
    except YamlError:
        raise
    except (ValueError, OverflowError) as error:
        # PyYAML makes numbers and characters of digits (%YAML, \U…) without looking whether they can be.
        raise YamlError("this number is out of range", *_place(events.get_mark())) from error


def find_illegal(text: str) -> str | None:
    """Return the first character of `text` that XML 1.0 section 2.2 has no way to write, or None."""
    match = _NOT_XML.search(text)
    return match[0] if match else None


def _decode(source: str | bytes, *, max_bytes: int) -> str:
    raw = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(raw) > max_bytes:
        raise YamlError(f"the text is larger than {max_bytes:,} bytes", 1, 1)
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = _place_in(raw[: error.start].decode("utf-8").removeprefix("\ufeff"))
        message = f"the byte 0x{raw[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise YamlError(message, *place) from error


def _place_in(text: str, index: int | None = None) -> Place:
    """Return the place of `text[index]`; without an index that of the end."""
    before = text[:index]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _place(mark: Mark | CMark | None) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _refuse_duplicate(error: YamlError) -> None:
    raise error


class _Builder:
    """Turns PyYAML's events into values; its parser does not recurse, so that the depth is ours to limit."""

    def __init__(self, events: yaml.SafeLoader, *, on_duplicate: Callable[[YamlError], None]) -> None:
        self._events: Any = events  # its stubs leave the methods used here untyped
        self._on_duplicate = on_duplicate
        self._value_places: dict[KeyPath, Place] = {(): (1, 1)}
        self._key_places: dict[KeyPath, Place] = {}

    def document(self) -> Document:
        self._events.get_event()  # the stream starts
        value: Value = None
        if not self._events.check_event(yaml.StreamEndEvent):
            self._events.get_event()  # the document starts
            value = self._value(())
            self._events.get_event()  # the document ends
        if not self._events.check_event(yaml.StreamEndEvent):
            raise YamlError("a second document begins", *_place(self._events.peek_event().start_mark))
        return Document(value=value, value_places=self._value_places, key_places=self._key_places)

    def _value(self, path: KeyPath) -> Value:
        event = self._next()
        self._value_places[path] = _place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return None if event.style is None and event.value in _NULLS else _text(event)
        if len(path) >= _MAX_DEPTH:
            raise YamlError(f"this is nested more than {_MAX_DEPTH} levels deep", *_place(event.start_mark))
        return self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)

    def _next(self) -> yaml.NodeEvent:
        """Return the next event, which begins a value, unless it uses what is refused here."""
        event: yaml.NodeEvent = self._events.get_event()
        refused = None
        if event.anchor is not None:
            refused = "anchors (&) and aliases (*) are not allowed; write the value out, or quote the text"
        elif getattr(event, "tag", None) is not None:
            refused = "tags (!) are not allowed; write the value alone, or quote the text"
        if refused:
            raise YamlError(refused, *_place(event.start_mark))
        return event

    def _list(self, path: KeyPath) -> list[Value]:
        items: list[Value] = []
        while not self._events.check_event(yaml.SequenceEndEvent):
            items.append(self._value((*path, len(items))))
        self._events.get_event()
        return items

    def _mapping(self, path: KeyPath) -> dict[str, Value]:
        members: dict[str, Value] = {}
        while not self._events.check_event(yaml.MappingEndEvent):
            key = self._key(path, known=members)
            members[key] = self._value((*path, key))
        self._events.get_event()
        return members

    def _key(self, path: KeyPath, *, known: Mapping[str, Value]) -> str:
        event = self._next()
        place = _place(event.start_mark)
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlError("a key must be text", *place)
        key = _text(event)
        if key == "<<" and event.style is None:
            raise YamlError("merge keys (<<) are not allowed; write the keys out", *place)
        if key in known:
            lines = f"{self._key_places[(*path, key)][0]} and {place[0]}"
            self._on_duplicate(YamlError(f"the key {key!r} is given twice, on lines {lines}", *place))
        self._key_places[(*path, key)] = place
        return key


def _text(event: yaml.ScalarEvent) -> str:
    """Return the text of a scalar; escapes can smuggle in what XML has no way to write."""
    text: str = event.value
    if illegal := find_illegal(text):
        raise YamlError(f"the character U+{ord(illegal):04X} is not allowed", *_place(event.start_mark))
    return text


# What PyYAML says, and what whoever wrote the text needs to know.
_EXPLANATIONS = (
    (r"character '\\t'", "a tab stands here; indent with spaces"),
    (r"character (.+) that cannot start", r"text cannot begin with \1; put it in quotes"),
    (r"scanning an alias", "text cannot begin with '*'; put it in quotes"),
    (r"scanning an anchor", "text cannot begin with '&'; put it in quotes"),
    (r"mapping values are not allowed", "':' is not expected here; check the indentation, or quote the text"),
    (r"could not find expected ':'", "this line has no ':'; write 'key: value'"),
    (r"but got '\{'", "text with a '{', such as ${NAME}, needs quotes inside [] and {}"),
    (r"expected <block end>", "this does not fit what is above; check indentation and quotation marks"),
    (r"unexpected end of stream", "a quotation mark is opened here and never closed"),
)
# For these PyYAML's problem is where it gave up, often lines below the mistake.
_MISTAKE_IS_AT_START = r"could not find expected ':'|unexpected end of stream"


def _explained(error: MarkedYAMLError) -> YamlError:
    said = f"{error.context}: {error.problem}" if error.context else str(error.problem)
    at_start = error.context_mark and re.search(_MISTAKE_IS_AT_START, said)
    place = _place(error.context_mark if at_start else error.problem_mark)
    for pattern, explanation in _EXPLANATIONS:
        if match := re.search(pattern, said):
            return YamlError(match.expand(explanation), *place)
    return YamlError(said, *place)

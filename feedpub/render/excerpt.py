"""Cutting entries out of a rendered feed: what stays is the same feed with fewer entries.

Entries are compared by their bytes. Their `updated` would not do: a feed with ``edits: silent`` keeps it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterator
from itertools import pairwise
from xml.parsers import expat

_ENTRIES = (
    "item",
    "http://www.w3.org/2005/Atom entry",
    "http://purl.org/atompub/tombstones/1.0 deleted-entry",
)
_NAME = re.compile(rb"[^\s/>]+")

Fingerprint = bytes


def fingerprints(suffix: str, content: bytes) -> frozenset[Fingerprint]:
    """Return one fingerprint for each entry and each tombstone of a feed; raises ValueError for no feed."""
    if suffix == "json":
        return frozenset(_fingerprint(_dump(item).encode()) for item in _items(json.loads(content)))
    return frozenset(_fingerprint(content[span.start : span.stop]) for span in _spans(content))


def without_entries(suffix: str, content: bytes, known: Container[Fingerprint]) -> tuple[bytes, int]:
    """Return a feed without the entries whose fingerprints are `known`, and how many are left.

    Raises ValueError for what is no feed.
    """
    return _cut_json(content, known) if suffix == "json" else _cut_xml(content, known)


def _cut_json(content: bytes, known: Container[Fingerprint]) -> tuple[bytes, int]:
    feed = json.loads(content)
    kept = [item for item in _items(feed) if _fingerprint(_dump(item).encode()) not in known]
    return f"{_dump({**feed, 'items': kept})}\n".encode(), len(kept)


def _cut_xml(content: bytes, known: Container[Fingerprint]) -> tuple[bytes, int]:
    spans = list(_spans(content))
    gone = [span for span in spans if _fingerprint(content[span.start : span.stop]) in known]
    edges = [range(0), *gone, range(len(content), len(content))]
    kept = b"".join(content[before.stop : after.start] for before, after in pairwise(edges))
    return kept, len(spans) - len(gone)


def _spans(content: bytes) -> Iterator[range]:
    """Yield which bytes each entry takes, in order; raises ValueError when the document is damaged."""
    parser = expat.ParserCreate(namespace_separator=" ")
    starts: list[int] = []
    found: list[range] = []
    depth = 0

    def start(name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth <= 3 and name in _ENTRIES:
            starts.append(parser.CurrentByteIndex)

    def end(name: str) -> None:
        nonlocal depth
        if depth <= 3 and name in _ENTRIES:
            found.append(range(starts[-1], _end(content, starts.pop(), parser.CurrentByteIndex)))
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    yield from found


def _end(content: bytes, start: int, reported: int) -> int:
    """Return where an element ends: expat reports the start of its end tag, or the end of an empty one."""
    name = _NAME.match(content, start + 1)
    assert name is not None
    closed = content.startswith(b"</" + name[0], reported)
    return content.index(b">", reported) + 1 if closed else reported


def _items(feed: object) -> list[object]:
    match feed:
        case {"items": [*items]}:
            return items
        case _:
            raise ValueError("no list of items")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _fingerprint(entry: bytes) -> Fingerprint:
    return hashlib.blake2b(entry, digest_size=8).digest()

"""What is new since the version that a reader has (RFC 3229, with the "feed" instance manipulation).

The server remembers of each feed which entries its last versions had. Only what somebody was sent has to be
remembered, so versions are learnt when they are read, and forgotten with the process: who names one that is
not known gets the feed as a whole.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar

from feedpub.codings import CODINGS, is_worthwhile
from feedpub.render import fingerprints, without_entries
from feedpub.server.conditions import Fields, tags
from feedpub.server.headers import is_feed, media_type
from feedpub.server.preferences import choose_coding, qualities
from feedpub.server.replies import Reply
from feedpub.server.variants import Document, Path

_VERSIONS_PER_FEED = 64  # readers that ask every hour, of a feed that changes every minute
_FEEDS = 512
_ANSWERS = 128

_MANIPULATION = "feed"

K = TypeVar("K")
V = TypeVar("V")


class Deltas:
    """Remembers versions of feeds and makes the difference to them; its memory is bounded."""

    def __init__(self) -> None:
        self._known: OrderedDict[Path, OrderedDict[str, frozenset[bytes]]] = OrderedDict()
        self._made: OrderedDict[tuple[Path, str, str, str | None], Reply | None] = OrderedDict()

    def learn(self, document: Document) -> None:
        """Remember which entries this version of a feed has."""
        if not document.held or not is_feed(document.path):
            return
        try:
            entries = fingerprints(_suffix(document.path), bytes(document.plain.whole.body))
        except ValueError:
            return  # somebody else's file, or a damaged one: it is served as it is
        versions = self._known.setdefault(document.path, OrderedDict())
        versions[document.base] = entries
        versions.move_to_end(document.base)
        self._known.move_to_end(document.path)
        _trim(versions, _VERSIONS_PER_FEED)
        _trim(self._known, _FEEDS)

    def find(self, document: Document, fields: Fields) -> Reply | None:
        """Return what is new for who asks with these header fields; None when they get the whole feed."""
        if qualities(fields.get("a-im", "")).get(_MANIPULATION, 0) <= 0:
            return None
        known = self._known.get(document.path, OrderedDict())
        for tag in tags(fields.get("if-none-match", "")):
            base, _, coding = tag.strip('"').partition("-")
            # Only tags of ours: an answer is remembered for each, and costs something to make.
            if base in known and base != document.base and coding in ("", *CODINGS):
                return self._answer(document, tag, base, fields.get("accept-encoding"))
        return None

    def _answer(self, document: Document, tag: str, base: str, accepted: str | None) -> Reply | None:
        coding = choose_coding(accepted, document.codings)
        key = (document.path, tag, document.base, coding)
        if key not in self._made:
            self._made[key] = self._make(document, tag, self._known[document.path][base], coding)
            _trim(self._made, _ANSWERS)
        return self._made[key]

    def _make(
        self, document: Document, tag: str, known: frozenset[bytes], coding: str | None
    ) -> Reply | None:
        whole = bytes(document.plain.whole.body)
        content, left = without_entries(_suffix(document.path), whole, known)
        if not left or len(content) >= len(whole):
            return None  # only the head changed, or all of it
        if coding and is_worthwhile(media_type(document.path), len(content)):
            return _response(document, tag, CODINGS[coding].compress(content), coding)
        return _response(document, tag, content, None, wanted=coding)


def _response(
    document: Document, tag: str, body: bytes, coding: str | None, *, wanted: str | None = None
) -> Reply:
    # The tag is that of the whole feed in the coding that it would have come in: who sends it back has what
    # it stands for.
    whole = f'"{document.base}-{coding or wanted}"' if coding or wanted else f'"{document.base}"'
    headers: Mapping[str, str] = {
        **document.headers,
        **({"content-encoding": coding} if coding else {}),
        "etag": whole,
        "im": _MANIPULATION,
        "delta-base": tag,
        # For this reader alone; "im" lets caches that know RFC 3229 keep it all the same (section 10.8).
        "cache-control": "no-store, im",
        "vary": f"{document.headers['vary']}, If-None-Match",
    }
    return Reply(body, status_code=HTTPStatus.IM_USED, headers=headers, media_type=media_type(document.path))


def _suffix(path: Path) -> str:
    return path[-1].rpartition(".")[2]


def _trim(remembered: OrderedDict[K, V], most: int) -> None:
    while len(remembered) > most:
        remembered.popitem(last=False)

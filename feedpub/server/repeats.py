"""Requests that come again, byte for byte: a reader asks the same of a feed until that changes.

Taking a request apart and deciding on it costs more than everything else about a 304.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from feedpub.server.conditions import Fields
from feedpub.server.records import Answer
from feedpub.server.replies import Reply
from feedpub.server.variants import Document

_REQUESTS = 1024
_LONGEST_BYTES = 2048
_END = b"\r\n\r\n"


class Known(NamedTuple):
    """A request that was answered, and how."""

    document: Document  # the answer holds as long as this is the document
    fields: Fields
    reply: Reply
    head: bool
    record: Answer


class Repeats:
    """Remembers the last requests; its memory is bounded."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Known] = OrderedDict()  # least recently used first

    def find(self, raw: bytes) -> Known | None:
        """Return what is known of a request with these bytes."""
        known = self._known.get(raw)
        if known:
            self._known.move_to_end(raw)
        return known

    def remember(self, raw: bytes, known: Known) -> None:
        """Remember a request, if `raw` is one whole and nothing else; there is no body to it."""
        if len(raw) <= _LONGEST_BYTES and raw.find(_END) == len(raw) - len(_END):
            self._known[raw] = known
            if len(self._known) > _REQUESTS:
                self._known.popitem(last=False)

    def forget(self, raw: bytes) -> None:
        """Forget a request whose document is another one by now."""
        self._known.pop(raw, None)

"""What an entry looks like in one format, written once and put into the next documents as it is.

A feed is written with each publication, and nearly all of its entries stood in it before. They are known by
all that is said of them, so nothing must be told of changes; what stands around them is written each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from feedpub.model import FeedEntry

_MOST = 2_048
_LARGEST = 8_000  # bytes of the longest fragment that is remembered: 16 MB in all, if all are like that

_Known = tuple[Hashable, FeedEntry]


@dataclass(slots=True)
class Fragments:
    """Remembers the fragments of one format, those that were asked for last."""

    _kept: dict[_Known, bytes] = field(default_factory=dict)  # the one that was asked for last at the end

    def lacking(self, entries: Iterable[FeedEntry], about: Hashable) -> tuple[FeedEntry, ...]:
        """Return those of `entries` that must be written; `about` is what else decides how they look."""
        return tuple(entry for entry in entries if (about, entry) not in self._kept)

    def joined(
        self, entries: Iterable[FeedEntry], about: Hashable, new: dict[FeedEntry, bytes], *, by: bytes = b""
    ) -> bytes:
        """Join the fragments of `entries`, of which `new` are those that were lacking."""
        fragments = []
        for entry in entries:
            fragment = self._kept.pop((about, entry), None) or new[entry]
            fragments.append(fragment)
            if len(fragment) <= _LARGEST:
                self._kept[about, entry] = fragment
        while len(self._kept) > _MOST:
            del self._kept[next(iter(self._kept))]
        return by.join(fragments)


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlFragments:
    """Puts documents in XML together; entries are the last that stands in them."""

    begin: bytes  # of an entry, with what stands before it on its line
    end: bytes
    closing: bytes  # what stands after the last entry
    fragments: Fragments = field(default_factory=Fragments)

    def document(
        self, entries: Sequence[FeedEntry], about: Hashable, write: Callable[[tuple[FeedEntry, ...]], bytes]
    ) -> bytes:
        """Give a document; `write` writes it with some of the entries."""
        lacking = self.fragments.lacking(entries, about)
        content = write(lacking)
        inner = content.removesuffix(self.closing)
        # Markup in texts is escaped, so that these signs are nothing but what feedgen wrote.
        place = inner.find(self.begin)
        head, written = (inner, b"") if place < 0 else (inner[:place], inner[place:])
        pieces = [piece + self.end for piece in written.split(self.end)[:-1]]
        new = dict(zip(lacking, pieces, strict=True))
        return head + self.fragments.joined(entries, about, new) + self.closing

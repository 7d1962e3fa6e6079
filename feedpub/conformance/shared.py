"""Rules that hold for a feed in whatever format."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from feedpub.conformance.facts import EntryFacts, FeedFacts
from feedpub.conformance.findings import Fault, quoted
from feedpub.conformance.values import is_language, is_web_uri, wrong_id

_LEADING_ON = ("first", "last", "next", "previous", "prev-archive", "next-archive")


def entry_faults(entries: tuple[EntryFacts, ...]) -> Iterator[Fault]:
    """Check the entries among themselves; two of one id are the business of each format."""
    for entry in entries:
        wrong = wrong_id(entry.id)
        if wrong:
            yield Fault(wrong[0], entry.line, wrong[1])
        if entry.published and entry.updated and entry.updated < entry.published:
            yield Fault("C18", entry.line, f"{entry.id} was updated before it was published")
    for above, below in pairwise(entries):
        if above.published and below.published and below.published > above.published:
            yield Fault("C54", below.line, f"not newest first: {below.id} stands below an older entry")


def repeated(entries: tuple[EntryFacts, ...], code: str) -> Iterator[Fault]:
    """Find ids that are given to two entries."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id and entry.id in seen:
            yield Fault(code, entry.line, f"the id {entry.id} is given to two entries")
        seen.add(entry.id)


def relation_faults(facts: FeedFacts, *, complete: bool, line: int | None) -> Iterator[Fault]:
    """Check the links of paging and archiving (RFC 5005) within one document."""
    leading = [name for name in _LEADING_ON if name in facts.relations]
    if complete and leading:
        yield Fault("C72", line, f"a complete feed with a link {leading[0]}")
    for name in leading:
        if name not in ("first", "last") and facts.relations[name] == facts.own:
            yield Fault("C73", line, f"the link {name} leads to this document itself")
    if facts.archive and "current" not in facts.relations:
        yield Fault("C76", line, "an archive without a link to the current feed")
    if not facts.archive and "next-archive" in facts.relations:
        yield Fault("C76", line, "a next archive after what is no archive")


def link_fault(code: str, line: int | None, address: str | None, what: str) -> Iterator[Fault]:
    """Check that an address is absolute and ASCII."""
    if not is_web_uri(address):
        yield Fault(code, line, f"{what} is {quoted(address)}, no absolute address in ASCII")


def language_fault(line: int | None, tag: str | None) -> Iterator[Fault]:
    """Check that a language is a tag."""
    if tag is not None and not is_language(tag):
        yield Fault("C30", line, f"the language {quoted(tag)}")


def title_fault(line: int | None, title: str) -> Iterator[Fault]:
    """Check that a title stands on one line."""
    if title != " ".join(title.split(" ")).strip() or any(sign in title for sign in "\n\r\t"):
        yield Fault("C5", line, f"the title {quoted(title)}")

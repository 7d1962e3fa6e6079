"""Rules between documents: links that lead to a file, formats that agree, archives that form a chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from feedpub.conformance.facts import Facts, FeedFacts, ListFacts, PageFacts
from feedpub.conformance.findings import Fault

_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Site:
    """A whole output: what its documents say, and which files there are."""

    url: str  # ends with "/"
    sizes: Mapping[str, int]  # bytes of every file by its path
    facts: tuple[Facts, ...]
    pages: dict[str, PageFacts] = field(init=False)
    feeds: dict[str, FeedFacts] = field(init=False)

    def __post_init__(self) -> None:
        """Index the documents by their paths."""
        pages = {f.path: f for f in self.facts if isinstance(f, PageFacts)}
        feeds = {f.path: f for f in self.facts if isinstance(f, FeedFacts)}
        object.__setattr__(self, "pages", pages)
        object.__setattr__(self, "feeds", feeds)

    def path(self, address: str) -> str | None:
        """Return the path of the file at an address of this site, None for one elsewhere."""
        if address.startswith("/") and not address.startswith("//"):
            address = self.url.rstrip("/") + address
        if not address.startswith(self.url):
            return None
        path = unquote(address.removeprefix(self.url).partition("#")[0].partition("?")[0])
        return f"{path}index.html" if path == "" or path.endswith("/") else path

    def lacks(self, address: str) -> bool:
        """Tell whether an address of this site leads to no file."""
        path = self.path(address)
        return path is not None and path not in self.sizes


def examine(site: Site) -> Iterator[tuple[str, Fault]]:
    """Hold the documents of a site against each other; yields the path with each fault."""
    for facts in site.facts:
        match facts:
            case FeedFacts():
                faults = _feed_faults(facts, site)
            case PageFacts():
                faults = _page_faults(facts, site)
            case ListFacts():
                faults = _list_faults(facts, site)
        for fault in faults:
            yield facts.path, fault
    yield from _agreement_faults(site.feeds.values())


def _feed_faults(feed: FeedFacts, site: Site) -> Iterator[Fault]:
    if feed.own != site.url + feed.path:
        yield Fault("C59", None, f"it stands at {site.url + feed.path} and says {feed.own or 'nothing'}")
    for entry in feed.entries:
        if site.pages and site.lacks(entry.url):  # without any, pages are somebody else's work
            yield Fault("C26", entry.line, f"the link {entry.url} leads to no file")
        page = site.pages.get(site.path(entry.url) or "")
        if page and page.canonical != entry.url:
            yield Fault(
                "C146", entry.line, f"the link {entry.url} leads to a page that is {page.canonical!r}"
            )
    for address, length, _ in feed.files:
        size = site.sizes.get(site.path(address) or "")
        if site.lacks(address) or (size is not None and str(size) != length):
            yield Fault("C37", None, f"the file {address} is not there or has not {length} bytes")
    yield from _chain_faults(feed, site)


def _chain_faults(feed: FeedFacts, site: Site) -> Iterator[Fault]:
    """Follow one step from a document to its neighbours, who must know of it."""
    for relation, back in (("prev-archive", "next-archive"), ("next-archive", "prev-archive"), ("next", "")):
        address = feed.relations.get(relation)
        if address is None:
            continue
        neighbour = site.feeds.get(site.path(address) or "")
        if neighbour is None:
            yield Fault("C74", None, f"the link {relation} leads to {address}, which is no feed here")
        elif back and feed.archive and neighbour.relations.get(back, feed.own) != feed.own:
            yield Fault("C74", None, f"{neighbour.path} has another {back} than this document")
        elif relation == "prev-archive" and not feed.archive and "next-archive" in neighbour.relations:
            yield Fault("C75", None, f"{neighbour.path} is not the newest archive")
    current = feed.relations.get("current")
    if current is not None and site.lacks(current):
        yield Fault("C76", None, f"the current feed {current} is not there")


def _page_faults(page: PageFacts, site: Site) -> Iterator[Fault]:
    for line, kind, address in page.feeds:
        path = site.path(address)
        if path is None:
            continue
        if path not in site.sizes or _TYPES.get(path.rpartition(".")[2], kind) != kind:
            yield Fault("C143", line, f"no feed of type {kind} at {address}")
    if page.canonical and site.lacks(page.canonical):
        yield Fault("C144", None, f"the canonical address {page.canonical} leads to no file")


def _list_faults(listing: ListFacts, site: Site) -> Iterator[Fault]:
    code = "C97" if listing.path.endswith(".opml") else "S1"
    for line, address in listing.addresses:
        if site.path(address) is None:
            yield Fault(code, line, f"{address} is no address of this site")
        elif site.lacks(address):
            yield Fault(code, line, f"{address} leads to no file")


def _agreement_faults(feeds: Iterable[FeedFacts]) -> Iterator[tuple[str, Fault]]:
    """Compare the formats of each feed, which stand beside each other under one name."""
    first: dict[str, FeedFacts] = {}
    for feed in feeds:
        name = feed.path.rpartition(".")[0]
        other = first.setdefault(name, feed)
        if other is feed:
            continue
        theirs, ours = _said(other), _said(feed)
        if theirs != ours:
            differing = next(
                (id_ for id_ in [*ours, *theirs] if ours.get(id_) != theirs.get(id_)), "the order"
            )
            yield feed.path, Fault("C147", None, f"{other.path} says something else: {differing}")
        if other.hubs != feed.hubs:
            yield feed.path, Fault("C100", None, f"{other.path} names other hubs")


def _said(feed: FeedFacts) -> dict[str, bytes]:
    return {entry.id: entry.digest for entry in feed.entries}

"""What is told of one request for a feed."""

from __future__ import annotations

from typing import NamedTuple


class Visit(NamedTuple):
    """One answered request for a document of a feed; `client` is used for counting and never kept."""

    at: float  # seconds since 1970
    feed: str
    format: str  # "rss", "atom", "json"
    status: int
    bytes: int  # of the body
    agent: str = ""  # User-Agent
    client: str = ""  # address; "" where it is not known
    conditional: bool | None = None  # it named a version that it had; None where nobody knows
    view: bool = False  # a browser was shown the feed's page instead

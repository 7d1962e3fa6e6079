"""Who reads: requests for feeds, counted by feed and day, without keeping anybody's address."""

from __future__ import annotations

from feedpub.audience.agents import announced_subscribers, reader_name
from feedpub.audience.ledger import Ledger
from feedpub.audience.logs import NotALogError, visits_of
from feedpub.audience.summary import FeedSummary, summarise
from feedpub.audience.tally import Day, FeedDay, Tally
from feedpub.audience.visits import Visit

__all__ = [
    "Day",
    "FeedDay",
    "FeedSummary",
    "Ledger",
    "NotALogError",
    "Tally",
    "Visit",
    "announced_subscribers",
    "reader_name",
    "summarise",
    "visits_of",
]

"""What the server has to do with push: it names the hubs, hears who fetches, and is the own hub's door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from feedpub.server.hub import Subscribe
from feedpub.server.links import Links


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDoors:
    """What of push can be seen from outside."""

    links: Links = field(default_factory=Links)
    subscribe: Subscribe | None = None  # None: there is no own hub
    fetched: Callable[[str, str, str], None] | None = None  # hears of the topic, the peer, its User-Agent

    def heard(self, parts: Sequence[str] | None, client: str, agent: str) -> None:
        """Tell that somebody asked for the file at this path, if it can be subscribed to."""
        if self.fetched and parts and (topic := self.links.topic(parts)):
            self.fetched(topic, client, agent)

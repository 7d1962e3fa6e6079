"""Which hubs came to fetch what they were told of, as far as our own server sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from feedpub.probe import AGENT


class Fetches:
    """Remembers when each topic was fetched last, by whom as far as that matters.

    `hear` is called for every request, in another thread than the rest: each line of it is one assignment
    to a dictionary, which needs no lock.
    """

    def __init__(self, hubs: Iterable[str], *, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._hosts = {hub: (urlsplit(hub).hostname or "").lower() for hub in hubs}
        self._by_hub: dict[tuple[str, str], dt.datetime] = {}
        self._by_any: dict[str, dt.datetime] = {}
        self.addresses: Mapping[str, frozenset[str]] = {}  # at which each hub was found; replaced as a whole

    def hear(self, topic: str, peer: str, agent: str) -> None:
        """Take note that somebody asked for a topic, from the IP address `peer`."""
        if agent == AGENT:
            return  # that was us
        now = self._clock()
        self._by_any[topic] = now
        for hub, host in self._hosts.items():
            if host in agent.lower() or peer in self.addresses.get(hub, ()):
                self._by_hub[hub, topic] = now

    def any(self) -> bool:
        """Say whether requests for topics come here at all, and not to another server."""
        return bool(self._by_any)

    def last(self, hub: str, topic: str, *, known: bool) -> tuple[dt.datetime | None, bool]:
        """Return when a hub last fetched a topic, and whether it was recognised.

        By its address or its name in the User-Agent. As long as a hub was never `known` by either, any
        request counts: a warning that is false is worse than none.
        """
        if (own := self._by_hub.get((hub, topic))) or known:
            return own, known or own is not None
        return self._by_any.get(topic), False

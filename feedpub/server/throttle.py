"""How often one client may ask: token buckets in a table of bounded size."""

from __future__ import annotations

import math
from collections import OrderedDict

# A reader that is started asks for all its feeds at once, an office does so through one address: so much
# stands ready beside the rate, counted in seconds of it.
_BURST_SECONDS = 20
_CLIENTS = 20_000


class Throttle:
    """Allows each client `rate` requests a second on average; 0 allows any number."""

    def __init__(self, rate: float, *, clients: int = _CLIENTS) -> None:
        self._rate = rate
        self._most = rate * _BURST_SECONDS
        self._clients = clients
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when

    def wait(self, client: str, now: float) -> int:
        """Count a request; return after how many seconds it would be welcome, 0 when it is.

        `now` is in seconds of any clock that does not go back.
        """
        if not self._rate:
            return 0
        left, then = self._buckets.pop(client, (self._most, now))
        left = min(self._most, left + (now - then) * self._rate)
        welcome = left >= 1
        self._buckets[client] = (left - 1 if welcome else left, now)
        if len(self._buckets) > self._clients:
            self._buckets.popitem(last=False)  # who has not asked for the longest time, so has a full one
        return 0 if welcome else max(1, math.ceil((1 - left) / self._rate))

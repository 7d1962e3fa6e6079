"""The counts as Prometheus reads them; the only door to its client library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from feedpub import __version__
from feedpub.audience.visits import Visit

CONTENT_TYPE = CONTENT_TYPE_LATEST

Gauges = Callable[[], Mapping[str, tuple[str, Mapping[str, float]]]]
"""Gives gauges when asked: by name what it means, and its values by feed ("" for the whole)."""


class Metrics:
    """Counters since the process began, and gauges read when somebody asks."""

    def __init__(self, gauges: Gauges) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Gauges(gauges))
        self._requests = self._counter(
            "requests",
            "Answered requests for feeds, by feed, format and status.",
            ("feed", "format", "status"),
        )
        self._bytes = self._counter("response_bytes", "Bytes of these answers.", ("feed", "format"))
        self._known: dict[tuple[str, str, int], tuple[Counter, Counter]] = {}
        self._views = self._counter("browser_views", "Pages shown at the address of a feed.", ("feed",))
        self._pushes = self._counter("push_deliveries", "Deliveries by the own hub.", ("feed",))

    def count(self, visit: Visit) -> None:
        """Count one visit."""
        if visit.view:
            self._views.labels(visit.feed).inc()
            return
        key = (visit.feed, visit.format, visit.status)
        counters = self._known.get(key)
        if counters is None:  # looking them up in the library takes longer than to answer a request
            requests = self._requests.labels(visit.feed, visit.format, str(visit.status))
            counters = self._known[key] = (requests, self._bytes.labels(visit.feed, visit.format))
        counters[0].inc()
        counters[1].inc(visit.bytes)

    def push(self, feed: str) -> None:
        """Count one delivery."""
        self._pushes.labels(feed).inc()

    def render(self) -> bytes:
        """Return all of it in the text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, meaning: str, labels: tuple[str, ...]) -> Counter:
        return Counter(f"feedpub_{name}", meaning, labels, registry=self._registry)


class _Gauges:
    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily("feedpub_info", f"feedpub {__version__}", value=1)
        for name, (meaning, values) in self._gauges().items():
            family = GaugeMetricFamily(f"feedpub_{name}", meaning, labels=("feed",))
            for feed, value in values.items():
                family.add_metric((feed,), value)
            yield family

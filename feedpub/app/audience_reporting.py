"""``feedpub stats``: what was counted, or what the logs of another server say."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from feedpub.audience import Day, FeedSummary, Ledger, NotALogError, Tally, summarise, visits_of
from feedpub.audience.plotting import plot
from feedpub.config import Config
from feedpub.exceptions import StatsError


def counted(config: Config, *, days: int) -> list[Day]:
    """Return the last `days` days of which something was counted, the oldest first."""
    since = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days - 1)
    return list(Ledger(config.stats.folder).days(since=since))


def counted_in_logs(paths: Iterable[Path]) -> list[Day]:
    """Return the days of which access logs tell; raises StatsError for a file that is none."""
    tally = Tally(lambda: secrets.token_bytes(16))
    for path in paths:
        try:
            with path.open(encoding="utf-8", errors="replace") as lines:
                for visit in visits_of(lines):
                    tally.count(visit)
        except OSError as error:
            raise StatsError(f"cannot read {path}: {error.strerror}") from error
        except NotALogError as error:
            expected = "expected the combined format of nginx or Apache, or the JSON of Caddy"
            raise StatsError(f"{path}: {error}; {expected}") from error
    return [tally.days[date] for date in sorted(tally.days)]


def report(days: Sequence[Day]) -> dict[str, Any]:
    """Return what ``feedpub stats --json`` prints."""
    return {
        "from": days[0].date.isoformat() if days else None,
        "to": days[-1].date.isoformat() if days else None,
        "feeds": [_with_share(feed) for feed in summarise(days)],
        "days": [
            {
                "date": day.date.isoformat(),
                "feeds": [
                    {
                        "feed": feed.feed,
                        "requests": feed.requests,
                        "unchanged": feed.unchanged,
                        "deltas": feed.deltas,
                        "bytes": feed.bytes,
                        "pushes": feed.pushes,
                        "subscribers": feed.subscribers,
                    }
                    for feed in summarise([day])
                ],
            }
            for day in days
        ],
    }


def _with_share(feed: FeedSummary) -> dict[str, Any]:
    return {**asdict(feed), "unchanged_share": round(feed.unchanged_share, 4)}


def draw(days: Sequence[Day], path: Path) -> None:
    """Draw the days into a PNG or SVG file; raises StatsError."""
    if path.suffix.lower() not in (".png", ".svg"):
        raise StatsError(f"cannot draw {path}: expected a name that ends with .png or .svg")
    try:
        plot(days, path)
    except ModuleNotFoundError as error:
        raise StatsError("drawing needs matplotlib: pip install 'feedpub[plots]'") from error
    except OSError as error:
        raise StatsError(f"cannot write {path}: {error.strerror}") from error

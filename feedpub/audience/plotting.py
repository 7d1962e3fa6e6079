"""Days as a picture; the only door to matplotlib, which comes with the extra `plots`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from feedpub.audience.tally import Day, FeedDay

_MOST_DATES = 12  # named below the picture
_COLOURS = ("#1f5c7a", "#b5532a", "#4b7d3a", "#7a4b8c", "#a08423", "#555555")


def plot(days: Sequence[Day], path: Path) -> None:
    """Draw requests, the share of 304 and subscribers by day into a file, PNG or SVG by its ending.

    Raises ModuleNotFoundError without matplotlib, ValueError for an ending that it does not know, OSError.
    """
    import matplotlib as mpl  # noqa: PLC0415  slow to import, and not always installed

    mpl.use("agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    feeds = sorted({name for day in days for name in day.feeds})
    dates = [day.date.isoformat() for day in days]
    figure, axes = plt.subplots(3, 1, sharex=True, figsize=(9, 8), layout="constrained")
    for number, name in enumerate(feeds):
        found = [day.feeds.get(name, FeedDay()).closed() for day in days]
        colour = _COLOURS[number % len(_COLOURS)]
        for axis, values in zip(axes, _series(found), strict=True):
            axis.plot(dates, values, marker="o", markersize=3, color=colour, label=name)
    for axis, title in zip(axes, ("requests", "answered with 304, %", "subscribers, estimated"), strict=True):
        axis.set_title(title, loc="left", fontsize=10)
        axis.set_ylim(bottom=0)
        axis.yaxis.get_major_locator().set_params(integer=True)
        axis.grid(visible=True, alpha=0.3)
        axis.spines[["top", "right"]].set_visible(False)
    axes[1].set_ylim(0, 100)
    if feeds:
        axes[0].legend(frameon=False, fontsize=9)
    axes[-1].set_xticks(dates[:: -(-len(dates) // _MOST_DATES) or 1])
    figure.autofmt_xdate()
    figure.savefig(path, dpi=120, metadata={"Date": None} if path.suffix == ".svg" else None)
    plt.close(figure)


def _series(days: Sequence[FeedDay]) -> tuple[list[float], list[float], list[float]]:
    requests = [float(day.requests) for day in days]
    shares = [100 * day.unchanged / day.requests if day.requests else 0.0 for day in days]
    subscribers = [float(day.direct + sum(day.announced.values())) for day in days]
    return requests, shares, subscribers

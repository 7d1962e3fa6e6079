"""``feedpub stats``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, print_table, printable

_MOST_READERS = 10


@click.command("stats")
@click.option("--days", type=click.IntRange(1, 3660), default=7, show_default=True, help="How far back.")
@click.option("--feed", metavar="NAME", help="Of this feed alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--plot", metavar="FILE", type=click.Path(path_type=Path), help="Draw the days into a PNG or SVG file."
)
@click.option(
    "--log",
    "logs",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Count in an access log of nginx, Apache or Caddy instead; may be given several times.",
)
@with_setup
def command(
    setup: Setup, *, days: int, feed: str | None, as_json: bool, plot: Path | None, logs: tuple[Path, ...]
) -> int:
    """Show who reads: requests, the share answered with 304, subscribers and their readers.

    Subscribers are an estimate: those whom services such as Feedly ask for, and the clients that ask for
    themselves, told apart by a hash that is forgotten with the day. No address is kept.
    """
    from feedpub.app import audience_reporting as reporting  # noqa: PLC0415  what only this command needs

    found = reporting.counted_in_logs(logs) if logs else reporting.counted(setup.configuration(), days=days)
    if feed:
        for day in found:
            day.feeds = {name: each for name, each in day.feeds.items() if name == feed}
    if plot:
        reporting.draw(found, plot)
    report = reporting.report(found)
    if as_json:
        print_json(report)
    else:
        _show(report)
    return 0


def _show(report: dict[str, Any]) -> None:
    if not report["feeds"]:
        click.echo("nobody has asked for a feed in these days")
        return
    click.echo(f"{report['from']} to {report['to']}")
    headings = ("feed", "subscribers", "requests", "304", "deltas", "pushed", "sent", "browser views")
    print_table(headings, [_row(feed) for feed in report["feeds"]])
    for feed in report["feeds"]:
        readers = list(feed["readers"].items())[:_MOST_READERS]
        if readers:
            named = ", ".join(f"{printable(name)} {number}" for name, number in readers)
            click.echo(f"{feed['feed']}: read with {named}")
        for name, number in feed["careless"].items():
            click.echo(f"{feed['feed']}: {number} of {printable(name)} never say what they have")


def _row(feed: dict[str, Any]) -> tuple[str, ...]:
    return (
        feed["feed"],
        str(feed["subscribers"]),
        str(feed["requests"]),
        f"{100 * feed['unchanged_share']:.0f} %",
        str(feed["deltas"]),
        str(feed["pushes"]),
        _size(feed["bytes"]),
        str(feed["views"]),
    )


def _size(count: float) -> str:
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} TiB"

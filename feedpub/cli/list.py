"""``feedpub list``."""

from __future__ import annotations

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, print_table
from feedpub.model import State


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.option("--feed", metavar="NAME", help="Only the entries of this feed.")
@click.option("--state", type=click.Choice(list(State)), help="Only entries in this state.")
@with_setup
def command(setup: Setup, *, as_json: bool, feed: str | None, state: str | None) -> int:
    """List the entries in the store, newest first."""
    from feedpub.app import reporting  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    if feed and feed not in config.feeds and feed not in (names := reporting.feed_names(config)):
        raise click.BadParameter(f"no feed {feed!r}; there are {', '.join(names)}", param_hint="--feed")
    entries = reporting.list_entries(config, feed=feed, state=State(state) if state else None)
    if as_json:
        print_json(entries)
    else:
        keys = ("published", "state", "role", "title", "bulletin", "id")
        print_table([key.capitalize() for key in keys], ([str(e[key]) for key in keys] for e in entries))
    return 0

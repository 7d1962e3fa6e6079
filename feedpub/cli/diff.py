"""``feedpub diff``."""

from __future__ import annotations

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.events import print_event
from feedpub.cli.output import print_json, printable


@click.command("diff")
@click.argument("bulletin")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with the full texts.")
@with_setup
def command(setup: Setup, bulletin: str, *, as_json: bool) -> int:
    """Show how the entries of BULLETIN changed over time, word by word: [-removed-]{+added+}.

    BULLETIN is its path relative to the input folder, or any path to the file.
    """
    from feedpub.app import remembering  # noqa: PLC0415  slow to import; what only this command needs

    path, events = remembering.diff(setup.configuration(), bulletin)
    if as_json:
        changes = [remembering.event_json(event) for event in events]
        print_json({"bulletin": path, "changes": changes})
        return 0
    if not events:
        click.echo(f"nothing of {printable(path)} was published", err=True)
    for event in events:
        print_event(event, name=f"{event.version.what}  {event.version.entry}")
    return 0

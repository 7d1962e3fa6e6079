"""``feedpub history``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.events import print_event
from feedpub.cli.output import print_json, print_table

if TYPE_CHECKING:
    from feedpub.app.remembering import Event


@click.command("history")
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array, with the full texts.")
@with_setup
def command(setup: Setup, id_: str, *, as_json: bool) -> int:
    """Show what was published when of the entry ID, the oldest first.

    On a terminal changes of the text are shown word by word.
    """
    from feedpub.app import remembering  # noqa: PLC0415  slow to import; what only this command needs

    events = remembering.history(setup.configuration(), id_)
    if as_json:
        print_json([remembering.event_json(event) for event in events])
    elif sys.stdout.isatty():
        for event in events:
            print_event(event, name=event.version.what)
    else:
        print_table(("At", "What", "Title", "Notes"), (_row(event) for event in events))
    return 0


def _row(event: Event) -> tuple[str, str, str, str]:
    version = event.version
    notes = [f"correction: {note.text}" for note in event.corrections()]
    notes += [f"reason: {version.reason}"] if version.reason else []
    return version.at.isoformat(), version.what, version.title, "; ".join(notes)

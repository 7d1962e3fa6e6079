"""``feedpub withdraw``."""

from __future__ import annotations

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_answer
from feedpub.model import Order, Verb


@click.command("withdraw")
@click.argument("id")
@click.option("--reason", metavar="TEXT", help="Why, for everybody to read in the entry's place.")
@with_setup
def command(setup: Setup, *, id: str, reason: str | None) -> int:  # noqa: A002  atom:id
    """Take the entry ID back, until it is restored.

    It leaves the feeds, a tombstone in Atom tells readers to delete it, and its page answers 410. Whatever
    happens to its bulletin, nothing but `feedpub restore` brings it back. `feedpub list` shows the ids.
    """
    from feedpub.app import ordering  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    setup.start_log()
    order = Order(verb=Verb.WITHDRAW, target=id, reason=" ".join((reason or "").split()) or None)
    return print_answer(ordering.give(config, order))

"""``feedpub restore``."""

from __future__ import annotations

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_answer
from feedpub.model import Order, Verb


@click.command("restore")
@click.argument("id")
@with_setup
def command(setup: Setup, *, id: str) -> int:  # noqa: A002  atom:id
    """Put the withdrawn entry ID back, with its id, its address and its date of publication.

    It has the text that its bulletin has now.
    """
    from feedpub.app import ordering  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    setup.start_log()
    return print_answer(ordering.give(config, Order(verb=Verb.RESTORE, target=id)))

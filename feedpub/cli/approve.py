"""``feedpub approve``."""

from __future__ import annotations

from pathlib import Path

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_answer
from feedpub.model import Order, Verb


@click.command("approve")
@click.argument("file", type=click.Path(path_type=Path))
@with_setup
def command(setup: Setup, *, file: Path) -> int:
    """Publish the held bulletin FILE as it was understood.

    FILE is relative to the input folder, or any path to a file in it. What is approved are its bytes: once
    it is edited it is judged anew. `feedpub status` lists what is held, `feedpub parse` shows how it was
    understood.
    """
    from feedpub.app import ordering  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    setup.start_log()
    path = ordering.path_in(config.input.folder, file)
    return print_answer(ordering.give(config, Order(verb=Verb.APPROVE, target=path)))

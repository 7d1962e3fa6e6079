"""``feedpub check``."""

from __future__ import annotations

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import printable


@click.command("check")
@with_setup
def command(setup: Setup) -> int:
    """Validate the configuration and the folders it names.

    Every problem is reported as FILE:LINE:COLUMN: KEY: what is wrong; what is allowed.
    """
    from feedpub.app import checking  # noqa: PLC0415  slow to import; what only this command needs

    path = setup.path()
    problems = checking.check(setup.configuration(), path=path)
    for problem in problems:
        click.echo(printable(str(problem)), err=True)
    if not problems:
        click.echo(f"{path}: all is well")
    return 2 if problems else 0

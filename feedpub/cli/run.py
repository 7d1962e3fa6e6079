"""``feedpub run``."""

from __future__ import annotations

import click

from feedpub.cli.context import Setup, with_setup


@click.command("run")
@with_setup
def command(setup: Setup) -> int:
    """Watch the input folder, publish what is dropped into it and serve the feeds, in the foreground.

    SIGTERM and SIGINT finish the work in hand and leave. Changes of the configuration come into force by
    themselves; SIGHUP has it read at once.
    """
    from feedpub.app import running  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    setup.start_log()
    running.run(config, path=setup.path(), announce=None if setup.quiet else _announce)
    return 0


def _announce(addresses: list[str], folder: str) -> None:
    click.echo("\nSubscribe to:", err=True)
    for address in addresses:
        click.echo(f"  {click.style(address, bold=True)}", err=True)
    click.echo(f"Drop bulletins into {folder}; stop with Ctrl-C.\n", err=True)

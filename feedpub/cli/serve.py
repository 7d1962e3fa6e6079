"""``feedpub serve``."""

from __future__ import annotations

import click

from feedpub.cli.context import Setup, with_setup


@click.command("serve")
@with_setup
def command(setup: Setup) -> int:
    """Serve an existing output folder over HTTP, without a daemon."""
    from feedpub.app import running  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    setup.start_log()
    running.serve(
        config,
        path=setup.path(),
        announce=lambda address: click.echo(f"Serving {config.output.folder} at {address}", err=True),
    )
    return 0

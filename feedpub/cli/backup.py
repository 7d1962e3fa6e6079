"""``feedpub backup``."""

from __future__ import annotations

from pathlib import Path

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there already.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_setup
def command(setup: Setup, file: Path, *, force: bool, as_json: bool) -> int:
    """Copy the store to FILE, consistent also while the daemon runs, and check the copy.

    To go back to it: stop the daemon, put FILE in the place of the store, start the daemon.
    """
    from feedpub.app import backing_up  # noqa: PLC0415  slow to import; what only this command needs

    done = backing_up.back_up(setup.configuration(), file, force=force)
    if as_json:
        print_json(done)
    else:
        held = ", ".join(f"{done[key]} {key}" for key in ("bulletins", "published", "scheduled", "withdrawn"))
        click.echo(f"wrote {printable(done['file'])}: {done['bytes']:,} bytes, checked; {held}")
    return 0

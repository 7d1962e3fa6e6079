"""``feedpub build``."""

from __future__ import annotations

from dataclasses import asdict

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import printable, progress

_MEANINGS = {
    "statements": "statements asked of the store",
    "documents": "documents rendered",
    "files": "files written, compressed copies among them",
    "bytes": "bytes in them",
    "opened": "files opened in the output folder",
}


@click.command("build")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--confirm-removals",
    is_flag=True,
    help="Withdraw the entries of missing bulletins however many they are.",
)
@click.option("--timings", is_flag=True, help="Say on standard error what it took.")
@with_setup
def command(setup: Setup, *, dry_run: bool, confirm_removals: bool, timings: bool) -> int:
    """Take in what is new or changed, publish what that changes, exit.

    Exit status 1 when a bulletin was rejected or a document failed; the rest is done.
    """
    from feedpub.app import building  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    setup.start_log()
    with progress("bulletins", quiet=setup.quiet) as advance:
        report = building.build(config, dry_run=dry_run, confirm_removals=confirm_removals, advance=advance)
    verb = "would be " if dry_run else ""
    for path in report.written:
        click.echo(f"{verb}written {printable(path)}")
    for path in report.removed:
        click.echo(f"{verb}removed {printable(path)}")
    if timings:
        for name, seconds in report.seconds.items():
            click.echo(f"{seconds:8.3f} s  {name}", err=True)
        for name, count in asdict(report.effort).items():
            click.echo(f"{count:8}    {_MEANINGS[name]}", err=True)
    return 1 if report.failed or report.rejected else 0

"""``feedpub parse``."""

from __future__ import annotations

from pathlib import Path

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable
from feedpub.exceptions import BulletinError
from feedpub.model import Bulletin


@click.command("parse")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON: an object, or an array of them for several files."
)
@with_setup
def command(setup: Setup, paths: tuple[Path, ...], *, as_json: bool) -> int:
    """Show what the bulletins FILE... would become; touch nothing.

    Works without a configuration too, as if for a site in English.
    """
    from feedpub.app import parsing  # noqa: PLC0415  slow to import; what only this command needs

    bulletins: list[Bulletin] = []
    for path in paths:
        try:
            bulletins.append(parsing.parse_file(path, setup.hints(path)))
        except BulletinError as error:
            click.echo(f"feedpub: {printable(str(error))}", err=True)
    if as_json:
        found = [parsing.bulletin_json(bulletin) for bulletin in bulletins]
        if len(paths) > 1 or found:
            print_json(found if len(paths) > 1 else found[0])
    else:
        for bulletin in bulletins:
            _show(bulletin)
    return 0 if len(bulletins) == len(paths) else 1


def _show(bulletin: Bulletin) -> None:
    date = bulletin.date.isoformat() if bulletin.date else "no date"
    time = f" {bulletin.time:%H:%M}" if bulletin.time else ""
    click.echo(
        f"{date}{time}, {bulletin.language or 'language unknown'}, confidence {bulletin.confidence:.2f}"
    )
    for entry in bulletin.entries:
        click.echo()
        click.echo(f"{entry.role:<7} " + click.style(printable(entry.title), bold=True))
        for paragraph in entry.paragraphs:
            click.echo(f"        {printable(paragraph)}")
    for warning in bulletin.warnings:
        place = f"line {warning.line}: " if warning.line else ""
        click.echo(f"warning: {place}{printable(warning.message)}", err=True)

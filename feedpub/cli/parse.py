"""``feedpub parse``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable
from feedpub.exceptions import BulletinError

if TYPE_CHECKING:
    from feedpub.model import Bulletin, Explanation

_DOUBTFUL = 0.6  # a line read with less certainty stands out


@click.command("parse")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON: an object, or an array of them for several files."
)
@click.option(
    "--explain", is_flag=True, help="Show for every line what it was taken for, what else it may be, and why."
)
@click.option("--html", "as_html", is_flag=True, help="With --explain: print an HTML page.")
@with_setup
def command(setup: Setup, paths: tuple[Path, ...], *, as_json: bool, explain: bool, as_html: bool) -> int:
    """Show what the bulletins FILE... would become; touch nothing.

    Works without a configuration too, as if for a site in English.
    """
    from feedpub.app import parsing  # noqa: PLC0415  slow to import; what only this command needs

    if as_html and not explain:
        raise click.UsageError("--html shows an explanation; give --explain too")
    found = list(_explanations(setup, paths))
    if as_json:
        bulletins = [
            parsing.explanation_json(e) if explain else parsing.bulletin_json(e.bulletin) for _, e in found
        ]
        if bulletins or len(paths) > 1:
            print_json(bulletins if len(paths) > 1 else bulletins[0])
    else:
        for path, explanation in found:
            if as_html:
                click.echo(parsing.explanation_html(explanation, title=path.name))
            else:
                _show(explanation, lines=explain)
    return 0 if len(found) == len(paths) else 1


def _explanations(setup: Setup, paths: tuple[Path, ...]) -> Iterator[tuple[Path, Explanation]]:
    from feedpub.app import parsing  # noqa: PLC0415  as above

    for path in paths:
        try:
            yield path, parsing.explain_file(path, setup.hints(path))
        except BulletinError as error:
            click.echo(f"feedpub: {printable(str(error))}", err=True)


def _show(explanation: Explanation, *, lines: bool) -> None:
    bulletin = explanation.bulletin
    date = bulletin.date.isoformat() if bulletin.date else "no date"
    time = f" {bulletin.time:%H:%M}" if bulletin.time else ""
    language = f", {bulletin.language}" if bulletin.language else ""
    click.echo(f"{date}{time}{language}, confidence {bulletin.confidence:.2f}")
    if lines and explanation.lines:
        _show_lines(explanation)
    else:
        _show_entries(bulletin)
    for warning in bulletin.warnings:
        place = f"line {warning.line}: " if warning.line else ""
        click.secho(f"warning: {place}{printable(warning.message)}", fg="yellow", err=True)


def _show_entries(bulletin: Bulletin) -> None:
    for entry in bulletin.entries:
        click.echo()
        click.echo(f"{entry.role:<7} " + click.style(printable(entry.title), bold=True))
        for paragraph in entry.paragraphs:
            click.echo(f"        {printable(paragraph)}")
        for correction in entry.corrections:
            click.echo("        " + click.style("correction: ", bold=True) + printable(correction))


def _show_lines(explanation: Explanation) -> None:
    for reading in explanation.lines:
        click.echo()
        click.echo(f"{reading.line:>4}  {printable(reading.text)}")
        doubt = f", else {reading.runner_up}" if reading.runner_up != reading.role else ""
        colour = "yellow" if reading.confidence < _DOUBTFUL else None
        click.echo(
            "      " + click.style(f"{reading.role} ({reading.confidence:.2f}{doubt})", fg=colour, bold=True)
        )
        for reason in reading.reasons:
            click.echo(f"      - {reason}")

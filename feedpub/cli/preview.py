"""``feedpub preview``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable

_COLOURS = {"new": "green", "updated": "yellow", "withdrawn": "red", "unchanged": None}


@click.command("preview")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON: an object, or an array of them for several files."
)
@with_setup
def command(setup: Setup, paths: tuple[Path, ...], *, as_json: bool) -> int:
    """Show what subscribers would see if the bulletins FILE... were dropped now; touch nothing.

    A file outside the input folder is taken for one dropped into it under its own name, with the pictures and
    other files that lie beside it.
    """
    from feedpub.app import previewing  # noqa: PLC0415  slow to import; what only this command needs

    found = previewing.preview(setup.configuration(), paths)
    if as_json:
        print_json(found if len(paths) > 1 else found[0])
    else:
        for bulletin in found:
            _show(bulletin)
    return 1 if any(bulletin["result"] in ("rejected", "held") for bulletin in found) else 0


def _show(bulletin: dict[str, Any]) -> None:
    line = f", line {bulletin['line']}" if bulletin["line"] else ""
    reason = f"{line}: {bulletin['reason']}" if bulletin["reason"] else ""
    click.echo(
        click.style(printable(bulletin["bulletin"]), bold=True) + printable(f": {bulletin['result']}{reason}")
    )
    for entry in bulletin["entries"]:
        former = f"  (was: {entry['former_title']})" if entry["former_title"] else ""
        due = f"  (on {entry['due']})" if entry["due"] else ""
        change = click.style(f"{entry['change']:<10}", fg=_COLOURS[entry["change"]])
        click.echo(f"  {change}{entry['role']:<7} {printable(entry['title'] + former + due)}")
        for file in entry["files"]:
            click.echo(printable(f"{'':20}with {file['type']}, {file['length']:,} bytes"))
    for note in bulletin["notes"]:
        click.echo(printable(f"  {note}"))

"""``feedpub verify``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable, progress

if TYPE_CHECKING:
    from feedpub.app.verifying import Verdict


@click.command("verify")
@click.option("--repair", is_flag=True, help="Render anew what differs; remove nothing but unfinished files.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_setup
def command(setup: Setup, *, repair: bool, as_json: bool) -> int:
    """Hold store, input and output against each other and report every disagreement.

    Changes nothing, also beside a running daemon. With --repair the daemon must be stopped.
    Exit status 0 when all is well, 1 otherwise.
    """
    from feedpub import log  # noqa: PLC0415  slow to import; what only this command needs
    from feedpub.app import verifying  # noqa: PLC0415  as above

    config = setup.configuration()
    log.configure(form=setup.log_format, level=logging.CRITICAL)  # what goes wrong is among the findings
    with progress("documents", quiet=setup.quiet) as advance:
        verdict = verifying.verify(config, repair=repair, advance=advance)
    if as_json:
        print_json(_as_json(verdict))
    else:
        _show(verdict)
    return 0 if verdict.well else 1


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "well": verdict.well,
        "entries": verdict.entries,
        "bulletins": verdict.bulletins,
        "documents": verdict.documents,
        "problems": [
            {"part": str(found.part), "where": found.where, "what": found.what, "cure": found.cure}
            for found in verdict.problems
        ],
        "notes": [{"part": str(note.part), "where": note.where, "what": note.what} for note in verdict.notes],
        "repaired": list(verdict.repaired),
    }


def _show(verdict: Verdict) -> None:
    for path in verdict.repaired:
        click.echo(f"repaired: {printable(path)}")
    for found in verdict.problems:
        click.secho(printable(f"{_place(found.part, found.where)} {found.what}; {found.cure}"), fg="red")
    for note in verdict.notes:
        click.secho(printable(f"{_place(note.part, note.where)} {note.what}"), fg="yellow")
    checked = f"{verdict.entries} entries, {verdict.bulletins} bulletins, {verdict.documents} documents"
    outcome = "all is well" if verdict.well else f"{len(verdict.problems)} found wrong"
    click.echo(f"{outcome}: {checked} held against each other")


def _place(part: str, where: str) -> str:
    return f"{part}: {where}:" if where else f"{part}:"

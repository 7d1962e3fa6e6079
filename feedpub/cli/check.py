"""``feedpub check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable, progress

if TYPE_CHECKING:
    from feedpub.app.inspecting import Inspection
    from feedpub.conformance import Finding


@click.command("check")
@click.option("--output", is_flag=True, help="Hold what is published against the rules of its formats.")
@click.option("--json", "as_json", is_flag=True, help="With --output: print one JSON object.")
@with_setup
def command(setup: Setup, *, output: bool, as_json: bool) -> int:
    """Validate the configuration and the folders it names.

    Every problem is reported as FILE:LINE:COLUMN: KEY: what is wrong; what is allowed.

    With --output validate every published feed, archive, page and list instead, each finding as
    FILE:LINE: error or warning RULE: what is wrong; the cure. Exit status 1 when there are errors.
    """
    if as_json and not output:
        raise click.UsageError("--json needs --output")
    return _check_output(setup, as_json=as_json) if output else _check_setup(setup)


def _check_setup(setup: Setup) -> int:
    from feedpub.app import checking  # noqa: PLC0415  slow to import; what only this command needs

    path = setup.path()
    problems = checking.check(setup.configuration(), path=path)
    for problem in problems:
        click.echo(printable(str(problem)), err=True)
    if not problems:
        click.echo(f"{path}: all is well")
    return 2 if problems else 0


def _check_output(setup: Setup, *, as_json: bool) -> int:
    from feedpub.app import inspecting  # noqa: PLC0415  as above

    config = setup.configuration()
    with progress("documents", quiet=setup.quiet) as advance:
        inspection = inspecting.inspect(config, advance=advance)
    if as_json:
        print_json(_as_json(inspection))
    else:
        _show(inspection)
    return 1 if inspection.errors else 0


def _as_json(inspection: Inspection) -> dict[str, object]:
    return {
        "well": not inspection.errors,
        "documents": inspection.documents,
        "errors": [_finding_as_json(found) for found in inspection.errors],
        "warnings": [_finding_as_json(found) for found in inspection.warnings],
    }


def _finding_as_json(found: Finding) -> dict[str, object]:
    return {
        "file": found.path,
        "line": found.line,
        "rule": found.rule.code,
        "title": found.rule.title,
        "source": found.rule.source,
        "what": found.what,
        "cure": found.rule.cure,
    }


def _show(inspection: Inspection) -> None:
    for found in inspection.errors:
        click.secho(printable(str(found)), fg="red")
    for found in inspection.warnings:
        click.secho(printable(str(found)), fg="yellow")
    errors, warnings = len(inspection.errors), len(inspection.warnings)
    click.echo(
        f"{inspection.documents} documents checked: {_count(errors, 'error')}, {_count(warnings, 'warning')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

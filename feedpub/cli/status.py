"""``feedpub status``."""

from __future__ import annotations

from typing import Any

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_setup
def command(setup: Setup, *, as_json: bool) -> int:
    """Show health, rejected bulletins and what comes next."""
    from feedpub.app import reporting  # noqa: PLC0415  slow to import; what only this command needs

    status = reporting.status(setup.configuration())
    if as_json:
        print_json(status)
    else:
        _show(status)
    return 0


def _show_push(push: dict[str, Any]) -> None:
    for hub in push["hubs"]:
        last = hub["last_success"] or "never"
        click.echo(f"hub {printable(hub['hub'])}: last told {last}, {hub['waiting']} waiting")
    if push["own_hub"]:
        numbers = f"{push['subscriptions']} subscribed, {push['waiting']} deliveries waiting"
        click.echo(f"own hub {push['own_hub']}: {numbers}")


def _show(status: dict[str, Any]) -> None:
    colour = "green" if status["state"] == "idle" else "yellow"
    click.echo(f"{click.style(status['state'], fg=colour)}, {status['pending']} pending")
    click.echo(
        f"{status['published']} published, {status['scheduled']} scheduled, {status['withdrawn']} withdrawn"
    )
    click.echo(f"last publication: {status['last_publication'] or 'none yet'}")
    for feed in status["feeds"]:
        entries = "1 entry" if feed["entries"] == 1 else f"{feed['entries']} entries"
        click.echo(f"feed {feed['name']}: {entries}, last change {feed['updated'] or 'none yet'}")
    _show_push(status["push"])
    if status["probe"]:
        click.echo(f"own addresses: last asked for {status['probe']['at']}")
    if status["recovered"]:
        click.echo(f"store: {printable(status['recovered'])}")
    for file in status["set_aside"]:
        click.secho(f"store: a damaged one lies in {printable(file)}; delete it when you need it no more")
    for job in status["next_jobs"]:
        click.echo(f"next: {printable(job['name'])} at {job['at']}")
    for problem in status["problems"]:
        click.secho(f"problem: {printable(problem)}", fg="red")
    for state, colour in (("rejected", "red"), ("held", "yellow"), ("warnings", "yellow")):
        for item in status[state]:
            line = f", line {item['line']}" if item["line"] else ""
            place = f"{state.removesuffix('s')}: {item['bulletin']}{line}"
            click.secho(printable(f"{place}: {item['reason']}"), fg=colour)

"""``feedpub adopt``."""

from __future__ import annotations

from typing import Any

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import print_json, printable


@click.command("adopt")
@click.argument("sources", metavar="FILE-OR-URL...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Say what would be adopted, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_setup
def command(setup: Setup, sources: tuple[str, ...], *, dry_run: bool, as_json: bool) -> int:
    """Take over the entries of existing RSS, Atom or JSON feeds, so that nothing is sent again.

    Each keeps its id, link and dates, and the bulletin that tells its story later becomes that entry.
    Several feeds, such as an archive in pieces, are adopted as one. Stop the daemon before; `feedpub build`
    or `feedpub run` publishes what was adopted.

    Exit status 1 when an entry was left out; the others are adopted.
    """
    from feedpub.app import adopting  # noqa: PLC0415  slow to import; what only this command needs

    config = setup.configuration()
    setup.start_log()
    found = adopting.adopt(config, sources, dry_run=dry_run)
    if as_json:
        print_json(found)
    else:
        _show(found, dry_run=dry_run)
    return 1 if found["left_out"] else 0


def _show(found: dict[str, Any], *, dry_run: bool) -> None:
    for change in ("new", "updated"):
        for entry in found[change]:
            click.echo(f"{change:<9}{entry['published'][:10]}  {printable(entry['title'])}")
    for warning in found["warnings"]:
        click.echo(f"warning: {printable(warning)}", err=True)
    for reason in found["left_out"]:
        click.echo(f"left out: {printable(reason)}", err=True)
    would = "would be " if dry_run else ""
    click.echo(
        f"{len(found['new'])} entries {would}adopted, {len(found['updated'])} {would}updated, "
        f"{found['known']} known"
    )

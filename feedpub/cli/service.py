"""``feedpub service``."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from feedpub.cli.context import Setup, with_setup
from feedpub.cli.output import printable

_Command = Callable[..., Any]


@click.group("service")
def command() -> None:
    """Install or remove the systemd unit: confined, watched, reloaded by SIGHUP."""


def _placed(function: _Command) -> _Command:
    """Add the options that say whose service manager, and where its units are."""
    for option in (
        click.option(
            "--to",
            metavar="FOLDER",
            type=click.Path(file_okay=False, path_type=Path),
            help="Where the unit goes instead; systemd is told nothing then.",
        ),
        click.option("--user", is_flag=True, help="A service of your own account instead of the machine."),
    ):
        function = option(function)
    return function


_run_as = click.option(
    "--run-as",
    metavar="ACCOUNT",
    help="Run as this account, which may write the folders; by default as one made for the service.",
)


def _unit(setup: Setup, *, user: bool, run_as: str | None) -> tuple[str, bool]:
    """Return the unit and whether it can work; say what keeps it from that."""
    from feedpub.app import service  # noqa: PLC0415  slow to import; what only this command needs

    if user and run_as:
        raise click.UsageError("--user and --run-as exclude each other")
    text, problems = service.make_unit(setup.configuration(), setup.path(), user=user, run_as=run_as)
    for problem in problems:
        click.echo(printable(str(problem)), err=True)
    return text, not problems


def _folder(to: Path | None, *, user: bool) -> Path:
    from feedpub.app import service  # noqa: PLC0415  as above

    return to or service.folder_of_units(user=user, environ=os.environ)


@command.command("show")
@click.option("--user", is_flag=True, help="That of your own account.")
@_run_as
@with_setup
def show(setup: Setup, *, user: bool, run_as: str | None) -> int:
    """Print the unit that would be installed."""
    text, _ = _unit(setup, user=user, run_as=run_as)
    click.echo(text, nl=False)
    return 0


@command.command("install")
@_placed
@_run_as
@with_setup
def install(setup: Setup, *, user: bool, to: Path | None, run_as: str | None) -> int:
    """Write the unit, start the service and have it started at each boot.

    Where systemd does not run, or when something keeps the service from working, the unit is only written.
    """
    from feedpub.app import service  # noqa: PLC0415  as above

    text, works = _unit(setup, user=user, run_as=run_as)
    place, runs = service.install(text, _folder(to, user=user), user=user, start=works)
    click.echo(f"wrote {printable(str(place))}")
    scope = " --user" if user else ""
    if runs:
        click.echo(f"the service runs; systemctl{scope} status {service.NAME} shows how it is")
    elif works:
        click.echo(f"next: systemctl{scope} enable --now {place if to else service.NAME}", err=True)
    else:
        click.echo("the service was not started: mend the above and install it again", err=True)
    return 0 if works else 1


@command.command("uninstall")
@_placed
def uninstall(*, user: bool, to: Path | None) -> int:
    """Stop the service and remove its unit; what was published and remembered stays."""
    from feedpub.app import service  # noqa: PLC0415  as above

    folder = _folder(to, user=user)
    place = service.uninstall(folder, user=user)
    click.echo(f"removed {printable(str(place))}" if place else f"there is no {service.NAME} in {folder}")
    return 0

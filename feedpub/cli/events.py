"""How what happened to an entry looks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from feedpub.cli.output import printable

if TYPE_CHECKING:
    from feedpub.app.remembering import Event
    from feedpub.app.wording import Piece

_LOOKS = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}


def print_event(event: Event, *, name: str) -> None:
    """Print an event: when, what and why, the title, the paragraphs that changed, the corrections."""
    at = event.version.at.strftime("%Y-%m-%d %H:%M:%SZ")
    why = f": {event.version.reason}" if event.version.reason else ""
    click.echo(f"{at}  {click.style(printable(name), bold=True)}{printable(why)}")
    click.echo(f"    {_written(event.title())}")
    for paragraph in event.paragraphs():
        click.echo(f"        {_written(paragraph)}")
    for note in event.corrections():
        click.echo(f"        {click.style(f'correction, {note.on}:', bold=True)} {printable(note.text)}")


def _written(pieces: Iterable[Piece]) -> str:
    """Mark what changed, as `git diff --word-diff` does; on terminals in colour too."""
    return "".join(_one(piece) for piece in pieces)


def _one(piece: Piece) -> str:
    if piece.kind not in _LOOKS:
        return printable(piece.text)
    opening, closing, colour = _LOOKS[piece.kind]
    return click.style(f"{opening}{printable(piece.text)}{closing}", fg=colour)

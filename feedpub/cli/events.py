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
    """Print an event: a line that says when and what, the title, the paragraphs that changed."""
    at = event.version.at.strftime("%Y-%m-%d %H:%M:%SZ")
    click.echo(f"{at}  {click.style(printable(name), bold=True)}")
    click.echo(f"    {_written(event.title())}")
    for paragraph in event.paragraphs():
        click.echo(f"        {_written(paragraph)}")


def _written(pieces: Iterable[Piece]) -> str:
    """Mark what changed, as `git diff --word-diff` does; on terminals in colour too."""
    return "".join(_one(piece) for piece in pieces)


def _one(piece: Piece) -> str:
    if piece.kind not in _LOOKS:
        return printable(piece.text)
    opening, closing, colour = _LOOKS[piece.kind]
    return click.style(f"{opening}{printable(piece.text)}{closing}", fg=colour)

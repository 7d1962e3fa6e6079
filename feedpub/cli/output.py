"""How results look: JSON for programs, tables for people. The only door to rich."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from feedpub.concealing import hide
from feedpub.model import Answer


def print_json(value: object) -> None:
    """Print one JSON document, UTF-8, and nothing else."""
    text = hide(json.dumps(value, ensure_ascii=False, indent=2))
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print `rows` in columns; on a pipe as lines of tab-separated cells that other programs can cut."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(printable(cell) for cell in row))
        return
    from rich.console import Console  # noqa: PLC0415  slow to import, for terminals alone
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    Console().print(table)


def print_answer(answer: Answer) -> int:
    """Print what became of an order; return the exit status that says it too."""
    click.echo(printable(answer.text if answer.done else f"feedpub: {answer.text}"), err=not answer.done)
    return 0 if answer.done else 1


def printable(text: str) -> str:
    """Escape what could steer a terminal or split a line (authors choose names and titles); hide secrets."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in hide(text)
    )


def printable_lines(text: str) -> str:
    """Escape each line of `text` by itself."""
    return "\n".join(printable(line) for line in text.split("\n"))


@contextmanager
def progress(title: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error while work goes on, on terminals alone.

    Yields a function that takes how much is done and how much there is.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415  slow to import, for terminals alone
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

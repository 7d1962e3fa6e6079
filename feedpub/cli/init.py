"""``feedpub init``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click


@click.command("init")
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="Example News", show_default=True, help="The site's title.")
@click.option("--url", default="http://127.0.0.1:8080/", show_default=True, help="The site's public address.")
def command(directory: Path, title: str, url: str) -> int:
    """Write a commented config.yaml and input/ with a sample bulletin into DIRECTORY.

    What is there already is left as it is.
    """
    from feedpub import config  # noqa: PLC0415  pydantic is slow to import

    sample = files("feedpub.cli").joinpath("sample.txt").read_text(encoding="utf-8")
    _write(directory / "config.yaml", config.sample(title=title, url=url))
    _write(directory / "input" / "welcome.txt", sample)
    where = "" if directory == Path() else f" --config {directory / 'config.yaml'}"
    click.echo(f"Next: feedpub{where} run", err=True)
    return 0


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        click.echo(f"{path} is there already; left as it is", err=True)
    else:
        click.echo(f"wrote {path}", err=True)

"""Templates of one's own, read from their folder once, at start."""

from __future__ import annotations

from pathlib import Path

from feedpub.config import Config
from feedpub.exceptions import ConfigError, Problem
from feedpub.render import Templates, template_faults

_KEY = "output.templates"


def read_templates(config: Config) -> Templates:
    """Read the templates of the configuration; raises ConfigError when they cannot be had."""
    folder = config.output.templates
    if folder is None:
        return ()
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in (".html", ".css"))
        return tuple((path.name, path.read_text(encoding="utf-8")) for path in files)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError((_problem(folder, None, str(error), "templates are files in UTF-8"),)) from error


def check_templates(config: Config) -> list[Problem]:
    """Return what is wrong with them, each tried on a page."""
    folder = config.output.templates or Path()
    try:
        faults = template_faults(read_templates(config))
    except ConfigError as error:
        return list(error.problems)
    return [_problem(folder / name, line, wrong, "") for name, line, wrong in faults]


def _problem(path: Path, line: int | None, wrong: str, allowed: str) -> Problem:
    return Problem(where=f"{path}:{line}" if line else str(path), key=_KEY, wrong=wrong, allowed=allowed)

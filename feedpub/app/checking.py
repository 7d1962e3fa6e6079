"""``feedpub check``: the folders a configuration names, tried."""

from __future__ import annotations

import os
from pathlib import Path

from feedpub import plugins
from feedpub.app.templating import check_templates
from feedpub.config import Config
from feedpub.exceptions import Problem


def check(config: Config, *, path: Path) -> list[Problem]:
    """Return what keeps this configuration from working on this machine; load it first."""
    problems = []
    if not config.input.folder.is_dir():
        problems.append(_problem(path, "input.folder", f"{config.input.folder} is not a folder", "create it"))
    elif not os.access(config.input.folder, os.R_OK | os.X_OK):
        problems.append(
            _problem(
                path,
                "input.folder",
                f"{config.input.folder} cannot be read",
                "give this user the right to read it",
            )
        )
    for key, folder in (("output.folder", config.output.folder), ("store.url", config.store.path.parent)):
        ground = _nearest(folder)
        if not ground.is_dir() or not os.access(ground, os.W_OK | os.X_OK):
            problems.append(
                _problem(path, key, f"{ground} cannot be written", "give this user the right to write there")
            )
    return [*problems, *check_templates(config), *_plugins()]


def _plugins() -> list[Problem]:
    """Return what is wrong with the parsers that packages bring."""
    cure = "mend or uninstall that package"
    return [
        Problem(where=error.package, key=f"parser {error.name!r}", wrong=error.reason, allowed=cure)
        for error in plugins.installed().errors
    ]


def _problem(path: Path, key: str, wrong: str, allowed: str) -> Problem:
    return Problem(where=str(path), key=key, wrong=wrong, allowed=allowed)


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists: the others are made when needed."""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)

"""What every command shares: the options before its name."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedpub.exceptions import ConfigError
from feedpub.model import Hints

if TYPE_CHECKING:
    from feedpub.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The options of the group."""

    config: str | None = None
    log_format: str = "text"
    verbose: bool = False
    quiet: bool = False

    def path(self) -> Path:
        """Find the configuration; raises ConfigError."""
        from feedpub import config  # noqa: PLC0415  pydantic is slow to import and not every command needs it

        return config.find(self.config, os.environ, Path.cwd())

    def configuration(self) -> Config:
        """Load the configuration; raises ConfigError."""
        from feedpub import config  # noqa: PLC0415  as above

        return config.load(self.path(), os.environ)

    def hints(self, path: Path) -> Hints:
        """Say what is known about the file at `path` before it is read.

        Without a configuration it is read as for a site in English. Raises ConfigError when there is a
        configuration and it is wrong, or when the one that was asked for is not there.
        """
        try:
            found = self.path()
        except ConfigError:
            if self.config:
                raise
            return Hints(name=path.name, language="en")
        from feedpub import config  # noqa: PLC0415  as above

        chosen = config.load(found, os.environ)
        return Hints(name=path.name, language=chosen.site.language, encodings=chosen.input.encoding)

    def start_log(self) -> None:
        """Configure the log as the options ask."""
        from feedpub import log  # noqa: PLC0415  structlog is slow to import and not every command needs it

        level = logging.DEBUG if self.verbose else logging.WARNING if self.quiet else logging.INFO
        log.configure(form=self.log_format, level=level)


with_setup = click.make_pass_decorator(Setup)

"""The configuration followed while feedpub runs: a good one comes into force, a broken one changes nothing.

The file is looked at once a second, over events: it may be a link, on a share, or in a folder that is
replaced as a whole, and one stat costs nothing.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from feedpub import config as configuration
from feedpub.app.templating import check_templates, read_templates
from feedpub.config import Config
from feedpub.daemon import Health
from feedpub.exceptions import ConfigError
from feedpub.log import get_logger

log = get_logger("config")

_LOOK_SECONDS = 1.0
_SUBJECT = "configuration"
_KEPT = "the last good configuration stays in force"


class Follower:
    """The configuration in force, and the file it comes from."""

    def __init__(self, path: Path, config: Config, health: Health) -> None:
        self.config = config
        self._path = path
        self._health = health
        self._templates = read_templates(config)
        self._asked = asyncio.Event()
        self._seen: object = None  # how the files were found by the last look
        self._read: object = None  # and when they were read

    def ask(self) -> None:
        """Have the configuration read now, whether it changed or not."""
        self._asked.set()

    async def run(
        self,
        apply: Callable[[Config], Awaitable[None]],
        *,
        begun: Callable[[], None] = lambda: None,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        """Have `apply` bring every new configuration into force, until cancelled.

        `begun` hears of the beginning of what somebody asked for, `done` of its end.
        """
        loop = asyncio.get_running_loop()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), _LOOK_SECONDS)
            asked = self._asked.is_set()
            self._asked.clear()
            if asked:
                begun()
            config = await loop.run_in_executor(None, self._look, asked)
            if config:
                await apply(config)
            if asked:
                done()

    def _look(self, asked: bool) -> Config | None:
        former, self._seen = self._seen, _signature(self._path, self.config.output.templates)
        # Two equal looks: what an editor is writing is not read by half.
        if not asked and (self._seen in (None, self._read) or self._seen != former):
            return None
        self._read = self._seen
        return self.read()

    def read(self) -> Config | None:
        """Read the configuration; return it when another one than before is to be in force."""
        try:
            wanted = configuration.load(self._path, os.environ)
            if problems := check_templates(wanted):
                raise ConfigError(tuple(problems))  # noqa: TRY301  one way out for whatever is wrong
            templates = read_templates(wanted)
        except ConfigError as error:
            self._keep(error)
            self._read = None  # the cause may lie elsewhere, and pass: no descriptor left, a file it names
            return None
        if self._health.well(_SUBJECT):
            log.info("configuration is good again")
        return self._decide(wanted, templates)

    def _keep(self, error: ConfigError) -> None:
        wrong = " | ".join(str(problem) for problem in error.problems)
        if self._health.trouble(_SUBJECT, f"{wrong}; {_KEPT}"):
            for problem in error.problems:
                log.error("configuration cannot be used", problem=str(problem), consequence=_KEPT)

    def _decide(self, wanted: Config, templates: object) -> Config | None:
        possible, waiting = configuration.changed_while_running(self.config, wanted)
        notes = [f"{self._path}: {key} was changed; that needs a restart" for key in waiting]
        if self._health.note(_SUBJECT, notes):
            for note in notes:
                log.warning("configuration waits for a restart", reason=note)
        changed = configuration.differences(self.config, possible)
        if templates != self._templates:
            changed = (*changed, "templates")
        if not changed:
            return None
        log.info("configuration changed", changed=", ".join(changed))
        _warn_of_lost(self.config, possible)
        self.config, self._templates = possible, read_templates(possible)
        return possible


def _warn_of_lost(former: Config, now: Config) -> None:
    """Name the feeds that are gone without a word on where they are: their readers meet nothing."""
    forwarded = {name for feed in now.feeds.values() for name in feed.moved_from}
    for name in former.feeds.keys() - now.feeds.keys() - forwarded:
        log.warning(
            "feed is gone, its readers get 404; if it was renamed, say so at the new one",
            feed=name,
            allowed=f"moved_from: [{name}]",
        )


def _signature(path: Path, templates: Path | None) -> object:
    """Describe the files so that any change shows."""
    files = [path]
    if templates:
        with suppress(OSError):
            files += sorted(templates.iterdir())
    return tuple((str(file), *_status(file)) for file in files)


def _status(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError as error:
        return (error.errno or 0,)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns

"""A whole newsroom in one folder: input, store, output, and a clock that the test sets."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from feedpub import config
from feedpub.app.wiring import settings
from feedpub.model import Entry
from feedpub.pipeline import Origin, Pipeline, Settings
from feedpub.publish import Folder
from feedpub.store import open_store

_CONFIG = """\
site:
  title: Example News
  url: http://news.example.org/
  language: en
  timezone: Europe/Sofia
  author: {name: Example Newsroom, email: desk@example.org}
feeds:
  news:
    title: Example News
    formats: [rss, atom, json]
    limit: {entries: 500}  # more than any test publishes: all of it can be seen in the feed
  leads:
    title: Leads
    shape: leads
    formats: [atom]
  whole:
    title: Whole bulletins
    shape: bulletins
    formats: [atom]
    limit: {entries: 500}
"""


@cache
def _settings() -> Settings:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_text(_CONFIG)
        return settings(config.load(path, {}))


@cache
def _empty_store() -> bytes:
    """Return a new store's bytes: to make its tables for every example anew would take most of the time."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feedpub.db"
        with open_store(f"sqlite:///{path}"):
            pass
        return path.read_bytes()


class Office:
    """One installation below `root`, opened and closed as a process would."""

    def __init__(self, root: Path, *, now: dt.datetime, url: str = "http://news.example.org/") -> None:
        self.input = root / "input"
        self.output = root / "output"
        self.input.mkdir()
        self.now = now
        self._database = root / "feedpub.db"
        self._database.write_bytes(_empty_store())
        base = _settings()
        self.settings = replace(
            base,
            input_folder=self.input,
            media_folder=root / "media",
            site=replace(base.site, url=url),
        )
        self._written = 0
        self._process = ExitStack()
        self.open()

    def open(self) -> None:
        """Start as a process does."""
        self.store = self._process.enter_context(open_store(f"sqlite:///{self._database}"))
        self.pipeline = self._pipeline(self.output)
        self.pipeline.refresh()

    def close(self) -> None:
        """End as a process does, at whatever point."""
        self._process.close()

    def take_in(self) -> None:
        """Take in what is new in the input folder and let go of what is gone."""
        survey = self.pipeline.survey()
        self.pipeline.take_in({**survey.pending, **survey.again}, vanished=survey.vanished)
        self.pipeline.remove(survey.vanished, root=survey.root)
        self.pipeline.finish_first_look()
        self.pipeline.release()

    def publish(self) -> None:
        """Bring the output up to date."""
        self.pipeline.publish()

    def write(self, path: str, content: bytes) -> None:
        """Put a file in place as a careful program does, with a file time of its own."""
        target = self.input / path
        target.parent.mkdir(parents=True, exist_ok=True)
        hidden = target.with_name(".being-written")
        hidden.write_bytes(content)
        # The clock of a file system is coarse: two files written at once must still look different.
        self._written += 1
        os.utime(hidden, (1_750_000_000 + self._written,) * 2)
        hidden.rename(target)

    def entries(self) -> list[Entry]:
        """Return every entry that the store holds."""
        return list(self.store.entries())

    def files(self) -> dict[str, bytes]:
        """Return every published file."""
        return _files(self.output)

    def fresh(self) -> dict[str, bytes]:
        """Return what an output would hold that is made from nothing."""
        with TemporaryDirectory(dir=self.output.parent) as folder:
            pipeline = self._pipeline(Path(folder))
            pipeline.remake()
            pipeline.publish()
            return _files(Path(folder))

    def lose_output(self) -> None:
        """Delete everything that was published."""
        shutil.rmtree(self.output)

    def _pipeline(self, output: Path) -> Pipeline:
        origin = Origin(authority="news.example.org", created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        return Pipeline(self.settings, self.store, Folder(output), origin=origin, clock=lambda: self.now)


@contextmanager
def an_office(**facts) -> Iterator[Office]:
    """Give an empty newsroom, in memory where the system has such a folder."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="feedpub-", dir=memory if os.access(memory, os.W_OK) else None) as folder:
        office = Office(Path(folder), **facts)
        try:
            yield office
        finally:
            office.close()


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

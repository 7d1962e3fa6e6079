"""A real folder, store and output behind one pipeline, with a clock that the test sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import feedparser

from feedpub import config
from feedpub.app import building
from feedpub.app.wiring import settings
from feedpub.model import Answer, Entry, ForeignEntry, ForeignFeed, Order, Verb
from feedpub.pipeline import Origin, Pipeline
from feedpub.publish import Folder
from feedpub.store import Store, open_store

MONDAY = dt.datetime(2024, 10, 21, 12, 0, 0, tzinfo=dt.UTC)

_CONFIG = """\
site:
  title: Example News
  url: https://news.example.org/
  language: en
  timezone: Europe/Sofia
  author: {{name: Example Newsroom, email: desk@example.org}}
input:
  settle: 0s
  hold_below: {hold_below}
feeds:
  news:
    title: Example News
    formats: [rss, atom, json]
  leads:
    title: Leads
    shape: leads
    formats: [atom]
"""


class Newsroom:
    """One installation; each `build` is one pass of the pipeline at the instant `now`."""

    def __init__(self, root: Path, *, hold_below: float = 0) -> None:
        (root / "config.yaml").write_text(_CONFIG.format(hold_below=hold_below))
        self.config = config.load(root / "config.yaml", {})
        self.input = self.config.input.folder
        self.output = self.config.output.folder
        self.input.mkdir()
        self.now = MONDAY

    def drop(self, name: str, text: str) -> None:
        """Write a bulletin."""
        (self.input / name).write_text(text)

    def build(self) -> None:
        """Make one pass."""
        with self._pipeline() as pipeline:
            self._pass(pipeline)

    def order(self, verb: Verb, target: str, *, reason: str | None = None) -> Answer:
        """Give an order; make one pass, which carries it out."""
        with self._pipeline() as pipeline:
            number = pipeline.leave(Order(verb=verb, target=target, reason=reason))
            self._pass(pipeline)
            answer = pipeline.find_answer(number)
        assert answer
        return answer

    def adopt(self, *entries: ForeignEntry) -> None:
        """Take over entries of another program's feed."""
        with self._pipeline() as pipeline:
            pipeline.adopt([ForeignFeed(entries=entries)])

    def entries(self) -> dict[str, Entry]:
        """Return what the store holds, by title."""
        with open_store(self.config.store.url, own=False) as store:
            return {entry.title: entry for entry in store.entries()}

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Own the store itself."""
        with open_store(self.config.store.url) as store:
            yield store

    def read(self, path: str) -> str:
        """Return what is published at a path, "" for nothing."""
        file = self.output / path
        return file.read_text() if file.exists() else ""

    def titles(self, name: str = "news.atom") -> list[str]:
        """Return the titles in a feed, in its order."""
        return [entry.title for entry in feedparser.parse(self.read(f"feeds/{name}")).entries]

    def files(self) -> dict[str, tuple[bytes, int]]:
        """Return every published file with its bytes and inode."""
        return {
            str(path.relative_to(self.output)): (path.read_bytes(), path.stat().st_ino)
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }

    def carry_out_alone(self, store: Store) -> None:
        """Carry out the orders in a store that the test owns, without a look at the folder before."""
        self._over(store).carry_out_orders()

    @contextmanager
    def _pipeline(self) -> Iterator[Pipeline]:
        with open_store(self.config.store.url) as store:
            yield self._over(store)

    def _over(self, store: Store) -> Pipeline:
        origin = Origin(authority="news.example.org", created=MONDAY)
        target = Folder(self.output)
        return Pipeline(settings(self.config), store, target, origin=origin, clock=lambda: self.now)

    def _pass(self, pipeline: Pipeline) -> None:
        building._pass(pipeline, self.config, confirmed=True, advance=lambda _done, _total: None)

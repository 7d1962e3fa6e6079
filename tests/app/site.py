"""One installation in a temporary folder, used through `feedpub.app`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from feedpub import config
from feedpub.app.building import build
from feedpub.app.verifying import Verdict, verify
from feedpub.config import Config

MONDAY = """\
 date 2024-10-21 Harbour Workers Confirm Longer Shifts
The workers of Port Selby agreed to longer shifts on Monday.
New Bridge Aims to Ease Traffic
The city is expected to open its second bridge to lorries first.
School Choir Wins the Contest
The choir of Sandholm won the coastal singing contest for the third time.
"""

TUESDAY = """\
 date 2024-10-22 Quarry Company Reports a First Annual Loss
Brennkies announced on Tuesday that several of its quarries are for sale.
Ferry Timetable Changes for the Winter
From November the last boat to the islands leaves at six in the evening.
"""

_CONFIG = """\
site:
  title: Example News
  url: https://news.example.org/
input:
  settle: 0s
feeds:
  news:
    title: Example News
  leads:
    shape: leads
    formats: [atom]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One installation below `root`."""

    root: Path

    @property
    def config(self) -> Config:
        """Give its configuration."""
        return config.load(self.root / "config.yaml", {})

    @property
    def input(self) -> Path:
        """Give the input folder."""
        return self.root / "input"

    @property
    def output(self) -> Path:
        """Give the output folder."""
        return self.root / "output"

    @property
    def store(self) -> Path:
        """Give the file of the store."""
        return self.config.store.path

    def drop(self, name: str, text: str) -> None:
        """Put a bulletin into the input folder."""
        (self.input / name).write_text(text)

    def build(self) -> None:
        """Take in and publish what is there."""
        build(self.config)

    def verify(self, *, repair: bool = False) -> Verdict:
        """Hold everything against each other, without a pause between the looks."""
        return verify(self.config, repair=repair, pause_seconds=0)

    def problems(self) -> list[tuple[str, str, str]]:
        """Give what does not agree: part, where, what."""
        return [(str(found.part), found.where, found.what) for found in self.verify().problems]

    def sql(self, *statements: str) -> list[tuple]:
        """Change the store by hand; give the rows of the last statement."""
        with closing(sqlite3.connect(self.store)) as connection, connection:
            rows = [connection.execute(statement).fetchall() for statement in statements]
        return rows[-1]

    def trace(self) -> dict[str, tuple[int, bytes]]:
        """Give the time of every file and folder, and the bytes of the files."""
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in sorted(self.root.rglob("*"))
        }


def make_site(root: Path) -> Site:
    """Make an installation that has published one bulletin of a lead and two teasers."""
    (root / "config.yaml").write_text(_CONFIG)
    site = Site(root=root)
    site.input.mkdir()
    site.drop("monday.txt", MONDAY)
    site.build()
    return site

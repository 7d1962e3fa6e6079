"""A whole feedpub in a temporary folder, used as a person or a subscriber would: commands and HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import feedparser
import httpx2

BULLETIN = Path(__file__).with_name("monday.txt").read_text()

TITLES = [
    "Harbour Workers Confirm Longer Shifts at Port Selby",
    "Ines Halloran Vows to Challenge Mayor for City Hall",
    "Ostrel's New Bridge Aims to Ease Traffic on the Coastal Road",
    "Brennkies' First Annual Loss in Decades Leads to Sale of Quarries",
    "Karvelia and Dalmere Negotiate Increased Ferry Services for 2025",
    "Weather Service Chief Warns of Potential Floods on the Brenn by Spring",
    "Governor Advocates for a New School Calendar at Sandholm Forum",
]

CONFIG = """\
site:
  title: Example News
  url: http://127.0.0.1:{port}/
  language: en
  timezone: Europe/Sofia
  author: {{name: Example Newsroom, email: desk@example.org}}
store:
  url: sqlite:///state/feedpub.db
schedule:
  rescan: {rescan}
server:
  port: {port}
feeds:
  news:
    title: Example News
    formats: [rss, atom, json]
"""


# With compiled modules kept, as on any user's machine: a command starts three times as fast.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"NO_COLOR": "1"}


def feedpub(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one feedpub command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "feedpub", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=_ENVIRONMENT,
        cwd=cwd,
    )


class Installation:
    """One installation below `root`; a context manager that ends its daemon."""

    def __init__(self, root: Path, *, rescan: str = "60s", config: str = CONFIG) -> None:
        self.root = root
        self.port = _free_port()
        self.input = root / "input"
        self.output = root / "output"
        self.input.mkdir(exist_ok=True)
        self.config = root / "config.yaml"
        self.config.write_text(config.format(port=self.port, rescan=rescan))
        self.daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one feedpub command to its end."""
        return feedpub("--config", str(self.config), *arguments)

    def start(
        self,
        command: str = "run",
        *,
        wrap: Sequence[str] = (),
        env: Mapping[str, str] = {},
        stdin: int | None = None,
    ) -> None:
        """Start the daemon, or the server alone, and wait until it answers and is idle.

        `wrap` stands before the command, `env` is added to the environment.
        """
        log = (self.root / "daemon.log").open("ab")
        self.daemon = subprocess.Popen(
            [*wrap, sys.executable, "-m", "feedpub", "--config", str(self.config), command],
            stdin=stdin,
            stdout=log,
            stderr=log,
            env={**_ENVIRONMENT, **env},
        )
        log.close()
        self.wait(self._answers)
        self.wait_idle()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int | None:
        """Send the daemon a signal; return its exit status."""
        if not self.daemon:
            return None
        self.daemon.send_signal(number)
        status = self.daemon.wait(30)
        self.daemon = None
        return status

    def log(self) -> str:
        """Return what the daemon wrote."""
        return (self.root / "daemon.log").read_text()

    def drop(self, name: str, text: str | bytes) -> Path:
        """Put a bulletin into the input folder as a careful program does: write beside, rename."""
        path = self.input / name
        path.parent.mkdir(parents=True, exist_ok=True)
        hidden = path.with_name(".being-written")
        hidden.write_bytes(text.encode() if isinstance(text, str) else text)
        hidden.rename(path)
        return path

    def get(self, path: str, **headers: str) -> httpx2.Response:
        """Fetch a path as a subscriber would."""
        return httpx2.get(f"http://127.0.0.1:{self.port}/{path}", headers=headers)

    def feed(self, name: str = "news.atom") -> feedparser.FeedParserDict:
        """Fetch and parse a feed over HTTP."""
        return feedparser.parse(self.get(f"feeds/{name}").content)

    def titles(self, name: str = "news.atom") -> list[str]:
        """Return the titles in a feed, in its order."""
        return [entry.title for entry in self.feed(name).entries]

    def status(self) -> dict[str, object]:
        """Return what ``status --json`` prints."""
        done = self.command("status", "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def wait_idle(self) -> None:
        """Wait until everything dropped is taken in and published."""
        self.wait(lambda: (s := self.status())["state"] == "idle" and s["pending"] == 0)

    def wait(self, condition, seconds: float = 60) -> None:
        """Wait until `condition()` is true."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, self.log()
            assert not self.daemon or self.daemon.poll() is None, self.log()
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            return self.get("healthz").status_code in (200, 503)
        except httpx2.TransportError:
            return False

    def files(self) -> dict[str, tuple[bytes, int]]:
        """Return every published file with its bytes and inode."""
        return {
            str(p.relative_to(self.output)): (p.read_bytes(), p.stat().st_ino)
            for p in sorted(self.output.rglob("*"))
            if p.is_file()
        }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

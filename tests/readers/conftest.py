"""A feed on a real server that keeps an access log, and that changes."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from system.installation import BULLETIN, CONFIG, TITLES, Installation

from feedpub import config
from feedpub.app.building import build
from feedpub.app.serving import Reception
from feedpub.server import PushDoors, bind, run_loop

EDITED = TITLES[2].replace("Aims to Ease", "Now Eases")
# No tags: what looks like one is text, but half of the readers take it out of any title.
AWKWARD = 'Rates < 5 % & "rising": Größe 漢字 😀'
TUESDAY = f"date 2024-10-22 {AWKWARD}\nThe bank said so on Tuesday morning at its seat in Port Selby.\n"


class Subscribed(Installation):
    """An installation whose feed readers subscribe to."""

    def publish(self):
        """Take in what is in the input folder, as `feedpub build` does."""
        build(self._configuration())

    def change(self):
        """Correct a title and add a bulletin, as editors do."""
        self.drop("monday.txt", BULLETIN.replace(TITLES[2], EDITED))
        self.drop("tuesday.txt", TUESDAY)
        self.publish()

    @contextmanager
    def serving(self):
        """Serve the output folder."""
        server = Reception(self._configuration(), health=dict, push=lambda _config: PushDoors()).server
        sock = bind("127.0.0.1", self.port)
        thread = threading.Thread(target=lambda: run_loop(server.serve(sock)))
        thread.start()
        try:
            yield self
        finally:
            server.stop()
            thread.join()

    def address(self, form):
        """Return where the feed is."""
        return f"http://127.0.0.1:{self.port}/feeds/news.{form}"

    def answers(self, agent=""):
        """Return the lines of the access log on feeds; `agent` is part of who asked."""
        lines = [json.loads(line) for line in (self.root / "access.log").read_text().splitlines()]
        return [line for line in lines if line["feed"] and agent.lower() in line["agent"].lower()]

    def statuses(self, agent=""):
        """Return how requests for feeds were answered, in order."""
        return [line["status"] for line in self.answers(agent)]

    def _configuration(self):
        return config.load(self.config, {})


@pytest.fixture
def feed(tmp_path):
    """Serve a feed of a lead and six teasers."""
    with served(tmp_path) as feed:
        yield feed


@contextmanager
def served(root):
    """Serve a feed of a lead and six teasers from an installation below `root`."""
    text = CONFIG.replace("  port: {port}", "  port: {port}\n  access_log: access.log")
    installation = Subscribed(root, config=text)
    installation.drop("monday.txt", BULLETIN)
    installation.publish()
    with installation.serving():
        yield installation


@pytest.fixture
def javascript(needs):
    """Return a function that reads a feed with a parser in JavaScript."""
    node, folder = needs("node"), Path(__file__).parent
    if not (folder / "node_modules").is_dir():
        message = "the parsers in JavaScript are not installed; tests/tools installs them"
        if os.environ.get("FEEDPUB_TEST_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)

    def read(parser, address):
        done = subprocess.run(
            [node, "read.mjs", parser, address],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return read

"""From the dropped bulletin to the signed content at a subscriber: daemon, own hub, subscriber, one machine.

    python benchmarks/push.py [BULLETINS]

Runs `feedpub run` and a subscriber (tests/notify/subscriber.py) as processes, drops bulletins one after the
other, and prints how long each took from its rename into the input folder to its title at the subscriber,
with the signature checked. The feed holds 50 entries.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

SUBSCRIBER = Path(__file__).parents[1] / "tests" / "notify" / "subscriber.py"

CONFIG = """\
site: {{title: Example News, url: 'http://127.0.0.1:{port}/', timezone: UTC}}
server: {{port: {port}}}
websub: {{hub: true, allow_private: [127.0.0.0/8]}}
feeds: {{news: {{formats: [rss, atom, json]}}}}
"""


def bulletin(number: int) -> str:
    """Write a lead with three paragraphs and six teasers, 2.4 KB in all."""
    day = dt.date(2020, 1, 1) + dt.timedelta(days=number)
    lines = [f"date {day} Story {number} of the Harbour Opens Its Doors in Port Selby"]
    sentence = (
        f"In story {number} the council of Port Selby repaired the bridge after eleven months of waiting"
    )
    lines += [
        f"{sentence}, as the mayor had promised. {sentence}, although nobody believed it." for _ in range(3)
    ]
    for teaser in range(6):
        lines += [
            f"Teaser {teaser} of Story {number} Moves to the Market",
            f"{sentence}, which surprised everybody",
        ]
    return "\n".join(lines) + "\n"


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="feedpub-push-") as scratch:
        root = Path(scratch)
        with daemon(root) as (port, pid), subscriber(f"http://127.0.0.1:{port}/feeds/news.atom") as news:
            for number in range(10):  # the feed fills up, and what is imported late is imported
                drop(root, number)
                wait_for(news, number)
            before = processor_seconds(pid)
            times = sorted(one(root, news, number) for number in range(10, 10 + count))
            used = processor_seconds(pid) - before
    print(f"{count} bulletins, from the rename to the signed content at the subscriber, in milliseconds:")
    print(
        f"median {statistics.median(times):.1f}, 95th percentile {times[int(count * 0.95) - 1]:.1f}, "
        f"quickest {times[0]:.1f}, slowest {times[-1]:.1f}"
    )
    print(f"processor time of the daemon: {1000 * used / count:.0f} ms each; load {os.getloadavg()[0]:.1f}")


def processor_seconds(pid: int) -> float:
    """Return how long a process has used a processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def one(root: Path, news: Iterator[dict], number: int) -> float:
    """Drop one bulletin; return the milliseconds until it is there."""
    dropped = drop(root, number)
    return (wait_for(news, number) - dropped) / 1e6


def drop(root: Path, number: int) -> int:
    """Rename a bulletin into the input folder; return when."""
    hidden = root / "input" / ".being-written"
    hidden.write_text(bulletin(number))
    hidden.rename(root / "input" / f"{number:04}.txt")
    return time.monotonic_ns()


def wait_for(news: Iterator[dict], number: int) -> int:
    """Wait until a bulletin is at the subscriber; return when it came."""
    for content in news:
        assert content["signed"], content
        if any(f"Story {number} of" in title for title in content["titles"]):
            return content["at"]
    raise SystemExit("the subscriber ended")


@contextlib.contextmanager
def daemon(root: Path) -> Iterator[tuple[int, int]]:
    """Run feedpub over an empty input folder; give its port and its process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (root / "input").mkdir()
    (root / "config.yaml").write_text(CONFIG.format(port=port))
    command = [sys.executable, "-m", "feedpub", "--config", str(root / "config.yaml"), "run"]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/feeds/news.atom").close()
                break
            if process.poll() is not None:
                raise SystemExit((root / "log").read_text())
            time.sleep(0.05)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def subscriber(topic: str) -> Iterator[Iterator[dict]]:
    """Run a subscriber; give what it prints for each content."""
    process = subprocess.Popen([sys.executable, str(SUBSCRIBER), topic], stdout=subprocess.PIPE)
    assert process.stdout
    try:
        lines = map(json.loads, process.stdout)
        assert next(lines)["confirmed"]
        time.sleep(0.5)  # the hub stores what was confirmed after it has the answer
        yield lines
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)

"""What it takes to publish: from an empty store, one bulletin more, nothing new; from the drop to the feeds.

    python benchmarks/publishing.py [--stored 1 100 1000] [--drops 40] [--write]

For each number of stored bulletins a fresh installation (three formats, pages) is built by `feedpub build`,
and bulletins are dropped into it under `feedpub run`. Times are medians with quartiles.
`--write` puts the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import corpus

_DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
_CONFIG = """\
site: {title: Example News, url: 'http://127.0.0.1:8099/', timezone: UTC}
server: {port: 8099}
input: {settle: 0s}
feeds: {news: {formats: [rss, atom, json]}}
"""
_FEEDS = ("feeds/news.rss", "feeds/news.atom", "feeds/news.json")
_COMMANDS = (("--help",), ("parse", "PATH"), ("status",))
_FEEDPUB = (sys.executable, "-m", "feedpub")


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stored", type=int, nargs="+", default=[1, 100, 1000])
    asked.add_argument("--drops", type=int, default=40)
    asked.add_argument("--write", action="store_true", help="into docs/performance.md")
    chosen = asked.parse_args()
    rows, commands = [], []
    for stored in chosen.stored:
        with tempfile.TemporaryDirectory(prefix="feedpub-bench-") as scratch:
            root = Path(scratch)
            rows.append(one_size(root, stored, chosen.drops))
            commands = [start_up(root, command) for command in _COMMANDS]
        print(" | ".join(rows[-1]), flush=True)
    told = report(rows, commands, drops=chosen.drops)
    print(told)
    if chosen.write:
        write(told)


def one_size(root: Path, stored: int, drops: int) -> list[str]:
    """Measure one installation; give a row of the table."""
    (root / "input").mkdir()
    (root / "config.yaml").write_text(_CONFIG)
    corpus.write(root / "input", range(stored))
    cold = build(root)
    idle = spread([build(root)[0] for _ in range(5)], "s")
    more = []
    for number in range(stored, stored + 5):
        corpus.drop(root / "input", number)
        more.append(build(root)[0])
    with daemon(root) as process:
        first = stored + 5
        corpus.drop(root / "input", first)
        until_published(root, first)
        before = processor_seconds(process.pid), written_bytes(process.pid)
        times = [one_drop(root, number) for number in range(first + 1, first + 1 + drops)]
        used = (processor_seconds(process.pid) - before[0]) / drops
        wrote = (written_bytes(process.pid) - before[1]) / drops
        memory = resident(process.pid)
    return [
        f"{stored:,}",
        spread(times, "ms"),
        f"{sorted(times)[int(len(times) * 0.99) - 1]:.0f} ms",
        f"{1000 * used:.0f} ms",
        f"{wrote / 1024:.0f} KiB",
        f"{cold[0]:.1f} s, {cold[1]:.0f} MiB",
        spread(more, "s"),
        idle,
        f"{memory:.0f} MiB",
    ]


def build(root: Path) -> tuple[float, float]:
    """Run `feedpub build`; give its seconds and the most memory it had, in MiB."""
    began = time.perf_counter()
    child = subprocess.Popen(command_in(root, "build"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"feedpub build ended with {child.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def start_up(root: Path, command: Sequence[str]) -> str:
    """Measure a command that has next to nothing to do; give a row of the table."""
    sample = str(next((root / "input").glob("*.txt")))
    words = command_in(root, *(sample if word == "PATH" else word for word in command))
    times = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - began)
    return f"| `feedpub {' '.join(command).replace('PATH', 'FILE')}` | {spread(times, 's')} |"


def one_drop(root: Path, number: int) -> float:
    """Drop one bulletin; give the milliseconds until it is in all feeds."""
    began = time.perf_counter()
    corpus.drop(root / "input", number)
    return 1000 * (until_published(root, number) - began)


def until_published(root: Path, number: int) -> float:
    """Wait until a bulletin is in all feeds; give the instant."""
    wanted = corpus.title(number).encode()
    wait(lambda: all(wanted in (root / "output" / path).read_bytes() for path in _FEEDS))
    seen = time.perf_counter()
    time.sleep(0.3)  # copies and pages come after the feeds, and belong to this one
    return seen


def wait(there: Callable[[], bool]) -> None:
    """Wait for something, a minute at most."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if there():
                return
        except OSError:
            pass
        time.sleep(0.001)
    raise SystemExit("not published within a minute")


@contextmanager
def daemon(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run feedpub over an installation."""
    with (root / "log").open("wb") as log:
        process = subprocess.Popen(command_in(root, "run"), stdout=log, stderr=log)
    try:
        wait(lambda: b"Drop bulletins into" in (root / "log").read_bytes() or process.poll() is not None)
        time.sleep(1)
        yield process
    finally:
        process.terminate()
        process.wait()


def command_in(root: Path, *words: str) -> list[str]:
    """Give a command line."""
    return [*_FEEDPUB, "--config", str(root / "config.yaml"), *words]


def processor_seconds(pid: int) -> float:
    """Return how long a process has used a processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def written_bytes(pid: int) -> int:
    """Return how many bytes a process has handed to the kernel to be written."""
    found = re.search(r"^wchar: (\d+)", Path(f"/proc/{pid}/io").read_text(), re.MULTILINE)
    assert found
    return int(found[1])


def resident(pid: int) -> float:
    """Return the memory of a process, in MiB."""
    found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def spread(times: Sequence[float], unit: str) -> str:
    """Give a median and the quarters around it."""
    low, middle, high = statistics.quantiles(times, n=4)
    digits = 0 if unit == "ms" else 2
    return f"{middle:.{digits}f} {unit} ({low:.{digits}f}–{high:.{digits}f})"


def report(rows: list[list[str]], commands: list[str], *, drops: int) -> str:
    """Write the tables."""
    heads = (
        "stored bulletins",
        "drop to all feeds",
        "99th percentile",
        "processor time a drop",
        "written a drop",
        "cold build",
        "build with one more",
        "build with nothing new",
        "memory of the daemon",
    )
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    load = os.getloadavg()[0]
    machine = f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f} at the end"
    return "\n".join(
        [
            f"{drops} drops each, medians with quartiles; {machine}.",
            "",
            *lines,
            "",
            "| start-up | |",
            "| --- | --- |",
            *commands,
        ]
    )


def write(told: str) -> None:
    """Put the tables into the document, in the place of those of the last run."""
    text = _DOCUMENT.read_text("utf-8")
    marks = "<!-- publishing -->\n", "<!-- end of publishing -->\n"
    before, _, rest = text.partition(marks[0])
    _, _, after = rest.partition(marks[1])
    _DOCUMENT.write_text(f"{before}{marks[0]}\n{told}\n\n{marks[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()

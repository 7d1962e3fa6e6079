"""A long life of one daemon: bulletins dropped by the hundred, its memory and its descriptors all the while.

    python benchmarks/soak.py [--bulletins 100000] [--at-once 100] [--no-pages]

Prints a row for each tenth of them; ends with status 1 when memory at the end is more than a fifth above that
after the first tenth, or descriptors are more than then.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import corpus
from publishing import daemon, processor_seconds, resident, until_published

_CONFIG = """\
site: {title: Soak, url: https://news.example.org/}
input: {settle: 0s}
output: {pages: PAGES}
server: {port: 8097}
feeds:
  news: {}
"""


def main() -> int:
    """Drop, wait, look."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--bulletins", type=int, default=100_000)
    options.add_argument("--at-once", type=int, default=100)
    options.add_argument("--no-pages", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="feedpub-soak-") as folder:
        root = Path(folder)
        (root / "input").mkdir()
        (root / "config.yaml").write_text(_CONFIG.replace("PAGES", str(not chosen.no_pages).lower()))
        with daemon(root) as process:
            rows = list(_rows(root, process.pid, chosen.bulletins, chosen.at_once))
    (first_memory, first_files), (memory, files) = rows[0], rows[-1]
    grown = memory / first_memory - 1
    print(f"from the first tenth to the last: memory {grown:+.1%}, descriptors {files - first_files:+d}")
    return 1 if grown > 0.2 or files > first_files else 0


def _rows(root: Path, pid: int, count: int, at_once: int) -> Iterator[tuple[float, int]]:
    """Yield memory in MiB and open descriptors after each tenth."""
    print("| bulletins | memory | descriptors | processor time a bulletin |\n| --- | --- | --- | --- |")
    used = processor_seconds(pid)
    for last in range(at_once, count + 1, at_once):
        for number in range(last - at_once, last):
            _drop(root / "input", number)
        until_published(root, last - 1)
        if last % (count // 10) == 0:
            time.sleep(5)
            now = processor_seconds(pid)
            memory, files = resident(pid), sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
            cost = 1000 * (now - used) / (count // 10)
            print(f"| {last:,} | {memory:.0f} MiB | {files} | {cost:.1f} ms |", flush=True)
            used = now
            yield memory, files


def _drop(folder: Path, number: int) -> None:
    """Rename a bulletin into the folder, fourteen of a day: a hundred thousand end before today."""
    day = dt.date(2005, 1, 1) + dt.timedelta(days=number // 14)
    _, _, text = corpus.bulletin(number).partition(" ")
    hidden = folder / ".being-written"
    hidden.write_text(f"date {day}{text[len('2010-01-01') :]}")
    hidden.rename(folder / f"{number:07}.txt")


if __name__ == "__main__":
    raise SystemExit(main())

"""Publish ten thousand bulletins and walk through the whole history of the feed, over HTTP, in every format.

    python benchmarks/walk_archives.py [--bulletins 10000] [--pages]

Every one of the seven entries of each bulletin must be met exactly once, and no document may be larger
than the limit of its feed: else it ends with status 1. Then it publishes some bulletins more, one at a
time, and says what each writes: as much as beside a hundredth of them. (How long each build takes is told,
too; it looks at the whole input folder, which the daemon does not for one bulletin.)
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import io
import json
import random
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from lxml import etree

from feedpub import config
from feedpub.app.building import build
from feedpub.server import Manners, Server, bind, create_app

TEASERS = 6
STEP = dt.timedelta(hours=6)
LAST = dt.datetime(2024, 10, 21, 18, tzinfo=dt.UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
CONFIG = """\
site:
  title: Example News
  url: {url}
  timezone: UTC
input:
  settle: 0s
output:
  pages: {pages}
feeds:
  news:
    title: Example News
"""
VOCABULARY = (
    "harbour council library ferry orchard archive bridge museum market school clinic railway "
    "reservoir workshop festival observatory garden bakery theatre mill station forest glacier "
    "lighthouse university choir foundation brewery tramway hospital village quarry budget "
    "survey timetable licence catalogue residents farmers engineers teachers voters drivers "
    "nurses librarians approved delayed expanded reviewed repaired restored replaced measured "
    "opened closed audited tested funded postponed relocated defended recorded quietly early "
    "northern public joint seasonal late narrow revised practical costly temporary local broad "
    "winter municipal annual second final "
)
WORDS = VOCABULARY.split()


def bulletin(number: int) -> tuple[str, str]:
    """Make the name and the text of a bulletin: the same in every run, the newest is number 0."""
    chance = random.Random(number)
    when = LAST - number * STEP
    lines = [f" date {when:%Y-%m-%d} {title(chance)}", *(sentences(chance, 4) for _ in range(3))]
    for _ in range(TEASERS):
        lines += [title(chance), sentences(chance, 1)]
    return f"{when:%Y/%m}/{when:%Y%m%d%H}.txt", "\n".join(lines) + "\n"


def title(chance: random.Random) -> str:
    """Make a headline."""
    return " ".join(word.capitalize() for word in chance.sample(WORDS, 6))


def sentences(chance: random.Random, count: int) -> str:
    """Make sentences of about a hundred characters."""
    return " ".join(f"The {' '.join(chance.sample(WORDS, 14))}." for _ in range(count))


def drop(folder: Path, numbers: range) -> None:
    """Write bulletins into the input folder."""
    for number in numbers:
        name, text = bulletin(number)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def walk(url: str) -> Iterator[tuple[int, list[str]]]:
    """Yield size and ids of the live document at `url` and of all before it."""
    while url:
        with urllib.request.urlopen(url) as answer:
            content = answer.read()
        if url.endswith(".json"):
            feed = json.loads(content)
            ids, url = [item["id"] for item in feed["items"]], feed.get("next_url", "")
        else:
            root = etree.fromstring(content)
            found = root.iter(f"{ATOM}id") if url.endswith(".atom") else root.iter("guid")
            ids = [id_.text or "" for id_ in found if id_.getparent() is not root]
            links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
            url = links.get("prev-archive", "")
        yield len(content), ids


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    socket = bind("127.0.0.1", 0)
    address = f"http://127.0.0.1:{socket.getsockname()[1]}/"
    server = Server(create_app(folder, Manners(site_url=address), health=lambda: {"status": "ok"}))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(socket)))
    thread.start()
    try:
        yield address
    finally:
        server.stop()
        thread.join()


def one_more(root: Path, count: int, number: int) -> None:
    """Publish bulletin `number` beside `count` others, and say what that took."""
    drop(root / "input", range(number, number + 1))
    started = time.perf_counter()
    with redirect_stdout(io.StringIO()):  # the log
        report = build(config.load(root / "config.yaml", {}))
    seconds = time.perf_counter() - started
    size = sum((root / "output" / path).stat().st_size for path in report.written)
    print(f"one more beside {count:6}: {seconds:6.2f} s, {len(report.written)} files, {size:,} bytes")


def main() -> int:
    """Run it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bulletins", type=int, default=10_000)
    parser.add_argument("--pages", action="store_true", help="with a page for every entry")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "output").mkdir()
        with served(root / "output") as address:
            return run(root, address, options.bulletins, pages=options.pages)


def run(root: Path, address: str, count: int, *, pages: bool) -> int:
    """Publish and walk in the folder `root`, which is served at `address`."""
    (root / "config.yaml").write_text(CONFIG.format(url=address, pages=str(pages).lower()))
    drop(root / "input", range(count))
    settings = config.load(root / "config.yaml", {})
    limit = settings.feeds["news"].limit.bytes
    started = time.perf_counter()
    with redirect_stdout(io.StringIO()):
        build(settings)
    print(f"{count} bulletins published in {time.perf_counter() - started:.1f} s")
    faults = 0
    for suffix in ("atom", "rss", "json"):
        started = time.perf_counter()
        documents = list(walk(f"{address}feeds/news.{suffix}"))
        seconds = time.perf_counter() - started
        met = Counter(id_ for _, ids in documents for id_ in ids)
        once, largest = sum(n == 1 for n in met.values()), max(size for size, _ in documents)
        fine = once == len(met) == count * (1 + TEASERS) and largest <= limit
        faults += not fine
        print(
            f"{suffix:4}: {len(documents)} documents, largest {largest:,} of {limit:,} bytes, "
            f"{len(met)} entries, {once} once, walked in {seconds:.1f} s{'' if fine else ' WRONG'}"
        )
    for number in range(-1, -5, -1):
        one_more(root, count, number)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""Mutated bulletins all the way: parsed, given ids, composed, rendered, and read by another program.

    python benchmarks/mutate_bulletins.py [--count 1000000] [--first 0] [--processes 2]

Every bulletin must end in entries or in a refusal, and every feed of these must pass the release gate and be
well-formed to feedparser. A finding is printed with the number of its bulletin, which `--first N --count 1`
tries again; the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from zoneinfo import ZoneInfo

import feedparser
from fuzz_parser import SUFFIXES, dressed, mutated, seeds

from feedpub import compose
from feedpub.exceptions import BulletinError
from feedpub.model import Entry, Feed, Hints, Person, Role, Site
from feedpub.parse import parse
from feedpub.reconcile import Circumstances, reconcile
from feedpub.render import FORMATS, check, render

NOW = dt.datetime(2026, 11, 27, 7, tzinfo=dt.UTC)
DESK = Person(name="Desk")
SITE = Site(title="Example News", url="https://news.example.org/", language="en", author=DESK)
FEED = Feed(
    name="news",
    title="Example News",
    description="All",
    language="en",
    author=DESK,
    formats=tuple(FORMATS),
    roles=frozenset(Role),
)
SHARE = 2_000  # bulletins that a process takes at once
READ = 20  # every how manyth feed feedparser reads too: it takes ten times as long as the gate


def entries_of(number: int, texts: list[str]) -> tuple[Entry, ...]:
    """Return what the mutated bulletin of this number is published as; nothing where it is refused."""
    dice = random.Random(number)
    suffix = dice.choices(SUFFIXES, weights=(6, 1, 1, 1, 0))[0]  # an archive rarely survives
    raw, other = (dressed(dice.choice(texts), suffix, dice) for _ in range(2))
    raw = mutated(raw, [raw, other], dice)
    path = f"{number}{suffix}"
    circumstances = Circumstances(
        path=path,
        arrived=NOW,
        now=NOW,
        timezone=ZoneInfo("Europe/Sofia"),
        publish_time=dt.time(6),
        authority="news.example.org",
    )
    with suppress(BulletinError):
        bulletin = parse(raw, Hints(name=path, language="en"))
        return reconcile(bulletin, (), circumstances, taken=lambda _ids: frozenset()).added
    return ()


def judge(entries: dict[str, Entry], *, thoroughly: bool) -> None:
    """Publish entries in every format; raise what any of the judges does."""
    document = compose.feed_document(FEED, SITE, list(entries.values()), feed_id="urn:example", changed=NOW)
    for name in FORMATS:
        resource = render(document, name)
        check(resource, document)
        if thoroughly and name != "json":
            read = feedparser.parse(resource.content)
            assert not read.bozo, read.bozo_exception
            assert [entry.id for entry in document.entries] == [entry.id for entry in read.entries]


def run(numbers: range) -> tuple[Counter[str], list[str]]:
    """Try the bulletins with these numbers; count, and tell what was found."""
    texts, counts, findings = seeds(), Counter[str](), []
    waiting: dict[str, Entry] = {}
    began = numbers.start
    for number in numbers:
        try:
            added = entries_of(number, texts)
            waiting |= {entry.id: entry for entry in added}
            counts["accepted" if added else "refused"] += 1
            counts["entries"] += len(added)
            if len(waiting) >= FEED.max_entries or number == numbers[-1]:
                judge(waiting, thoroughly=counts["feeds"] % READ == 0)
                counts["feeds"] += 1
                waiting, began = {}, number + 1
        except Exception as error:  # noqa: BLE001  that is what is looked for
            findings.append(f"bulletins {began} to {number}: {error!r}")
            waiting, began = {}, number + 1
    return counts, findings


def shares(first: int, count: int) -> Iterator[range]:
    """Cut the work."""
    for start in range(first, first + count, SHARE):
        yield range(start, min(start + SHARE, first + count))


def main() -> int:
    """Try them all."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--count", type=int, default=1_000_000)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--processes", type=int, default=2)
    chosen = options.parse_args()
    begun, totals, found = time.monotonic(), Counter[str](), 0
    with ProcessPoolExecutor(chosen.processes) as pool:
        for counts, findings in pool.map(run, shares(chosen.first, chosen.count)):
            totals += counts
            found += len(findings)
            for finding in findings:
                print(finding, flush=True)
            if sys.stderr.isatty():
                print(f"\r{totals['accepted'] + totals['refused']:,} bulletins", end="", file=sys.stderr)
    told = ", ".join(f"{totals[name]:,} {name}" for name in ("accepted", "refused", "entries", "feeds"))
    print(f"{told}; {found} findings; {time.monotonic() - begun:.0f} s")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

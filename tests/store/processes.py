"""Real processes that open a store: run as a script, by name of what it shall do there."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(TESTS))

from store.factories import an_entry, take_in  # noqa: E402  found by the path above

from feedpub.model import Stale  # noqa: E402  as above
from feedpub.store import open_store  # noqa: E402  as above


@contextmanager
def another(act: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process that does `act` with the store at `url` and waits; it is killed in the end."""
    with open_store(url):
        pass  # creating it here saves the process the libraries that are needed for it
    with subprocess.Popen(
        [sys.executable, __file__, act, url], stdout=subprocess.PIPE, text=True, cwd=TESTS
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def wait() -> None:
    """Say that everything is in place, and wait for the end."""
    print("ready", flush=True)
    time.sleep(600)


def own(url: str) -> None:
    """Own the store."""
    with open_store(url):
        wait()


def stop_half_way(url: str) -> None:
    """Take one bulletin in, then wait in the middle of the next."""
    with open_store(url) as store:
        take_in(store, an_entry(0))
        with store.transaction():
            take_in(store, an_entry(1), path="tuesday.txt", stale=[Stale(kind="home")])
            store.note("half", "way")
            wait()


def take_in_for_ever(url: str) -> None:
    """Take in bulletin after bulletin, two entries each."""
    with open_store(url) as store:
        print("ready", flush=True)
        for number in range(0, 2_000_000, 2):
            pair = [an_entry(each, bulletin=f"{number}.txt") for each in (number, number + 1)]
            take_in(store, *pair, path=f"{number}.txt", stale=[Stale(kind="entry", name=e.id) for e in pair])


if __name__ == "__main__":
    {"own": own, "stop half-way": stop_half_way, "take in for ever": take_in_for_ever}[sys.argv[1]](
        sys.argv[2]
    )

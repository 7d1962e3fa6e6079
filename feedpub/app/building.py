"""``feedpub build``: one pass, also as a rehearsal that changes nothing."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from feedpub.app.care import over_a_sound_store
from feedpub.app.rehearsal import Rehearsal
from feedpub.app.wiring import make_pipeline, open_pipeline, output_folder, own_store, settings
from feedpub.config import Config
from feedpub.log import get_logger
from feedpub.model import Answer, Effort, Order
from feedpub.pipeline import Ingested, Pipeline, Result, Survey
from feedpub.publish import Folder
from feedpub.store import Doubt, snapshot

log = get_logger("app")

_DELIVERING_SECONDS = 15.0  # what is not delivered by then waits for the next build or the daemon

Advance = Callable[[int, int], None]


class Stopwatch:
    """Takes the seconds between its laps."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        """End what is called `name` and begin what comes after it."""
        now = time.perf_counter()
        self.laps[name], self._since = now - self._since, now


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[str, ...]  # documents that the release gate refused
    rejected: tuple[Ingested, ...]
    effort: Effort
    seconds: Mapping[str, float]  # by what they went into


def build(
    config: Config,
    *,
    dry_run: bool = False,
    confirm_removals: bool = False,
    advance: Advance = lambda _done, _total: None,
) -> Report:
    """Take in what is new or changed and publish what that changes.

    With `dry_run` the same work is done on a copy of the store, and nothing is written.
    Raises StoreError, StoreInUseError, TransientError.
    """
    folder = output_folder(config)

    def work(doubt: Doubt) -> Report:
        with _open_all(config, folder, doubt=doubt) as pipeline:
            return _pass(pipeline, config, confirmed=confirm_removals, advance=advance)

    def rehearse(doubt: Doubt) -> Report:
        with tempfile.TemporaryDirectory(prefix="feedpub-") as scratch:
            copy = snapshot(config.store.url, Path(scratch))
            with open_pipeline(config, Rehearsal(folder), url=copy, doubt=doubt) as pipeline:
                return _pass(pipeline, config, confirmed=confirm_removals, advance=advance)

    return over_a_sound_store(rehearse if dry_run else work)


def obey(config: Config, order: Order) -> Answer:
    """Make a build that carries out an order, and return what became of it.

    Raises as `build` does, and StoreError when there is no store yet.
    """
    folder = output_folder(config)

    def work(doubt: Doubt) -> Answer:
        with _open_all(config, folder, create=False, doubt=doubt) as pipeline:
            number = pipeline.leave(order)
            _pass(pipeline, config, confirmed=False, advance=lambda _done, _total: None)
            answer = pipeline.find_answer(number)
        assert answer
        return answer

    return over_a_sound_store(work)


@contextmanager
def _open_all(config: Config, folder: Folder, *, doubt: Doubt, create: bool = True) -> Iterator[Pipeline]:
    """Give a pipeline; what it leaves to be sent is sent at the end, as far as that goes quickly."""
    with own_store(config, create=create, doubt=doubt) as store:
        folder.sweep()
        yield make_pipeline(config, store, folder)
        if settings(config).site.hubs:
            from feedpub.app.pushing import open_courier  # noqa: PLC0415  the server and the daemon, slow to import

            with open_courier(config, store, folder) as courier:
                courier.deliver(seconds=_DELIVERING_SECONDS)


def _pass(pipeline: Pipeline, config: Config, *, confirmed: bool, advance: Advance) -> Report:
    clock, effort = Stopwatch(), pipeline.effort()
    survey, vanished = _look_twice(pipeline, config.input.settle.total_seconds())
    pending = {**survey.pending, **survey.again}
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        advance(done, len(pending))

    clock.lap("looking")
    pipeline.refresh()
    clock.lap("comparing the output")
    taken = pipeline.take_in(pending, vanished=vanished, advance=count)
    pipeline.remove(vanished, root=survey.root, confirmed=confirmed)
    pipeline.finish_first_look()
    pipeline.release()
    pipeline.carry_out_orders()
    clock.lap("taking in")
    published = pipeline.publish()
    clock.lap("publishing")
    return Report(
        written=published.written,
        removed=published.removed,
        failed=published.failed,
        rejected=tuple(result for result in taken if result.result is Result.REJECTED),
        effort=pipeline.effort() - effort,
        seconds=clock.laps,
    )


def _look_twice(pipeline: Pipeline, quiet: float) -> tuple[Survey, frozenset[str]]:
    """Look again after a quiet moment if there is anything to do; return what both looks agree on.

    What changes between the two is still being written, and what only one of them misses is being
    replaced: both are left for the next time.
    """
    first = pipeline.survey()
    if not (first.pending or first.vanished):
        return first, frozenset()
    time.sleep(quiet)
    second = pipeline.survey()
    settled = {path: s for path, s in second.pending.items() if first.pending.get(path) == s}
    if left := sorted(second.pending.keys() - settled.keys()):
        log.warning("files are still being written; left for the next time", bulletins=left)
    return replace(second, pending=settled), first.vanished & second.vanished

"""``feedpub verify``: store, input and output held against each other."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from feedpub.app.verifying import dropped, published, remembered
from feedpub.app.verifying.findings import Finding, Look, Note, Part, Verdict
from feedpub.app.wiring import now, open_pipeline, output_folder, settings
from feedpub.config import Config
from feedpub.exceptions import StoreDamagedError
from feedpub.pipeline import FIRST_LOOK, LAST_PUBLICATION
from feedpub.store import Store, has_owner, open_store, snapshot

__all__ = ["Finding", "Note", "Part", "Verdict", "verify"]

Advance = Callable[[int, int], None]

# Longer than a daemon needs for one bulletin, from the close of the file to the last page.
_PAUSE_SECONDS = 1.0


def verify(
    config: Config,
    *,
    repair: bool = False,
    advance: Advance = lambda _done, _total: None,
    pause_seconds: float = _PAUSE_SECONDS,
) -> Verdict:
    """Report every disagreement between store, input and output.

    Nothing is changed, and a daemon may be at work: what disagrees is looked at a second time. With
    `repair` the store is owned, and documents that differ are rendered anew, unless the store itself is in
    doubt: they are no better than what they come from. Raises StoreError, StoreInUseError.
    """
    if repair:
        return _repair(config, advance)
    look = _look(config, advance)
    if look.findings:
        time.sleep(pause_seconds)
        look = _agreed(look, _look(config, advance), owned=has_owner(config.store.url))
    return _verdict(look)


def _repair(config: Config, advance: Advance) -> Verdict:
    folder = output_folder(config)
    with open_pipeline(config, folder, create=False, renew=False) as pipeline:
        look = _look(config, advance)
        if not look.findings or any(finding.doubt for finding in look.findings):
            return _verdict(look)
        swept = folder.sweep()
        pipeline.remake()
        done = pipeline.publish()
        after = _look(config, advance)
    return _verdict(after, repaired=(*swept, *done.written, *done.removed))


def _look(config: Config, advance: Advance) -> Look:
    """Look at everything once; at the store in a copy, on which the work of publishing is done."""
    with ExitStack() as closing:
        scratch = closing.enter_context(tempfile.TemporaryDirectory(prefix="feedpub-"))
        url = snapshot(config.store.url, Path(scratch))
        # Brings an older one up to date; a damaged one is examined below, where all that is broken is listed.
        with suppress(StoreDamagedError), open_store(url, create=False, named=config.store.url):
            pass
        store = closing.enter_context(open_store(url, own=False, named=config.store.url))
        unusable = remembered.broken(store) or list(remembered.malformed(store))
        if unusable:
            return Look(findings=tuple(unusable))
        look = _look_at_input(config, store)
        if not store.find_note(FIRST_LOOK):  # until then nobody knows what there should be
            return look
        tell = _telling(store, config, advance)
        comparison = published.Comparison(output_folder(config), store, tell=tell)
        pipeline = closing.enter_context(open_pipeline(config, comparison.target, url=url))
        differing = comparison.run(pipeline)
        return replace(look, findings=(*look.findings, *differing), documents=comparison.documents)


def _look_at_input(config: Config, store: Store) -> Look:
    feeds = settings(config).selectors
    gone, waiting = dropped.differences(config, store)
    counts = store.counts()
    return Look(
        findings=(*remembered.unfinished(store), *remembered.contradictions(store, feeds, at=now()), *gone),
        notes=tuple(waiting),
        state=(counts, store.stale(), store.find_note(LAST_PUBLICATION)),
        entries=counts.published + counts.scheduled + counts.withdrawn,
        bulletins=counts.bulletins,
    )


def _agreed(first: Look, second: Look, *, owned: bool) -> Look:
    """Return of two looks what both found.

    While the owner of the store works, what it will bring in order by itself is only noted.
    """
    findings = [finding for finding in second.findings if finding in first.findings]
    notes = [note for note in second.notes if note in first.notes]
    if owned and first.state != second.state:
        passing = [finding for finding in findings if finding.passing]
        findings = [finding for finding in findings if not finding.passing]
        notes += [Note(part=f.part, where=f.where, what=f"{f.what}; feedpub is at work") for f in passing]
    return replace(second, findings=tuple(findings), notes=tuple(notes))


def _telling(store: Store, config: Config, advance: Advance) -> Callable[[int], None]:
    """Give progress a total: about as many documents as there are entries and feed files."""
    files = sum(len(feed.formats) for feed in config.feeds.values())
    total = store.counts().published + files
    return lambda done: advance(min(done, total), total)


def _verdict(look: Look, *, repaired: tuple[str, ...] = ()) -> Verdict:
    return Verdict(
        problems=look.findings,
        notes=look.notes,
        entries=look.entries,
        bulletins=look.bulletins,
        documents=look.documents,
        repaired=repaired,
    )

"""The probe of the own addresses, put together, and what ``feedpub status`` tells of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from feedpub.app.wiring import now, settings
from feedpub.config import Config
from feedpub.daemon import Courier, Health, Prober
from feedpub.pipeline import topics_of
from feedpub.pipeline.push import PROBE
from feedpub.probe import is_worth_probing
from feedpub.publish import Folder
from feedpub.store import Store

_DEFAULT_SECONDS = 15 * 60


def make_prober(config: Config, courier: Courier, folder: Folder, health: Health) -> Prober:
    """Give what probes the own addresses."""
    topics = topics_of(settings(config))
    return Prober(
        topics,
        every_seconds=_every_seconds(config),
        read=folder.read,
        courier=courier,
        health=health,
        clock=now,
    )


def _every_seconds(config: Config) -> float | None:
    """Return how often probing is wanted; None for never."""
    if config.schedule.probe is not None:
        return config.schedule.probe.total_seconds() or None
    return _DEFAULT_SECONDS if is_worth_probing(config.site.url) else None


def probe_report(config: Config, store: Store) -> dict[str, Any] | None:
    """Return when the own addresses were probed last and what was found; None if they are not probed."""
    noted = store.find_note(PROBE)
    if noted is None or _every_seconds(config) is None:
        return None
    report: dict[str, Any] = json.loads(noted)
    ours = {topic.url for topic in topics_of(settings(config))}  # others are those of a former configuration
    found = {url: findings for url, findings in report["found"].items() if url in ours}
    return {"at": report["at"], "found": found}


def probe_problems(report: dict[str, Any] | None) -> Iterator[str]:
    """Say what subscribers would notice."""
    for url, findings in (report or {"found": {}})["found"].items():
        for finding in findings:
            yield f"{url}: {finding}"

"""A configuration taken apart, its values given to the rooms that need them."""

from __future__ import annotations

import datetime as dt
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from feedpub import plugins
from feedpub.app.recovering import recover_lost
from feedpub.app.templating import read_templates
from feedpub.config import Config, as_feeds, as_patterns, as_site, own_hub
from feedpub.log import get_logger
from feedpub.pipeline import KNOCK, Origin, Pipeline, Settings, Target
from feedpub.publish import Folder
from feedpub.store import Doubt, Store, open_store, path_of

log = get_logger("app")


def now() -> dt.datetime:
    """Return this instant, in UTC and whole seconds, as all of feedpub counts time."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def settings(config: Config) -> Settings:
    """Take from the configuration what the pipeline must know."""
    return Settings(
        site=as_site(config),
        feeds=as_feeds(config),
        patterns=as_patterns(config),
        timezone=config.site.timezone,
        publish_time=config.site.publish_time,
        input_folder=config.input.folder,
        include=config.input.include,
        max_bytes=config.input.max_size,
        media_folder=config.store.media,
        max_media_bytes=config.input.max_media_size,
        encodings=config.input.encoding,
        quiet_seconds=config.input.settle.total_seconds(),
        hold_below=config.input.hold_below,
        withdraw_removed=config.input.removed == "withdraw",
        pages=config.output.pages,
        templates=read_templates(config),
        pinged=tuple(hub for hub in config.websub.hubs if hub != own_hub(config)),
        plugins=plugins.installed().parsers,
    )


def output_folder(config: Config) -> Folder:
    """Give the folder that everything is published into."""
    return Folder(config.output.folder, compress=config.output.compress)


@contextmanager
def open_pipeline(
    config: Config,
    target: Target,
    *,
    url: str | None = None,
    create: bool = True,
    renew: bool = True,
    doubt: Doubt = Doubt.NONE,
) -> Iterator[Pipeline]:
    """Own the store, or its copy at `url`, and give a pipeline from the input folder to `target`.

    Raises as `own_store` does.
    """
    with own_store(config, url=url, create=create, renew=renew, doubt=doubt) as store:
        # Beside a copy of the store, for that is all it may change.
        scratch = path_of(url).parent / "media" if url else None
        yield make_pipeline(config, store, target, media_scratch=scratch)


@contextmanager
def own_store(
    config: Config,
    *,
    url: str | None = None,
    create: bool = True,
    renew: bool = True,
    doubt: Doubt = Doubt.NONE,
) -> Iterator[Store]:
    """Own the store, or its copy at `url`.

    One that is damaged or lost begins anew from the output. Without `create` one that does not exist yet is
    an error, without `renew` one that is damaged. Raises StoreError, StoreInUseError.
    """
    # Whoever leaves an order in the store knocks at its owner, whatever that is doing; left alone, the signal
    # would end it. The daemon listens later.
    if threading.current_thread() is threading.main_thread():  # elsewhere it is done already
        signal.signal(KNOCK, signal.SIG_IGN)
    damaged_at = now() if renew else None
    where = url or config.store.url
    with open_store(
        where, create=create, named=config.store.url, damaged_at=damaged_at, doubt=doubt
    ) as store:
        recover_lost(config, store, settings(config), at=now())
        yield store


def make_pipeline(
    config: Config,
    store: Store,
    target: Target,
    *,
    announced: Callable[[], None] = lambda: None,
    media_scratch: Path | None = None,
) -> Pipeline:
    """Give a pipeline from the input folder to `target`, over a store that is owned.

    `announced` hears when hubs and subscribers have something to hear; new files that come with bulletins are
    kept in `media_scratch`, if it is given.
    """
    chosen = replace(settings(config), media_scratch=media_scratch)
    for error in plugins.installed().errors:
        log.error("plugin cannot be used", parser=error.name, package=error.package, reason=error.reason)
    origin = _origin(store, chosen.site.url)
    return Pipeline(chosen, store, target, origin=origin, clock=now, announced=announced)


def _origin(store: Store, url: str) -> Origin:
    """Fix on the first run what no later configuration may change."""
    return Origin(
        authority=store.fixed("authority", urlsplit(url).hostname or "localhost"),
        created=dt.datetime.fromisoformat(store.fixed("created", now().isoformat())),
    )

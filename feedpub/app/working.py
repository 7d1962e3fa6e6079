"""The daemon at work, over one store and by one configuration after another.

When the store is damaged, the next one is made from the output; when the configuration changes, the work goes
on by the new one over the same store.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack

from feedpub.app.care import Care
from feedpub.app.probing import make_prober
from feedpub.app.pushing import open_push
from feedpub.app.troubles import note_address
from feedpub.app.wiring import make_pipeline, own_store
from feedpub.config import Config
from feedpub.daemon import Courier, Daemon, Health
from feedpub.exceptions import FeedpubError, StoreDamagedError
from feedpub.log import get_logger
from feedpub.publish import Folder
from feedpub.store import Doubt, Store

log = get_logger("app")

_RETRY_SECONDS = 5.0


class Desk:
    """The store in use and who works over it. The courier outlives the store, for the server knows it."""

    courier: Courier

    def __init__(self, config: Config, folder: Folder, health: Health) -> None:
        self.told_to_stop: Callable[[], None] = lambda: None  # hears of it
        self._config = config
        self._folder = folder
        self._health = health
        self._owned = ExitStack()  # the store
        self._in_use = ExitStack()  # what was made over it
        self._store: Store | None = None
        self._daemon: Daemon | None = None
        self._wanted: asyncio.Future[None] | None = None  # done when the configuration is in force

    def open(self, doubt: Doubt = Doubt.NONE) -> Daemon:
        """Own the store, instead of the one before, and give a daemon over it. Raises as `own_store` does."""
        self.close()
        with ExitStack() as opened:
            self._store = opened.enter_context(own_store(self._config, doubt=doubt))
            note_address(self._store, self._config)
            daemon = self._arranged(self._store, same_store=False)
            self._owned = opened.pop_all()
        return daemon

    def close(self) -> None:
        """Own no store any more."""
        self._store = None
        self._in_use.close()
        self._owned.close()

    def progress(self) -> object:
        """Give another value than before whenever the worker got on, or has nothing to do."""
        return self._daemon.progress() if self._daemon else object()

    def stop(self) -> None:
        """Finish the work in hand and leave."""
        if self._daemon:
            self._daemon.stop()

    async def go_by(self, config: Config) -> None:
        """Have the work go on by `config`; return when it does."""
        self._config = config
        self._wanted = self._wanted or asyncio.get_running_loop().create_future()
        if self._daemon:
            self._daemon.leave()
        await self._wanted

    async def work(self, daemon: Daemon) -> None:
        """Work until told to stop, over a new store when the one in use is damaged.

        Raises StoreDamagedError when a store that was just made anew is damaged, too.
        """
        care = Care()
        successor: Daemon | None = daemon
        while successor:
            self._daemon = successor
            try:
                await successor.run()
            except StoreDamagedError as damage:
                care.heed(damage)
                successor = await self._made(successor, lambda: self.open(care.doubt), care)
            else:
                if successor.told_to_stop:
                    return
                successor = await self._made(successor, self._rearrange, care)

    async def _made(self, former: Daemon, make: Callable[[], Daemon], care: Care) -> Daemon | None:
        """Make the next daemon, as often as it takes; None when told to stop meanwhile."""
        loop = asyncio.get_running_loop()
        while not former.told_to_stop:
            config, wanted = self._config, self._wanted
            try:
                # In a thread: reading a long history back takes a while, and readers are served meanwhile.
                daemon = await loop.run_in_executor(None, make)
            except StoreDamagedError as damage:
                care.heed(damage)
                make = lambda: self.open(care.doubt)  # noqa: E731  the other way to make one
            except FeedpubError as error:
                if self._health.trouble("store", str(error)):
                    log.warning("work cannot go on yet, trying again", reason=str(error))
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                self._health.well("store")
                if self._config is config:  # else another one came meanwhile
                    self._wanted = None
                    if wanted and not wanted.done():
                        wanted.set_result(None)
                    return None if former.told_to_stop else daemon
                make = self._rearrange
        return None

    def _heard(self) -> None:
        self.told_to_stop()

    def _rearrange(self) -> Daemon:
        """Give a daemon that goes by the configuration of today, over the store that is open."""
        if self._store is None:  # an attempt to open it failed
            return self.open()
        self._in_use.close()
        return self._arranged(self._store, same_store=True)

    def _arranged(self, store: Store, *, same_store: bool) -> Daemon:
        config, folder = self._config, self._folder
        folder.compress = config.output.compress
        with ExitStack() as opened:
            push = opened.enter_context(open_push(config, store, folder))
            if hasattr(self, "courier"):
                self.courier.move_to(push, same_store=same_store)
            else:
                self.courier = Courier(push)
            pipeline = make_pipeline(config, store, folder, announced=self.courier.wake)
            self._health.effort = pipeline.effort
            daemon = Daemon(
                pipeline,
                folder=config.input.folder,
                rescan_seconds=config.schedule.rescan.total_seconds(),
                quiet_seconds=config.input.settle.total_seconds(),
                health=self._health,
                courier=self.courier,
                prober=make_prober(config, self.courier, folder, self._health),
            )
            daemon.heard = self._heard
            self._in_use = opened.pop_all()
        return daemon

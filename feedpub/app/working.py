"""The daemon at work over one store after another: when one is damaged, the next is made from the output."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

from feedpub.app.care import Care
from feedpub.app.probing import make_prober
from feedpub.app.pushing import open_push
from feedpub.app.wiring import make_pipeline, own_store
from feedpub.config import Config
from feedpub.daemon import Courier, Daemon, Health
from feedpub.exceptions import FeedpubError, StoreDamagedError
from feedpub.log import get_logger
from feedpub.publish import Folder
from feedpub.store import Doubt

log = get_logger("app")

_RETRY_SECONDS = 5.0


class Desk:
    """The store in use and who works over it. The courier outlives the store, for the server knows it."""

    courier: Courier

    def __init__(self, config: Config, folder: Folder, health: Health) -> None:
        self._config = config
        self._folder = folder
        self._health = health
        self._in_use = ExitStack()

    def open(self, doubt: Doubt = Doubt.NONE) -> Daemon:
        """Own the store, instead of the one before, and give a daemon over it. Raises as `own_store` does."""
        self.close()
        config, folder = self._config, self._folder
        with ExitStack() as opened:
            store = opened.enter_context(own_store(config, doubt=doubt))
            push = opened.enter_context(open_push(config, store, folder))
            if hasattr(self, "courier"):
                self.courier.move_to(push)
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
            self._in_use = opened.pop_all()
        return daemon

    def close(self) -> None:
        """Own no store any more."""
        self._in_use.close()

    async def work(self, daemon: Daemon) -> None:
        """Work until told to stop, over a new store when the one in use is damaged.

        Raises StoreDamagedError when a store that was just made anew is damaged, too.
        """
        care = Care()
        while True:
            try:
                await daemon.run()
            except StoreDamagedError as damage:
                care.heed(damage)
            else:
                return
            successor = await self._opened(daemon, care)
            if successor is None:
                return
            daemon = successor

    async def _opened(self, former: Daemon, care: Care) -> Daemon | None:
        """Open the store anew, as often as it takes; None when told to stop meanwhile."""
        loop = asyncio.get_running_loop()
        while not former.told_to_stop:
            try:
                # In a thread: reading a long history back takes a while, and readers are served meanwhile.
                daemon = await loop.run_in_executor(None, self.open, care.doubt)
            except StoreDamagedError as damage:
                care.heed(damage)
            except FeedpubError as error:
                if self._health.trouble("store", str(error)):
                    log.warning("the store cannot be made anew yet, trying again", reason=str(error))
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                self._health.well("store")
                return None if former.told_to_stop else daemon
        return None

"""``feedpub run`` and ``feedpub serve``: one event loop for work and subscribers."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from socket import socket

from feedpub.app.probing import make_prober
from feedpub.app.pushing import doors, open_courier
from feedpub.app.serving import make_server
from feedpub.app.wiring import make_pipeline, now, output_folder, own_store, settings
from feedpub.config import Config
from feedpub.daemon import Daemon, Health
from feedpub.render import feed_path
from feedpub.server import Server, bind, run_loop

Announce = Callable[[list[str], str], None]


def run(config: Config, *, announce: Announce | None = None) -> None:
    """Watch, publish and serve until a signal; `announce` hears the feeds' addresses and the folder.

    Raises ServerError, StoreError, StoreInUseError.
    """
    folder = output_folder(config)
    config.input.folder.mkdir(parents=True, exist_ok=True)
    with (
        own_store(config) as store,
        open_courier(config, store, folder) as courier,
        bind(config.server.host, config.server.port) as address,
    ):
        folder.sweep()
        health = Health(clock=now)
        daemon = Daemon(
            make_pipeline(config, store, folder, announced=courier.wake),
            folder=config.input.folder,
            rescan_seconds=config.schedule.rescan.total_seconds(),
            quiet_seconds=config.input.settle.total_seconds(),
            health=health,
            courier=courier,
            prober=make_prober(config, courier, folder, health),
        )
        if announce:
            announce(_addresses(config), str(config.input.folder))
        run_loop(
            _work_and_serve(
                daemon, make_server(config, health=health.report, push=doors(config, courier)), address
            )
        )


def serve(config: Config, *, announce: Callable[[str], None]) -> None:
    """Serve the output folder until a signal; raises ServerError."""
    with bind(config.server.host, config.server.port) as address:
        announce(f"http://{config.server.host}:{config.server.port}/")
        run_loop(
            _serve_alone(make_server(config, health=lambda: {"status": "ok"}, push=doors(config)), address)
        )


def _addresses(config: Config) -> list[str]:
    chosen = settings(config)
    return [chosen.site.url + feed_path(feed.name, name) for feed in chosen.feeds for name in feed.formats]


async def _work_and_serve(daemon: Daemon, server: Server, address: socket) -> None:
    serving = asyncio.create_task(server.serve(address))
    try:
        await daemon.run()
    finally:
        server.stop()
        await serving


async def _serve_alone(server: Server, address: socket) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    await server.serve(address)

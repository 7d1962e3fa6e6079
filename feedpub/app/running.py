"""``feedpub run`` and ``feedpub serve``: one event loop for work and subscribers."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from socket import socket

from feedpub.app.probing import make_prober
from feedpub.app.pushing import doors, open_courier
from feedpub.app.wiring import make_pipeline, now, own_store, settings
from feedpub.config import Config
from feedpub.daemon import Daemon, Health
from feedpub.publish import Folder
from feedpub.render import feed_path, is_gone
from feedpub.server import Manners, PushDoors, Server, bind, create_app, run_loop

Announce = Callable[[list[str], str], None]


def run(config: Config, *, announce: Announce | None = None) -> None:
    """Watch, publish and serve until a signal; `announce` hears the feeds' addresses and the folder.

    Raises ServerError, StoreError, StoreInUseError.
    """
    folder = Folder(config.output.folder)
    config.input.folder.mkdir(parents=True, exist_ok=True)
    with (
        own_store(config) as store,
        open_courier(config, store, folder) as courier,
        bind(config.server.host, config.server.port) as address,
    ):
        folder.sweep()
        health = Health(clock=now)
        daemon = Daemon(
            make_pipeline(config, store, folder),
            folder=config.input.folder,
            rescan_seconds=config.schedule.rescan.total_seconds(),
            quiet_seconds=config.input.settle.total_seconds(),
            health=health,
            courier=courier,
            prober=make_prober(config, courier, folder, health),
        )
        if announce:
            announce(_addresses(config), str(config.input.folder))
        run_loop(_work_and_serve(daemon, _server(config, health.report, doors(config, courier)), address))


def serve(config: Config, *, announce: Callable[[str], None]) -> None:
    """Serve the output folder until a signal; raises ServerError."""
    with bind(config.server.host, config.server.port) as address:
        announce(f"http://{config.server.host}:{config.server.port}/")
        run_loop(_serve_alone(_server(config, lambda: {"status": "ok"}, doors(config)), address))


def _server(config: Config, health: Callable[[], Mapping[str, object]], push: PushDoors) -> Server:
    manners = Manners(site_url=settings(config).site.url)
    return Server(create_app(config.output.folder, manners, health=health, gone=is_gone, push=push))


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

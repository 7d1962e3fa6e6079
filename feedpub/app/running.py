"""``feedpub run`` and ``feedpub serve``: one event loop for work and subscribers."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from socket import socket

from feedpub.app.counting import Audience, open_audience
from feedpub.app.probing import make_prober
from feedpub.app.pushing import doors, open_courier
from feedpub.app.serving import make_server
from feedpub.app.wiring import make_pipeline, now, output_folder, own_store, settings
from feedpub.audience.metrics import CONTENT_TYPE as METRICS_TYPE
from feedpub.config import Config
from feedpub.daemon import Daemon, Health
from feedpub.render import feed_path
from feedpub.server import Server, bind, create_admin_app, run_loop

Announce = Callable[[list[str], str], None]


def run(config: Config, *, announce: Announce | None = None) -> None:
    """Watch, publish and serve until a signal; `announce` hears the feeds' addresses and the folder.

    Raises ServerError, StoreError, StoreInUseError.
    """
    folder = output_folder(config)
    config.input.folder.mkdir(parents=True, exist_ok=True)
    health = Health(clock=now)
    with (
        own_store(config) as store,
        open_courier(config, store, folder) as courier,
        bind(config.server.host, config.server.port) as address,
        _bind_admin(config) as admin,
        open_audience(config, health) as audience,
    ):
        folder.sweep()
        courier.delivered = audience.delivered
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
        server = make_server(
            config, health=health.report, push=doors(config, courier), on_answer=[audience.hear]
        )
        serving = [(server, address), *([(_admin_server(audience), admin)] if admin else [])]
        run_loop(_work_and_serve(daemon, serving))


def serve(config: Config, *, announce: Callable[[str], None]) -> None:
    """Serve the output folder until a signal; raises ServerError."""
    with (
        bind(config.server.host, config.server.port) as address,
        _bind_admin(config) as admin,
        open_audience(config) as audience,
    ):
        announce(f"http://{config.server.host}:{config.server.port}/")
        server = make_server(
            config, health=lambda: {"status": "ok"}, push=doors(config), on_answer=[audience.hear]
        )
        serving = [(server, address), *([(_admin_server(audience), admin)] if admin else [])]
        run_loop(_serve_alone(serving))


def _admin_server(audience: Audience) -> Server:
    return Server(create_admin_app(audience.metrics.render, media_type=METRICS_TYPE))


def _bind_admin(config: Config) -> AbstractContextManager[socket | None]:
    """Listen on the admin address, if there shall be one."""
    admin = config.admin
    return bind(admin.host, admin.port) if admin.port else nullcontext()


def _addresses(config: Config) -> list[str]:
    chosen = settings(config)
    return [chosen.site.url + feed_path(feed.name, name) for feed in chosen.feeds for name in feed.formats]


async def _work_and_serve(daemon: Daemon, serving: Sequence[tuple[Server, socket]]) -> None:
    tasks = [asyncio.create_task(server.serve(address)) for server, address in serving]
    try:
        await daemon.run()
    finally:
        for server, _ in serving:
            server.stop()
        await asyncio.gather(*tasks)


async def _serve_alone(serving: Sequence[tuple[Server, socket]]) -> None:
    def stop() -> None:
        for server, _ in serving:
            server.stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    await asyncio.gather(*(server.serve(address) for server, address in serving))

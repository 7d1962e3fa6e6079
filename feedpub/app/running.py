"""``feedpub run`` and ``feedpub serve``: one event loop for work and subscribers."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from socket import socket

from feedpub.app.care import over_a_sound_store
from feedpub.app.counting import Audience, open_audience
from feedpub.app.pushing import doors
from feedpub.app.serving import make_server
from feedpub.app.wiring import now, output_folder, settings
from feedpub.app.working import Desk
from feedpub.audience.metrics import CONTENT_TYPE as METRICS_TYPE
from feedpub.config import Config
from feedpub.daemon import Health
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
        closing(Desk(config, folder, health)) as desk,
        nullcontext(over_a_sound_store(desk.open)) as daemon,
        bind(config.server.host, config.server.port) as address,
        _bind_admin(config) as admin,
        open_audience(config, health) as audience,
    ):
        folder.sweep()
        desk.courier.delivered = audience.delivered
        if announce:
            announce(_addresses(config), str(config.input.folder))
        server = make_server(
            config, health=health.report, push=doors(config, desk.courier), on_answer=[audience.hear]
        )
        serving = [(server, address), *([(_admin_server(audience), admin)] if admin else [])]
        run_loop(_work_and_serve(desk.work(daemon), serving))


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


async def _work_and_serve(
    work: Coroutine[object, object, None], serving: Sequence[tuple[Server, socket]]
) -> None:
    tasks = [asyncio.create_task(server.serve(address)) for server, address in serving]
    try:
        await work
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

"""``feedpub run`` and ``feedpub serve``: one event loop for work and subscribers."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from socket import socket

from feedpub.app.care import over_a_sound_store
from feedpub.app.counting import Audience, open_audience
from feedpub.app.following import Follower
from feedpub.app.pushing import doors
from feedpub.app.serving import Reception
from feedpub.app.wiring import now, output_folder, settings
from feedpub.app.working import Desk
from feedpub.audience.metrics import CONTENT_TYPE as METRICS_TYPE
from feedpub.config import Config
from feedpub.daemon import Hangup, Health, Supervisor
from feedpub.render import feed_path
from feedpub.server import Server, bind, create_admin_app, run_loop

Announce = Callable[[list[str], str], None]
Serving = Sequence[tuple[Server, socket]]


def run(config: Config, *, path: Path, announce: Announce | None = None) -> None:
    """Watch, publish and serve until a signal; `announce` hears the feeds' addresses and the folder.

    The file at `path`, from which `config` comes, is followed. Raises ServerError, StoreError,
    StoreInUseError.
    """
    folder = output_folder(config)
    hangup, supervisor = Hangup(), Supervisor(os.environ, pid=os.getpid())
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
        desk.told_to_stop = supervisor.stopping
        if announce:
            announce(_addresses(config), str(config.input.folder))
        reception = Reception(
            config,
            health=health.report,
            push=lambda config: doors(config, desk.courier),
            on_answer=[audience.hear],
        )
        follower = Follower(path, config, health)

        async def apply(config: Config) -> None:
            await desk.go_by(config)
            reception.follow(config)
            audience.follow(config)

        async def work() -> None:
            supervisor.ready()
            following = follower.run(apply, begun=supervisor.reloading, done=supervisor.ready)
            with _beside(following, supervisor.attend(desk.progress, health.summary)):
                _heed_hangups(hangup, follower, stop=desk.stop)
                await desk.work(daemon)

        run_loop(_work_and_serve(work(), [(reception.server, address), *_admin(audience, admin)]))


def serve(config: Config, *, path: Path, announce: Callable[[str], None]) -> None:
    """Serve the output folder until a signal, by the file at `path`; raises ServerError."""
    hangup, supervisor = Hangup(), Supervisor(os.environ, pid=os.getpid())
    health = Health(clock=now)
    with (
        bind(config.server.host, config.server.port) as address,
        _bind_admin(config) as admin,
        open_audience(config) as audience,
    ):
        announce(f"http://{config.server.host}:{config.server.port}/")
        reception = Reception(config, health=health.report, push=doors, on_answer=[audience.hear])
        follower = Follower(path, config, health)
        ended = asyncio.Event()

        async def apply(config: Config) -> None:
            reception.follow(config)
            audience.follow(config)

        async def wait() -> None:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, ended.set)
            supervisor.ready()
            following = follower.run(apply, begun=supervisor.reloading, done=supervisor.ready)
            with _beside(following, supervisor.attend(object, health.summary)):
                _heed_hangups(hangup, follower, stop=ended.set)
                await ended.wait()
            supervisor.stopping()

        run_loop(_work_and_serve(wait(), [(reception.server, address), *_admin(audience, admin)]))


@contextmanager
def _beside(*helpers: Coroutine[object, object, None]) -> Iterator[None]:
    """Have `helpers` run while the block does."""
    tasks = [asyncio.create_task(helper) for helper in helpers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


def _heed_hangups(hangup: Hangup, follower: Follower, *, stop: Callable[[], None]) -> None:
    heed = lambda: hangup.heard(reload=follower.ask, stop=stop)  # noqa: E731  called by the loop
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, heed)


def _admin(audience: Audience, address: socket | None) -> Serving:
    if address is None:
        return ()
    return ((Server(create_admin_app(audience.metrics.render, media_type=METRICS_TYPE)), address),)


def _bind_admin(config: Config) -> AbstractContextManager[socket | None]:
    """Listen on the admin address, if there shall be one."""
    admin = config.admin
    return bind(admin.host, admin.port) if admin.port else nullcontext()


def _addresses(config: Config) -> list[str]:
    chosen = settings(config)
    return [chosen.site.url + feed_path(feed.name, name) for feed in chosen.feeds for name in feed.formats]


async def _work_and_serve(work: Coroutine[object, object, None], serving: Serving) -> None:
    tasks = [asyncio.create_task(server.serve(address)) for server, address in serving]
    try:
        await work
    finally:
        for server, _ in serving:
            server.stop()
        await asyncio.gather(*tasks)

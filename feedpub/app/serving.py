"""The web server as the configuration wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from feedpub.app.wiring import settings
from feedpub.config import Config
from feedpub.model import Feed
from feedpub.render import FORMATS, feed_path, is_gone
from feedpub.server import (
    AccessLog,
    Application,
    Limits,
    Manners,
    OnAnswer,
    PushDoors,
    Server,
    Switch,
    create_app,
)


class Reception:
    """Serves the output folder, by one configuration after another.

    Each of `on_answer` hears of every answer.
    """

    def __init__(
        self,
        config: Config,
        *,
        health: Callable[[], Mapping[str, object]],
        push: Callable[[Config], PushDoors],
        on_answer: Sequence[OnAnswer] = (),
    ) -> None:
        self._health = health
        self._push = push
        self._on_answer = [*on_answer]
        if config.server.access_log:
            self._on_answer.append(AccessLog(config.server.access_log))
        self._switch = Switch(self._app(config))
        self.server = Server(self._switch, _limits(config))

    def follow(self, config: Config) -> None:
        """Serve by this configuration from now on."""
        self._switch.app = self._app(config)
        self.server.limit(_limits(config))

    def _app(self, config: Config) -> Application:
        return create_app(
            config.output.folder,
            _manners(config),
            health=self._health,
            gone=is_gone,
            push=self._push(config),
            on_answer=self._on_answer,
        )


def _manners(config: Config) -> Manners:
    return Manners(
        site_url=settings(config).site.url,
        browser_view=config.server.browser_view,
        moved=moved(config),
        trusted_proxies=config.server.trusted_proxies,
        requests_per_second=config.server.clients.requests_per_second,
    )


def _limits(config: Config) -> Limits:
    clients = config.server.clients
    return Limits(
        connections=clients.connections,
        request_seconds=clients.request_time.total_seconds(),
        send_seconds=clients.send_time.total_seconds(),
        idle_seconds=clients.idle_time.total_seconds(),
    )


def moved(config: Config) -> dict[str, str]:
    """Return the former paths of feeds, each with the path of today, relative to the site."""
    feeds = {feed.name: feed for feed in settings(config).feeds}
    return {
        former: today
        for name, section in config.feeds.items()
        if name in feeds  # no template
        for address in section.moved_from
        for former, today in _paths(address, feeds[name])
    }


def _paths(address: str, feed: Feed) -> Iterator[tuple[str, str]]:
    """Yield what a former name or path stands for, and where it is now."""
    if address.startswith("/"):
        former = address.strip("/")
        suffix = former.rpartition(".")[2]
        today = _today(feed, suffix)
        yield former, today
        yield f"{former}/", today
    else:
        yield from ((feed_path(address, name), _today(feed, FORMATS[name].suffix)) for name in FORMATS)


def _today(feed: Feed, suffix: str) -> str:
    """Return the path of a feed in the format with this suffix, or in its first one."""
    same = (name for name in feed.formats if FORMATS[name].suffix == suffix)
    return feed_path(feed.name, next(same, feed.formats[0]))

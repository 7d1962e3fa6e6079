"""Push, put together: the courier with its own way into the store, and the doors to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from feedpub.app.wiring import now, settings
from feedpub.config import Config, own_hub
from feedpub.daemon import Courier
from feedpub.exceptions import FeedpubError
from feedpub.notify import Callbacks, IntentError, Lease
from feedpub.pipeline import Topics, with_made
from feedpub.pipeline.push import FullError, Push, PushSettings
from feedpub.publish import Folder
from feedpub.server import Links, PushDoors
from feedpub.store import Store, push_store

_CONFIRMING = "Accepted; the callback will be asked."


@contextmanager
def open_courier(config: Config, store: Store, folder: Folder) -> Iterator[Courier]:
    """Give a courier for what waits in `store`."""
    with open_push(config, store, folder) as push:
        yield Courier(push)


@contextmanager
def open_push(config: Config, store: Store, folder: Folder) -> Iterator[Push]:
    """Give what a courier works with, over `store`."""
    chosen = with_made(settings(config), store)
    lease, limits = config.websub.lease, config.websub.subscriptions
    push_settings = PushSettings(
        topics=Topics(chosen, by="url"),
        hubs=chosen.pinged,
        own_hub=own_hub(config),
        lease=Lease(
            default_seconds=int(lease.default.total_seconds()),
            min_seconds=int(lease.min.total_seconds()),
            max_seconds=int(lease.max.total_seconds()),
        ),
        callbacks=Callbacks(networks=config.websub.allow_private),
        max_subscriptions=limits.total,
        max_per_host=limits.per_host,
    )
    with push_store(store) as pushes:
        yield Push(push_settings, pushes, read=folder.read, clock=now)


def doors(config: Config, courier: Courier | None = None) -> PushDoors:
    """Give what the server shows of push; without a courier nobody can subscribe."""
    chosen = settings(config)
    topics = Topics(chosen, by="path")

    def address(path: str) -> str | None:
        topic = topics.get(path)
        return topic.url if topic else None

    links = Links(hubs=chosen.site.hubs, address=address)
    if courier is None:
        return PushDoors(links=links)

    async def subscribe(fields: Mapping[str, str]) -> tuple[HTTPStatus, str]:
        try:
            await asyncio.wrap_future(courier.ask(lambda push: push.accept(fields)))
        except IntentError as error:
            return HTTPStatus.BAD_REQUEST, str(error)
        except FullError as error:
            return HTTPStatus.SERVICE_UNAVAILABLE, str(error)
        except FeedpubError:  # the disk, the store
            return HTTPStatus.SERVICE_UNAVAILABLE, "This hub is in trouble; try again later."
        courier.wake()
        return HTTPStatus.ACCEPTED, _CONFIRMING

    return PushDoors(
        links=links,
        subscribe=subscribe if own_hub(config) else None,
        fetched=courier.fetches.hear if chosen.pinged else None,
    )

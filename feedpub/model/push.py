"""What is sent to those who wait for news (W3C WebSub)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A document that can be subscribed to: it names its hubs, and they hear of each change."""

    url: str  # absolute; its self link
    path: str  # under the output folder
    media_type: str  # as the Content-Type header has it


class Task(StrEnum):
    """What a delivery is."""

    PING = "ping"  # tells a hub of others that a topic changed
    CONTENT = "content"  # brings a topic to a subscriber of our own hub
    VERIFY = "verify"  # asks a callback whether the subscription is meant (WebSub section 5.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One request that waits to be sent; a newer change of the same topic is the same delivery."""

    number: int  # the store's running number
    mark: int  # moves with each change, so that finishing an old delivery cannot erase a newer one
    task: Task
    target: str  # absolute address of the hub or of the callback
    topic: str  # absolute address of the document
    host: str  # of the target
    since: dt.datetime  # of the change it tells
    attempts: int = 0  # that failed


class Mode(StrEnum):
    """What a subscriber wants; the words of `hub.mode`."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What somebody asked of our own hub; true only when the callback confirms it."""

    mode: Mode
    callback: str  # absolute http(s) address
    topic: str
    host: str  # of the callback
    lease_seconds: int
    secret: str | None = None  # signs what is delivered; less than 200 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of one hub and one topic."""

    hub: str
    topic: str
    told: dt.datetime | None = None  # the last ping that the hub took
    fetched: dt.datetime | None = None  # when the topic was last fetched by it
    known: bool = False  # whether a fetch of this hub was ever recognised as its own
    trouble: str = ""  # why the last ping failed; "" when it did not

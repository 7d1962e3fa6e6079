"""What push must know of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedpub.model import Topic
from feedpub.notify import Callbacks, Lease


@dataclass(frozen=True, slots=True, kw_only=True)
class PushSettings:
    """Whom changes are told, and what strangers may ask of our own hub."""

    topics: Mapping[str, Topic]  # by their addresses
    hubs: tuple[str, ...] = ()  # of others
    own_hub: str | None = None  # address of ours; None when there is none
    lease: Lease = field(default_factory=Lease)
    callbacks: Callbacks = field(default_factory=Callbacks)
    max_subscriptions: int = 10_000
    max_per_host: int = 1_000

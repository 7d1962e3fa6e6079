"""What somebody asks of our own hub (WebSub section 5.1); nothing of it is believed yet."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from feedpub.model import Intent, Mode

_LONGEST_CALLBACK = 2048
_SECRET_BYTES = 200  # the specification's limit: less than that
_FIRST_FREE_PORT = 1024  # below it live the other protocols, which must not hear from us
_WEB_PORTS = (80, 443)


class IntentError(Exception):
    """A request that cannot be what it says; its text tells the subscriber why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """How long a subscription lasts."""

    default_seconds: int = 10 * 24 * 3600
    min_seconds: int = 300
    max_seconds: int = 30 * 24 * 3600

    def granted(self, asked: int | None) -> int:
        """Return how many seconds a subscriber gets that asked for so many."""
        return min(max(asked or self.default_seconds, self.min_seconds), self.max_seconds)


def read_intent(fields: Mapping[str, str], *, topics: Container[str], lease: Lease) -> Intent:
    """Read the form of a subscription request; raises IntentError."""
    mode = fields.get("hub.mode", "")
    if mode not in list(Mode):
        raise IntentError("hub.mode must be subscribe or unsubscribe")
    topic = fields.get("hub.topic", "")
    if topic not in topics:
        raise IntentError("hub.topic must be the address of a feed published here, as its self link has it")
    callback = fields.get("hub.callback", "")
    return Intent(
        mode=Mode(mode),
        callback=callback,
        topic=topic,
        host=_host(callback),
        lease_seconds=lease.granted(_lease(fields.get("hub.lease_seconds", ""))),
        secret=_secret(fields.get("hub.secret", "")),
    )


def _host(callback: str) -> str:
    """Return the host of a callback that may be called."""
    wrong = IntentError("hub.callback must be an absolute http or https address of at most 2,048 characters")
    if len(callback) > _LONGEST_CALLBACK or not callback.isascii() or not callback.isprintable():
        raise wrong
    try:
        parts = urlsplit(callback)
        port = 80 if parts.port is None else parts.port
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in callback or "\\" in callback:
        raise wrong
    if parts.username is not None or parts.fragment:
        raise IntentError("hub.callback must hold neither a user name nor a fragment")
    if port < _FIRST_FREE_PORT and port not in _WEB_PORTS:
        raise IntentError("hub.callback must have the port 80, 443 or one above 1023")
    return parts.hostname


def _lease(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal():
        raise IntentError("hub.lease_seconds must be a whole number of seconds")
    return int(text[:12])


def _secret(text: str) -> str | None:
    if len(text.encode("utf-8", "surrogateescape")) >= _SECRET_BYTES:
        raise IntentError("hub.secret must be shorter than 200 bytes")
    return text or None

"""Telling a hub of others that a topic changed.

WebSub leaves that open (section 6); this is what all public hubs understand.
"""

from __future__ import annotations

from urllib.parse import urlencode, urljoin, urlsplit

from feedpub.fetch import FetchError, Response, exchange, is_anywhere, is_public
from feedpub.notify.outcomes import Outcome, attempted

_DEADLINE_SECONDS = 10
_KEEPS_METHOD = {307, 308}
_REDIRECTS = 3


def ping(hub: str, topic: str, *, deadline_seconds: float = _DEADLINE_SECONDS) -> Outcome:
    """Tell a hub that `topic` changed.

    A redirect is followed if it keeps the method and leads to https at the same host: an answer that came
    in the clear must not name another hub.
    """
    return attempted(lambda: _sent(hub, topic, deadline_seconds=deadline_seconds))


def _sent(hub: str, topic: str, *, deadline_seconds: float) -> Response:
    # Classic hubs read hub.url, some later ones hub.topic.
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
    public = False
    for _ in range(_REDIRECTS + 1):
        response = exchange(
            hub,
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=form,
            deadline_seconds=deadline_seconds,
            allowed=is_public if public else is_anywhere,
        )
        public = public or any(map(is_public, response.addresses))
        elsewhere = _elsewhere(hub, response)
        if not elsewhere:
            return response
        hub = elsewhere
    raise FetchError(f"more than {_REDIRECTS} redirects")


def _elsewhere(hub: str, response: Response) -> str | None:
    """Return where the ping shall go instead; None when the answer is the last word."""
    if response.status not in _KEEPS_METHOD:
        return None
    try:
        address = urljoin(hub, response.headers.get("location", ""))
        there, here = urlsplit(address), urlsplit(hub)
    except ValueError:
        return None
    return address if there.scheme == "https" and there.hostname == here.hostname else None

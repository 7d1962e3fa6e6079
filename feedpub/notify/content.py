"""Bringing a topic to a subscriber (WebSub sections 7 and 8)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from feedpub.fetch import exchange
from feedpub.notify.callbacks import Callbacks
from feedpub.notify.outcomes import Outcome, attempted

_DEADLINE_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A topic as it is now."""

    topic: str
    hub: str  # our own, which the subscriber knows it from
    body: bytes
    media_type: str  # as the topic's own Content-Type has it


def distribute(
    callback: str,
    content: Content,
    *,
    secret: str | None,
    callbacks: Callbacks,
    deadline_seconds: float = _DEADLINE_SECONDS,
) -> Outcome:
    """Post a topic to a callback, signed if the subscriber gave a secret; a redirect is a failure."""
    headers = {
        "Content-Type": content.media_type,
        "Link": f'<{content.hub}>; rel="hub", <{content.topic}>; rel="self"',
    }
    if secret is not None:
        digest = hmac.new(secret.encode("utf-8", "surrogateescape"), content.body, hashlib.sha256)
        headers["X-Hub-Signature"] = f"sha256={digest.hexdigest()}"
    return attempted(
        lambda: exchange(
            callback,
            method="POST",
            headers=headers,
            body=content.body,
            deadline_seconds=deadline_seconds,
            allowed=callbacks.allow,
        )
    )

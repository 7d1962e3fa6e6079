"""Asking a callback whether a subscription is meant (WebSub section 5.3)."""

from __future__ import annotations

import hmac
from urllib.parse import urlencode, urlsplit

from feedpub.fetch import Response, exchange
from feedpub.model import Intent, Mode
from feedpub.notify.callbacks import Callbacks
from feedpub.notify.outcomes import Fate, Outcome, attempted

_DEADLINE_SECONDS = 10
_MAX_BYTES = 1024  # of an answer that must be the challenge and nothing else


def verify(
    intent: Intent, *, challenge: str, callbacks: Callbacks, deadline_seconds: float = _DEADLINE_SECONDS
) -> Outcome:
    """Ask the callback of an intent for its confirmation; done when it repeats the challenge.

    `challenge` must be one that nobody can guess: it proves that the callback was reached.
    """
    answers: list[Response] = []

    def send() -> Response:
        answers.append(
            exchange(
                _question(intent, challenge),
                max_bytes=_MAX_BYTES,
                deadline_seconds=deadline_seconds,
                allowed=callbacks.allow,
            )
        )
        return answers[0]

    outcome = attempted(send)
    if outcome.fate is Fate.DONE and not hmac.compare_digest(answers[0].body, challenge.encode()):
        return Outcome(fate=Fate.NEVER, reason="it does not repeat the challenge")
    return outcome


def _question(intent: Intent, challenge: str) -> str:
    """Write the address that is asked: the callback, whose own query stays as it is, with ours after it."""
    asked = {"hub.mode": str(intent.mode), "hub.topic": intent.topic, "hub.challenge": challenge}
    if intent.mode is Mode.SUBSCRIBE:
        asked["hub.lease_seconds"] = str(intent.lease_seconds)
    parts = urlsplit(intent.callback)
    query = "&".join(filter(None, (parts.query, urlencode(asked))))
    return parts._replace(query=query).geturl()

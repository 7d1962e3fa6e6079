"""Tells those who wait that a topic changed (W3C WebSub): hubs of others, and subscribers of our own hub.

Each function here makes one request and says what became of it; when it is tried again is a pure function.
"""

from feedpub.notify.callbacks import Callbacks
from feedpub.notify.content import Content, distribute
from feedpub.notify.intents import IntentError, Lease, read_intent
from feedpub.notify.outcomes import Fate, Outcome
from feedpub.notify.pinging import ping
from feedpub.notify.retrying import next_attempt
from feedpub.notify.verifying import verify

__all__ = [
    "Callbacks",
    "Content",
    "Fate",
    "IntentError",
    "Lease",
    "Outcome",
    "distribute",
    "next_attempt",
    "ping",
    "read_intent",
    "verify",
]

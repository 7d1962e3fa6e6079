"""The input folder: what is there, what changed, what has settled."""

from feedpub.inbox.differences import Differences, compare
from feedpub.inbox.events import Event, Kind, watch
from feedpub.inbox.looking import Look, look, look_at, present
from feedpub.inbox.reading import read
from feedpub.inbox.settling import Settling

__all__ = [
    "Differences",
    "Event",
    "Kind",
    "Look",
    "Settling",
    "compare",
    "look",
    "look_at",
    "present",
    "read",
    "watch",
]

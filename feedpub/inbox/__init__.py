"""The input folder: what is there, what changed, what has settled."""

from feedpub.inbox.beside import UnreadableError, accompanied, look_beside, opened, siblings, with_companions
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
    "UnreadableError",
    "accompanied",
    "compare",
    "look",
    "look_at",
    "look_beside",
    "opened",
    "present",
    "read",
    "siblings",
    "watch",
    "with_companions",
]

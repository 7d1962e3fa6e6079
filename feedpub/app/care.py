"""Work over a store that may turn out to be damaged while it goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from feedpub.exceptions import StoreDamagedError
from feedpub.log import get_logger
from feedpub.store import Doubt

log = get_logger("app")

Done = TypeVar("Done")

# Damage that comes up again so soon was there all the time; later it is another one.
_AGAIN_SECONDS = 600.0

_NEXT = {Doubt.NONE: Doubt.DOUBTED, Doubt.DOUBTED: Doubt.CONDEMNED}


class Care:
    """What is thought of the store, after each damage that was met."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.doubt = Doubt.NONE
        self._now = now
        self._last = 0.0

    def heed(self, damage: StoreDamagedError) -> None:
        """Doubt the store more; raises `damage` again when even a new store does not cure it."""
        if self._last and self._now() - self._last > _AGAIN_SECONDS:
            self.doubt = Doubt.NONE
        if self.doubt not in _NEXT:
            raise damage
        self.doubt = _NEXT[self.doubt]
        self._last = self._now()
        log.error("store damaged, opening it anew", reason=str(damage))


def over_a_sound_store(work: Callable[[Doubt], Done]) -> Done:
    """Do `work`, and again from its beginning when it meets damage in the store, which is repeatable.

    Raises StoreDamagedError when it meets damage in a store that was just made anew.
    """
    care = Care()
    while True:
        try:
            return work(care.doubt)
        except StoreDamagedError as damage:
            care.heed(damage)

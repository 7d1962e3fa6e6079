"""What became of a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from feedpub.fetch import FetchError, RefusedError, Response

_PASSING = {408, 425, 429}  # beside the 5xx: statuses that another attempt may change
_LONGEST_REASON = 200


class Fate(StrEnum):
    """What follows from an answer."""

    DONE = "done"
    AGAIN = "again"  # a trouble that may pass
    NEVER = "never"  # the same request would get the same answer
    GONE = "gone"  # the other side wants no more of it (410)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one request."""

    fate: Fate
    reason: str = ""  # of what is not done
    retry_after: str = ""  # that header, as it came
    addresses: tuple[str, ...] = ()  # to which the host's name led


def attempted(send: Callable[[], Response]) -> Outcome:
    """Send a request and say what became of it."""
    try:
        return judged(send())
    except RefusedError as error:
        return Outcome(fate=Fate.NEVER, reason=_printable(str(error)))
    except FetchError as error:
        return Outcome(fate=Fate.AGAIN, reason=_printable(str(error)))


def judged(response: Response) -> Outcome:
    """Say what an answer means, by its status."""
    status, addresses = response.status, response.addresses
    if status // 100 == 2:
        return Outcome(fate=Fate.DONE, addresses=addresses)
    reason = f"it answers {status}"
    if status == 410:
        return Outcome(fate=Fate.GONE, reason=reason, addresses=addresses)
    if status in _PASSING or status // 100 == 5:
        after = response.headers.get("retry-after", "")
        return Outcome(fate=Fate.AGAIN, reason=reason, retry_after=after, addresses=addresses)
    return Outcome(fate=Fate.NEVER, reason=reason, addresses=addresses)


def _printable(text: str) -> str:
    """Keep what others sent from the terminals and logs of whoever reads the reason."""
    return "".join(sign if sign.isprintable() else "�" for sign in text[:_LONGEST_REASON])

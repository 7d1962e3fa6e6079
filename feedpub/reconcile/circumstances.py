"""What reconcile must know beside the text: where a bulletin lies, when it came, who publishes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """One reading of one bulletin. Instants are aware, in any zone."""

    path: str  # of the bulletin, relative to the input folder
    arrived: dt.datetime  # when the file was first seen
    now: dt.datetime  # when it is read this time
    timezone: ZoneInfo  # the site's
    publish_time: dt.time  # local time of bulletins that have a date and no time
    authority: str  # of minted tag: URIs (RFC 4151 section 2.1); fixed at the first run
    modified: dt.datetime | None = None  # the file's time; dates the ids of bulletins without a date

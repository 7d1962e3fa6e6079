"""The log: one line per unit of work, a constant message with facts as fields.

The only door to structlog. Everything that logs through the standard library (APScheduler, uvicorn,
Alembic) ends in the same lines.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, TextIO, cast

import structlog

from feedpub.concealing import conceal

if TYPE_CHECKING:
    from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

# Libraries that say at INFO what feedpub says itself. uvicorn warns of every broken request, APScheduler
# once per tick while a job is still running: that would fill the log for nothing.
_QUIET = {"apscheduler": logging.ERROR, "alembic": logging.WARNING, "uvicorn": logging.ERROR}


def get_logger(room: str) -> FilteringBoundLogger:
    """Return the logger of one room; its name stands in the field ``room``."""
    return cast("FilteringBoundLogger", structlog.get_logger(room, room=room))


def configure(*, form: str = "text", level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send the log to `stream` (standard error) as lines of text or JSON; `form` is ``text`` or ``json``."""
    stream = stream or sys.stderr
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        _printable,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    outlet = logging.StreamHandler(stream)
    outlet.setFormatter(
        _Concealing(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers(form, stream),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [outlet]
    root.setLevel(level)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(max(level, quiet))


def _renderers(form: str, stream: TextIO) -> list[Processor]:
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=True)]
    return [structlog.dev.ConsoleRenderer(colors=stream.isatty(), pad_event_to=30)]


def _printable(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Escape what could split a line or steer a terminal: authors choose file names and titles."""
    for key, value in event.items():
        if isinstance(value, str) and not value.isprintable():
            event[key] = "".join(
                c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in value
            )
    return event


class _Concealing(structlog.stdlib.ProcessorFormatter):
    """Writes lines without secrets: also those of libraries, and of traces."""

    def format(self, record: logging.LogRecord) -> str:
        return conceal(super().format(record))

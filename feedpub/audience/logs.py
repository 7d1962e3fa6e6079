"""Visits from the access logs of other web servers: nginx and Apache (combined), Caddy (JSON), our own."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from feedpub.audience.visits import Visit

# 192.0.2.7 - - [21/Oct/2024:06:00:00 +0000] "GET /feeds/news.rss HTTP/1.1" 200 5120 "-" "Newsboat/2.21"
_COMBINED = re.compile(
    r'(?P<client>\S+) \S+ \S+ \[(?P<at>[^\]]+)\] "(?P<method>[A-Z]+) (?P<target>\S+)[^"]*" '
    r'(?P<status>\d{3}) (?P<bytes>\d+|-)(?: "[^"]*" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
_FEED = re.compile(r"/feeds/(?P<feed>[a-z0-9][a-z0-9-]{0,63})\.(?P<format>rss|atom|json)(?:\?|$)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NotALogError(ValueError):
    """No line of a file is one of an access log."""


def visits_of(lines: Iterable[str]) -> Iterator[Visit]:
    """Yield the requests for feeds in a log; lines that are none are passed over.

    Raises NotALogError after the last line when not one could be read.
    """
    read = 0
    total = 0
    for line in lines:
        total += bool(line.strip())
        entry = _entry(line)
        if entry is None:
            continue
        read += 1
        feed = _FEED.search(entry["target"])
        if feed and entry["method"] in ("GET", "HEAD"):
            yield _visit(entry, feed)
    if total and not read:
        raise NotALogError("no line of an access log in it")


def _visit(entry: dict[str, Any], feed: re.Match[str]) -> Visit:
    status = entry["status"]
    return Visit(
        at=entry["at"],
        feed=feed["feed"],
        format=feed["format"],
        status=status,
        bytes=entry["bytes"],
        agent=entry["agent"],
        client=entry["client"],
        conditional=True if status in (226, 304) else None,  # a log does not say what was asked
        view=entry["view"],
    )


def _entry(line: str) -> dict[str, Any] | None:
    try:
        return _of_json(json.loads(line)) if line.startswith("{") else _of_combined(line)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _of_combined(line: str) -> dict[str, Any] | None:
    match = _COMBINED.match(line)
    if not match:
        return None
    return {
        "at": _instant(match["at"]),
        "client": match["client"],
        "method": match["method"],
        "target": match["target"],
        "status": int(match["status"]),
        "bytes": 0 if match["bytes"] == "-" else int(match["bytes"]),
        "agent": match["agent"] or "",
        "view": False,
    }


def _of_json(found: dict[str, Any]) -> dict[str, Any]:
    if "request" in found:  # Caddy
        request = found["request"]
        return {
            "at": float(found["ts"]),
            "client": request.get("client_ip") or request["remote_ip"],
            "method": request["method"],
            "target": request["uri"],
            "status": int(found["status"]),
            "bytes": int(found.get("size", 0)),
            "agent": next(iter(request.get("headers", {}).get("User-Agent", [])), ""),
            "view": False,
        }
    return {
        "at": dt.datetime.fromisoformat(found["at"]).timestamp(),
        "client": "",
        "method": found["method"],
        "target": found["path"],
        "status": int(found["status"]),
        "bytes": int(found["bytes"]),
        "agent": found["agent"],
        "view": bool(found["view"]),
    }


def _instant(text: str) -> float:
    """Read the time of a log, whose months are English in every locale."""
    day, month, rest = text.split("/", 2)
    numbered = f"{day}/{_MONTHS.index(month) + 1:02}/{rest}"
    return dt.datetime.strptime(numbered, "%d/%m/%Y:%H:%M:%S %z").timestamp()

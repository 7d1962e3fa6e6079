"""What the daemon itself says is wrong: a full disk cannot be noted in a store that lies on it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator

from feedpub.config import Config
from feedpub.store import has_owner

_SECONDS = 2.0  # the daemon answers from its memory
_MOST_BYTES = 64 * 1024
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  asked, not listened on


def daemon_problems(config: Config) -> Iterator[str]:
    """Yield what a running daemon is in trouble with, and since when; nothing where none runs."""
    if not has_owner(config.store.url):
        return
    try:
        report = json.loads(_asked(config))
        problems = report["problems"]
        yield from (f"{each['subject']}: {each['cause']} (since {each['since']})" for each in problems)
    except ConnectionRefusedError:  # a build owns the store, and serves nothing
        return
    except (OSError, http.client.HTTPException) as error:
        yield f"the process that owns the store does not answer at {_address(config)}: {error}"
    except (ValueError, TypeError, KeyError):  # a build owns the store, and something else listens there
        return


def _asked(config: Config) -> bytes:
    host = _ANYWHERE.get(config.server.host, config.server.host)
    connection = http.client.HTTPConnection(host, config.server.port, timeout=_SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Connection": "close"})
        return connection.getresponse().read(_MOST_BYTES)  # 503 when there is a trouble
    finally:
        connection.close()


def _address(config: Config) -> str:
    return f"http://{config.server.host}:{config.server.port}/healthz"

"""What the daemon itself says is wrong: a full disk cannot be noted in a store that lies on it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator

from feedpub.config import Config
from feedpub.store import Store, has_owner

_ADDRESS = "address of the daemon"  # the note
_SECONDS = 2.0  # the daemon answers from its memory
_MOST_BYTES = 64 * 1024
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  asked, not listened on


def note_address(store: Store, config: Config) -> None:
    """Remember where the daemon serves: the configuration may say something else before it ends."""
    address = f"{config.server.host} {config.server.port}"
    if store.find_note(_ADDRESS) != address:
        store.note(_ADDRESS, address)


def daemon_problems(config: Config, store: Store) -> Iterator[str]:
    """Yield what a running daemon is in trouble with, and since when; nothing where none runs."""
    if not has_owner(config.store.url):
        return
    host, port = _address(config, store)
    try:
        report = json.loads(_asked(host, port))
        problems = report["problems"]
        yield from report["notes"]
        yield from (f"{each['subject']}: {each['cause']} (since {each['since']})" for each in problems)
    except ConnectionRefusedError:  # a build owns the store, and serves nothing
        return
    except (OSError, http.client.HTTPException) as error:
        yield f"the process that owns the store does not answer at http://{host}:{port}/healthz: {error}"
    except (ValueError, TypeError, KeyError):  # a build owns the store, and something else listens there
        return


def _asked(host: str, port: int) -> bytes:
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    try:
        connection.request("GET", "/healthz", headers={"Connection": "close"})
        return connection.getresponse().read(_MOST_BYTES)  # 503 when there is a trouble
    finally:
        connection.close()


def _address(config: Config, store: Store) -> tuple[str, int]:
    noted = (store.find_note(_ADDRESS) or "").split()
    host, port = noted or (config.server.host, str(config.server.port))
    return _ANYWHERE.get(host, host), int(port)

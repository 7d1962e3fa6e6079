"""feedpub's own server, over a folder that the test publishes to."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack

import pytest

from feedpub.server import Manners, Server, bind, create_app


@pytest.fixture
def serve():
    """Give a function that serves a folder on a real port and returns the address."""
    with ExitStack() as running:

        def start(folder) -> str:
            socket = bind("127.0.0.1", 0)
            address = f"http://127.0.0.1:{socket.getsockname()[1]}/"
            folder.mkdir(exist_ok=True)
            server = Server(create_app(folder, Manners(site_url=address), health=lambda: {"status": "ok"}))
            thread = threading.Thread(target=lambda: asyncio.run(server.serve(socket)))
            thread.start()
            running.callback(thread.join)
            running.callback(server.stop)
            return address

        yield start

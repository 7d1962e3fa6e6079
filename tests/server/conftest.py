"""A real server on a real port, over a folder that the test fills."""

import asyncio
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from feedpub.render import is_gone
from feedpub.server import Manners, Server, bind, create_app

SITE_URL = "https://news.example.org/desk/"

FILES = {
    "index.html": b"<!doctype html><title>Home</title>",
    "feeds/index.html": b"<!doctype html><title>Feeds</title>",
    "feeds/news.rss": b"<rss/>" * 100,
    "feeds/news.atom": b"<feed/>" * 100,
    "feeds/news.json": b"{}",
    "feeds/news.json.bak": b"unfinished",
    "feeds/.hidden.rss": b"hidden",
    "feeds/.feedpub-0123456789abcdef.tmp": b"unfinished",
    "feeds/empty.rss": b"",
    "2024/10/21/grüße & co/index.html": b"<!doctype html><title>Entry</title>",
    "style.css": b"a{}",
    "sitemap.xml": b"<urlset/>",
    "feeds.opml": b"<opml/>",
}


@dataclass
class Site:
    """A served folder, asked over real connections."""

    root: Path
    port: int
    client: httpx2.Client
    health: dict = field(default_factory=lambda: {"status": "ok"})

    def ask(self, method, path, **headers):
        """Send one request and return the answer; underscores in header names stand for hyphens."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path, headers=fields)

    def get(self, path, **headers):
        """Send a GET."""
        return self.ask("GET", path, **headers)

    def raw(self, sent):
        """Send bytes as they are; return all that comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(sent)
            received = b""
            while chunk := connection.recv(65536):
                received += chunk
        return received


class Switchboard:
    """An ASGI application that passes everything on to the one of the running test.

    Starting and stopping a server for each of hundreds of tests would take minutes.
    """

    app = None

    def again(self, raw, peer):
        """Answer what came before, as far as the application of the running test does."""
        return self.app.again(raw, peer)

    def at_once(self, scope, *, keep_alive, raw=b""):
        """Answer without waiting, as far as the application of the running test does."""
        return self.app.at_once(scope, keep_alive=keep_alive, raw=raw)

    async def __call__(self, scope, receive, send):
        """Answer as the application of the running test does."""
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def running():
    """Run one server for all tests: give its switchboard, its port and a client."""
    switchboard = Switchboard()
    sock = bind("127.0.0.1", 0)
    port = sock.getsockname()[1]
    server = Server(switchboard)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sock)))
    thread.start()
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        yield switchboard, port, client
    server.stop()
    thread.join()


@pytest.fixture
def site(tmp_path, running):
    """Serve the files above, with something beside the folder that must never be served."""
    root = tmp_path / "output"
    for path, content in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    (tmp_path / "secret.txt").write_text("TOPSECRET")
    (tmp_path / "output-secret").mkdir()
    (tmp_path / "output-secret" / "secret.txt").write_text("TOPSECRET")
    switchboard, port, client = running
    site = Site(root, port, client)
    switchboard.app = create_app(root, Manners(site_url=SITE_URL), health=lambda: site.health, gone=is_gone)
    return site

"""A hub or a subscriber on a real socket: it answers as it is told and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """Give the fields of the body."""
        return dict(parse_qsl(self.body.decode()))

    @property
    def query(self) -> dict[str, str]:
        """Give the fields of the target."""
        return dict(parse_qsl(urlsplit(self.target).query))


@dataclass(frozen=True)
class Answer:
    """What goes out."""

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def confirm(request: Request) -> Answer:
    """Answer as a subscriber does: repeat a challenge, take content."""
    challenge = request.query.get("hub.challenge", "")
    return Answer(200, body=challenge.encode()) if request.method == "GET" else Answer(202)


class Peer:
    """Answers with `script`: each of its answers once, and the last of them from then on."""

    def __init__(self, *script: Answer | Callable[[Request], Answer]) -> None:
        self.script = list(script) or [Answer()]
        self.requests: list[Request] = []
        self.url = ""
        self._news = threading.Condition()

    def answer(self, request: Request) -> Answer:
        """Take one request."""
        with self._news:
            self.requests.append(request)
            step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
            self._news.notify_all()
        return step if isinstance(step, Answer) else step(request)

    def wait(self, count: int, *, method: str = "", seconds: float = 20) -> list[Request]:
        """Wait until so many requests came in; give them."""
        with self._news:
            assert self._news.wait_for(lambda: len(self._of(method)) >= count, seconds), self.requests
            return self._of(method)

    def _of(self, method: str) -> list[Request]:
        return [request for request in self.requests if request.method in (method or request.method)]


@contextmanager
def serving(peer: Peer, *, host: str = "127.0.0.1", port: int = 0, tls=None) -> Iterator[Peer]:
    """Let a peer answer at an address."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = peer.answer(Request(self.command, self.path, headers, self.rfile.read(length)))
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = _answer  # noqa: N815  the names that http.server wants

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.handle_error = lambda *_args: None  # a client that hangs up is part of some tests
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    peer.url = f"http{'s' if tls else ''}://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

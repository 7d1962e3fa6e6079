"""One connection: uvicorn's protocol with limits, deadlines and answers of ours to what is no request.

uvicorn alone waits for ever for a request to be whole, and for its answer to be read.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from httptools import HttpParserInvalidMethodError
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from feedpub.server.answering import refusal
from feedpub.server.headers import ALLOW

if TYPE_CHECKING:
    from feedpub.server.patience import Patience

_MAX_TARGET_BYTES = 8 * 1024  # RFC 9110 section 4.1 asks for 8,000
_MAX_HEADERS_BYTES = 32 * 1024
_MAX_HEADERS = 100

_SAID = {HTTPStatus.NOT_IMPLEMENTED: ALLOW, HTTPStatus.SERVICE_UNAVAILABLE: {"retry-after": "10"}}

_METHOD = re.compile(rb"[A-Za-z-]{1,32} /")


class _RefusedError(Exception):
    """Ends the parsing of a request that will not be answered otherwise."""


class Connection(HttpToolsProtocol):
    """A client's connection, under the eyes of a `Patience`."""

    def __init__(self, patience: Patience, *args: Any, **keywords: Any) -> None:  # noqa: ANN401  uvicorn's own
        super().__init__(*args, **keywords)
        self._patience = patience
        self._refused_as: HTTPStatus | None = None
        self._received = b""  # what is being parsed
        self._header_bytes = 0
        self.due: float | None = None  # until when the request in hand must be whole, by the monotonic clock
        self.unread = 0  # bytes of answers that waited for the client when it was last looked at
        self.unread_since = 0.0

    @property
    def waits(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or bool(self.cycle.response_complete)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a client in, if there is room."""
        super().connection_made(transport)
        self.due = time.monotonic() + self._patience.request_seconds
        if not self._patience.admit(self):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self._patience.forget(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read more of a request; the time for it begins with its first byte."""
        if self.transport.is_closing():
            return
        if self.due is None and self.waits:
            self.due = time.monotonic() + self._patience.request_seconds
        self._received = data
        super().data_received(data)
        self._received = b""

    def resume_writing(self) -> None:
        """Note that the client has read some of its answer."""
        self.unread = 0
        super().resume_writing()

    def on_message_begin(self) -> None:
        """Begin to read a request."""
        self._header_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Read a piece of the target."""
        super().on_url(url)
        if len(self.url) > _MAX_TARGET_BYTES:
            self._stop(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Read one header field."""
        super().on_header(name, value)
        self._header_bytes += len(name) + len(value) + len(b": \r\n")
        if self._header_bytes > _MAX_HEADERS_BYTES or len(self.headers) > _MAX_HEADERS:
            self._stop(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """Have a request answered that has one Host and a target that can be understood."""
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() != "1.0"):
            self._stop(HTTPStatus.BAD_REQUEST)  # RFC 9112 section 3.2
        if self.url == b"*":
            self.url = b"/*"  # the whole server, which no file is
        super().on_headers_complete()
        self._patience.busy(self)

    def on_message_complete(self) -> None:
        """Stop the clock: the request is whole."""
        self.due = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, or answer the one that came meanwhile."""
        super().on_response_complete()
        if self.waits:
            self._patience.idle(self)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  it would tell which software this is
        """Answer what is no request, or one that was refused while it was read."""
        if isinstance(sys.exc_info()[1], HttpParserInvalidMethodError) and _METHOD.match(self._received):
            self._refuse(HTTPStatus.NOT_IMPLEMENTED)
        else:
            self._refuse(self._refused_as or HTTPStatus.BAD_REQUEST)

    def end(self, status: HTTPStatus | None = None) -> None:
        """End the connection; who has begun a request hears why."""
        if status and self.waits and self._begun:
            self._refuse(status)
        self.transport.abort()

    @property
    def _begun(self) -> bool:
        return self.scope is not None and not self.transport.get_write_buffer_size()

    def _stop(self, status: HTTPStatus) -> None:
        self._refused_as = status
        raise _RefusedError

    def _refuse(self, status: HTTPStatus) -> None:
        if self.waits and not self.transport.is_closing():
            response = refusal(status, {**_SAID.get(status, {}), "connection": "close"})
            lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
            lines += [name + b": " + value for name, value in response.raw_headers]
            self.transport.write(b"\r\n".join([*lines, b"", bytes(response.body)]))
        self.transport.close()

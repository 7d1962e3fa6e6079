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

from feedpub.server.headers import ALLOW
from feedpub.server.replies import refusal

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
        # How an application answers requests for which nothing has to be waited for, and those that came
        # before, if it has such ways.
        self._at_once = getattr(self.app, "at_once", None)
        self._again = getattr(self.app, "again", None)
        self._begun = False  # whether part of a request was received that has no answer yet
        self._whole = False  # whether the request that is being parsed began with what was received last
        self._header_bytes = 0
        self._idle = False  # whether it waits for another request
        self.due: float | None = None  # until when its request must be whole, by the monotonic clock
        self.unread = 0  # bytes of answers that waited for the client when it was last looked at
        self.unread_since = 0.0

    @property
    def waits(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or bool(self.cycle.response_complete)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a client in, if there is room."""
        super().connection_made(transport)
        self.due = time.monotonic() + self._patience.limits.request_seconds
        if not self._patience.admit(self):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self._patience.forget(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read more of a request."""
        if self.transport.is_closing():
            return
        if not self._begun and self._answer_again(data):
            return
        self._received, self._whole = data, not self._begun
        super().data_received(data)
        self._received = b""

    def resume_writing(self) -> None:
        """Note that the client has read some of its answer."""
        self.unread = 0
        super().resume_writing()

    def on_message_begin(self) -> None:
        """Begin to read a request; the time for it begins with its first byte."""
        self._header_bytes = 0
        self._begun = True
        if self._idle:
            self._idle = False
            self.due = time.monotonic() + self._patience.limits.request_seconds
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Read a piece of the target."""
        super().on_url(url)
        if len(self.url) > _MAX_TARGET_BYTES:
            self._stop(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Read one header field."""
        if name[:1] in b"eE":  # Expect, which is uvicorn's to answer
            super().on_header(name, value)
        else:
            self.headers.append((name.lower(), value))
        self._header_bytes += len(name) + len(value) + 4  # with ": " and the end of the line
        if self._header_bytes > _MAX_HEADERS_BYTES or len(self.headers) > _MAX_HEADERS:
            self._stop(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """Have a request answered that has one Host and a target that can be understood."""
        hosts = [name for name, _ in self.headers].count(b"host")
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() != "1.0"):
            self._stop(HTTPStatus.BAD_REQUEST)  # RFC 9112 section 3.2
        if self.url == b"*":
            self.url = b"/*"  # the whole server, which no file is
        if not self._answer_at_once():
            self._patience.busy(self)
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body, unless its request is answered already."""
        if not self._idle:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the clock: the request is whole."""
        if not self._idle:
            self.due = None
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, or answer the one that came meanwhile.

        In place of uvicorn's own, which sets a timer for every answer.
        """
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        else:
            self._idle, self._begun = True, False
            self.due = time.monotonic() + self._patience.limits.idle_seconds
            self._patience.idle(self)

    def _answer_at_once(self) -> bool:
        """Answer a request for which nothing has to be waited for; return False for any other.

        Nor one that came behind another, or from who does not read what was sent.
        """
        if self._at_once is None or not self.waits or self.flow.write_paused:
            return False
        self.scope["method"] = self.parser.get_method().decode("ascii")
        self.scope["raw_path"], _, self.scope["query_string"] = self.url.partition(b"?")
        lasting = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
        raw, self._whole = (self._received, False) if self._whole else (b"", False)
        answer = self._at_once(self.scope, keep_alive=lasting, raw=raw)
        if answer is None:
            return False
        sent, closing = answer
        self._idle = True
        self.transport.write(sent)
        if closing:
            self.transport.close()
        self.on_response_complete()
        return True

    def _answer_again(self, data: bytes) -> bool:
        """Answer a request that came before, byte for byte; return False for any other."""
        if self._again is None or not self.waits or self.flow.write_paused:
            return False
        sent = self._again(data, self.client[0] if self.client else "")
        if sent is None:
            return False
        self.transport.write(sent)
        self.on_response_complete()
        return True

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  it would tell which software this is
        """Answer what is no request, or one that was refused while it was read."""
        if isinstance(sys.exc_info()[1], HttpParserInvalidMethodError) and _METHOD.match(self._received):
            self._refuse(HTTPStatus.NOT_IMPLEMENTED)
        else:
            self._refuse(self._refused_as or HTTPStatus.BAD_REQUEST)

    def expire(self) -> None:
        """End the connection whose request did not come; who has begun one hears why."""
        if self._idle:
            self.transport.close()
            return
        if self.scope is not None and not self.transport.get_write_buffer_size():
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        self.end()

    def end(self) -> None:
        """End the connection at once."""
        self.transport.abort()

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

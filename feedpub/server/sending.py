"""An answer on its way: the date it carries, and large files in pieces."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from email.utils import formatdate
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Message, Receive, Send

from feedpub.server.answering import Large
from feedpub.server.documents import Documents
from feedpub.server.replies import Reply, refusal

_PIECE_BYTES = 256 * 1024

_CLOSE = (b"connection", b"close")


class Sender:
    """Sends answers; reads large files from `documents`."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._date = (0, (b"date", b""))

    def written(self, response: Reply, *, head: bool, closing: bool) -> bytes:
        """Return an answer as it goes over the wire."""
        end = b"connection: close\r\n\r\n" if closing and not closes(response) else b"\r\n"
        start = response.head + b"date: " + self._now()[1] + b"\r\n" + end
        return start if head else start + bytes(response.body)

    async def send(
        self, response: Response, receive: Receive, send: Send, *, head: bool, closing: bool
    ) -> None:
        """Send an answer; without its body when it is the one to HEAD."""
        if isinstance(response, Large) and not head:
            await self._send_large(response, receive, send, closing=closing)
            return
        await send(self._start(response, closing=closing))
        await send({"type": "http.response.body", "body": b"" if head else response.body})

    async def _send_large(self, response: Large, receive: Receive, send: Send, *, closing: bool) -> None:
        """Send a file in pieces, each when the client has taken most of the one before."""
        try:
            descriptor = self._documents.open(response.document)
        except OSError:  # it was replaced a moment ago, or the disk fails
            busy = refusal(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "1"})
            await send(self._start(busy, closing=closing))
            await send({"type": "http.response.body", "body": busy.body})
            return
        leaving = asyncio.ensure_future(_hear_leaving(receive))
        try:
            await send(self._start(response, closing=closing))
            await _send_pieces(descriptor, response.span, send, leaving)
        finally:
            leaving.cancel()
            with suppress(asyncio.CancelledError):
                await leaving
            os.close(descriptor)

    def _start(self, response: Response, *, closing: bool) -> Message:
        headers = [self._now(), *response.raw_headers]
        if closing and not closes(response):
            headers.append(_CLOSE)
        return {"type": "http.response.start", "status": response.status_code, "headers": headers}

    def _now(self) -> tuple[bytes, bytes]:
        """Return the date. uvicorn's may be a second old, and so older than the file it goes with."""
        now = int(time.time())
        if now != self._date[0]:
            self._date = (now, (b"date", formatdate(now, usegmt=True).encode()))
        return self._date[1]


def closes(response: Response) -> bool:
    """Return whether the connection ends with an answer."""
    return _CLOSE in response.raw_headers


async def _send_pieces(descriptor: int, span: range, send: Send, leaving: asyncio.Future[None]) -> None:
    for first in range(span.start, span.stop, _PIECE_BYTES):
        length = min(_PIECE_BYTES, span.stop - first)
        piece = await asyncio.to_thread(os.pread, descriptor, length, first)
        if leaving.done():  # nobody listens any more
            return
        more = first + length < span.stop
        await send({"type": "http.response.body", "body": piece, "more_body": more})


async def _hear_leaving(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

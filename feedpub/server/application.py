"""From a request to its answer.

An ASGI application of our own over Starlette's parts: its StaticFiles costs twenty times as much as an
answer from memory, redirects to whatever host the client names, and knows no feed's media type.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from feedpub.server import hub
from feedpub.server.conditions import evaluate
from feedpub.server.documents import Documents
from feedpub.server.headers import COMMON
from feedpub.server.push import PushDoors
from feedpub.server.targets import parts_of, path_of

_CACHE_BYTES = 32 * 1024 * 1024
_MAX_TARGET_BYTES = 8 * 1024  # RFC 9110 section 4.1 asks for 8,000
_MAX_HEADERS_BYTES = 32 * 1024
_HUB = b"/hub"
_ALLOW = {"allow": "GET, HEAD, OPTIONS"}

Health: TypeAlias = Callable[[], Mapping[str, object]]
Gone: TypeAlias = Callable[[bytes], bool]


def create_app(
    root: Path,
    *,
    site_url: str,
    health: Health,
    gone: Gone = lambda _page: False,
    push: PushDoors | None = None,
) -> ASGIApp:
    """Make the ASGI application that serves the folder `root`.

    `site_url` ends with "/" and is where redirects lead. `health` gives what ``/healthz`` shows; the
    server counts as healthy while its "status" is "ok". `gone` tells from a page's bytes whether it says
    that what stood there is gone; each version of a page is asked about once. `push` says what can be
    subscribed to, and where.
    """
    push = push or PushDoors()
    documents = Documents(root, cache_bytes=_CACHE_BYTES, gone=gone, links=push.links)
    return Application(documents, root=root, site_url=site_url, health=health, push=push)


class Application:
    """Answers requests for the files of one folder."""

    def __init__(
        self, documents: Documents, *, root: Path, site_url: str, health: Health, push: PushDoors
    ) -> None:
        self._documents = documents
        self._feeds = root / "feeds"
        self._site_url = site_url
        self._health = health
        self._push = push

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI); its body, if any, is read by the hub alone."""
        assert scope["type"] == "http"
        try:
            if self._push.subscribe and scope["raw_path"] == _HUB and not _too_long(scope):
                response = await hub.answer(scope, receive, self._push.subscribe)
            else:
                response = self._answer(scope)
        except OSError:  # the disk, or too many open files
            response = _refusal(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "10"})
        # The date is made here, since uvicorn's may be a second old: older than the file it goes with.
        date = (b"date", formatdate(usegmt=True).encode())
        start = {
            "type": "http.response.start",
            "status": response.status_code,
            "headers": [date, *response.raw_headers],
        }
        await send(start)
        await send(
            {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else response.body}
        )

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={**COMMON, **_ALLOW})
        if scope["method"] not in ("GET", "HEAD"):
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, {**_ALLOW, "connection": "close"})
        if too_long := _too_long(scope):
            return _refusal(too_long, {"connection": "close"})
        parts = parts_of(scope["raw_path"])
        if parts is None:
            return _refusal(HTTPStatus.NOT_FOUND)
        if parts == ["healthz"]:
            return self._report()
        return self._file(parts, scope)

    def _file(self, parts: list[str], scope: Scope) -> Response:
        headers = Headers(scope=scope)
        document = self._documents.find([*parts[:-1], parts[-1] or "index.html"])
        if document is None:
            return self._no_file(parts)
        if document.whole.status_code == HTTPStatus.GONE:
            return document.whole  # preconditions are for what would be a success (RFC 9110 section 13.2.1)
        self._push.heard(parts, scope)
        status = evaluate(headers, etag=document.etag, modified=document.modified)
        if status is HTTPStatus.OK:
            return document.whole
        return document.unchanged if status is HTTPStatus.NOT_MODIFIED else _refusal(status)

    def _no_file(self, parts: list[str]) -> Response:
        if parts[-1] and self._documents.find([*parts, "index.html"]):
            return _refusal(HTTPStatus.MOVED_PERMANENTLY, {"location": f"{self._site_url}{path_of(parts)}/"})
        if parts[0] == "feeds" and not self._feeds.is_dir():
            # Before the first publication a reader must not conclude that the feed is gone for good.
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "30"})
        return _refusal(HTTPStatus.NOT_FOUND)

    def _report(self) -> Response:
        report = self._health()
        return Response(
            json.dumps(report, ensure_ascii=False, indent=1) + "\n",
            status_code=HTTPStatus.OK if report.get("status") == "ok" else HTTPStatus.SERVICE_UNAVAILABLE,
            headers={**COMMON, "cache-control": "no-store"},
            media_type="application/json",
        )


def _too_long(scope: Scope) -> HTTPStatus | None:
    """Say what of the request is longer than any honest one.

    uvicorn limits only what it has not parsed yet, so whether it refuses depends on the packets.
    """
    if len(scope["raw_path"]) + len(scope["query_string"]) > _MAX_TARGET_BYTES:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if sum(len(name) + len(value) + len(": \r\n") for name, value in scope["headers"]) > _MAX_HEADERS_BYTES:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return None


def _refusal(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Response:
    """Make a small answer that says nothing but its status: nothing of the request comes back."""
    return Response(
        f"{status.value} {status.phrase}\n",
        status_code=status,
        headers={**COMMON, "cache-control": "no-cache", **(headers or {})},
        media_type="text/plain",
    )

"""The ASGI application: who may ask, what is sent, what is told of it.

One of our own over Starlette's parts: its StaticFiles costs twenty times as much as an answer from memory,
redirects to whatever host the client names, and knows no feed's media type.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TypeAlias

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from feedpub.server import hub
from feedpub.server.answering import Answering, Large, refusal
from feedpub.server.clients import Clients, Network, household
from feedpub.server.conditions import Fields
from feedpub.server.deltas import Deltas
from feedpub.server.documents import Documents
from feedpub.server.headers import COMMON, is_feed
from feedpub.server.push import PushDoors
from feedpub.server.records import Answer, OnAnswer
from feedpub.server.sending import Sender
from feedpub.server.targets import parts_of
from feedpub.server.throttle import Throttle

_CACHE_BYTES = 64 * 1024 * 1024
_HUB = b"/hub"

Health: TypeAlias = Callable[[], Mapping[str, object]]
Gone: TypeAlias = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the server treats those who ask."""

    site_url: str  # ends with "/"; where redirects lead
    browser_view: bool = True  # whether browsers are shown a page at the address of a feed
    moved: Mapping[str, str] = field(default_factory=dict)  # old path: new path, both relative to the site
    trusted_proxies: tuple[Network, ...] = ()  # whose word on the client's address counts
    requests_per_second: float = 0  # most of one client, on average; 0 for any number


def create_app(
    root: Path,
    manners: Manners,
    *,
    health: Health,
    gone: Gone = lambda _page: False,
    push: PushDoors | None = None,
    on_answer: Sequence[OnAnswer] = (),
) -> ASGIApp:
    """Make the ASGI application that serves the folder `root`.

    `health` gives what ``/healthz`` shows; the server counts as healthy while its "status" is "ok". `gone`
    tells from a page's bytes whether it says that what stood there is gone; each version of a page is asked
    about once. `push` says what can be subscribed to, and where. Each of `on_answer` hears of every answer.
    """
    push = push or PushDoors()
    deltas = Deltas()
    documents = Documents(
        root,
        cache_bytes=_CACHE_BYTES,
        gone=gone,
        links=push.links,
        view=manners.browser_view,
        loaded=deltas.learn,
    )
    answering = Answering(
        documents,
        deltas,
        root=root,
        site_url=manners.site_url,
        view=manners.browser_view,
        moved=manners.moved,
    )
    return Application(answering, documents, manners, health=health, push=push, on_answer=on_answer)


class Application:
    """Answers requests for the files of one folder."""

    def __init__(
        self,
        answering: Answering,
        documents: Documents,
        manners: Manners,
        *,
        health: Health,
        push: PushDoors,
        on_answer: Sequence[OnAnswer],
    ) -> None:
        self._answering = answering
        self._sender = Sender(documents)
        self._health = health
        self._clients = Clients(manners.trusted_proxies)
        self._throttle = Throttle(manners.requests_per_second)
        self._push = push
        self._on_answer = on_answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        assert scope["type"] == "http"
        fields = fields_of(scope)
        client = self._clients.of(scope["client"][0] if scope["client"] else "", fields)
        closing = False
        response = self._refuse(client)
        if response is None and self._push.subscribe and scope["raw_path"] == _HUB:
            response = await hub.answer(scope, receive, self._push.subscribe)
        elif response is None:
            response = self._decide(scope, fields)
            closing = _has_body(fields)  # it is not read, so nothing can follow it
        await self._sender.send(response, receive, send, head=scope["method"] == "HEAD", closing=closing)
        self._tell(response, scope, fields, client)

    def _tell(self, response: Response, scope: Scope, fields: Fields, client: str | None) -> None:
        if self._push.fetched and response.status_code < HTTPStatus.BAD_REQUEST:
            peer = client or (scope["client"][0] if scope["client"] else "")
            self._push.heard(parts_of(scope["raw_path"]), peer, fields.get("user-agent", ""))
        if self._on_answer:
            record = _record(response, scope, fields)
            for tell in self._on_answer:
                tell(record, client)

    def _refuse(self, client: str | None) -> Response | None:
        wait = self._throttle.wait(household(client), time.monotonic()) if client else 0
        return refusal(HTTPStatus.TOO_MANY_REQUESTS, {"retry-after": str(wait)}) if wait else None

    def _decide(self, scope: Scope, fields: Fields) -> Response:
        method, target = scope["method"], scope["raw_path"]
        if target == b"/healthz" and method in ("GET", "HEAD"):
            return self._report()
        try:
            return self._answering.answer(method, target, scope["query_string"], fields)
        except OSError:  # the disk, or too many open files
            return refusal(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "10"})

    def _report(self) -> Response:
        report = self._health()
        return Response(
            json.dumps(report, ensure_ascii=False, indent=1) + "\n",
            status_code=HTTPStatus.OK if report.get("status") == "ok" else HTTPStatus.SERVICE_UNAVAILABLE,
            headers={**COMMON, "cache-control": "no-store"},
            media_type="application/json",
        )


def fields_of(scope: Scope) -> Fields:
    """Return the header fields by name in lower case, those with one name joined (RFC 9110 section 5.3)."""
    fields: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


def _has_body(fields: Fields) -> bool:
    return "transfer-encoding" in fields or fields.get("content-length", "0") != "0"


def _record(response: Response, scope: Scope, fields: Fields) -> Answer:
    path = parts_of(scope["raw_path"])
    name, _, form = path[-1].rpartition(".") if path and is_feed(path) else ("", "", "")
    body = len(response.span) if isinstance(response, Large) else len(response.body)
    return Answer(
        at=time.time(),
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        status=response.status_code,
        bytes=0 if scope["method"] == "HEAD" else body,
        agent=fields.get("user-agent", ""),
        feed=name or None,
        format=form or None,
        view=bool(name) and response.headers.get("content-type", "").startswith("text/html"),
        conditional="if-none-match" in fields or "if-modified-since" in fields,
        delta=response.status_code == HTTPStatus.IM_USED,
    )

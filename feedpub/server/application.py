"""The ASGI application: who may ask, what is sent, what is told of it.

One of our own over Starlette's parts: its StaticFiles costs twenty times as much as an answer from memory,
redirects to whatever host the client names, and knows no feed's media type.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, TypeAlias

from starlette.types import Receive, Scope, Send

from feedpub.server import hub
from feedpub.server.answering import Answering, Decision, Large
from feedpub.server.clients import Clients, Network, household
from feedpub.server.conditions import Fields
from feedpub.server.deltas import Deltas
from feedpub.server.documents import Documents
from feedpub.server.headers import COMMON, is_feed
from feedpub.server.push import PushDoors
from feedpub.server.records import Answer, OnAnswer
from feedpub.server.repeats import Known, Repeats
from feedpub.server.replies import Reply, refusal
from feedpub.server.sending import Sender, closes
from feedpub.server.targets import parts_of
from feedpub.server.throttle import Throttle
from feedpub.server.variants import Document
from feedpub.server.variants import Path as DocumentPath

_CACHE_BYTES = 64 * 1024 * 1024
_HUB = b"/hub"
_DECIDED = "feedpub.decided"  # where a request keeps its answer until it can be sent

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
) -> Application:
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


class Request(NamedTuple):
    """A request, and who it comes from."""

    scope: Scope
    fields: Fields
    peer: str  # who the connection is with
    client: str | None  # who asks; None for a proxy of ours that asks for nobody else

    @property
    def head(self) -> bool:
        """Whether the answer has no body."""
        return bool(self.scope["method"] == "HEAD")

    @property
    def has_body(self) -> bool:
        """Whether something comes after its head."""
        return "transfer-encoding" in self.fields or self.fields.get("content-length", "0") != "0"


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
        self._documents = documents
        self._sender = Sender(documents)
        self._repeats = Repeats()
        self._health = health
        self._clients = Clients(manners.trusted_proxies)
        self._throttle = Throttle(manners.requests_per_second)
        self._push = push
        self._on_answer = on_answer

    def again(self, raw: bytes, peer: str) -> bytes | None:
        """Answer a request that came before with these bytes; None where it must be taken apart.

        Return what goes over the wire; the connection goes on.
        """
        known = self._repeats.find(raw)
        if known is None:
            return None
        if self._found(known.document.path) is not known.document:
            self._repeats.forget(raw)
            return None
        client = self._clients.of(peer, known.fields)
        if self._refuse(client):
            return None
        self._tell(known.record, known.fields, peer, client)
        return self._sender.written(known.reply, head=known.head, closing=False)

    def at_once(self, scope: Scope, *, keep_alive: bool, raw: bytes = b"") -> tuple[bytes, bool] | None:
        """Answer a request for which nothing has to be waited for, as nearly all; None for the others.

        Return what goes over the wire, and whether the connection ends with it. It spares a task and what
        ASGI does to every header field, which is more than the rest of an answer costs. `raw` is what the
        request came in, where nothing was received before it that has no answer yet.
        """
        if self._is_for_hub(scope):
            return None
        request = self._read(scope)
        decision = self._decide(request)
        reply = decision.reply
        if isinstance(reply, Large) and not request.head:
            scope[_DECIDED] = (request, decision)
            return None
        closing = request.has_body or not keep_alive or closes(reply)
        sent = self._sender.written(reply, head=request.head, closing=closing)
        record = _record(request, reply)
        if decision.document and raw and not closing:
            known = Known(decision.document, request.fields, reply, request.head, record)
            self._repeats.remember(raw, known)
        self._tell(record, request.fields, request.peer, request.client)
        return sent, closing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        assert scope["type"] == "http"
        if self._is_for_hub(scope):
            await self._ask_hub(scope, receive, send)
            return
        request, decision = scope.get(_DECIDED) or self._read_and_decide(scope)
        # A body is not read, so nothing can follow it.
        await self._sender.send(decision.reply, receive, send, head=request.head, closing=request.has_body)
        self._tell(_record(request, decision.reply), request.fields, request.peer, request.client)

    def _is_for_hub(self, scope: Scope) -> bool:
        return self._push.subscribe is not None and scope["raw_path"] == _HUB

    async def _ask_hub(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._push.subscribe is not None
        request = self._read(scope)
        response = self._refuse(request.client) or await hub.answer(scope, receive, self._push.subscribe)
        await self._sender.send(response, receive, send, head=request.head, closing=False)

    def _read(self, scope: Scope) -> Request:
        fields = fields_of(scope)
        peer = scope["client"][0] if scope["client"] else ""
        return Request(scope=scope, fields=fields, peer=peer, client=self._clients.of(peer, fields))

    def _read_and_decide(self, scope: Scope) -> tuple[Request, Decision]:
        request = self._read(scope)
        return request, self._decide(request)

    def _decide(self, request: Request) -> Decision:
        scope = request.scope
        method, target = scope["method"], scope["raw_path"]
        if refused := self._refuse(request.client):
            return Decision(refused)
        if target == b"/healthz" and method in ("GET", "HEAD"):
            return Decision(self._report())
        try:
            return self._answering.answer(method, target, scope["query_string"], request.fields)
        except OSError:  # the disk, or too many open files
            return Decision(refusal(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "10"}))

    def _found(self, path: DocumentPath) -> Document | None:
        try:
            return self._documents.find(path)
        except OSError:
            return None

    def _refuse(self, client: str | None) -> Reply | None:
        wait = self._throttle.wait(household(client), time.monotonic()) if client else 0
        return refusal(HTTPStatus.TOO_MANY_REQUESTS, {"retry-after": str(wait)}) if wait else None

    def _report(self) -> Reply:
        report = self._health()
        return Reply(
            json.dumps(report, ensure_ascii=False, indent=1) + "\n",
            status_code=HTTPStatus.OK if report.get("status") == "ok" else HTTPStatus.SERVICE_UNAVAILABLE,
            headers={**COMMON, "cache-control": "no-store"},
            media_type="application/json",
        )

    def _tell(self, record: Answer, fields: Fields, peer: str, client: str | None) -> None:
        if self._push.fetched and record.status < HTTPStatus.BAD_REQUEST:
            path = parts_of(record.path.encode("latin-1"))
            self._push.heard(path, client or peer, fields.get("user-agent", ""))
        if self._on_answer:
            now = Answer(time.time(), *record[1:])
            for tell in self._on_answer:
                tell(now, client)


def fields_of(scope: Scope) -> Fields:
    """Return the header fields by name in lower case, those with one name joined (RFC 9110 section 5.3)."""
    fields: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


@lru_cache(maxsize=1024)
def _feed_of(target: bytes) -> tuple[str, str]:
    """Return the name and the format of the feed at this address, both "" where there is none."""
    path = parts_of(target)
    name, _, form = path[-1].rpartition(".") if path and is_feed(path) else ("", "", "")
    return name, form


def _record(request: Request, response: Reply) -> Answer:
    scope, fields = request.scope, request.fields
    name, form = _feed_of(scope["raw_path"])
    body = len(response.span) if isinstance(response, Large) else len(response.body)
    return Answer(
        at=0.0,  # told when it is sent
        method=scope["method"],
        path=scope["raw_path"].decode("latin-1"),
        status=response.status_code,
        bytes=0 if request.head else body,
        agent=fields.get("user-agent", ""),
        feed=name or None,
        format=form or None,
        view=bool(name) and (response.media_type or "").startswith("text/html"),
        conditional="if-none-match" in fields or "if-modified-since" in fields,
        delta=response.status_code == HTTPStatus.IM_USED,
    )

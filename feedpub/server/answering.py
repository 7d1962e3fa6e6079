"""From a request to its answer: a decision without waiting and without sending."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path as FolderPath
from typing import NamedTuple

from feedpub.server import views
from feedpub.server.conditions import Fields, evaluate, wants_part
from feedpub.server.deltas import Deltas
from feedpub.server.documents import Documents
from feedpub.server.headers import ALLOW, options
from feedpub.server.preferences import choose_coding
from feedpub.server.ranges import Unsatisfiable, read_range
from feedpub.server.replies import Reply, refusal
from feedpub.server.targets import parts_of, path_of
from feedpub.server.variants import Document, Path, Variant


class Large(Reply):
    """An answer whose body is the bytes `span` of a file too large for the memory."""

    document: Document
    span: range


class Decision(NamedTuple):
    """The answer to a request, and the document it follows from alone; None where more than that decided."""

    reply: Reply
    document: Document | None = None


class Answering:
    """Finds the answer to a request for one of the files of a folder."""

    def __init__(
        self,
        documents: Documents,
        deltas: Deltas,
        *,
        root: FolderPath,
        site_url: str,
        view: bool,
        moved: Mapping[str, str],
    ) -> None:
        self._documents = documents
        self._deltas = deltas
        self._feeds = root / "feeds"
        self._site_url = site_url
        self._view = view
        self._moved = moved

    def answer(self, method: str, target: bytes, query: bytes, fields: Fields) -> Decision:
        """Answer a request; raises OSError when the disk cannot."""
        path = parts_of(target)
        if method == "OPTIONS":
            return Decision(Reply(status_code=HTTPStatus.NO_CONTENT, headers=options(path or ("",))))
        if method not in ("GET", "HEAD"):
            return Decision(refusal(HTTPStatus.METHOD_NOT_ALLOWED, {**ALLOW, "connection": "close"}))
        if path is None:
            return Decision(refusal(HTTPStatus.NOT_FOUND))
        document = self._documents.find(path if path[-1] else (*path[:-1], "index.html"))
        if document is None:
            return Decision(self._no_file(path))
        if self._view and views.wants_page(fields, path) and views.FORCED not in query:
            return Decision(self._document(self._page_of(path) or document, method, fields))
        return Decision(self._document(document, method, fields), document)

    def _document(self, document: Document, method: str, fields: Fields) -> Reply:
        partial = method == "GET" and "range" in fields and not document.gone
        coding = None if partial else choose_coding(fields.get("accept-encoding"), document.codings)
        variant = self._documents.variant(document, coding)
        if document.gone:
            return variant.whole  # preconditions are for what would be a success (RFC 9110 section 13.2.1)
        status = evaluate(fields, etag=variant.etag, modified=document.modified)
        if status is HTTPStatus.NOT_MODIFIED:
            return variant.unchanged
        if status is not HTTPStatus.OK:
            return refusal(status)
        if partial and wants_part(fields, etag=variant.etag, modified=document.modified):
            return _part(document, fields["range"])
        delta = self._deltas.find(document, fields) if method == "GET" and "a-im" in fields else None
        return delta or _whole(document, variant)

    def _page_of(self, path: Path) -> Document | None:
        for page in views.page_paths(path):
            if (found := self._documents.find(page)) and found.held and not found.gone:
                return views.as_view(found)
        return None

    def _no_file(self, path: Path) -> Reply:
        if path[-1] and self._documents.find((*path, "index.html")):
            return _moved(f"{self._site_url}{path_of(path)}/")
        if (there := self._moved.get("/".join(path))) is not None:
            return _moved(f"{self._site_url}{there}")
        if path[0] == "feeds" and not self._feeds.is_dir():
            # Before the first publication a reader must not conclude that the feed is gone for good.
            return refusal(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "30"})
        return refusal(HTTPStatus.NOT_FOUND)


def _moved(location: str) -> Reply:
    """Lead elsewhere for good: 301, since some readers learn nothing from a 308."""
    headers = {"location": location, "cache-control": "public, max-age=3600"}
    return refusal(HTTPStatus.MOVED_PERMANENTLY, headers)


def _whole(document: Document, variant: Variant) -> Reply:
    if document.held:
        return variant.whole
    return _large(document, range(document.length), dict(variant.whole.headers))


def _part(document: Document, header: str) -> Reply:
    plain = document.plain
    try:
        span = read_range(header, document.length)
    except Unsatisfiable:
        return refusal(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {"content-range": f"bytes */{document.length}"}
        )
    if span is None:
        return _whole(document, plain)
    headers = {
        **dict(plain.whole.headers),
        "content-range": f"bytes {span.start}-{span.stop - 1}/{document.length}",
        "content-length": str(len(span)),
    }
    del headers["accept-ranges"]  # as it shows
    if not document.held:
        return _large(document, span, headers, status=HTTPStatus.PARTIAL_CONTENT)
    body = bytes(plain.whole.body)[span.start : span.stop]
    return Reply(body, status_code=HTTPStatus.PARTIAL_CONTENT, headers=headers)


def _large(
    document: Document, span: range, headers: Mapping[str, str], *, status: HTTPStatus = HTTPStatus.OK
) -> Large:
    response = Large(status_code=status, headers=headers)
    response.document, response.span = document, span
    return response

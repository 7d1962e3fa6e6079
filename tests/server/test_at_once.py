"""The two ways to an answer, at once and through ASGI, say the same."""

import asyncio

import pytest
from server.conftest import SITE_URL

from feedpub.server import Manners, create_app

REQUESTS = {
    "feed": ("GET", b"/feeds/news.rss", []),
    "compressed": ("GET", b"/feeds/news.rss", [(b"accept-encoding", b"gzip, br")]),
    "unchanged": ("GET", b"/feeds/news.rss", [(b"if-none-match", b"*")]),
    "part": ("GET", b"/feeds/news.rss", [(b"range", b"bytes=0-9")]),
    "head": ("HEAD", b"/", []),
    "missing": ("GET", b"/gone", []),
    "folder": ("GET", b"/feeds", []),
    "refused": ("POST", b"/", [(b"content-length", b"3")]),
    "options": ("OPTIONS", b"/feeds/news.rss", []),
    "health": ("GET", b"/healthz", []),
}


def through_asgi(app, scope):
    """Return what an application sends, as it goes over the wire."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    asyncio.run(app(scope, receive, send))
    start, *bodies = sent
    return start["status"], set(start["headers"]), b"".join(message["body"] for message in bodies)


@pytest.mark.parametrize(("method", "target", "headers"), REQUESTS.values(), ids=REQUESTS)
def test_both_ways_say_the_same(site, method, target, headers):
    """Status, header fields and body."""
    app = create_app(site.root, Manners(site_url=SITE_URL), health=lambda: {"status": "ok"})
    scope = {
        "type": "http", "method": method, "raw_path": target, "query_string": b"", "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"a"), *headers],
    }  # fmt: skip

    sent, _ = app.at_once(dict(scope), keep_alive=True)
    head, _, body = sent.partition(b"\r\n\r\n")
    status, *fields = head.split(b"\r\n")
    asgi_status, asgi_fields, asgi_body = through_asgi(app, dict(scope))

    assert asgi_status == int(status.split()[1])
    assert {n for n, _ in asgi_fields} == {field.partition(b": ")[0] for field in fields}
    assert {b": ".join(f) for f in asgi_fields if f[0] != b"date"} == {f for f in fields if f[:5] != b"date:"}
    assert asgi_body == body

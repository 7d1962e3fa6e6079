"""The documented Caddy configuration serves the output folder as our own server does."""

from __future__ import annotations

import re
import subprocess
from contextlib import contextmanager

import httpx2
import pytest
from serving.test_nginx import PAPER, answering, ours
from system.installation import BULLETIN, Installation, _free_port

from feedpub import config
from feedpub.app.building import build
from feedpub.model import Resource
from feedpub.publish import Folder

WHOLE = """\
{{
    admin off
    auto_https off
    default_bind 127.0.0.1
}}
{site}
"""

COMPARED = (
    "content-type", "cache-control", "x-content-type-options", "content-security-policy", "content-encoding",
    "access-control-allow-origin", "access-control-expose-headers", "content-length",
)  # fmt: skip

PATHS = [
    "/", "/feeds/", "/feeds/news.rss", "/feeds/news.atom", "/feeds/news.json",
    "/feeds/news/archive/2024.atom", "/assets/style.css", "/feeds.opml", "/sitemap.xml",
    "/media/0123abcd.png",
]  # fmt: skip


@contextmanager
def caddy(root, program):
    """Run Caddy as documented, without TLS."""
    port = _free_port()
    [text] = re.findall(r"```caddy\n(.*?)```", PAPER.read_text(), re.DOTALL)
    text = text.replace("news.example.org {", f"http://127.0.0.1:{port} {{")
    text = text.replace("/srv/feedpub/output", str(root / "output"))
    (root / "Caddyfile").write_text(WHOLE.format(site=text))
    environment = {"HOME": str(root), "PATH": "/usr/bin:/bin"}
    command = [program, "run", "--config", root / "Caddyfile", "--adapter", "caddyfile"]
    with (root / "caddy.err").open("w") as said:
        process = subprocess.Popen(command, env=environment, stderr=said)
    with answering(process, f"http://127.0.0.1:{port}", root / "caddy.err") as address:
        yield address


@pytest.fixture(scope="module")
def servers(tmp_path_factory, needs):
    """Serve one output folder with both."""
    program = needs("caddy")
    root = tmp_path_factory.mktemp("site")
    site = Installation(root)
    site.drop("monday.txt", BULLETIN)
    build(config.load(site.config, {}))
    for path, content in {
        "media/0123abcd.png": b"x" * 5000,
        "feeds/news/archive/2024.atom": b"<feed/>" * 300,
        "feeds.opml": b"<opml/>",
        "sitemap.xml": b"<urlset/>",
    }.items():
        resource = Resource(path=path, content=content, media_type="application/xml")
        folder = Folder(root / "output", compress=True)
        folder.publish([resource])
        folder.complete()
    (root / "output" / "feeds" / ".hidden.rss").write_text("half")
    with ours(site) as own, caddy(root, program) as other:
        yield own, other


def said(address, path, **fields):
    """Return the status, what is compared of the header, and the body."""
    answer = httpx2.get(address + path, headers={"accept": "*/*", **fields})
    headers = {name: answer.headers.get(name) for name in COMPARED}
    if headers["content-encoding"]:
        del headers["content-length"]  # a client of ours takes the coding off before it counts
    return answer.status_code, headers, answer.content


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
@pytest.mark.parametrize("path", PATHS)
def test_same_bytes_and_the_same_is_said_of_them(servers, path, coding):
    """Types, caching, policies, compressed copies."""
    own, other = servers
    if "/archive/" in path:  # there are no copies, so Caddy sends it as it is
        coding = "identity"

    assert said(own, path, **{"accept-encoding": coding}) == said(other, path, **{"accept-encoding": coding})


@pytest.mark.parametrize("path", PATHS)
def test_unchanged_is_told_by_both(servers, path):
    """304 to who has it, by tag and by date."""
    for address in servers:
        whole = httpx2.get(address + path, headers={"accept-encoding": "identity"})
        by_tag = said(
            address, path, **{"accept-encoding": "identity", "if-none-match": whole.headers["etag"]}
        )
        by_date = said(
            address,
            path,
            **{"accept-encoding": "identity", "if-modified-since": whole.headers["last-modified"]},
        )
        assert [304, 304] == [by_tag[0], by_date[0]]


@pytest.mark.parametrize("path", ["/gone", "/feeds/.hidden.rss"])
def test_what_is_not_there_is_not_there(servers, path):
    """404, also for what is not finished."""
    assert [404, 404] == [said(address, path)[0] for address in servers]

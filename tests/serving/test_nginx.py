"""The documented nginx configuration serves the output folder with the headers of our own server."""

from __future__ import annotations

import asyncio
import getpass
import re
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from server.test_views import CHROMIUM, PLAIN_HTTP
from system.installation import BULLETIN, Installation, _free_port

from feedpub import config
from feedpub.app.building import build
from feedpub.app.serving import Reception
from feedpub.model import Resource
from feedpub.publish import Folder
from feedpub.server import PushDoors, bind

PAPER = Path(__file__).parents[2] / "docs" / "serving.md"

WHOLE = """\
user {user}; daemon off; pid {root}/nginx.pid; error_log {root}/nginx.err; worker_processes 1;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {root}/b; proxy_temp_path {root}/p; fastcgi_temp_path {root}/f;
    uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;
{server}
}}
"""


def documented(root, port):
    """Take the configuration out of the paper, with the folder and the port of this test."""
    [text] = re.findall(r"```nginx\n(.*?)```", PAPER.read_text(), re.DOTALL)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(
        "/srv/feedpub/output", str(root / "output")
    )
    return WHOLE.format(root=root, user=getpass.getuser(), server=text)


@contextmanager
def ours(site):
    """Run our own server."""
    server = Reception(config.load(site.config, {}), health=dict, push=lambda _config: PushDoors()).server
    sock = bind("127.0.0.1", site.port)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sock)))
    thread.start()
    try:
        yield f"http://127.0.0.1:{site.port}"
    finally:
        server.stop()
        thread.join()


@contextmanager
def answering(process, address, errors):
    """Give the address of a server that was started, once it answers; end it."""
    end = time.monotonic() + 20
    try:
        while True:
            try:
                httpx2.get(address)
                break
            except httpx2.TransportError:
                assert time.monotonic() < end, errors.read_text()
                threading.Event().wait(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def nginx(root, program):
    """Run nginx as documented."""
    port = _free_port()
    (root / "nginx.conf").write_text(documented(root, port))
    process = subprocess.Popen([program, "-c", root / "nginx.conf", "-e", root / "nginx.err"])
    with answering(process, f"http://127.0.0.1:{port}", root / "nginx.err") as address:
        yield address


@pytest.fixture(scope="module")
def servers(tmp_path_factory, needs):
    """Serve one output folder with both."""
    program = needs("nginx")
    root = tmp_path_factory.mktemp("site")
    site = Installation(root)
    site.drop("monday.txt", BULLETIN)
    build(config.load(site.config, {}))
    output = root / "output"
    for path, content in {
        "media/0123abcd.mp3": b"x" * 300_000,
        "media/0123abcd.png": b"x" * 5000,
        "feeds/news/archive/2024.atom": b"<feed/>" * 300,
        "feeds/news/archive/2024.json": b'{"items": []}' * 100,
        "feeds.opml": b"<opml/>",
        "sitemap.xml": b"<urlset/>",
    }.items():
        media_type = "application/xml" if path.startswith("feeds") else "image/png"
        folder = Folder(output, compress=True)
        folder.publish([Resource(path=path, content=content, media_type=media_type)])
        folder.complete()
    with ours(site) as own, nginx(root, program) as other:
        yield output, own, other


# What each server says in its own way: tags are made differently, and these are of the connection.
OWN = {"etag", "date", "connection", "server"}

PATHS = [
    "/", "/feeds/", "/feeds/news.rss", "/feeds/news.atom", "/feeds/news.json", "/feeds/news.rss?format=feed",
    "/feeds/news/archive/2024.atom", "/feeds/news/archive/2024.json", "/assets/style.css", "/feeds.opml",
    "/sitemap.xml", "/media/0123abcd.mp3", "/media/0123abcd.png",
]  # fmt: skip

WHO = {
    "a reader": {"accept": "*/*", "accept-encoding": "identity"},
    "a reader that takes gzip": {"accept": "*/*", "accept-encoding": "gzip"},
    "Chromium": {**CHROMIUM, "accept-encoding": "identity"},
    "a browser on plain http": {**PLAIN_HTTP, "accept-encoding": "identity"},
    "a player": {"accept": "*/*", "accept-encoding": "identity", "range": "bytes=0-99"},
}


def ask(address, path, fields, method="GET"):
    """Return the status, the headers that can be compared, and the body."""
    answer = httpx2.request(method, address + path, headers=fields)
    said = {name: value for name, value in answer.headers.items() if name not in OWN}
    if "content-encoding" in said:
        del said["last-modified"]  # a copy has its own
    if "private" in said["cache-control"]:
        said.pop("last-modified", None)  # of the page, which ours does not tell at the address of a feed
    return answer.status_code, said, answer.content


@pytest.mark.parametrize("fields", WHO.values(), ids=WHO)
@pytest.mark.parametrize("path", PATHS)
def test_headers_are_the_same(servers, path, fields):
    """C141: Whoever asks gets the same bytes, and is told the same of them."""
    _, own, other = servers
    if "/archive/" in path:  # there are no copies, so nginx sends it as it is
        fields = {**fields, "accept-encoding": "identity"}

    assert ask(own, path, fields) == ask(other, path, fields)


@pytest.mark.parametrize("path", PATHS)
def test_unchanged_is_told_the_same_way(servers, path):
    """304 to who has it, by tag and by date, with the same headers."""
    _, own, other = servers
    answers = []
    for address in (own, other):
        whole = httpx2.get(address + path, headers={"accept-encoding": "identity"})
        by_tag = ask(address, path, {"accept-encoding": "identity", "if-none-match": whole.headers["etag"]})
        by_date = ask(
            address,
            path,
            {"accept-encoding": "identity", "if-modified-since": whole.headers["last-modified"]},
        )
        answers.append((by_tag, by_date))

    assert answers[0] == answers[1]
    assert [304, 304] == [status for status, *_ in answers[0]]


def test_every_page_of_an_entry_is_served_the_same_way(servers):
    """Pages have no copies; both send them as they are."""
    output, own, other = servers
    pages = [f"/{path.parent.relative_to(output)}/" for path in output.glob("2024/*/*/*/index.html")]

    assert 7 == len(pages)
    for page in pages:
        fields = {"accept-encoding": "identity"}
        assert ask(own, page, fields) == ask(other, page, fields)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/gone", 404),
        ("GET", "/feeds/.hidden.rss", 404),
        ("POST", "/feeds/news.rss", 405),
        ("GET", "/feeds", 301),
    ],
)
def test_refusals_have_the_same_status(servers, method, path, status):
    """What is not there is not there, and no redirect leads to a host that the client named."""
    _, own, other = servers
    answers = [
        httpx2.request(method, address + path, headers={"host": "evil.example"}) for address in (own, other)
    ]

    assert [status, status] == [answer.status_code for answer in answers]
    assert not any("evil" in answer.headers.get("location", "") for answer in answers)

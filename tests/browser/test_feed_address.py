"""A person opens the address of a feed in Chromium; programs get the feed at the same address."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import feedparser
import pytest
from playwright.sync_api import sync_playwright
from readers.conftest import Subscribed, served
from system.installation import BULLETIN, CONFIG, TITLES

QUIET = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def chromium(program):
    """Run a browser with a profile of its own; give its page and the addresses that failed to load."""
    with tempfile.TemporaryDirectory(prefix="feedpub-chromium-") as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program, headless=True, chromium_sandbox=False, args=QUIET
        )
        page = context.new_page()
        failed = []
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        try:
            yield page, failed
        finally:
            context.close()


@pytest.fixture
def site(tmp_path):
    """Serve a site."""
    with served(tmp_path) as site:
        yield site


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>A reader</title>")

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def elsewhere():
    """Serve a page of another origin, as that of a reader in the browser."""
    with HTTPServer(("127.0.0.1", 0), _Empty) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_opening_the_address_of_a_feed_shows_its_page(site, needs):
    """C158, C162: a real page under that address, with its style, its stories and the address to copy."""
    with chromium(needs("chromium")) as (page, failed):
        page.goto(site.address("rss"))

        assert site.address("rss") == page.url
        assert "Example News" in page.title()
        assert page.evaluate("document.styleSheets.length && document.styleSheets[0].cssRules.length > 0")
        addresses = page.locator("code").all_inner_texts()
        headlines = page.locator(".headlines a").all_inner_texts()
        first = page.locator(".headlines a").first
        first.click()
        story = page.locator("h1").inner_text()

    assert [site.address(form) for form in ("rss", "atom", "json")] == addresses
    assert TITLES[0] in headlines
    assert TITLES[0] == story
    assert [address for address in failed if "favicon" not in address] == []


def test_programs_get_the_feed_at_the_same_address(site, needs, elsewhere):
    """C133, C157: curl, readers, and a reader that runs in the browser that was shown the page before."""
    curl = needs("curl")
    with chromium(needs("chromium")) as (page, _):
        page.goto(site.address("rss"))
        [copied, *_] = page.locator("code").all_inner_texts()
        page.goto(elsewhere)
        asked = {"headers": {"If-None-Match": '"x"'}}  # which a browser asks for leave for
        fetched = page.evaluate(
            "([url, asked]) => fetch(url, asked).then(answer => answer.headers.get('content-type'))",
            [copied, asked],
        )
        forced = page.request.get(f"{copied}?format=feed").headers["content-type"]
    done = subprocess.run([curl, "-s", "-i", copied], capture_output=True, text=True, check=True, timeout=30)
    parsed = feedparser.parse(copied)

    assert "application/rss+xml; charset=utf-8" == fetched == forced
    assert "content-type: application/rss+xml; charset=utf-8" in done.stdout
    assert (TITLES, False) == ([entry.title for entry in parsed.entries], bool(parsed.bozo))
    assert [True, False] == [answer["view"] for answer in site.answers("") if answer["path"].endswith("rss")][
        :2
    ]


def test_page_leads_readers_to_the_feeds(site):
    """C163: a reader that did receive the page finds the feeds in its head."""
    page = site.get("feeds/news/").text

    for form in ("rss", "atom", "json"):
        assert f'href="{site.address(form)}"' in page


def test_page_works_below_a_path(tmp_path, needs):
    """A site that is not at the root of its host has a page whose links and style are its own."""
    text = CONFIG.replace("url: http://127.0.0.1:{port}/", "url: http://127.0.0.1:{port}/desk/")
    site = Subscribed(tmp_path, config=text)
    site.drop("monday.txt", BULLETIN)
    site.publish()

    page = (site.output / "feeds/news/index.html").read_text()
    assert 'href="/desk/assets/style.css' in page
    assert 'href="../' not in page

"""A subscriber as a process of its own, with nothing of feedpub in it.

    python tests/notify/subscriber.py TOPIC

finds the hub of a topic in its Link header, subscribes with a secret, and prints one line of JSON when it is
confirmed and one for each content: when it came (nanoseconds of the system's monotonic clock), whether its
signature is right, and the titles in it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree as ET

SECRET = secrets.token_hex(16)


def main(topic: str) -> None:
    """Subscribe and listen until the process is ended."""
    hub, topic = discover(topic)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.topic = topic
    threading.Thread(target=server.serve_forever, daemon=True).start()
    form = {
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.callback": f"http://127.0.0.1:{server.server_port}/callback",
        "hub.secret": SECRET,
    }
    with urllib.request.urlopen(hub, urlencode(form).encode()) as answer:
        assert answer.status == 202, answer.status
    threading.Event().wait()


def discover(topic: str) -> tuple[str, str]:
    """Return the hub of a topic and the address it calls its own (WebSub section 4)."""
    with urllib.request.urlopen(topic) as answer:
        links = re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["Link"])
    found = {relation: address for address, relation in reversed(links)}
    return found["hub"], found["self"]


class Handler(BaseHTTPRequestHandler):
    """Answers the hub."""

    def do_GET(self) -> None:
        """Confirm what we asked for, and nothing else."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        ours = (query.get("hub.mode"), query.get("hub.topic")) == ("subscribe", self.server.topic)
        self._end(200 if ours else 404, query.get("hub.challenge", "") if ours else "")
        say(confirmed=ours, lease=query.get("hub.lease_seconds"))

    def do_POST(self) -> None:
        """Take content, check its signature, tell what it is."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        at = time.monotonic_ns()
        self._end(204, "")
        right = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        titles = [title.text for title in ET.fromstring(body).iter("{http://www.w3.org/2005/Atom}title")]
        signed = hmac.compare_digest(right, self.headers.get("X-Hub-Signature", ""))
        say(at=at, signed=signed, titles=titles[1:])

    def _end(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def say(**facts: object) -> None:
    """Print one line."""
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])

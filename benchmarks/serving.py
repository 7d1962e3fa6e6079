"""What a request costs feedpub's server and nginx over the same files, in one run, by processor time.

    python benchmarks/serving.py [--seconds 1] [--rounds 8] [--connections 64]

Both take note of each request: feedpub counts it for `feedpub stats`, nginx writes its log. Needs nginx and
wrk. Both servers are pinned to processor 0 and wrk to processor 1. Every case is asked for once before, so
that one that is not answered as meant ends the run. Prints a table in Markdown; "a second" is how many such
answers one processor gives, the ratio how many of nginx's one of ours costs.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

CASES = {
    "304": {"If-None-Match": "{etag}"},
    "304, never asked before": {"If-None-Match": "{etag}"},
    "304, gzip": {"Accept-Encoding": "gzip", "If-None-Match": "{etag}"},
    "200, gzip": {"Accept-Encoding": "gzip"},
    "200": {},
    "226": {"A-IM": "feed", "If-None-Match": "{before}"},
}
STATUS = {
    "304": 304,
    "304, never asked before": 304,
    "304, gzip": 304,
    "200, gzip": 200,
    "200": 200,
    "226": 226,
}
# Each request has bytes of its own, as if no two readers asked the same and none asked twice.
NEVER_BEFORE = """
local number = 0
request = function()
  number = number + 1
  wrk.headers["X-Number"] = tostring(os.time()) .. "-" .. number
  return wrk.format()
end
"""
PATH = "/feeds/news.rss"
CONFIG = """\
site: {{title: Example News, url: "http://127.0.0.1:{port}/"}}
server: {{port: {port}}}
feeds: {{news: {{}}}}
"""
NGINX = """\
worker_processes 1; daemon off; pid {root}/nginx.pid; error_log {root}/nginx.err;
events {{ worker_connections 1024; }}
http {{
    access_log {root}/access.log combined buffer=32k;
    sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    open_file_cache max=100 inactive=60s; types {{ application/rss+xml rss; }}
    client_body_temp_path {root}/b; proxy_temp_path {root}/p; fastcgi_temp_path {root}/f;
    uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;
    server {{
        listen 127.0.0.1:{port}; root {root}/output; gzip_static on;
        location / {{
            add_header Cache-Control "public, max-age=60, stale-if-error=86400";
            add_header X-Content-Type-Options nosniff;
            add_header Content-Security-Policy "default-src 'none'; frame-ancestors 'none'";
            add_header Access-Control-Allow-Origin *;
        }}
    }}
}}
"""


def main() -> None:
    """Measure both servers and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=1, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, ports = Path(folder), (free_port(), free_port())
        root.chmod(0o755)  # nginx's workers are somebody else when it is started by root
        (root / "config.yaml").write_text(CONFIG.format(port=ports[0]))
        (root / "nginx.conf").write_text(NGINX.format(root=root, port=ports[1]))
        write_bulletins(root / "input", 12)
        feedpub("build", root)
        size = (root / "output" / PATH[1:]).stat().st_size
        print(f"{os.cpu_count()} processors, a feed of {size:,} bytes, {options.connections} connections\n")
        with served(root, ports) as pids:
            before = ask(ports[0], {})[1]["etag"]
            write_bulletins(root / "input", 1, first=12)
            feedpub("build", root)
            print_table(measure(pids, ports, options, before))


@contextlib.contextmanager
def served(root: Path, ports: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Run both servers; give their process ids, ours first."""
    ours = [sys.executable, "-m", "feedpub", "--config", str(root / "config.yaml"), "serve"]
    nginx = [
        shutil.which("nginx") or "/usr/sbin/nginx",
        "-c",
        str(root / "nginx.conf"),
        "-e",
        str(root / "e"),
    ]
    servers = [
        subprocess.Popen(["taskset", "-c", "0", *command], stderr=subprocess.DEVNULL, start_new_session=True)
        for command in (ours, nginx)
    ]
    try:
        for port in ports:
            wait_for(port)
        yield servers[0].pid, servers[1].pid
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGTERM)  # each has a session of its own
            server.wait(10)


def measure(
    pids: tuple[int, int], ports: tuple[int, int], options: argparse.Namespace, before: str
) -> dict[str, tuple[float, float | None]]:
    """Return for each case what a request costs either server, in microseconds of processor time.

    They take turns, and the least of all rounds counts: whatever else the machine does only makes it more.
    """
    found: dict[str, tuple[float, float | None]] = {}
    for case in CASES:
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(run_case(case, pids[0], ports[0], options, before))
            if case != "226":
                theirs.append(run_case(case, pids[1], ports[1], options, before))
        found[case] = (min(ours), min(theirs, default=None))
    return found


def print_table(found: dict[str, tuple[float, float | None]]) -> None:
    """Print what a request costs in each case."""
    print("| answer | feedpub | a second | nginx | a second | ratio |\n| --- | --- | --- | --- | --- | --- |")
    for case, (ours, theirs) in found.items():
        rest = f"{theirs:.1f} µs | {1e6 / theirs:,.0f} | {ours / theirs:.1f}" if theirs else "– | – | –"
        print(f"| {case} | {ours:.1f} µs | {1e6 / ours:,.0f} | {rest} |")


def run_case(case: str, pid: int, port: int, options: argparse.Namespace, before: str) -> float:
    """Load one case; return the processor time of a request in microseconds."""
    plain = {name: value for name, value in CASES[case].items() if "{" not in value}
    etag = ask(port, plain)[1]["etag"]
    fields = {name: value.format(etag=etag, before=before) for name, value in CASES[case].items()}
    status, _ = ask(port, fields)
    assert STATUS[case] == status, (case, status)
    wrk = ["taskset", "-c", "1", "wrk", "-t1", f"-c{options.connections}", f"-d{options.seconds}s"]
    wrk += [part for name, value in fields.items() for part in ("-H", f"{name}: {value}")]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(NEVER_BEFORE)
        script.flush()
        wrk += ["-s", script.name] if case.endswith("never asked before") else []
        began = processor_seconds(pid)
        said = subprocess.run(
            [*wrk, f"http://127.0.0.1:{port}{PATH}"], capture_output=True, text=True, check=True
        ).stdout
        used = processor_seconds(pid) - began
    requests = int(re.search(r"(\d+) requests in", said)[1])
    assert "Non-2xx" not in said, said
    return used / requests * 1e6


def processor_seconds(pid: int) -> float:
    """Return what a process and its children have used."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor_seconds(int(child)) for child in children)


def wait_for(port: int) -> dict[str, str]:
    """Wait until a server answers; return the headers of the feed."""
    for _ in range(100):
        with contextlib.suppress(OSError):
            return ask(port, {})[1]
        time.sleep(0.1)
    raise SystemExit("no server")


def ask(port: int, fields: dict[str, str]) -> tuple[int, dict[str, str]]:
    """Ask for the feed once."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", PATH, headers=fields)
    answer = connection.getresponse()
    answer.read()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def write_bulletins(folder: Path, count: int, first: int = 0) -> None:
    """Write bulletins of a lead and six teasers each: a feed of about 60 KB."""
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        stories = [
            f"Story {number}.{story} From the Harbour Town\n"
            + "\n".join(
                f"The council of the town met {number * 7 + story * 3 + line} times and said so."
                for line in range(9)
            )
            for story in range(7)
        ]
        (folder / f"{number:03}.txt").write_text(
            f"date 2026-10-{number + 1:02} " + "\n\n".join(stories) + "\n"
        )


def feedpub(command: str, root: Path) -> None:
    """Run a command over the example."""
    subprocess.run([sys.executable, "-m", "feedpub", "--config", root / "config.yaml", command], check=True,
                   capture_output=True)  # fmt: skip


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()

"""Listening, and stopping in time."""

import asyncio
import os
import signal
import socket

import pytest

from feedpub.exceptions import ServerError
from feedpub.server import Manners, Server, bind, create_app


def test_taken_port_is_named(tmp_path):
    """Who starts a second server is told where and why it cannot be."""
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ServerError, match=rf"cannot serve at 127\.0\.0\.1:{port}: something else listens"
        ):
            bind("127.0.0.1", port)


def test_foreign_address_is_named():
    """An address of another machine cannot be served from here (192.0.2.0/24 is for documentation)."""
    with pytest.raises(ServerError, match=r"192\.0\.2\.1:8080: this machine has no such address"):
        bind("192.0.2.1", 8080)


def test_unknown_host_is_named():
    """A name that nobody knows is a mistake in the configuration (.invalid never exists)."""
    with pytest.raises(ServerError, match=r"cannot serve at nowhere\.invalid:8080"):
        bind("nowhere.invalid", 8080)


@pytest.mark.skipif(not socket.has_ipv6, reason="needs IPv6")
def test_ipv6_address_is_served(tmp_path):
    """The loopback address of IPv6 works like the other one."""
    try:
        sock = bind("::1", 0)
    except ServerError:
        pytest.skip("this machine has no IPv6 loopback")
    with sock:
        assert sock.family == socket.AF_INET6


def test_answers_do_not_wait_for_acknowledgements():
    """Small packets are sent at once; headers and body are two of them."""
    with (
        bind("127.0.0.1", 0) as sock,
        socket.create_connection(sock.getsockname()),
        sock.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def an_app(root):
    """Serve a folder in which one file is too large for the buffers of a connection."""
    (root / "big").write_bytes(b"x" * 30_000_000)
    return create_app(root, Manners(site_url="https://example.org/"), health=lambda: {"status": "ok"})


async def ask(port, request):
    """Open a connection, send a request and wait until something comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    if request.endswith(b"\r\n\r\n"):
        await reader.read(100)
    return reader, writer


CLIENTS = {
    "silent": b"",
    "half a request": b"GET / HTTP/1.1\r\n",
    "kept open": b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "slow reader": b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n",
}


@pytest.mark.parametrize("request_", CLIENTS.values(), ids=CLIENTS)
def test_server_stops_whatever_its_clients_do(tmp_path, request_):
    """No client can hold the server up for more than two seconds."""

    async def scenario():
        sock = bind("127.0.0.1", 0)
        port = sock.getsockname()[1]
        server = Server(an_app(tmp_path))
        serving = asyncio.create_task(server.serve(sock))
        _, writer = await ask(port, request_)
        server.stop()
        await asyncio.wait_for(serving, 2)
        writer.close()
        with pytest.raises(OSError, match="Connect call failed"):
            await asyncio.open_connection("127.0.0.1", port)

    asyncio.run(scenario())


def test_cancelled_server_closes_its_socket(tmp_path):
    """A daemon that breaks off leaves no open port."""

    async def scenario():
        sock = bind("127.0.0.1", 0)
        port = sock.getsockname()[1]
        serving = asyncio.create_task(Server(an_app(tmp_path)).serve(sock))
        _, writer = await ask(port, CLIENTS["kept open"])
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        writer.close()
        with pytest.raises(OSError, match="Connect call failed"):
            await asyncio.open_connection("127.0.0.1", port)

    asyncio.run(scenario())


def test_server_leaves_signals_to_the_daemon(tmp_path):
    """A signal while it serves reaches the handler that was there before, and only that."""
    heard = []

    async def scenario():
        sock = bind("127.0.0.1", 0)
        server = Server(an_app(tmp_path))
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGTERM, lambda: (heard.append(1), server.stop())
        )
        serving = asyncio.create_task(server.serve(sock))
        _, writer = await ask(sock.getsockname()[1], CLIENTS["kept open"])
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(serving, 2)
        writer.close()
        return "the code after it runs"

    assert asyncio.run(scenario()) == "the code after it runs"
    assert heard == [1]

"""A daemon that is starved or fed rubbish stays up, says what is wrong and heals by itself."""

from __future__ import annotations

import os
import resource
import socket

import httpx2
import pytest
from system.installation import BULLETIN, TITLES

_NEWS = " date 2024-10-22 Lighthouse Reopens\nThe lighthouse reopened to everybody's surprise.\n"
_TITLE = "Lighthouse Reopens"


@pytest.fixture
def running(site):
    """Give a running installation that has published a bulletin and looks every second."""
    site.config.write_text(site.config.read_text().replace("rescan: 60s", "rescan: 1s"))
    site.drop("monday.txt", BULLETIN)
    site.start()
    site.wait(lambda: len(site.titles()) == len(TITLES))
    site.wait_idle()
    return site


def limit(site, what: int, most: int) -> tuple[int, int]:
    """Limit a resource of the running daemon; give what it was allowed before."""
    former = resource.prlimit(site.daemon.pid, what)
    resource.prlimit(site.daemon.pid, what, (most, former[1]))
    return former


@pytest.mark.parametrize(
    ("what", "most"),
    [(resource.RLIMIT_FSIZE, 100), (resource.RLIMIT_NOFILE, 5)],
    ids=["no room for a file", "no descriptor left"],
)
def test_starved_daemon_says_so_and_heals(running, what, most):
    """The last good feed stays; when the cause is gone the bulletin is published without a restart."""
    before = (running.output / "feeds" / "news.atom").read_bytes()
    former = limit(running, what, most)
    running.drop("tuesday.txt", _NEWS)
    running.wait(lambda: _failed(running))
    assert before == (running.output / "feeds" / "news.atom").read_bytes()

    resource.prlimit(running.daemon.pid, what, former)

    running.wait(lambda: _TITLE in running.titles())
    running.wait(lambda: running.get("healthz").json()["status"] == "ok")
    running.wait_idle()
    assert [] == running.status()["problems"]
    assert 0 == running.stop()


def _failed(site) -> bool:
    """Tell whether the daemon met the fault, by its log or, where that cannot be written, its health."""
    try:
        return "trying again" in site.log() or site.get("healthz").status_code == 503
    except httpx2.TransportError:  # no descriptor for a connection
        return False


def test_status_tells_what_the_daemon_is_in_trouble_with(running):
    """With its cause and since when, as /healthz does."""
    former = limit(running, resource.RLIMIT_FSIZE, 100)
    running.drop("tuesday.txt", _NEWS)
    running.wait(lambda: running.get("healthz").status_code == 503)

    [trouble] = running.get("healthz").json()["problems"]

    assert [f"work: {trouble['cause']} (since {trouble['since']})"] == running.status()["problems"]
    resource.prlimit(running.daemon.pid, resource.RLIMIT_FSIZE, former)
    running.wait(lambda: running.get("healthz").status_code == 200)
    assert [] == running.status()["problems"]


def test_input_folder_that_goes_and_comes_back_costs_nothing(running):
    """As a share that is unmounted: an empty folder in its place withdraws nothing."""
    away = running.root / "away"
    running.input.rename(away)
    running.wait(lambda: running.status()["problems"])
    running.input.mkdir()
    running.wait(lambda: any("nothing is withdrawn" in problem for problem in running.status()["problems"]))
    assert len(TITLES) == len(running.titles())

    running.input.rmdir()
    away.rename(running.input)

    running.drop("tuesday.txt", _NEWS)
    running.wait(lambda: _TITLE in running.titles())
    running.wait(lambda: not running.status()["problems"])
    assert len(TITLES) + 1 == len(running.titles())


def test_rubbish_beside_a_bulletin_is_passed_over(running):
    """Pipes, sockets, links, loops, devices, deep folders and odd names: the daemon lives and publishes."""
    folder = running.input
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "socket.txt"))
    secret = running.root / "secret.txt"
    secret.write_text(" date 2024-10-22 A Secret Outside\nNobody may read this.\n")
    (folder / "link.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    deep = folder.joinpath(*["deep"] * 30)
    deep.mkdir(parents=True)
    stories = {
        deep / "deep.txt": "Story From Far Below",
        folder / f"{'n' * 251}.txt": "Story Under a Long Name",
        folder / os.fsdecode(b"caf\xe9.txt"): "Story Under an Odd Name",
    }
    for path, title in stories.items():
        path.write_text(f" date 2024-10-22 {title}\nIt is told in full under {title}.\n")
    running.drop("tuesday.txt", _NEWS)

    running.wait(lambda: {_TITLE, *stories.values()} <= set(running.titles()))

    running.wait_idle()
    assert len(TITLES) + 1 + len(stories) == len(running.titles())
    assert not any(b"Nobody may read this" in content for content, _ in running.files().values())
    assert 0 == running.stop()


def test_hard_link_to_a_bulletin_is_a_copy(running):
    """The same bytes under two names are one bulletin."""
    os.link(running.input / "monday.txt", running.input / "again.txt")
    running.drop("tuesday.txt", _NEWS)

    running.wait(lambda: _TITLE in running.titles())

    running.wait_idle()
    assert len(TITLES) + 1 == len(running.titles())
    assert any("again.txt" in (each["bulletin"] + each["reason"]) for each in running.status()["rejected"])

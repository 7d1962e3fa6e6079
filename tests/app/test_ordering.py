"""Orders handed to whoever owns the store, and files as people name them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from feedpub import config
from feedpub.app import ordering
from feedpub.model import Answer, Order, Stale, Verb
from feedpub.store import open_store

ORDER = Order(verb=Verb.WITHDRAW, target="tag:example.org,2024-10-21:story", reason="It was wrong.")


@pytest.fixture
def setup(tmp_path):
    """Give the configuration of an installation."""
    path = tmp_path / "config.yaml"
    path.write_text(config.sample(title="Example News", url="https://news.example.org/"))
    (tmp_path / "input").mkdir()
    return config.load(path, {})


OWNER = """
import signal, sys
from feedpub.model import Answer
from feedpub.store import open_store

def answer(*_):
    for order in store.orders():
        store.answer_order(order.number, Answer(done=True, text=f"{order.verb} {order.reason}"))

with open_store(sys.argv[1]) as store:
    signal.signal(signal.SIGUSR1, answer if sys.argv[2] == "answers" else signal.SIG_IGN)
    print("ready", flush=True)
    while True:
        signal.pause()
"""


@contextmanager
def owner(url: str, manner: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process that owns the store, and "answers" when somebody knocks or is "busy"."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, url, manner], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_owner_is_told_and_answers(setup):
    """The command wakes the process that owns the store, and waits for what it says."""
    with owner(setup.store.url, "answers"):
        assert Answer(done=True, text="withdraw It was wrong.") == ordering.give(setup, ORDER)


def test_answer_is_told_though_a_document_cannot_be_published(setup):
    """The command waits until readers see what follows, but not for ever: another document may be stuck."""
    with open_store(setup.store.url) as store:
        store.mark([Stale(kind="home")])

    with owner(setup.store.url, "answers"):
        assert "withdraw It was wrong." == ordering.give(setup, ORDER, patience_seconds=1).text


def test_order_waits_for_an_owner_that_is_busy(setup):
    """It is not lost, and the operator is told."""
    with owner(setup.store.url, "busy"), open_store(setup.store.url, own=False) as store:
        answer = ordering.give(setup, ORDER, patience_seconds=0)

        assert answer.done
        assert "the order to withdraw 'tag:example.org,2024-10-21:story' waits" in answer.text
        assert [ORDER] == [replace(order, number=0) for order in store.orders()]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give an input folder with two files, below the folder in which the command is typed."""
    folder = tmp_path / "site" / "input"
    (folder / "news").mkdir(parents=True)
    (folder / "monday.txt").touch()
    (folder / "news" / "monday.txt").touch()
    (tmp_path / "site" / "tuesday.txt").touch()
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path / "site")
    return folder


NAMES = {
    "relative to the folder": ("monday.txt", "monday.txt"),
    "in a folder below": ("news/monday.txt", "news/monday.txt"),
    "relative to where one is": ("input/news/monday.txt", "news/monday.txt"),
    "over the folder above": ("../site/input/monday.txt", "monday.txt"),
    "through a link": ("../link/monday.txt", "monday.txt"),
    "not there": ("input/no.txt", "input/no.txt"),
    "outside": ("tuesday.txt", "tuesday.txt"),
}


@pytest.mark.parametrize(("typed", "meant"), NAMES.values(), ids=NAMES)
def test_bulletin_is_found_however_it_is_named(folder, typed, meant):
    """What a shell completes is as good as what `status` prints."""
    assert meant == ordering.path_in(folder, Path(typed))


def test_bulletin_is_found_by_its_absolute_path(folder):
    """So are the paths that scripts use."""
    assert "news/monday.txt" == ordering.path_in(folder, folder / "news" / "monday.txt")

"""What must not be read is not."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging

import pytest

from feedpub import concealing, log
from feedpub.daemon import Health


@pytest.fixture(autouse=True)
def forgetful(monkeypatch):
    """Let every test begin without secrets."""
    monkeypatch.setattr(concealing, "_secrets", set())


def test_secret_is_hidden_wherever_it_stands():
    """The longer one first, when one is part of another; what is too short hides nothing."""
    for secret in ("hunter2", "hunter2hunter2", "abc"):
        concealing.learn(secret)

    assert "a … b … abc" == concealing.hide("a hunter2hunter2 b hunter2 abc")


@pytest.mark.parametrize("written", [str, repr, json.dumps], ids=["plain", "quoted", "JSON"])
def test_secret_is_hidden_however_it_is_written(written):
    """Odd signs are escaped where texts are quoted."""
    concealing.learn('p"a\\sßword')

    assert "word" not in concealing.hide(written('it is p"a\\sßword'))


@pytest.mark.parametrize(
    ("address", "shown"),
    {
        "password": ("postgresql://desk:pw@db/feedpub is away", "postgresql://…@db/feedpub is away"),
        "user alone": ("see ssh://desk@db/", "see ssh://desk@db/"),
        "none": ("https://example.org/a:b@c", "https://example.org/a:b@c"),
    }.values(),
)
def test_password_in_an_address_is_hidden(address, shown):
    """Also one that nobody told us about."""
    assert shown == concealing.conceal(address)


def test_log_hides_secrets(capsys):
    """In fields, in lines of libraries and in traces."""
    concealing.learn("hunter2")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    try:
        log.configure(form="json", stream=stream)
        log.get_logger("test").warning("failed", reason="hunter2 was wrong")
        logging.getLogger("library").warning("cannot connect with %s", "hunter2")
        try:
            {}["hunter2"]
        except KeyError:
            log.get_logger("test").exception("a defect")
    finally:
        root.handlers[:], root.level = handlers, level

    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert 3 == len(lines)
    assert "hunter2" not in stream.getvalue()


def test_health_hides_secrets():
    """Whoever may ask is not always who runs it."""
    concealing.learn("hunter2")
    health = Health(clock=lambda: dt.datetime(2026, 11, 27, tzinfo=dt.UTC))
    health.trouble("store", "no connection with hunter2")
    health.note("addresses", ["hunter2"])

    assert "hunter2" not in json.dumps(health.report()) + health.summary()

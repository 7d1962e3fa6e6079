"""What somebody asks of the own hub: believed in nothing, refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.model import Intent, Mode
from feedpub.notify import IntentError, Lease, read_intent

TOPIC = "https://news.example.org/feeds/news.atom"
CALLBACK = "https://reader.example.com:8443/callback?id=1"
LEASE = Lease(default_seconds=1000, min_seconds=100, max_seconds=2000)


def read(**fields: str) -> Intent:
    """Read a form that says all that it must, unless told otherwise."""
    plain = {"mode": "subscribe", "topic": TOPIC, "callback": CALLBACK}
    form = {f"hub.{name}": value for name, value in (plain | fields).items()}
    return read_intent(form, topics={TOPIC}, lease=LEASE)


def test_form_of_a_subscriber():
    """What it says, with the lease that it gets."""
    expected = Intent(
        mode=Mode.SUBSCRIBE,
        callback=CALLBACK,
        topic=TOPIC,
        host="reader.example.com",
        lease_seconds=1000,
        secret="s" * 199,
    )

    assert expected == read(secret="s" * 199, something="else")


LEASES = {"": 1000, "0": 1000, "1": 100, "1500": 1500, "9999": 2000, "9" * 500: 2000}


@pytest.mark.parametrize(("asked", "granted"), LEASES.items(), ids=lambda value: str(value)[:9])
def test_lease_is_within_limits(asked, granted):
    """What a subscriber asks for, if that is neither too short nor too long."""
    assert granted == read(lease_seconds=asked).lease_seconds


WRONG = {
    "no mode": {"mode": ""},
    "a mode of hubs alone": {"mode": "denied"},
    "a publisher": {"mode": "publish"},
    "a topic of others": {"topic": "https://elsewhere.example.org/feeds/news.atom"},
    "a topic that is nearly ours": {"topic": f"{TOPIC}?"},
    "no topic": {"topic": ""},
    "no callback": {"callback": ""},
    "a relative callback": {"callback": "/callback"},
    "another scheme": {"callback": "ftp://reader.example.com/"},
    "a file": {"callback": "file:///etc/passwd"},
    "no host": {"callback": "https:///callback"},
    "a user": {"callback": "https://me:secret@reader.example.com/"},
    "a user without a name": {"callback": "https://@reader.example.com/"},
    "a fragment": {"callback": f"{CALLBACK}#part"},
    "a line end": {"callback": "https://reader.example.com/\r\nX-Evil: 1"},
    "a space": {"callback": "https://reader.example.com/a b"},
    "a backslash": {"callback": "https://reader.example.com\\@10.0.0.1/"},
    "another script": {"callback": "https://reader.example.com/ü"},
    "half an address": {"callback": "https://[::1/"},
    "a port that is none": {"callback": "https://reader.example.com:99999/"},
    "the port of mail": {"callback": "http://reader.example.com:25/"},
    "the port 0": {"callback": "http://reader.example.com:0/"},
    "a very long callback": {"callback": "https://reader.example.com/" + "a" * 2048},
    "a negative lease": {"lease_seconds": "-1"},
    "a lease with a point": {"lease_seconds": "1.5"},
    "a secret of 200 bytes": {"secret": "é" * 100},
}


@pytest.mark.parametrize("fields", WRONG.values(), ids=WRONG)
def test_form_that_cannot_be_is_refused(fields):
    """With words for the subscriber, and nothing of its own text in them."""
    with pytest.raises(IntentError, match=r"^hub\.\w+ must ") as caught:
        read(**fields)

    assert str(caught.value).isprintable()


@given(st.dictionaries(st.sampled_from(["mode", "topic", "callback", "lease_seconds", "secret"]), st.text()))
def test_any_form_is_read_or_refused(fields):
    """Nothing that strangers send trips it."""
    try:
        intent = read(**fields)
    except IntentError:
        return
    assert (TOPIC, True) == (intent.topic, 100 <= intent.lease_seconds <= 2000)

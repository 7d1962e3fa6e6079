"""What tests of every room share."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess

import pytest
from hypothesis import settings

from feedpub.fetch import connection

# How much the property tests try that do not say it themselves. `make test` tries the same every time, so
# that what is red is red because of the change; `make nightly` goes on long walks, other ones each time.
settings.register_profile("default", deadline=None, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=2500)
settings.load_profile(os.environ.get("FEEDPUB_TEST_PROFILE", "default"))


@pytest.fixture(scope="session")
def needs():
    """Return a function that skips the test when a program is missing, or fails it under FEEDPUB_TEST_ALL."""

    def check(program: str) -> str:
        found = shutil.which(program)
        if found:
            return found
        message = f"{program} is not installed; tests/tools installs it"
        if os.environ.get("FEEDPUB_TEST_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)

    return check


@pytest.fixture
def secure(tmp_path, needs, monkeypatch):
    """Return a function that makes the TLS of a server at 127.0.0.1, which we trust unless told otherwise."""

    def make(*, days: int = 30, trusted: bool = True) -> ssl.SSLContext:
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        command = [needs("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", str(days)]
        names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*command, *names, *files], check=True, capture_output=True)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        connection._trust.cache_clear()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        return tls

    yield make
    connection._trust.cache_clear()

"""What tests of every room share."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture
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

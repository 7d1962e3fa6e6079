"""What tests of every room share."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# How much the property tests try that do not say it themselves; `make nightly` chooses the long runs.
settings.register_profile("default", deadline=None)
settings.register_profile("nightly", deadline=None, max_examples=2500)
settings.load_profile(os.environ.get("FEEDPUB_TEST_PROFILE", "default"))


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

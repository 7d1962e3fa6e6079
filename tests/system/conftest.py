"""One installation per test."""

from __future__ import annotations

import pytest
from system.installation import Installation


@pytest.fixture
def site(tmp_path):
    """Give an installation with an empty input folder, not yet started."""
    with Installation(tmp_path) as installation:
        yield installation

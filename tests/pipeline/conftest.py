"""What the tests of several files that belong together start from."""

from __future__ import annotations

import pytest
from newsroom.office import an_office
from pipeline.stories import NOON, STORIES, a_bulletin, catch_up


@pytest.fixture
def office():
    """Give an office that has published a bulletin of four stories."""
    with an_office(now=NOON) as office:
        office.write("monday.txt", a_bulletin(*STORIES))
        catch_up(office)
        yield office

"""The bytes of a small site are fixed, and the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from render.golden_site import GOLDEN, digest, resources, without_version

RESOURCES = resources()


@pytest.mark.parametrize("path", RESOURCES)
def test_bytes_are_as_recorded(path):
    """Nothing that subscribers get changes without somebody having looked at it."""
    assert (GOLDEN / path).read_bytes() == without_version(RESOURCES[path])


def test_no_golden_file_is_left_over():
    """Every recorded file is one that the site still has."""
    recorded = {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file()}

    assert recorded == set(RESOURCES)


PLACES = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "another zone": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"},
    "another locale": {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8"},
    "plain C": {"PYTHONHASHSEED": "4", "LC_ALL": "C", "TZ": "America/St_Johns", "PYTHONUTF8": "0"},
}


@pytest.mark.parametrize("place", PLACES)
def test_bytes_are_equal_in_another_process(place):
    """C149: The same state gives the same bytes in any process, zone, locale and hash seed."""
    tests = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": tests} | PLACES[place]

    run = subprocess.run(
        [sys.executable, "-m", "render.golden_site", "--digest"],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )

    assert digest() == run.stdout.strip()


def test_rendering_twice_gives_equal_bytes():
    """A second run within one process changes nothing."""
    assert resources() == RESOURCES


def test_import_stays_light():
    """Importing the room loads none of the libraries that take long; `feedpub --help` waits for none."""
    code = "import sys, feedpub.render; print({'feedgen', 'lxml', 'jinja2'} & set(sys.modules))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert run.stdout.strip() == "set()"

"""Formats that other packages bring: one as a real package, and what a bad one may do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from feedpub.exceptions import BulletinError
from feedpub.model import Hints
from feedpub.parse import parse
from feedpub.plugins import GROUP, load

EXAMPLE = Path(__file__).parent / "example"
TABLE = 'Ferry Sails Again,"The ferry, once sunk, sails."\nChoir Wins,It sang of herrings.\n'
CONFIG = """\
site: {title: Tables, url: https://example.org/, language: en, timezone: UTC, author: {name: Desk}}
input: {include: ["*.txt", "*.csv", "*.tsv"]}
feeds: {news: {title: Tables, formats: [atom]}}
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Install the example as anybody would, without a network, and a package whose module is missing."""
    target = tmp_path_factory.mktemp("packages")
    source = tmp_path_factory.mktemp("source")
    for file in EXAMPLE.glob("*.*"):
        (source / file.name).write_bytes(file.read_bytes())
    flags = ["--no-index", "--no-build-isolation", "--no-deps", "--disable-pip-version-check", "--quiet"]
    pip = [sys.executable, "-m", "pip", "install", *flags, "--target", str(target), str(source)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 0, done.stderr
    broken = target / "feedpub_tsv-0.1.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_text("Metadata-Version: 2.1\nName: feedpub-tsv\nVersion: 0.1\n")
    (broken / "entry_points.txt").write_text("[feedpub.parsers]\ntsv = no_such_module:parse\n")
    return target


@pytest.fixture
def feedpub(packages, tmp_path):
    """Run feedpub commands with those packages, in a folder with a bulletin of each kind."""
    (tmp_path / "config.yaml").write_text(CONFIG)
    (tmp_path / "input").mkdir()
    (tmp_path / "input" / "a.csv").write_text(TABLE)
    (tmp_path / "input" / "b.tsv").write_text("Title\ttext\n")
    (tmp_path / "input" / "c.txt").write_text(
        "Harbour Crane Gets a New Cable\nIt can lift forty tonnes again.\n"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "feedpub", *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(packages), "NO_COLOR": "1"},
        )

    return run


def test_installed_package_brings_a_format(feedpub):
    """Its files are bulletins like all others, for every command."""
    parsed = feedpub("parse", "--json", "input/a.csv")

    assert parsed.returncode == 0, parsed.stderr
    assert [entry["title"] for entry in json.loads(parsed.stdout)["entries"]] == [
        "Ferry Sails Again",
        "Choir Wins",
    ]


def test_broken_package_stops_nothing_else(feedpub, tmp_path):
    """The table and the text are published; the third file is refused with the package's name."""
    built = feedpub("build")

    assert built.returncode == 1, built.stderr
    assert re.search("b.tsv.*the parser .*tsv.* of feedpub-tsv 0.1 cannot be used", built.stderr)
    feed = (tmp_path / "output" / "feeds" / "news.atom").read_text()
    assert "Choir Wins" in feed
    assert "Harbour Crane" in feed


def test_paper_shows_the_package_that_is_tested():
    """Whoever copies the example has one that works."""
    paper = (Path(__file__).parents[2] / "docs" / "extending.md").read_text()

    assert all(file.read_text() in paper for file in EXAMPLE.glob("*.*"))


def test_check_names_a_broken_package(feedpub):
    """Whoever installed it is told before anything is dropped."""
    checked = feedpub("check")

    assert checked.returncode == 2
    assert "feedpub-tsv 0.1: parser 'tsv': cannot be loaded: ModuleNotFoundError" in checked.stderr


def point(name: str, value: str) -> EntryPoint:
    """Give an entry point of a module of this folder."""
    return EntryPoint(name=name, value=value, group=GROUP)


@pytest.mark.parametrize(
    ("function", "reason"),
    {
        "trips": "failed: ZeroDivisionError",
        "nothing": "gave NoneType instead of a Bulletin",
        "leaderless": "gave no lead story",
        "untitled": "not one line of text",
        "unprintable": r"U\+0007, which XML forbids",
    }.items(),
)
def test_plugin_that_breaks_a_promise_costs_one_bulletin(function, reason):
    """The author is told which parser of which package did what."""
    found = load([point("odd", f"plugins.odd:{function}")])

    assert not found.errors
    with pytest.raises(BulletinError, match=reason):
        parse(b"x", Hints(name="a.odd"), plugins=found.parsers)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("txt", "plugins.odd:nothing", ".txt is read by feedpub itself"),
        ("odd", "plugins.odd:NAME", "is no function"),
        ("odd", "plugins.odd:absent", "AttributeError"),
    ],
    ids=["own-format", "no-function", "absent"],
)
def test_plugin_that_cannot_be_used_is_named(name, value, reason):
    """Nothing is raised: all other formats go on."""
    [error] = load([point(name, value)]).errors

    assert reason in str(error)


def test_second_plugin_for_a_format_is_named():
    """The first counts."""
    [error] = load([point("odd", "plugins.odd:trips"), point("ODD", "plugins.odd:nothing")]).errors

    assert "another package" in str(error)

"""The first build of a site that has much to tell already."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedpub import config
from feedpub.app.building import build

CONFIG = """\
site: {title: Example News, url: https://example.org/, timezone: UTC}
input: {settle: 0s}
feeds:
  news:
    title: Example News
    limit: {entries: 4}
"""
BULLETINS = 150  # more pages and archives than one process makes alone


def a_site(root: Path) -> Path:
    """Make an installation with bulletins that nobody has seen; return its configuration."""
    (root / "input").mkdir(parents=True)
    for number in range(BULLETINS):
        teasers = "".join(f"Teaser {place} of {number} Is Out\nMore of {place} soon.\n" for place in range(3))
        path = root / "input" / f"{number:04}.txt"
        path.write_text(f"date 2024-05-{number % 28 + 1:02} Story {number} Begins\nIt is long.\n{teasers}")
        os.utime(path, (1_700_000_000 + number,) * 2)
    (root / "config.yaml").write_text(CONFIG)
    return root / "config.yaml"


def published(root: Path) -> dict[str, bytes]:
    """Read all that was published but for the live feeds, which say when the store was made."""
    files = (root / "output").rglob("*")
    found = {str(path.relative_to(root)): path.read_bytes() for path in files if path.is_file()}
    return {path: content for path, content in found.items() if not path.startswith("output/feeds/news.")}


@pytest.mark.skipif(os.cpu_count() == 1, reason="with one processor there is no second process")
def test_two_processes_publish_what_one_does(tmp_path, monkeypatch):
    """To the byte: how many there are decides nothing."""
    two, one = tmp_path / "two", tmp_path / "one"
    report = build(config.load(a_site(two), {}))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    build(config.load(a_site(one), {}))
    assert not report.failed
    assert len([path for path in report.written if "archive/" in path and path.endswith(".atom")]) > 30
    assert published(two) == published(one)

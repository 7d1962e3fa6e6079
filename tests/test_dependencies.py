"""What is installed is what was looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

# The first versions without holes that matter here, as SECURITY.md says.
FLOORS = {
    "feedgen": (0, 9),  # CVE-2020-5227
    "h11": (0, 16),  # CVE-2025-43859
    "lxml": (4, 9, 1),  # CVE-2022-2309
    "pillow": (12, 2),
    "pyyaml": (5, 4),  # CVE-2020-14343
    "starlette": (0, 49, 1),  # CVE-2025-62727
}


def pins(lock: Path) -> list[tuple[str, str, int]]:
    """Give name and version of each package, for some Python versions another, and how many hashes it has."""
    found = re.findall(
        r"^([a-z0-9._-]+)==(\S+)[^\n]*((?:\n    --hash=\S+(?: \\)?)*)", lock.read_text(), re.MULTILINE
    )
    return [(name, version, hashes.count("--hash=sha256:")) for name, version, hashes in found]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_by_hashes(lock):
    """And nothing else stands there that pip would install."""
    lines = [line for line in lock.read_text().splitlines() if line and line[0] not in " #"]
    pinned = pins(lock)

    assert len(lines) == len(pinned)
    assert [] == [name for name, _, hashes in pinned if not hashes]


@pytest.mark.parametrize("name", FLOORS)
def test_no_version_with_a_known_hole_is_pinned(name):
    """Where it is pinned at all."""
    versions = [version for lock in LOCKS for pinned, version, _ in pins(lock) if pinned == name]

    assert [] == [v for v in versions if tuple(map(int, re.findall(r"\d+", v)[:3])) < FLOORS[name]]


def test_make_installs_nothing_without_hashes():
    """But for feedpub itself, without dependencies."""
    installs = re.findall(r"pip install [^\n]*", (ROOT / "Makefile").read_text())
    locked = [line for line in installs if "--no-deps" not in line and not line.endswith(" uv")]

    assert locked
    assert [] == [line for line in locked if "--require-hashes" not in line]

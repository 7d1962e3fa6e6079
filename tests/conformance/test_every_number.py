"""Every rule of the checklist is held by a test that names it, or the list of rules says why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conformance.paper import ELSEWHERE

TESTS = Path(__file__).parents[1]
CHECKLIST = [*(f"C{number}" for number in range(1, 164)), *(f"F{number}" for number in range(1, 37))]


@pytest.fixture(scope="module")
def named() -> set[str]:
    """Give the numbers that stand in the tests, but for this one."""
    files = (path for path in TESTS.rglob("*.py") if "node_modules" not in path.parts)
    texts = (path.read_text(encoding="utf-8") for path in files if path != Path(__file__))
    ranges = re.compile(r"\b([CF])(\d{1,3})(?: to |-|–)\1(\d{1,3})\b")
    found: set[str] = set()
    for text in texts:
        found.update(re.findall(r"\b[CF]\d{1,3}\b", text))
        for kind, first, last in ranges.findall(text):
            found.update(f"{kind}{number}" for number in range(int(first), int(last) + 1))
    return found


@pytest.mark.parametrize("number", CHECKLIST)
def test_number_is_held(named, number):
    """By a test that fails when the rule is broken, or with a reason in docs/rules.md."""
    assert number in named or number in ELSEWHERE

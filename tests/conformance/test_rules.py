"""The table of rules: each is explained, tested and used."""

from __future__ import annotations

import re
from pathlib import Path

from conformance import test_documents, test_site
from conformance.paper import PAPER, text

import feedpub.conformance
from feedpub.conformance import RULES

SOURCE = Path(feedpub.conformance.__file__).parent


def test_every_rule_has_a_broken_document():
    """No rule is there that no test has seen broken."""
    tested = {case.split()[0] for case in (*test_documents.CASES, *test_site.CASES)} | {"C153"}

    assert set(RULES) == tested


def test_every_rule_is_used():
    """The table lists what is checked and nothing else."""
    used = {
        code
        for path in SOURCE.glob("*.py")
        if path.name != "rules.py"
        for code in re.findall(r'"([CS]\d+)"', path.read_text())
    }

    assert set(RULES) == used


def test_paper_lists_the_rules():
    """Operators read the same list that the program uses."""
    assert text() == PAPER.read_text()

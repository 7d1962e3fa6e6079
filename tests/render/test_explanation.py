"""How a bulletin was read, as a page."""

from __future__ import annotations

import lxml.html

from feedpub.model import Bulletin, Explanation, LineReading, ParsedEntry, Role
from feedpub.render import render_explanation

HOSTILE = '<script>alert(1)</script> & "quotes"'


def page(**changes):
    """Render the explanation of a bulletin of one line."""
    plain = {
        "line": 3,
        "text": "Storm Hits Coast",
        "kind": "headline",
        "role": "headline of the lead",
        "runner_up": "title of a teaser",
        "reasons": ("stands on the line of the date",),
        "confidence": 0.97,
    }
    bulletin = Bulletin(entries=(ParsedEntry(role=Role.LEAD, title="Storm Hits Coast"),))
    explanation = Explanation(bulletin=bulletin, lines=(LineReading(**plain | changes),))
    return lxml.html.document_fromstring(render_explanation(explanation, title="monday.txt"))


def test_each_line_shows_its_role_the_runner_up_and_the_reasons():
    """An editor sees what a line was taken for, what else it may be, and why."""
    [row] = page().xpath("//tbody/tr")

    assert row.get("class") == "headline"
    assert [text.strip() for text in row.itertext() if text.strip()] == [
        "3",
        "Storm Hits Coast",
        "headline of the lead",
        "0.97",
        "else title of a teaser",
        "stands on the line of the date",
    ]


def test_line_read_with_little_certainty_stands_out():
    """Doubtful lines are found at a glance."""
    [row] = page(confidence=0.4).xpath("//tbody/tr")

    assert "doubtful" in row.get("class").split()


def test_markup_in_a_bulletin_is_shown_as_text():
    """What an author writes never becomes part of the page."""
    found = page(text=HOSTILE)

    assert not found.xpath("//script")
    assert found.xpath("string(//tbody/tr/td[1])") == HOSTILE

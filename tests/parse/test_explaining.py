"""Why a bulletin was divided as it was."""

from __future__ import annotations

from parse.samples import LEAD, TEASERS, bulletin, read

from feedpub.model import Hints
from feedpub.parse import explain


def test_explanation_covers_every_line_with_role_and_reasons():
    """Each line has a role, a runner-up and reasons in words."""
    explained = explain(bulletin().encode(), Hints(name="a.txt", language="en"))

    assert explained.lines[0].text == LEAD
    assert [line.line for line in explained.lines] == list(range(1, 11))
    assert all(line.role and line.runner_up and line.reasons for line in explained.lines)
    assert all(0.0 <= line.confidence <= 1.0 for line in explained.lines)
    assert explained.bulletin == read(bulletin())


def test_explanation_names_what_is_seen():
    """The reasons are observations an editor would make."""
    explained = explain(bulletin().encode(), Hints(name="a.txt", language="en"))
    headline = explained.lines[0]
    title = next(line for line in explained.lines if line.text == TEASERS[0][0])

    assert headline.role == "headline of the lead"
    assert "stands on the line of the date" in headline.reasons
    assert title.role == "title of a teaser"
    assert "Is Written With Headline Capitals" in title.reasons


def test_doubt_is_a_warning_with_its_line():
    """A bulletin nobody could divide with certainty says so."""
    parsed = read(
        "Harbour news\nThe crane is back.\nThe cable is new and holds forty tonnes\nOld cable for sale\n"
        "Ask at the office\nCrane driver retires\n"
    )

    assert parsed.confidence < 0.6
    assert any("not sure" in warning.message and warning.line for warning in parsed.warnings)

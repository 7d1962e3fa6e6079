"""The list of rules as operators read it.

Run ``PYTHONPATH=tests python -m conformance.paper`` to write ``docs/rules.md`` anew.
"""

from __future__ import annotations

from pathlib import Path

from feedpub.conformance import RULES

PAPER = Path(__file__).parents[2] / "docs" / "rules.md"

HEAD = """\
# The rules that published documents keep

`feedpub check --output` holds every feed, archive, page, OPML list and sitemap of the output folder against
them. An error is something that some readers show wrong or not at all; the release gate holds each feed
against the same rules before it goes out and keeps one with an error from its subscribers (the last good
one stays). A warning is something by which somebody loses a little; it keeps nothing back. Codes never
change their meaning.

| rule | level | what is asked for | who asks | cure |
| --- | --- | --- | --- | --- |
"""


# Numbers of the checklist that no test can hold: why not.
ELSEWHERE = {
    "C69": "icons are square, logos twice as wide as high: feedpub names the addresses that the "
    "configuration gives, and does not fetch them; [feeds.md](feeds.md) asks for these shapes",
}

TAIL = """
Other rules concern how feeds come about (ids, dates, edits) or how they are served (conditional
requests, caches, hubs, page views): tests name them by the same numbers. Not held by a test, and why:

"""


def text() -> str:
    """Write the paper."""
    rows = (f"| {r.code} | {r.level} | {r.title} | {r.source} | {r.cure} |\n" for r in RULES.values())
    others = (f"- {code}: {reason}.\n" for code, reason in ELSEWHERE.items())
    return HEAD + "".join(rows) + TAIL + "".join(others)


if __name__ == "__main__":
    PAPER.write_text(text())

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


def text() -> str:
    """Write the paper."""
    rows = (f"| {r.code} | {r.level} | {r.title} | {r.source} | {r.cure} |\n" for r in RULES.values())
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAPER.write_text(text())

"""A bulletin with files: from front matter to every feed and the page."""

from __future__ import annotations

import json

import feedparser

BULLETIN = """\
---
slug: crane
image: https://cdn.example.org/crane.jpg
enclosure: {url: https://cdn.example.org/crane.mp3, type: audio/mpeg, length: 4096}
---
 date 2024-10-21 Harbour Crane Gets a New Cable
The crane at the old quay can lift forty tonnes again, the harbour office said on Monday.
Old Cable to Become a Bannister
The school has asked for eleven metres of it
"""


def test_image_and_enclosure_reach_subscribers(site):
    """The lead has them, in each format and on its page."""
    site.drop("monday.txt", BULLETIN)

    done = site.command("build")

    assert done.returncode == 0, done.stderr
    for name in ("rss", "atom"):
        lead, teaser = feedparser.parse((site.output / "feeds" / f"news.{name}").read_bytes()).entries
        [file] = lead.enclosures
        assert (file.href, file.type, file.length) == (
            "https://cdn.example.org/crane.mp3",
            "audio/mpeg",
            "4096",
        )
        assert not teaser.enclosures
    item = json.loads((site.output / "feeds" / "news.json").read_bytes())["items"][0]
    assert item["image"] == "https://cdn.example.org/crane.jpg"
    [page] = site.output.glob("2024/10/21/crane-*/index.html")
    assert '<img src="https://cdn.example.org/crane.jpg" alt="" loading="lazy">' in page.read_text()

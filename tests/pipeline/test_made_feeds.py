"""Feeds made from a template: one for each category or language that is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pipeline.newsroom import MONDAY, Newsroom
from pipeline.test_categories import SITE, a_bulletin, vanish
from pipeline.test_months import broken_links, listed, output

from feedpub import config, conformance
from feedpub.app import reporting

TEMPLATES = """\
  "topic-{category}":
    title: "{category} from the coast"
    formats: [rss, atom]
    limit: {entries: 8}
  "news-{language}":
    formats: [atom, json]
    select: {role: teaser}
"""


@pytest.fixture
def office(tmp_path):
    """Give an installation that has published stories in two categories and two languages."""
    newsroom = configured(Newsroom(tmp_path), TEMPLATES)
    newsroom.drop("1.md", a_bulletin("2024-10-20", "Harbour, Arts & Culture"))
    newsroom.drop("2.md", a_bulletin("2024-10-21", "Спорт").replace("categories", "language: bg\ncategories"))
    newsroom.build()
    return newsroom


def configured(newsroom: Newsroom, templates: str) -> Newsroom:
    """Add these feeds to the two that every newsroom has."""
    path = Path(newsroom.input).parent / "config.yaml"
    path.write_text(path.read_text().partition('  "')[0] + templates)
    newsroom.config = config.load(path, {})
    return newsroom


def made(newsroom: Newsroom) -> set[str]:
    """Return the files of the feeds that were made."""
    files = (
        path for path in output(newsroom) if re.match(r"feeds/(topic|news)-[^/]*\.(rss|atom|json)$", path)
    )
    return {path.removeprefix("feeds/") for path in files}


FILES = {
    "topic-harbour.rss",
    "topic-harbour.atom",
    "topic-arts-culture.rss",
    "topic-arts-culture.atom",
    "topic-sport-fbcd420a.rss",
    "topic-sport-fbcd420a.atom",
    "news-en.atom",
    "news-en.json",
    "news-bg.atom",
    "news-bg.json",
}


def test_every_category_and_language_has_a_feed(office):
    """One entry of the configuration makes as many feeds as there is news of."""
    assert made(office) == FILES
    assert office.titles("topic-sport-fbcd420a.atom") == [
        "Story 0 of 2024-10-21 on Спорт",
        "Story 1 of 2024-10-21 on Спорт",
    ]
    assert office.titles("news-bg.atom") == ["Story 1 of 2024-10-21 on Спорт"]
    head = (office.output / "feeds/topic-sport-fbcd420a.atom").read_text()
    assert "<title>Спорт from the coast</title>" in head
    assert 'xml:lang="bg"' in (office.output / "feeds/news-bg.atom").read_text().partition("<title")[0]


def test_new_feeds_are_listed_everywhere(office):
    """Who looks for feeds finds them: in OPML, in the sitemap, on pages of all and of the category."""
    opml = (office.output / "feeds.opml").read_text()
    index = (office.output / "feeds/index.html").read_text()
    topic = (office.output / "topics/harbour/index.html").read_text()

    assert "Harbour from the coast" in opml
    assert "Example News – bg" in opml
    assert 'href="../feeds/topic-harbour/"' in index
    assert f"{SITE}feeds/topic-harbour/" in listed(office, "sitemap-pages.xml")
    assert re.search(r'rel="alternate"[^>]*href="([^"]*)"', topic)[1] == f"{SITE}feeds/topic-harbour.rss"
    assert {"topic-harbour", "news-bg"} < {feed["name"] for feed in reporting.status(office.config)["feeds"]}


def test_feed_begins_with_its_first_entry(office):
    """A category of which nothing was ever told gets its feed with the bulletin that tells of it."""
    front = (office.output / "2024/10").rglob("index.html")
    before = {path: path.read_bytes() for path in front if path.parent.parent.name == "20"}
    office.drop("3.md", a_bulletin("2024-10-21", "Weather"))
    office.build()

    assert made(office) == FILES | {"topic-weather.rss", "topic-weather.atom"}
    assert before == {path: path.read_bytes() for path in before}
    assert "Weather from the coast" in (office.output / "feeds.opml").read_text()
    with office._pipeline() as pipeline:
        pipeline.remake()
        assert pipeline.publish().written == ()


def test_embargoed_category_is_told_by_no_feed(office):
    """The name of a feed would tell what is held back."""
    office.drop("3.md", a_bulletin("2024-10-22", "Secret"))
    office.build()
    assert made(office) == FILES

    office.now = MONDAY.replace(day=22)
    office.build()
    assert made(office) == FILES | {"topic-secret.rss", "topic-secret.atom"}


def test_feed_without_entries_stays_valid(office):
    """Who subscribed keeps a feed that says what went, and gets what comes."""
    vanish(office, "2.md")

    assert made(office) == FILES
    assert office.titles("topic-sport-fbcd420a.atom") == []
    assert "deleted-entry" in (office.output / "feeds/topic-sport-fbcd420a.atom").read_text()
    office.drop("3.md", a_bulletin("2024-10-22", "спорт"))
    office.now = MONDAY.replace(day=23)
    office.build()
    assert len(office.titles("topic-sport-fbcd420a.atom")) == 2
    assert "<title>Спорт from the coast" in (office.output / "feeds/topic-sport-fbcd420a.atom").read_text()


def test_template_that_goes_takes_its_feeds_along(office):
    """Nothing of them is left, nor comes back incomplete with the template."""
    all_of_it = output(office)
    configured(office, "")
    office.build()
    assert made(office) == set()
    assert broken_links(output(office)) == []
    assert not any("topic-" in path for path in output(office))

    configured(office, TEMPLATES)
    office.build()
    assert output(office) == all_of_it


def test_template_of_a_later_day_makes_feeds_of_what_is_there(tmp_path):
    """All that was published before is in the new feeds."""
    office = Newsroom(tmp_path)
    office.drop("1.md", a_bulletin("2024-10-21", "Harbour"))
    office.build()
    configured(office, TEMPLATES)
    office.build()

    assert made(office) == {"topic-harbour.rss", "topic-harbour.atom", "news-en.atom", "news-en.json"}
    assert len(office.titles("topic-harbour.atom")) == 2


def test_too_many_categories_make_no_flood(office):
    """Beyond `at_most` none is made, and status says which template wants more; raised, they come."""
    few = TEMPLATES.replace("formats: [rss, atom]", "formats: [rss, atom]\n    at_most: 4")
    configured(office, few)
    office.drop("3.md", a_bulletin("2024-10-21", "Weather, Traffic, Schools"))
    office.build()
    assert len(made(office) - FILES) == 2
    wanted = "'topic-{category}' would make more feeds than its at_most; raise that in config.yaml"
    assert reporting.status(office.config)["problems"] == [wanted]

    configured(office, TEMPLATES)
    office.build()
    assert len(made(office) - FILES) == 6
    assert reporting.status(office.config)["problems"] == []


def test_output_keeps_all_rules_and_is_what_would_be_made_at_once(office):
    """Made feeds are held against the rules, with their archives."""
    for number in range(3, 9):
        office.drop(f"{number}.md", a_bulletin("2024-10-21", "Harbour", text=f"What {number} told"))
        office.build()
    files = output(office)
    assert any(path.startswith("feeds/topic-harbour/archive/") for path in files)
    examined = [conformance.examine(p, c) for p, c in files.items() if conformance.is_document(p)]
    sizes = {path: len(content) for path, content in files.items()}
    findings = [finding for found, _ in examined for finding in found]

    assert [*findings, *conformance.agree([f for _, f in examined if f], url=SITE, sizes=sizes)] == []
    assert broken_links(files) == []
    with office._pipeline() as pipeline:
        pipeline.remake()
        assert pipeline.publish().written == ()


def test_entry_that_changes_its_category_changes_its_feed(office):
    """It leaves one and enters the other, which begins with it."""
    office.drop("1.md", a_bulletin("2024-10-20", "Harbour, Arts & Culture").replace("[Harbour,", "[Sea,"))
    office.build()

    assert office.titles("topic-harbour.atom") == []
    assert len(office.titles("topic-sea.atom")) == 2

"""Pages of categories: every story is found in its own, a publication touches nothing else."""

from __future__ import annotations

import re

import pytest
from pipeline.newsroom import MONDAY, Newsroom
from pipeline.test_months import broken_links, changed, links, listed, output

from feedpub import conformance
from feedpub.model import Verb
from feedpub.pipeline.categories import PAGE_ENTRIES
from feedpub.store import open_store

SITE = "https://news.example.org/"


@pytest.fixture
def office(tmp_path):
    """Give an installation that has published stories in two categories, one of them in both."""
    newsroom = Newsroom(tmp_path)
    newsroom.drop("1.md", a_bulletin("2024-10-19", "Harbour"))
    newsroom.drop("2.md", a_bulletin("2024-10-20", "Harbour, City council"))
    newsroom.drop("3.md", a_bulletin("2024-10-21", "Спорт"))
    newsroom.build()
    return newsroom


def a_bulletin(day: str, categories: str, *, stories: int = 2, text: str = "What happened") -> str:
    """Write a bulletin of this day, all of it in these categories."""
    told = (f"## Story {n} of {day} on {categories}\n\n{text}, {n}.\n" for n in range(stories))
    return f"---\ndate: {day}\ncategories: [{categories}]\n---\n" + "\n".join(told)[1:]


def stories(newsroom: Newsroom, path: str) -> list[str]:
    """Return the titles that a page lists."""
    return re.findall(r"<bdi>(Story[^<]*)", (newsroom.output / path).read_text())


def vanish(newsroom: Newsroom, *names: str) -> None:
    """Delete bulletins, and look until that is believed."""
    for name in names:
        (newsroom.input / name).unlink()
    newsroom.build()
    newsroom.build()


def test_every_category_lists_its_stories(office):
    """A story is on the page of each of its categories, the newest first."""
    assert [title[-9:] for title in stories(office, "topics/harbour/index.html")] == [
        *["y council"] * 2,
        *["n Harbour"] * 2,
    ]
    assert len(stories(office, "topics/city-council/index.html")) == 2
    assert len(stories(office, "topics/sport-fbcd420a/index.html")) == 2


def test_pages_lead_to_categories(office):
    """From the front page and from a story one gets to what else is told of its subject."""
    page = next(office.output.glob("2024/10/20/*/index.html")).read_text()

    assert re.findall(r'rel="tag" href="([^"]*)"', page) == [
        "../../../../topics/harbour/",
        "../../../../topics/city-council/",
    ]
    assert 'href="./topics/"' in (office.output / "index.html").read_text()
    index = (office.output / "topics/index.html").read_text()
    assert re.findall(r"<bdi>([^<]*)", index)[:3] == ["City council", "Harbour", "Спорт"]
    assert {f"{SITE}topics/", f"{SITE}topics/harbour/"} < set(listed(office, "sitemap-pages.xml"))


def test_output_keeps_all_rules_and_every_link_leads_to_a_file(office):
    """Pages of categories are held against the rules; each link within the site is followed."""
    files = output(office)
    sizes = {path: len(content) for path, content in files.items()}
    examined = [conformance.examine(p, c) for p, c in files.items() if conformance.is_document(p)]
    findings = [finding for found, _ in examined for finding in found]
    facts = [fact for _, fact in examined if fact]

    assert [*findings, *conformance.agree(facts, url=SITE, sizes=sizes)] == []
    assert broken_links(files) == []


def test_publication_touches_its_own_categories_alone(office):
    """A bulletin on sport leaves the pages on the harbour as they are."""
    before = output(office)

    office.drop("4.md", a_bulletin("2024-10-21", "спорт"))
    office.build()

    topics = {path for path in changed(office, before) if path.startswith("topics/")}
    assert topics == {"topics/sport-fbcd420a/index.html"}


def test_story_that_changes_its_category_moves(office):
    """Edited front matter takes a story off one page and puts it on another."""
    office.drop("2.md", a_bulletin("2024-10-20", "Harbour, City council").replace("[Harbour, ", "[Sea, "))
    office.build()

    assert len(stories(office, "topics/harbour/index.html")) == 2
    assert len(stories(office, "topics/sea/index.html")) == 2
    assert broken_links(output(office)) == []


def test_category_that_lost_everything_leaves_no_trace(office):
    """When its last story is withdrawn, nothing leads to a category any more."""
    vanish(office, "2.md", "3.md")

    files = output(office)
    assert not {"topics/city-council/index.html", "topics/sport-fbcd420a/index.html"} & files.keys()
    assert b"City council" not in files["topics/index.html"]
    assert f"{SITE}topics/city-council/" not in listed(office, "sitemap-pages.xml")
    assert broken_links(files) == []


def test_story_that_the_operator_withdraws_and_restores_is_listed_again(office):
    """The operator's word counts on the pages of categories as in feeds."""
    entry = next(e for e in office.entries().values() if e.categories == ("Спорт",))
    office.order(Verb.WITHDRAW, entry.id)
    assert len(stories(office, "topics/sport-fbcd420a/index.html")) == 1

    office.order(Verb.RESTORE, entry.id)
    assert len(stories(office, "topics/sport-fbcd420a/index.html")) == 2


def test_embargoed_story_is_on_no_page_before_its_moment(office):
    """Not even the name of its category is told before."""
    office.drop("4.md", a_bulletin("2024-10-22", "Secret"))
    office.build()
    assert not any(b"ecret" in content for content in output(office).values())

    office.now = MONDAY.replace(day=22)
    office.build()
    assert len(stories(office, "topics/secret/index.html")) == 2


def a_full_office(tmp_path) -> Newsroom:
    """Give an installation with two full pages of one category and a newest one."""
    office = Newsroom(tmp_path)
    for day in range(1, 12):
        office.drop(f"{day}.md", a_bulletin(f"2024-10-{day:02}", "Sport", stories=25))
    office.build()
    return office


PAGES = ("index.html", "page-1/index.html", "page-2/index.html")


def test_full_pages_of_a_category_stay(tmp_path):
    """Another bulletin changes the newest page and nothing before it; each story is on one page."""
    office = a_full_office(tmp_path)
    before = output(office)
    assert links(office, "topics/sport/page-1/index.html", "next") == ["../../../topics/sport/page-2/"]

    office.drop("late.md", a_bulletin("2024-10-12", "Sport", stories=3))
    office.build()

    after = output(office)
    assert [before[f"topics/sport/{p}"] == after[f"topics/sport/{p}"] for p in PAGES] == [False, True, True]
    titles = [title for page in PAGES for title in stories(office, f"topics/sport/{page}")]
    assert len(titles) == len(set(titles)) == 11 * 25 + 3
    assert [len(stories(office, f"topics/sport/{p}")) for p in PAGES[1:]] == [PAGE_ENTRIES] * 2


def test_page_of_a_category_that_is_empty_goes(tmp_path):
    """What is left moves to the address of the category, and neighbours close the gap."""
    office = a_full_office(tmp_path)
    vanish(office, "1.md", "2.md", "3.md", "4.md")
    assert "topics/sport/page-1/index.html" not in output(office)
    assert links(office, "topics/sport/page-2/index.html", "prev") == []

    vanish(office, "9.md", "10.md", "11.md")

    files = output(office)
    assert [p for p in files if re.match(r"topics/sport/.*html$", p)] == ["topics/sport/index.html"]
    assert len(stories(office, "topics/sport/index.html")) == 4 * 25
    assert broken_links(files) == []


def test_everything_made_anew_is_the_same(tmp_path):
    """What grew piece by piece is what would be made at once."""
    office = a_full_office(tmp_path)
    office.drop("old.md", a_bulletin("2024-09-12", "Sport, Harbour", stories=80))
    office.build()
    vanish(office, "3.md")
    before = output(office)

    with office._pipeline() as pipeline:
        pipeline.remake()
        done = pipeline.publish()

    assert (done.written, done.failed) == ((), ())
    assert output(office) == before


def test_store_of_before_learns_its_categories(office):
    """An upgraded store has pages for what was published long before."""
    before = output(office)
    with open_store(office.config.store.url) as store, store.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM categorized")
        connection.exec_driver_sql("DELETE FROM category")
        connection.exec_driver_sql("DELETE FROM note WHERE key = 'categories'")
    (office.output / "topics/harbour/index.html").unlink()
    office.build()

    assert output(office) == before

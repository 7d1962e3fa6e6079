"""The archive by months and the sitemaps: every story is found, a publication touches its own month alone."""

from __future__ import annotations

import re

import pytest
from lxml import etree, html
from pipeline.newsroom import Newsroom

from feedpub import config, conformance
from feedpub.pipeline.months import PAGE_ENTRIES

DAYS = ("2024-08-30", "2024-08-31", "2024-10-20", "2024-10-21")


@pytest.fixture
def office(tmp_path):
    """Give an installation that has published in two months, with one between them."""
    newsroom = Newsroom(tmp_path)
    for day in DAYS:
        newsroom.drop(f"{day}.md", a_bulletin(day))
    newsroom.build()
    return newsroom


def a_bulletin(day: str, *, stories: int = 3, word: str = "Story") -> str:
    """Write a bulletin of this day."""
    told = (f"# {word} {n} of {day}\n\nWhat happened, {n}.\n" for n in range(stories))
    return f"---\ndate: {day}\ncategories: [Harbour]\n---\n" + "\n".join(told).replace("\n# ", "\n## ")


def links(newsroom: Newsroom, path: str, relation: str) -> list[str]:
    """Return where the links of this kind on a page lead."""
    page = html.fromstring((newsroom.output / path).read_bytes())
    return [link.get("href") for link in page.iter("a") if link.get("rel") == relation]


def listed(newsroom: Newsroom, path: str) -> list[str]:
    """Return the addresses in a sitemap."""
    root = etree.fromstring((newsroom.output / path).read_bytes())
    return [loc.text or "" for loc in root.iter("{*}loc")]


def output(newsroom: Newsroom) -> dict[str, bytes]:
    """Return every file by its path."""
    files = (path for path in newsroom.output.rglob("*") if path.is_file())
    return {str(path.relative_to(newsroom.output)): path.read_bytes() for path in files}


def changed(newsroom: Newsroom, before: dict[str, bytes]) -> set[str]:
    """Return the lists that are others than before: no entries' pages, no feeds, no copies of files."""
    after = output(newsroom)
    paths = {path for path in after | before if after.get(path) != before.get(path)}
    return {p for p in paths if not re.search(r"^feeds/|\d{4}/\d\d/\d\d/|\.(gz|br|zst)$", p)}


def test_months_lead_to_each_other_and_to_every_story(office):
    """Who begins at the archive, or walks from month to month, meets every story."""
    archive = (office.output / "archive/index.html").read_text()

    assert re.findall(r"2024/\d\d/", archive) == ["2024/08/", "2024/10/"]
    assert links(office, "2024/10/index.html", "prev") == ["../../2024/08/"]
    assert links(office, "2024/08/index.html", "next") == ["../../2024/10/"]
    assert (office.output / "2024/10/index.html").read_text().count("<bdi>Story") == 6


def test_new_month_is_named_by_its_neighbours(office):
    """A month that begins, also one in between, is linked from both sides and from the archive."""
    office.drop("september.md", a_bulletin("2024-09-02"))
    office.build()

    assert links(office, "2024/10/index.html", "prev") == ["../../2024/09/"]
    assert links(office, "2024/08/index.html", "next") == ["../../2024/09/"]
    assert "2024/09/" in (office.output / "archive/index.html").read_text()
    assert "https://news.example.org/sitemap-2024-09.xml" in listed(office, "sitemap.xml")


def test_month_that_lost_everything_leaves_no_trace(office):
    """When its last story is withdrawn, nothing leads to the month any more."""
    for day in DAYS[:2]:
        (office.input / f"{day}.md").unlink()
    office.build()
    office.build()

    files = output(office)
    assert not {"2024/08/index.html", "sitemap-2024-08.xml"} & files.keys()
    assert links(office, "2024/10/index.html", "prev") == []
    assert b"2024/08/" not in files["archive/index.html"]
    assert "https://news.example.org/sitemap-2024-08.xml" not in listed(office, "sitemap.xml")


def test_full_pages_of_a_month_stay(tmp_path):
    """Pages are numbered from the oldest: another bulletin changes the newest page and nothing before it."""
    office = Newsroom(tmp_path)
    for day in range(1, 12):
        office.drop(f"{day}.md", a_bulletin(f"2024-10-{day:02}", stories=25))
    office.build()
    before = output(office)
    assert {"2024/10/page-1/index.html", "2024/10/page-2/index.html"} <= before.keys()
    assert links(office, "2024/10/page-1/index.html", "next") == ["../../../2024/10/page-2/"]

    office.drop("late.md", a_bulletin("2024-10-12"))
    office.build()

    after = output(office)
    pages = ("index.html", "page-1/index.html", "page-2/index.html")
    assert [before[f"2024/10/{page}"] == after[f"2024/10/{page}"] for page in pages] == [False, True, True]
    titles = [t for page in pages for t in re.findall(b"<bdi>Story[^<]*", after[f"2024/10/{page}"])]
    assert len(titles) == len(set(titles)) == 11 * 25 + 3
    assert 250 < 11 * 25 + 3 < 3 * PAGE_ENTRIES


def test_page_that_is_no_longer_full_goes(tmp_path):
    """When stories are withdrawn, what is left moves up, and no page of the old ones is left over."""
    office = Newsroom(tmp_path)
    for day in range(1, 9):
        office.drop(f"{day}.md", a_bulletin(f"2024-10-{day:02}", stories=25))
    office.build()
    assert "2024/10/page-1/index.html" in output(office)

    for day in range(1, 4):
        (office.input / f"{day}.md").unlink()
    office.build()
    office.build()

    assert "2024/10/page-1/index.html" not in output(office)
    assert links(office, "2024/10/index.html", "prev") == []


def test_publication_touches_its_own_month_alone(office):
    """A bulletin changes the front page, its month and category, however long the archive is."""
    before = output(office)

    office.drop("noon.md", a_bulletin("2024-10-21", word="Late"))
    office.build()

    lists = {"index.html", "2024/10/index.html", "sitemap-2024-10.xml", "topics/harbour/index.html"}
    assert changed(office, before) == lists


def test_sitemaps_name_every_page_once(office):
    """Search engines find each page that is its own canonical one, with the instant of its last change."""
    office.drop(
        "link.md", "---\ndate: 2024-10-21\nlink: https://example.com/elsewhere\n---\n# Away\n\nText.\n"
    )
    office.build()

    parts = [address.removeprefix("https://news.example.org/") for address in listed(office, "sitemap.xml")]
    assert parts == ["sitemap-pages.xml", "sitemap-2024-10.xml", "sitemap-2024-08.xml"]
    named = [address for part in parts for address in listed(office, part)]
    canonical = re.compile(rb'rel="canonical" href="([^"]*)"')
    pages = {p: canonical.search(b) for p, b in output(office).items() if p.endswith("index.html")}
    expected = {m[1].decode() for m in pages.values() if m} - {"https://example.com/elsewhere"}
    assert sorted(named) == sorted(expected)


def test_everything_made_anew_is_the_same(office):
    """What grew piece by piece is what would be made at once."""
    office.drop("september.md", a_bulletin("2024-09-02"))
    office.build()
    (office.input / "2024-10-20.md").unlink()
    office.build()
    office.build()
    before = output(office)

    with office._pipeline() as pipeline:
        pipeline.remake()
        done = pipeline.publish()

    assert (done.written, done.failed) == ((), ())
    assert output(office) == before


def test_output_keeps_all_rules_and_every_link_leads_to_a_file(office):
    """Feeds, pages, OPML and sitemaps are held against the rules; each link within the site is followed."""
    files = output(office)
    findings, facts = [], []
    for path, content in files.items():
        if conformance.is_document(path):
            found, fact = conformance.examine(path, content)
            findings += found
            facts += [fact] if fact else []
    sizes = {path: len(content) for path, content in files.items()}
    findings += conformance.agree(facts, url="https://news.example.org/", sizes=sizes)

    assert findings == []
    assert broken_links(files) == []


def test_no_pages_are_written_where_none_are_wanted(tmp_path):
    """Feeds alone, and the list of them."""
    office = Newsroom(tmp_path)
    path = tmp_path / "config.yaml"
    path.write_text(path.read_text() + "output: {pages: false}\n")
    office.config = config.load(path, {})
    office.drop("monday.md", a_bulletin("2024-10-21"))
    office.build()

    files = {path for path in output(office) if not path.endswith((".gz", ".br", ".zst"))}
    assert files == {"feeds.opml", "feeds/leads.atom", "feeds/news.rss", "feeds/news.atom", "feeds/news.json"}


def broken_links(files: dict[str, bytes]) -> list[str]:
    """Return what pages lead to within the site and is not there."""
    broken = []
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        page = html.fromstring(content, base_url=f"https://news.example.org/{path}")
        page.make_links_absolute()
        for _, _, address, _ in page.iterlinks():
            place, _, anchor = address.replace("?format=feed", "").partition("#")
            inside = place.removeprefix("https://news.example.org/")
            if place == inside or anchor:
                continue
            if (f"{inside}index.html" if inside.endswith("/") or not inside else inside) not in files:
                broken.append(f"{path} → {address}")
    return broken

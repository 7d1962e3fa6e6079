"""HTML pages, as a browser and a person find them."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from html.parser import HTMLParser

import pytest
from render.factories import MORNING, a_feed, a_page, a_rich_document, a_site, an_entry

from feedpub.exceptions import RenderError
from feedpub.model import Category, Person, Story
from feedpub.render import page_look, render_page, static_resources
from feedpub.render.words import languages, source

ENTRY_PATH = "2024/10/21/story-0/index.html"
VOID = {"meta", "link", "br", "hr", "img", "input"}
AWKWARD = '</title><script>alert("x")</script> & \'"'


class Page(HTMLParser):
    """What stands in a page: elements with their attributes, texts by element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.mistakes: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Note what is not closed in its order."""
        if not self.open or self.open.pop() != tag:
            self.mistakes.append(f"</{tag}>")

    def handle_data(self, data):
        """Note a text and the element it stands in."""
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def all(self, tag, **wanted):
        """Give the attributes of all elements with this name and these attributes."""
        return [a for name, a in self.elements if name == tag and wanted.items() <= a.items()]


def home(*entries, **changes):
    """Render a front page."""
    return Page(render_page(a_page(*entries, **changes)).content.decode())


def entry_page(entry=None, **changes):
    """Render the page of one entry."""
    changes = {"path": ENTRY_PATH, "template": "entry"} | changes
    return home(entry or an_entry(), **changes)


def feeds_page(*feeds, **changes):
    """Render the page of all feeds."""
    return home(path="feeds/index.html", template="feeds", feeds=feeds or (a_feed(),), **changes)


def feed_page(*entries, **changes):
    """Render the page of one feed."""
    return home(*entries, path="feeds/news/index.html", template="feed", **changes)


def month_page(*entries, **changes):
    """Render a page of a month."""
    changes = {"path": "2024/10/index.html", "template": "month", "months": (OCTOBER,)} | changes
    return home(*entries, **changes)


OCTOBER = dt.date(2024, 10, 1)
PAGES = {
    "home": lambda: home(*a_rich_document().entries),
    "home without entries": home,
    "entry": lambda: entry_page(a_rich_document().entries[0]),
    "entry without text": lambda: entry_page(a_rich_document().entries[3]),
    "bulletin": lambda: home(
        a_rich_document().entries[0],
        path="2024/10/21/story-0/bulletin/index.html",
        template="bulletin",
        stories=(Story(lead=a_rich_document().entries[0], others=a_rich_document().entries[1:]),),
    ),
    "feeds": feeds_page,
    "feed": lambda: feed_page(*a_rich_document().entries),
    "feed without entries": feed_page,
    "month": lambda: month_page(*a_rich_document().entries),
    "archive": lambda: home(path="archive/index.html", template="archive", months=(OCTOBER,)),
    "archive of nothing": lambda: home(path="archive/index.html", template="archive"),
    "feeds without feeds": lambda: home(path="feeds/index.html", template="feeds", feeds=()),
    "awkward": lambda: entry_page(
        an_entry(title=AWKWARD, summary=AWKWARD, author=AWKWARD, categories=(AWKWARD,)),
        site=a_site(title=AWKWARD, author=Person(name=AWKWARD)),
        feeds=(a_feed(title=AWKWARD),),
    ),
}


@pytest.mark.parametrize("case", PAGES)
def test_page_is_well_formed(case):
    """Every element is closed in its order, and the page begins with its type."""
    page = PAGES[case]()

    assert (page.mistakes, page.open) == ([], [])
    assert page.html.startswith("<!doctype html>\n<html lang=")
    assert [len(page.all(tag)) for tag in ("title", "h1", "main", "footer")] == [1, 1, 1, 1]


@pytest.mark.parametrize("case", PAGES)
def test_page_needs_no_script_and_no_inline_style(case):
    """A strict Content-Security-Policy blocks nothing on the page."""
    page = PAGES[case]()

    assert {"application/ld+json"} >= {a.get("type") for a in page.all("script")}  # data, which is never run
    assert not page.all("style")
    assert not [a for _, a in page.elements if any(key == "style" or key.startswith("on") for key in a)]
    assert not [a for _, a in page.elements if a.get("href", "").startswith(("javascript:", "data:"))]


@pytest.mark.parametrize("case", [case for case in PAGES if "without feeds" not in case])
def test_page_announces_every_format_of_every_feed(case):
    """A reader that is given the page's address finds the feeds, the preferred format first."""
    links = PAGES[case]().all("link", rel="alternate")

    assert [(link["type"], link["href"]) for link in links] == [
        ("application/rss+xml", "https://news.example.org/feeds/news.rss"),
        ("application/atom+xml", "https://news.example.org/feeds/news.atom"),
        ("application/feed+json", "https://news.example.org/feeds/news.json"),
    ]
    assert all(link["title"] for link in links)


def test_formats_are_announced_in_the_order_of_the_configuration():
    """Whoever prefers Atom lists it first."""
    links = home(feeds=(a_feed(formats=("atom", "rss")),)).all("link", rel="alternate")

    assert [link["type"] for link in links] == ["application/atom+xml", "application/rss+xml"]


CANONICAL = {
    "home": (home, "https://news.example.org/"),
    "feeds": (feeds_page, "https://news.example.org/feeds/"),
    "entry": (entry_page, "https://news.example.org/2024/10/21/story-0/"),
    "entry with the author's address": (
        lambda: entry_page(an_entry(url="https://example.com/story")),
        "https://example.com/story",
    ),
}


@pytest.mark.parametrize("case", CANONICAL)
def test_canonical_address(case):
    """Search engines learn the one address that the feeds give too."""
    make, expected = CANONICAL[case]

    assert [link["href"] for link in make().all("link", rel="canonical")] == [expected]


def test_home_lists_entries_by_day_newest_first():
    """The front page is a newspaper's: days, and under each its stories."""
    page = home(an_entry(0), an_entry(1), an_entry(90_000))

    assert [t["datetime"] for t in page.all("time")] == [
        "2024-10-21",  # of the whole page
        "2024-10-21",
        "2024-10-20",
    ]
    assert [text for tag, text in page.texts if tag == "a" and text.startswith("Story")] == [
        "Story 0", "Story 1", "Story 90000",
    ]  # fmt: skip


def test_days_are_those_of_the_site():
    """A story of nine in the evening UTC is tomorrow's in Sofia."""
    late = an_entry(published=an_entry().published.replace(hour=21))

    assert {t["datetime"] for t in home(late).all("time")} == {"2024-10-22"}
    assert {t["datetime"] for t in home(late, site=a_site(timezone="UTC")).all("time")} == {"2024-10-21"}


def test_own_pages_are_linked_relatively():
    """The site works wherever it is looked at: on the editor's machine, under a sub-path, at its address."""
    page = home(an_entry(0), an_entry(1, url="https://example.com/elsewhere"))
    root = "../../../../"

    assert addresses(page, "a") == [
        "#text",
        "./",
        "./archive/",
        "./feeds/",
        "./2024/10/21/story-0/",
        "https://example.com/elsewhere",
    ]
    assert addresses(entry_page(), "a") == ["#text", root, root, f"{root}archive/", f"{root}feeds/"]
    assert addresses(entry_page(), "link", rel="stylesheet") == [f"{root}assets/style.css"]


def addresses(page, tag, **wanted):
    """Give where the elements lead."""
    return [attributes["href"] for attributes in page.all(tag, **wanted)]


def test_entry_page_shows_the_whole_story():
    """Title, day, author, text and categories stand on the page of an entry."""
    topics = tuple(
        Category(slug=slug, name=name) for slug, name in (("politics", "politics"), ("r-d", "R&D <labs>"))
    )
    page = entry_page(a_rich_document().entries[0], topics=topics)

    assert ("h1", 'Markets < 5 % & "rising" <b>not bold</b> &amp; 😀') in page.texts
    assert [t["datetime"] for t in page.all("time")] == ["2024-10-21T03:00:00Z"]
    assert ("bdi", "Ann & Bob Author") in page.texts
    assert "<p>5 &lt; 6 &amp; 7 &gt; 2 &amp;amp; so on</p>" in page.html
    root = "../../../../topics/"
    assert addresses(page, "a", rel="tag") == [f"{root}politics/", f"{root}r-d/"]
    assert ("bdi", "R&D <labs>") in page.texts
    assert page.all("meta", name="description", content="5 < 6 & 7 > 2 &amp; so on")


def test_entry_page_names_the_author_s_address():
    """Where the story lives elsewhere, its page leads there; otherwise it leads nowhere."""
    page = entry_page(an_entry(url="https://example.com/story"))

    assert ("a", "Read on at example.com") in page.texts
    assert "source" not in entry_page().html


def test_language_and_direction_are_named():
    """A Hebrew site runs from right to left; a Bulgarian story on an English page says so."""
    assert home(site=a_site(language="he")).all("html", lang="he", dir="rtl")
    assert home(an_entry(language="bg")).all("div", lang="bg", dir="ltr")
    assert entry_page(an_entry(language="ar")).all("article", lang="ar", dir="rtl")
    assert "lang" not in entry_page(an_entry(language="en")).all("article")[0]


@pytest.mark.parametrize("make", [home, entry_page], ids=["home", "entry"])
def test_open_bidi_control_does_not_flip_its_neighbours(make):
    """A title that turns the direction of writing round is closed wherever it stands."""
    page = make(an_entry(title="\u202eevil", summary="\u2067also"))

    assert page.html.count("\u202e") == page.html.count("\u202c") > 0
    assert page.html.count("\u2067") == page.html.count("\u2069")
    assert not re.search("\u202e[^\u202c]*<", page.html)


def test_titles_find_their_own_direction():
    """Each title is written in the direction of its own first letter."""
    page = home(an_entry())

    assert all("dir" in a for tag, a in page.elements if tag in {"h1", "h3"})


def test_feeds_page_lists_addresses_to_copy():
    """Every feed is named, with the addresses of its formats, and how to subscribe is said."""
    page = feeds_page(a_feed(), a_feed(name="leads", title="Leads", formats=("rss",)))

    assert [text for _, text in page.texts if text in {"Example News", "Leads"}][-2:] == [
        "Example News",
        "Leads",
    ]
    assert [text for tag, text in page.texts if tag == "code"] == [
        "https://news.example.org/feeds/news.rss",
        "https://news.example.org/feeds/news.atom",
        "https://news.example.org/feeds/news.json",
        "https://news.example.org/feeds/leads.rss",
    ]
    assert "../feeds/news.rss" in [a["href"] for a in page.all("a")]
    assert "feed reader" in page.html


def test_feed_page_says_how_to_subscribe():
    """The addresses stand there to be copied; common readers are a click away; its stories are listed."""
    page = feed_page(an_entry(0), an_entry(1), feeds=(a_feed(formats=("atom", "rss")), a_feed(name="leads")))

    assert [text for tag, text in page.texts if tag == "code"] == [
        "https://news.example.org/feeds/news.atom",
        "https://news.example.org/feeds/news.rss",
    ]
    links = addresses(page, "a")
    assert "feed:https://news.example.org/feeds/news.atom" in links
    assert "https://www.inoreader.com/feed/https%3A%2F%2Fnews.example.org%2Ffeeds%2Fnews.atom" in links
    assert links[-2:] == ["/2024/10/21/story-0/", "/2024/10/21/story-1/"]


def test_bulletin_stands_together_on_the_front_page():
    """The lead comes first and larger, what else its bulletin tells below it."""
    page = home(stories=(Story(lead=an_entry(0), others=(an_entry(1), an_entry(2))),))

    assert [a.get("class") for a in page.all("article")] == ["lead", None, None]


def test_entry_is_described_to_search_engines():
    """A NewsArticle in JSON-LD, in which no text can end the element it stands in."""
    page = entry_page(an_entry(title=AWKWARD, author="Ann Author", updated=MORNING + dt.timedelta(hours=2)))

    (found,) = [json.loads(text) for tag, text in page.texts if tag == "script"]
    assert (found["@type"], found["headline"]) == ("NewsArticle", AWKWARD)
    assert (found["datePublished"], found["dateModified"]) == ("2024-10-21T03:00:00Z", "2024-10-21T05:00:00Z")
    assert found["author"] == {"@type": "Person", "name": "Ann Author"}
    assert found["url"] == page.all("link", rel="canonical")[0]["href"]


def test_entry_is_described_to_those_who_share_it():
    """Whoever shares the address of a story shows its title, its summary and its image (Open Graph)."""
    page = entry_page(an_entry(title="A <b> story", image="https://cdn.example.org/a.jpg"))

    found = {a["property"]: a["content"] for a in page.all("meta") if a.get("property", "").startswith("og:")}
    assert found == {
        "og:type": "article",
        "og:title": "A <b> story",
        "og:url": "https://news.example.org/2024/10/21/story-0/",
        "og:site_name": "Example News",
        "og:description": "What story 0 tells.",
        "og:image": "https://cdn.example.org/a.jpg",
    }


def test_entry_says_since_when_it_reads_as_it_does():
    """An edited story shows when; one that never changed does not."""
    edited = an_entry(updated=MORNING + dt.timedelta(days=1))

    assert ("time", "22 October 2024, 06:00") in entry_page(edited).texts
    assert "Updated" not in entry_page(an_entry(updated=an_entry().published)).html


LANGUAGES = {
    "en": ("Feeds", "Monday, 21 October 2024"),
    "en-US": ("Feeds", "Monday, October 21, 2024"),
    "de-AT": ("Feeds", "Montag, 21. Oktober 2024"),
    "bg": ("Емисии", "понеделник, 21 октомври 2024\u202fг."),
    "ar": ("الخلاصات", "الاثنين، 21 أكتوبر 2024"),
    "zh-Hans-CN": ("订阅源", "2024年10月21日星期一"),
    "pt-BR": ("Feeds", "segunda-feira, 21 de outubro de 2024"),
    "pl": ("Kanały", "poniedziałek, 21 października 2024"),
    "uk": ("Стрічки", "понеділок, 21 жовтня 2024\u202fр."),
    "ja": ("フィード", "2024年10月21日月曜日"),
    "tr": ("Akışlar", "21 Ekim 2024 Pazartesi"),
    "fa": ("خوراک‌ها", "دوشنبه 21 اکتبر 2024"),
    "hi": ("फ़ीड", "सोमवार, 21 अक्टूबर 2024"),
    "fi": ("Feeds", "maanantai 21. lokakuuta 2024"),
    "tlh": ("Feeds", "Monday, 21 October 2024"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_the_language_of_the_site(language):
    """Words are the site's language's, English without a translation and marked so; days are CLDR's."""
    word, day = LANGUAGES[language]
    page = home(an_entry(), site=a_site(language=language))

    assert {("a", word), ("time", day)} <= set(page.texts)
    assert bool(page.all("nav", lang="en", dir="ltr")) == (language in {"fi", "tlh"})


@pytest.mark.parametrize("language", languages())
def test_words_are_whole(language):
    """Every translation has all phrases, each with the same gaps."""
    english = tomllib.loads(source("en"))
    phrases = tomllib.loads(source(language))

    assert list(phrases) == list(english)
    assert {name: english[name].count("{}") for name in phrases} == {
        n: p.count("{}") for n, p in phrases.items()
    }
    assert [] == [name for name, phrase in phrases.items() if not phrase.strip()]


def test_page_is_named_and_typed():
    """Pages are HTML in UTF-8 and say so."""
    resource = render_page(a_page())

    assert (resource.path, resource.media_type) == ("index.html", "text/html; charset=utf-8")
    assert b'<meta charset="utf-8">' in resource.content[:100]


def test_text_that_has_no_utf8_is_reported():
    """A lone surrogate is reported with the page it would have stood on."""
    with pytest.raises(RenderError, match=re.escape(ENTRY_PATH)):
        entry_page(an_entry(title="\ud800"))


def test_look_of_pages_has_a_name_that_stays():
    """Pages are written anew only when their look has changed, so the same templates have the same name."""
    assert re.fullmatch("[0-9a-f]{64}", page_look())
    assert page_look() == page_look()


def test_stylesheet_is_small_and_asks_for_nothing_else():
    """One small file dresses all pages, in light and dark, and fetches nothing from elsewhere."""
    (sheet,) = static_resources()
    text = sheet.content.decode()

    assert (sheet.path, sheet.media_type) == ("assets/style.css", "text/css; charset=utf-8")
    assert len(sheet.content) < 12_000
    assert "prefers-color-scheme: dark" in text
    assert "url(" not in text
    assert "@import" not in text

"""Pages in a real browser: nothing that an author writes runs, and everybody can read them (WCAG 2.2 AA)."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from render.factories import MORNING, a_feed, a_page, a_site, an_entry

from feedpub.model import Category, Enclosure, Person, Story
from feedpub.render import render_page, static_resources

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SITE = "https://news.example.org/"
OCTOBER = (dt.date(2024, 10, 1),)

# Each ends another kind of place: an element, an attribute, a script, a comment.
HOSTILE = (
    "</title></script><script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran = 1">',
    "' onmouseover='window.ran = 1' autofocus onfocus='window.ran = 1'",
    "--><svg onload=window.ran=1>",
    "{{ 7 * 7 }}{% raw %}${window.ran = 1}\u2028</script>",
)


def kinds(entries, **site):
    """Render a page of each kind that shows these entries."""
    first, *others = entries
    name = site.get("title", "Example News")
    feeds = (a_feed(title=name, description=name), a_feed(name="leads", title=f"{name} 2"))
    common = {"site": a_site(**site), "feeds": feeds}
    bulletins = (Story(lead=first, others=tuple(others)),)
    ways = {"older": "2024/09/", "newer": "2024/11/"}
    pages = {
        "home": a_page(stories=bulletins, **common),
        "entry": a_page(
            first,
            path="2024/10/21/story-0/index.html",
            template="entry",
            topics=tuple(
                Category(slug=f"topic-{number}", name=name) for number, name in enumerate(first.categories)
            ),
            **common,
        ),
        "bulletin": a_page(
            first,
            stories=bulletins,
            path="2024/10/21/story-0/bulletin/index.html",
            template="bulletin",
            **common,
        ),
        "feeds": a_page(path="feeds/index.html", template="feeds", **common),
        "feed": a_page(*entries, path="feeds/news/index.html", template="feed", **common),
        "gone": a_page(
            path="2024/10/20/x/index.html", template="gone", withdrawn=MORNING, reason=first.title, **common
        ),
        "month": a_page(
            stories=bulletins, path="2024/10/index.html", template="month", months=OCTOBER, **ways, **common
        ),
        "topic": a_page(
            *entries,
            path="topics/topic-0/index.html",
            template="topic",
            topics=(Category(slug="topic-0", name=first.title),),
            **ways,
            **common,
        ),
        "topics": a_page(
            path="topics/index.html",
            template="topics",
            topics=(Category(slug="topic-0", name=first.title), Category(slug="topic-1", name="قضايا")),
            **common,
        ),
        "archive": a_page(path="archive/index.html", template="archive", months=OCTOBER, **common),
    }
    return {kind: render_page(page) for kind, page in pages.items()}


def plain():
    """Give entries in four languages, one with everything that an entry can have."""
    rich = an_entry(
        0,
        title="Harbour to stay open through the winter",
        author="Inês Almeida",
        categories=("Harbour", "Economy"),
        updated=MORNING + dt.timedelta(days=1),
        content_html='<p>One.</p>\n<p class="correction"><strong>Correction:</strong> not two.</p>',
        enclosures=(Enclosure(url="https://cdn.example.org/a.mp3", type="audio/mpeg", length=1000),),
    )
    return [
        rich,
        an_entry(1, title="افتتاح خط جديد للعبّارات", language="ar"),
        an_entry(2, title="港口新码头下月动工", language="zh"),
        an_entry(3, title="Пристанището остава отворено", language="bg"),
    ]


@pytest.fixture(scope="module")
def browser():
    """Start the browser once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path):
    """Give a folder with what all pages share."""
    write(tmp_path, static_resources())
    return tmp_path


def look_at(view, folder, path):
    """Open the page at this path of the site, whose files lie in `folder`."""
    view.route("**/*", lambda route: answer(route, folder))
    view.goto(SITE + path.removesuffix("index.html"))


def answer(route, folder):
    """Answer as a plain web server would, without a policy; nothing leaves the machine."""
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    file = folder / (f"{path}index.html" if not path or path.endswith("/") else path)
    if file.is_file():
        route.fulfill(path=file)
    else:
        route.abort()


def write(folder, resources):
    """Write resources where they belong."""
    for resource in resources:
        path = folder / resource.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(resource.content)


def test_nothing_runs_that_an_author_wrote(browser, folder):
    """Hostile texts in every field, without the policy that servers send as a second wall."""
    entries = [
        an_entry(
            number,
            title=f"{text} {HOSTILE[0]}",
            summary=text,
            author=text,
            categories=(text,),
            content_html="<p>x</p>",
            url=f"https://news.example.org/x/?{number}",
        )
        for number, text in enumerate(HOSTILE)
    ]
    everything = " ".join(HOSTILE)
    pages = kinds(entries, title=everything, author=Person(name=everything))
    write(folder, pages.values())
    view = browser.new_page()
    for kind, resource in pages.items():
        look_at(view, folder, resource.path)
        view.mouse.move(200, 200)

        assert (kind, view.evaluate("window.ran")) == (kind, None)
        assert (kind, view.locator("script:not([type='application/ld+json'])").count()) == (kind, 0)
    view.close()


LOOKS = {
    "phone": ({"width": 360, "height": 740}, "light", {}),
    "desktop": ({"width": 1280, "height": 900}, "dark", {}),
    "from right to left": (
        {"width": 360, "height": 740},
        "dark",
        {"language": "ar", "title": "صحيفة الميناء"},
    ),
}


@pytest.mark.parametrize("look", LOOKS)
def test_everybody_can_read_the_pages(browser, folder, look):
    """axe-core finds nothing on any kind of page, and no page is wider than its window."""
    size, scheme, site = LOOKS[look]
    pages = kinds(plain(), **site)
    write(folder, pages.values())
    view = browser.new_page(viewport=size, color_scheme=scheme)
    found = []
    for kind, resource in pages.items():
        look_at(view, folder, resource.path)
        results = Axe().run(view, options={"runOnly": STANDARDS})
        assert len(results.response["passes"]) > 10  # it did look
        found += [(kind, v["id"], v["nodes"][0]["html"]) for v in results.response["violations"]]
        width = view.evaluate("document.documentElement.scrollWidth")
        found += [(kind, "too wide", width)] if width > size["width"] else []
    view.close()

    assert found == []

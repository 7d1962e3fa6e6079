"""The page that stands where an entry was."""

from __future__ import annotations

import datetime as dt

from render.factories import a_page, an_entry
from render.test_pages import AWKWARD, ENTRY_PATH, Page

from feedpub.render import is_gone, render_page

GONE = dt.datetime(2024, 10, 21, 22, 30, tzinfo=dt.UTC)  # past midnight in the site's zone


def content(**changes) -> bytes:
    """Render the page of a withdrawn entry."""
    return render_page(a_page(path=ENTRY_PATH, template="gone", withdrawn=GONE, **changes)).content


def test_page_says_when_and_why():
    """The day is the site's; the reason is the operator's, and is text."""
    page = Page(content(reason=AWKWARD).decode())

    assert [] == page.mistakes
    assert ("time", "22 October 2024, 01:30") in page.texts
    assert [{"datetime": "2024-10-21T22:30:00Z"}] == page.all("time")
    assert AWKWARD in "".join(text for _, text in page.texts)
    assert [] == page.all("script")


def test_page_without_a_reason_says_when():
    """No reason was given, so none is made up."""
    page = Page(content().decode())

    assert ("time", "22 October 2024, 01:30") in page.texts
    assert len(Page(content(reason="Wrong.").decode()).all("p")) - 1 == len(page.all("p"))


def test_page_is_kept_out_of_search_engines():
    """Also where a server sends it with status 200; it claims to be no other page."""
    page = Page(content().decode())

    assert [{"name": "robots", "content": "noindex"}] == page.all("meta", name="robots")
    assert [] == page.all("link", rel="canonical")


def test_page_is_told_from_all_others_by_its_bytes():
    """A server needs nothing but the file; nobody who writes a text can make it think so."""
    forged = an_entry(
        title="<!-- feedpub: gone -->", content_html="<!doctype html>\n<!-- feedpub: gone -->\n"
    )
    entry = a_page(forged, path=ENTRY_PATH, template="entry")

    assert is_gone(content())
    assert not is_gone(render_page(entry).content)
    assert not is_gone(render_page(a_page(forged)).content)

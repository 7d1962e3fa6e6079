"""Every trap of feedgen 1.0.0 that feedpub could step into, and that it does not."""

from __future__ import annotations

import datetime as dt
import json
import locale
import re
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree
from render.factories import MORNING, a_document, a_feed, a_rich_document, a_site, an_entry

from feedpub.exceptions import RenderError
from feedpub.model import Person
from feedpub.render import render

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def rss(document):
    """Render as RSS and give the channel."""
    return etree.fromstring(render(document, "rss").content)[0]


def atom(document):
    """Render as Atom and give the feed."""
    return etree.fromstring(render(document, "atom").content)


def test_links_of_atom_entries_keep_their_relation():
    """F1: Feedgen writes only the address of an entry's link; the relation is there all the same."""
    (link,) = atom(a_document(an_entry())).findall(f"{ATOM}entry/{ATOM}link")

    assert link.attrib == {"href": an_entry().url, "rel": "alternate"}


def test_channel_link_is_the_home_page():
    """F2: Feedgen takes the last link it was told for the channel's; that is the home page, not the feed."""
    assert rss(a_document()).findtext("link") == "https://news.example.org/"


def test_instants_never_come_from_the_clock():
    """F8: Feedgen's default for every `updated` is now; each instant written is the document's."""
    document = a_rich_document()
    told = {document.updated} | {i for entry in document.entries for i in (entry.published, entry.updated)}

    written = {
        parsedate_to_datetime(element.text) for element in rss(document).iter("lastBuildDate", "pubDate")
    } | {dt.datetime.fromisoformat(e.text) for e in atom(document).iter(f"{ATOM}updated", f"{ATOM}published")}

    assert told == written


def test_summary_in_rss_is_html():
    """F5: Feedgen copies a summary as it is to where readers expect HTML; ours is escaped first."""
    channel = rss(a_document(an_entry(summary="5 < 6 & <b>")))

    assert channel.findtext("item/description") == "5 &lt; 6 &amp; &lt;b&gt;"


def test_texts_of_atom_say_that_they_are_html():
    """F4: Feedgen leaves texts untyped or types them CDATA, which Atom does not know; ours say html."""
    entry = atom(a_document(an_entry())).find(f"{ATOM}entry")

    assert [entry.find(f"{ATOM}{name}").get("type") for name in ("summary", "content")] == ["html", "html"]


def test_author_without_email_is_named_in_rss():
    """F6: Feedgen drops authors that have no e-mail address; ours stand in dc:creator, and once."""
    item = rss(a_document(an_entry(author="Ann Author"))).find("item")

    assert [element.text for element in item.findall(CREATOR)] == ["Ann Author"]
    assert item.find("author") is None


def test_atom_feed_always_has_an_author():
    """F7: Feedgen writes Atom feeds without an author, which are invalid; ours name the newsroom."""
    feed = atom(a_document(feed=a_feed(author=Person(name="Desk"))))

    assert [element.findtext(f"{ATOM}name") for element in feed.findall(f"{ATOM}author")] == ["Desk"]


def test_guid_is_not_taken_for_an_address():
    """F9: A tag: URI opens nothing, and the guid says so explicitly."""
    guid = rss(a_document(an_entry())).find("item/guid")

    assert (guid.text, guid.attrib) == (an_entry().id, {"isPermaLink": "false"})


def test_entries_keep_their_order():
    """F32: Feedgen puts each new entry before the others; ours stay newest first."""
    entries = [an_entry(number) for number in range(5)]
    ids = [entry.id for entry in entries]
    document = a_document(*entries)

    assert ids == [item.findtext("guid") for item in rss(document).iter("item")]
    assert ids == [entry.findtext(f"{ATOM}id") for entry in atom(document).iter(f"{ATOM}entry")]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ufffe", "\uffff", "\ud800"])
@pytest.mark.parametrize("name", ["rss", "atom"])
def test_character_that_xml_forbids_is_reported(name, bad):
    """F12: Feedgen fails with a foreign error on characters that XML forbids; ours names the document."""
    with pytest.raises(RenderError, match=rf"feeds/news\.{name}"):
        render(a_document(an_entry(title=f"bad {bad}")), name)


def test_lone_surrogate_in_json_is_reported():
    """What has no UTF-8 cannot become JSON either, and the message names the document."""
    with pytest.raises(RenderError, match=r"feeds/news\.json"):
        render(a_document(an_entry(title="\ud800")), "json")


ODD_INSTANTS = {
    "offset with seconds": dt.datetime(
        1890, 1, 1, 12, 0, 0, tzinfo=dt.timezone(dt.timedelta(minutes=53, seconds=28))
    ),
    "microseconds": MORNING.replace(microsecond=123456),
    "year before 1000": dt.datetime(99, 1, 1, tzinfo=dt.UTC),
    "half-hour zone": dt.datetime(2024, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30))),
}


@pytest.mark.parametrize("case", ODD_INSTANTS)
def test_odd_instants_are_written_by_the_standards(case):
    """C13, C89, F13: Feedgen writes such instants in forms no standard knows; ours are UTC to the second."""
    instant = ODD_INSTANTS[case]
    document = a_document(an_entry(published=instant, updated=instant))

    in_rss = rss(document).findtext("item/pubDate")
    in_atom = atom(document).findtext(f"{ATOM}entry/{ATOM}published")
    in_json = json.loads(render(document, "json").content)["items"][0]["date_published"]

    assert re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", in_rss)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", in_atom)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", in_json)
    assert instant.replace(microsecond=0) == dt.datetime.fromisoformat(in_json)
    assert instant.replace(microsecond=0) == dt.datetime.fromisoformat(in_atom)
    if instant.year > 1000:  # the standard library takes RFC 822's year 0099 for 1999
        assert instant.replace(microsecond=0) == parsedate_to_datetime(in_rss)


def test_locale_of_the_process_is_left_alone(monkeypatch):
    """F14: Feedgen switches the locale of all threads for every date of RSS; feedpub never does."""
    calls = []
    monkeypatch.setattr(locale, "setlocale", lambda *args: calls.append(args))

    render(a_rich_document(), "rss")

    assert calls == []


def test_category_is_written_as_it_is():
    """Categories keep their text; an entry without any has none."""
    document = a_document(an_entry(0, categories=("R&D", "a b")), an_entry(1))

    first, second = rss(document).findall("item")

    assert [element.text for element in first.findall("category")] == ["R&D", "a b"]
    assert second.findall("category") == []


def test_prefixes_are_declared_once_on_the_root():
    """Readers that look for the usual prefixes find them; Atom needs none."""
    assert set(rss(a_document()).getparent().nsmap) == {"atom", "content", "dc"}
    assert set(atom(a_document()).nsmap) == {None}
    assert render(a_rich_document(), "rss").content.count(b"xmlns") == 3
    assert render(a_rich_document(), "atom").content.count(b"xmlns") == 1


def test_channel_without_description_has_its_title_as_one():
    """Feedgen refuses a channel without description, RSS demands one; the title serves."""
    assert rss(a_document(feed=a_feed(description=""))).findtext("description") == "Example News"


def test_generator_and_docs_name_us_and_the_standard():
    """Whoever debugs the feed sees which program wrote it, and by which rules."""
    channel = rss(a_document(site=a_site()))

    assert re.fullmatch(r"feedpub \d+\.\d+\.\d+\S*", channel.findtext("generator"))
    assert channel.findtext("docs") == "https://www.rssboard.org/rss-specification"


def test_two_documents_share_nothing():
    """One feed's texts never appear in another's document."""
    render(a_document(an_entry(0, title="first")), "atom")

    assert b"first" not in render(a_document(an_entry(1, title="second")), "atom").content

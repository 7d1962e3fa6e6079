"""A reader that is not ours understands what the documents mean."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from render.factories import MORNING, a_document, a_feed, a_rich_document, a_site, an_entry
from render.reading import foreign, instant, text_of

from feedpub import compose
from feedpub.model import Entry, Role
from feedpub.render import FORMATS, check, render

XML_FORMATS = ("rss", "atom")
# What the model promises: the characters of XML 1.0 section 2.2, titles on one line.
LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
C1 = st.characters(min_codepoint=0x80, max_codepoint=0x9F)
LINES = st.text(LEGAL | C1, max_size=60).map(lambda text: " ".join(f"x{text}".split()))
PLAIN_LINES = st.text(LEGAL, max_size=60).map(
    lambda text: " ".join(f"x{text}".translate({ord("<"): None, ord("&"): None}).split())
)
PARAGRAPH = st.text(LEGAL | st.sampled_from("\t\n<&>"), max_size=200).map("x{}y".format)
PARAGRAPHS = st.lists(PARAGRAPH, max_size=3)


@pytest.mark.parametrize("name", XML_FORMATS)
def test_reader_finds_nothing_to_complain_about(name):
    """A second program reads the document in its strict mode."""
    assert not foreign(a_rich_document(), name).bozo


@pytest.mark.parametrize("name", XML_FORMATS)
def test_reader_finds_the_head(name):
    """Title, description, language, home page and instant of the feed arrive."""
    document = a_rich_document()

    head = foreign(document, name).feed

    assert (head.title, head.subtitle) == (document.feed.title, document.feed.description)
    assert (head.language, head.link) == ("en", "https://news.example.org/")
    assert document.updated == instant(head.updated_parsed)
    assert f"https://news.example.org/feeds/news.{name}" in [
        link.href for link in head.links if link.rel == "self"
    ]


@pytest.mark.parametrize("name", XML_FORMATS)
def test_reader_finds_every_entry(name):
    """Ids, order, addresses, titles, instants, tags and texts arrive as they were."""
    document = a_rich_document()

    entries = foreign(document, name).entries

    assert [entry.id for entry in document.entries] == [entry.id for entry in entries]
    assert [entry.url for entry in document.entries] == [entry.link for entry in entries]
    assert [entry.title for entry in document.entries] == [entry.title for entry in entries]
    assert [entry.published for entry in document.entries] == [instant(e.published_parsed) for e in entries]
    assert [entry.updated for entry in document.entries] == [instant(e.updated_parsed) for e in entries]
    assert [entry.categories for entry in document.entries] == [
        tuple(tag.term for tag in entry.get("tags", [])) for entry in entries
    ]
    assert [entry.summary for entry in document.entries] == [
        html.unescape(e.get("summary", "")) for e in entries
    ]
    assert [entry.content_html or "" for entry in document.entries] == [
        entry.content[0].value if "content" in entry else "" for entry in entries
    ]


def test_reader_finds_the_authors():
    """The author of an entry is named in both formats; in RSS the newsroom where nobody else is."""
    document = a_rich_document()

    rss, atom = (foreign(document, name).entries for name in XML_FORMATS)

    assert [e.author for e in rss] == [
        "Ann & Bob Author",
        "Иван Вазов",
        "Example Newsroom",
        "Example Newsroom",
    ]
    assert [e.get("author") for e in atom[:2]] == ["Ann & Bob Author", "Иван Вазов"]


@pytest.mark.parametrize("name", XML_FORMATS)
def test_reader_finds_the_language_of_an_entry(name):
    """An entry in another language than its feed says so, others do not."""
    languages = [entry.title_detail.language for entry in foreign(a_rich_document(), name).entries]

    assert languages[1:3] == ["bg", "ar"]


@pytest.mark.parametrize("name", XML_FORMATS)
@pytest.mark.parametrize(
    "text", ["5 < 6", "&amp;", "&#60;", "a & b", "<b>", "]]>", "café", "cafe\u0301", "\u200f"]
)
def test_text_is_escaped_exactly_once(name, text):
    """C7, C8: What looks like markup or like an entity reaches the reader as it was typed."""
    document = a_document(an_entry(summary=text, content_html=f"<p>{html.escape(text)}</p>"))

    (entry,) = foreign(document, name).entries

    assert text == html.unescape(entry.summary)
    assert text == text_of(entry.content[0].value)


def test_four_hundred_entries_keep_their_order():
    """A bulletin of four hundred stories reaches subscribers whole and in its order."""
    entries = [an_entry(number) for number in range(400)]
    document = a_document(*entries, feed=a_feed(max_entries=400))

    for name in FORMATS:
        check(render(document, name), document)

    assert [e.id for e in entries] == [e.id for e in foreign(document, "rss").entries]
    assert [e.id for e in entries] == [e.id for e in foreign(document, "atom").entries]


@pytest.mark.parametrize("name", XML_FORMATS)
def test_empty_feed_is_a_feed(name):
    """A feed without entries is valid and has nothing in it."""
    got = foreign(a_document(), name)

    assert (got.bozo, got.entries, got.feed.title) == (False, [], "Example News")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(LINES, PARAGRAPHS, LINES), max_size=3))
def test_all_of_unicode_survives_every_format(stories):
    """Whatever legal text stands in a bulletin, each format gives it back letter for letter."""
    document = composed(stories)

    seen = {name: read(name, render(document, name).content) for name in FORMATS}

    expected = [(title, "\n".join(paragraphs), (category,)) for title, paragraphs, category in stories]
    assert dict.fromkeys(FORMATS, expected) == seen


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(PLAIN_LINES, PARAGRAPHS), max_size=3))
def test_all_of_unicode_survives_the_foreign_reader(stories):
    """A foreign reader gives the same texts back.

    Left out are titles with markup, which feedparser takes for HTML in RSS, the controls of
    U+0080 to U+009F, which it takes for Windows-1252, and texts that look to it like UTF-8 encoded twice.
    """
    document = composed([(title, paragraphs, "x") for title, paragraphs in stories])
    assume(
        not any(
            looks_encoded_twice(text)
            for e in document.entries
            for text in (e.title, e.content_html, e.summary)
        )
    )

    for name in XML_FORMATS:
        got = foreign(document, name, sanitize_html=False, resolve_relative_uris=False)

        assert not got.bozo
        assert [title for title, _ in stories] == [entry.title for entry in got.entries]
        assert [entry.content_html for entry in document.entries] == [
            entry.content[0].value if "content" in entry else "" for entry in got.entries
        ]


def looks_encoded_twice(text):
    """Tell whether feedparser would decode a text once more."""
    try:
        return (text or "").encode("iso-8859-1").decode() != (text or "")
    except UnicodeError:
        return False


def composed(stories):
    """Compose a document as the pipeline does."""
    entries = [
        Entry(
            id=f"tag:news.example.org,2024:{number}",
            bulletin="b.txt",
            position=number,
            role=Role.TEASER,
            title=title,
            paragraphs=tuple(paragraphs),
            permalink=f"2024/{number}/",
            published=MORNING,
            updated=MORNING,
            categories=(category,),
        )
        for number, (title, paragraphs, category) in enumerate(stories)
    ]
    document = compose.feed_document(a_feed(), a_site(), entries, feed_id="tag:x,2024:f", changed=MORNING)
    for name in FORMATS:
        check(render(document, name), document)
    return document


def read(name, content):
    """Read titles, texts and tags with a strict parser of the notation and nothing else."""
    if name == "json":
        return [
            (item["title"], text_of(item["content_html"]), tuple(item["tags"]))
            for item in json.loads(content)["items"]
        ]
    root = etree.fromstring(content)
    content_name = {"rss": "{*}encoded", "atom": "{*}content"}[name]
    return [
        (item.findtext("{*}title"), text_of(item.findtext(content_name)), (tag_of(item),))
        for item in root.iter("item", "{http://www.w3.org/2005/Atom}entry")
    ]


def tag_of(item):
    """Give the one category of an item of RSS or an entry of Atom."""
    (category,) = item.findall("{*}category")
    return category.get("term") or category.text

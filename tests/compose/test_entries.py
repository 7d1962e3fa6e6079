"""An entry as subscribers get it."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from compose.factories import MORNING, a_site, an_entry
from hypothesis import given
from hypothesis import strategies as st

from feedpub.compose import feed_entry
from feedpub.compose.entries import newest_first
from feedpub.model import Correction, State


def shown(*, full_content=True, **changes):
    """Make an entry and show it."""
    return feed_entry(an_entry(**changes), a_site(), full_content=full_content)


def test_entry_keeps_identity_and_instants():
    """Id, title and instants reach subscribers as they were stored."""
    entry = an_entry(3, author="Ann Author", updated=MORNING)

    got = feed_entry(entry, a_site(), full_content=True)

    assert (entry.id, entry.title, entry.author) == (got.id, got.title, got.author)
    assert (entry.published, entry.updated) == (got.published, got.updated)


def test_paragraphs_become_html_escaped_once():
    """What an editor typed is what a reader sees, even if it looks like markup."""
    got = shown(paragraphs=('5 < 6 & "x" <b>', "&amp; stays"))

    assert got.content_html == "<p>5 &lt; 6 &amp; &quot;x&quot; &lt;b&gt;</p>\n<p>&amp;amp; stays</p>"


def test_blank_paragraphs_are_left_out():
    """Empty lines in a bulletin make no empty paragraphs."""
    got = shown(paragraphs=(" ", "text", ""))

    assert (got.content_html, got.summary) == ("<p>text</p>", "text")


def test_entry_of_a_headline_alone():
    """A headline without text is an entry with an empty text."""
    got = shown(paragraphs=())

    assert (got.content_html, got.summary) == ("", "")


def test_feed_of_summaries_carries_no_content():
    """Where the feed is set to summaries, the whole text stays on the page."""
    got = shown(full_content=False, paragraphs=("one", "two"))

    assert (got.content_html, got.summary) == (None, "one")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (None, "https://news.example.org/2024/10/21/story-0/"),
        ("https://example.com/ä", "https://example.com/%C3%A4"),
        ("javascript:alert(1)", "https://news.example.org/2024/10/21/story-0/"),
        ("http://[broken", "https://news.example.org/2024/10/21/story-0/"),
    ],
    ids=["no link", "the author's link", "a script", "a broken link"],
)
def test_address_of_an_entry(link, url):
    """Readers open the author's address; where there is none that opens, the story's page."""
    assert url == shown(link=link).url


def test_summary_is_the_first_paragraph_on_one_line():
    """A summary has no line ends."""
    assert shown(paragraphs=(" one\n two ", "three")).summary == "one two"


def test_summary_of_exactly_the_length_is_not_cut():
    """Three hundred characters still stand whole."""
    text = "x" * 300

    assert text == shown(paragraphs=(text,)).summary


CUTS = {
    "at a word": ("word " * 100, "word " * 59 + "word…"),
    "before a word that crosses": ("a" * 290 + " " + "b" * 40, "a" * 290 + "…"),
    "after a word that ends there": (
        "a" * 290 + " " + "b" * 9 + " " + "c" * 9,
        "a" * 290 + " " + "b" * 9 + "…",
    ),
    "without spaces": ("漢" * 400, "漢" * 300 + "…"),
    "between letters, not between a letter and its mark": ("a" * 299 + "e\u0301" * 9, "a" * 299 + "…"),
    "not inside a joined emoji": ("a" * 299 + "👩\u200d💻" * 9, "a" * 299 + "…"),
}


@pytest.mark.parametrize("case", CUTS)
def test_long_summary_is_cut(case):
    """A long first paragraph is cut where it hurts least and says so with an ellipsis."""
    text, expected = CUTS[case]

    assert expected == shown(paragraphs=(text,)).summary


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=900))
def test_summary_is_always_short_and_from_the_text(text):
    """Whatever the text, its summary is its beginning and no longer than the limit."""
    summary = shown(paragraphs=(text,)).summary

    assert len(summary) <= 301
    assert " ".join(text.split()).startswith(" ".join(summary.removesuffix("…").split()))


@given(st.text())
def test_content_holds_the_text_exactly(text):
    """Unescaped once, the HTML gives the text back."""
    content = shown(paragraphs=(f"x{text}",)).content_html

    assert f"x{text}" == html.unescape(content.removeprefix("<p>").removesuffix("</p>"))


def test_categories_are_neither_blank_nor_repeated():
    """A category named twice is given once, an empty one not at all."""
    assert shown(categories=("a", " ", "b\nc", "a", "")).categories == ("a", "b c")


def test_language_is_always_named():
    """An entry without a language of its own is in the site's."""
    assert (shown().language, shown(language="bg").language) == ("en", "bg")


def test_newest_first_whatever_the_order():
    """The newest entry stands first; entries of one instant stay in the order of their bulletin."""
    old = an_entry(9, published=MORNING - dt.timedelta(days=1))
    first = an_entry(0, published=MORNING)
    second = an_entry(1, published=MORNING)
    twin = an_entry(1, id="tag:a,2024:a", published=MORNING)

    assert [first, twin, second, old] == newest_first([old, second, twin, first])


@pytest.mark.parametrize("state", [State.SCHEDULED, State.WITHDRAWN])
def test_newest_first_leaves_out_what_is_not_published(state):
    """An entry that waits or was withdrawn gets into no document."""
    assert newest_first([an_entry(state=state)]) == []


ADOPTED = {
    "content_html": "<p>As <b>it</b> was.</p>",
    "address": "https://old.example/1",
    "paragraphs": ("As it was.",),
}


def test_adopted_entry_is_shown_as_it_was():
    """Its HTML and the address it always had."""
    shown = feed_entry(an_entry(**ADOPTED), a_site(), full_content=True)

    assert ("<p>As <b>it</b> was.</p>", "As it was.") == (shown.content_html, shown.summary)
    assert "https://old.example/1" == shown.url


def test_link_of_a_bulletin_counts_more_than_the_adopted_address():
    """The author says where the story is now."""
    shown = feed_entry(an_entry(**ADOPTED, link="https://new.example/"), a_site(), full_content=True)

    assert "https://new.example/" == shown.url


def test_mistyped_link_of_an_adopted_entry_gives_way_to_its_address():
    """It has no page of ours."""
    shown = feed_entry(an_entry(**ADOPTED, link="https://[::1"), a_site(), full_content=True)

    assert "https://old.example/1" == shown.url


def test_corrections_stand_dated_at_the_end_of_the_text():
    """Whoever read the wrong fact reads what is right, and since when that is said."""
    notes = (
        Correction(on=dt.date(2024, 10, 22), text="It was <1978> & not 1987."),
        Correction(on=dt.date(2024, 10, 25), text="In May."),
    )

    got = shown(paragraphs=("text",), corrections=notes)

    assert got.content_html == (
        "<p>text</p>\n"
        '<p class="correction"><strong>Correction, <time datetime="2024-10-22">2024-10-22</time>:</strong> '
        "It was &lt;1978&gt; &amp; not 1987.</p>\n"
        '<p class="correction"><strong>Correction, <time datetime="2024-10-25">2024-10-25</time>:</strong> '
        "In May.</p>"
    )
    assert got.summary == "text"


def test_corrections_of_an_adopted_entry_follow_its_own_html():
    """What another program wrote stays as it is."""
    note = Correction(on=dt.date(2024, 10, 22), text="In May.")

    got = shown(content_html="<div>text</div>", corrections=(note,))

    assert got.content_html.startswith('<div>text</div>\n<p class="correction">')


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("de-AT", "Berichtigung, {}:"),
        ("pt-BR", "Correção, {}:"),
        ("sr-Latn-RS", "Ispravka, {}:"),
        ("zh-Hant-TW", "更正（{}）："),
        ("tlh", "Correction, {}:"),
        (None, "Correction, {}:"),
    ],
)
def test_correction_is_labelled_in_the_language_of_the_entry(language, label):
    """A German story is not corrected in English; where we do not know the word, in English."""
    note = Correction(on=dt.date(2024, 10, 22), text="!")

    got = shown(language=language, corrections=(note,), paragraphs=())

    time = '<time datetime="2024-10-22">2024-10-22</time>'
    assert got.content_html == f'<p class="correction"><strong>{label.format(time)}</strong> !</p>'

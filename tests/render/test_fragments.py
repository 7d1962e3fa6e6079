"""What is remembered of entries changes no byte of the documents they stand in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render.factories import a_document, an_entry

from feedpub.model import Enclosure, Person
from feedpub.render import FORMATS, atom, jsonfeed, render, rss
from feedpub.render.fragments import _LARGEST, _MOST, Fragments

FILE = Enclosure(url="https://example.org/a.mp3", type="audio/mpeg", length=3)
PLAIN = a_document(*(an_entry(number) for number in range(3)))
DOCUMENTS = {
    "as before": PLAIN,
    "one more": replace(PLAIN, entries=(an_entry(7), *PLAIN.entries)),
    "one less": replace(PLAIN, entries=PLAIN.entries[1:]),
    "an edit": replace(PLAIN, entries=(replace(PLAIN.entries[0], title="Edited"), *PLAIN.entries[1:])),
    "none": replace(PLAIN, entries=()),
    "a file, whose prefix the root declares": replace(
        PLAIN, entries=(replace(an_entry(8), enclosures=(FILE,)), *PLAIN.entries)
    ),
    "another author of the feed": replace(PLAIN, feed=replace(PLAIN.feed, author=Person(name="Somebody"))),
    "another language of the feed": replace(PLAIN, feed=replace(PLAIN.feed, language="bg")),
    "lines that only Unicode knows": replace(PLAIN, entries=(replace(an_entry(9), summary="a\u2028b\x85c"),)),
    "markup in texts": replace(
        PLAIN, entries=(replace(an_entry(9), summary="a</entry>\n</item>\n", content_html="  <item><entry>"),)
    ),
    "the same twice": replace(PLAIN, entries=(an_entry(1), an_entry(1))),
}


@pytest.fixture
def forget():
    """Give a function that forgets all fragments."""

    def work() -> None:
        for kept in (atom._FRAGMENTS.fragments, rss._FRAGMENTS.fragments, jsonfeed._FRAGMENTS):
            kept._kept.clear()

    work()
    return work


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("case", DOCUMENTS)
def test_a_document_after_another_is_what_it_is_alone(forget, case, format_):
    """A publication writes the bytes that a fresh process would write."""
    alone = render(DOCUMENTS[case], format_)
    forget()
    render(PLAIN, format_)

    assert alone == render(DOCUMENTS[case], format_)


def test_what_is_remembered_is_bounded():
    """Neither many entries nor long ones fill the memory."""
    fragments = Fragments()
    entries = [an_entry(number) for number in range(_MOST + 5)]
    fragments.joined(entries, "", dict.fromkeys(entries, b"x"))
    fragments.joined([an_entry(-1)], "", {an_entry(-1): b"x" * (_LARGEST + 1)})

    assert (an_entry(-1),) == fragments.lacking([an_entry(-1), entries[-1]], "")
    assert _MOST == len(fragments._kept)

"""The release gate: what is broken stays out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from render.factories import MORNING, a_document, a_feed, a_rich_document, an_entry

from feedpub.exceptions import OperatorError, RenderError
from feedpub.render import FORMATS, check, render

DOCUMENT = a_document(an_entry(0), an_entry(1), an_entry(2))
XML_FORMATS = ("rss", "atom")
SOUND = {"empty": a_document(), "plain": DOCUMENT, "rich": a_rich_document()}


def altered(name, old, new, *, document=DOCUMENT):
    """Render a document and damage its bytes; the damage must have hit something."""
    resource = render(document, name)
    content = resource.content.replace(old, new)
    assert content != resource.content
    return replace(resource, content=content)


def refusal(resource, document=DOCUMENT):
    """Give the reason for which the gate keeps a resource out."""
    with pytest.raises(RenderError) as caught:
        check(resource, document)
    assert isinstance(caught.value, OperatorError)
    assert repr(resource.path) in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "document", [a_document(), DOCUMENT, a_rich_document()], ids=["empty", "plain", "rich"]
)
def test_sound_document_passes(name, document):
    """What is right goes out."""
    check(render(document, name), document)


@pytest.mark.parametrize("name", FORMATS)
def test_instants_finer_than_a_second_pass(name):
    """No format can write a fraction of a second, so the gate asks for none."""
    document = a_document(an_entry(published=MORNING.replace(microsecond=5), updated=MORNING))

    check(render(document, name), document)


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_document_is_refused(name):
    """A document that breaks off is not a document."""
    whole = render(DOCUMENT, name)

    assert "cannot be read back" in refusal(replace(whole, content=whole.content[: len(whole.content) // 2]))


@pytest.mark.parametrize("name", FORMATS)
def test_empty_file_is_refused(name):
    """Nothing is not a document either."""
    assert "cannot be read back" in refusal(replace(render(DOCUMENT, name), content=b""))


@pytest.mark.parametrize("name", FORMATS)
def test_wrong_encoding_is_refused(name):
    """Bytes that are not UTF-8 would be mojibake."""
    assert "cannot be read back" in refusal(altered(name, b"Story 1", b"St\xf6ry 1"))


@pytest.mark.parametrize("name", FORMATS)
def test_document_larger_than_its_limit_is_refused(name):
    """The configured size is never exceeded."""
    resource = render(DOCUMENT, name)
    size = len(resource.content)

    assert f"{size} bytes" in refusal(resource, replace(DOCUMENT, feed=a_feed(max_bytes=size - 1)))
    check(resource, replace(DOCUMENT, feed=a_feed(max_bytes=size)))


@pytest.mark.parametrize("name", FORMATS)
def test_more_entries_than_the_limit_are_refused(name):
    """The configured length is never exceeded."""
    document = replace(DOCUMENT, feed=a_feed(max_entries=2))

    assert "3 entries" in refusal(render(document, name), document)


@pytest.mark.parametrize("name", FORMATS)
def test_broken_rule_is_named_with_its_line(name):
    """The operator reads which rule of the standards a refused document breaks, and where."""
    document = a_document(an_entry(url="story.html"))

    reason = refusal(render(document, name), document)

    assert re.search(r"^line \d+: .*'story.html'.* \(rule C(24|25|87): ", reason)


@pytest.mark.parametrize("name", XML_FORMATS)
def test_warning_keeps_nothing_out(name):
    """What only some readers lose something by is published all the same (a title that looks like markup)."""
    document = a_document(an_entry(title="a <b>bold</b> claim"))

    check(render(document, name), document)


@pytest.mark.parametrize("name", FORMATS)
def test_missing_entry_is_refused(name):
    """Every entry of the document is in its rendering."""
    resource = render(replace(DOCUMENT, entries=DOCUMENT.entries[:2]), name)

    assert "2 entries, not 3" in refusal(resource)


@pytest.mark.parametrize("name", FORMATS)
def test_repeated_id_is_refused(name):
    """Two entries with one id would be one entry to every reader."""
    document = a_document(an_entry(0), an_entry(1, id=an_entry(0).id))

    assert "two entries" in refusal(render(document, name), document)


@pytest.mark.parametrize("name", FORMATS)
def test_changed_id_is_refused(name):
    """An id that differs from the stored one would be sent to every subscriber again."""
    assert "story-9" in refusal(altered(name, an_entry(1).id.encode(), an_entry(9).id.encode()))


@pytest.mark.parametrize("name", FORMATS)
def test_blank_id_is_refused(name):
    """An entry without id could never be recognised."""
    document = a_document(an_entry())

    assert "without id" in refusal(altered(name, an_entry().id.encode(), b"", document=document), document)


@pytest.mark.parametrize("name", FORMATS)
def test_wrong_order_is_refused(name):
    """Newest first, as the readers show it."""
    document = a_document(an_entry(1), an_entry(0))

    assert "not newest first" in refusal(render(document, name), document)


@pytest.mark.parametrize("name", FORMATS)
def test_entries_that_changed_places_are_refused(name):
    """Entries of one instant keep their order too."""
    entries = (an_entry(0, published=MORNING), an_entry(1, published=MORNING))
    resource = render(a_document(*entries), name)

    assert "an entry says" in refusal(resource, a_document(*reversed(entries)))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("member", "days"), [("published", -1), ("updated", 1)])
def test_wrong_instant_of_an_entry_is_refused(name, member, days):
    """An instant that moves lifts an old story to the top of the readers' lists."""
    moved = {member: MORNING + dt.timedelta(days=days)}
    resource = render(a_document(an_entry(0, **moved)), name)

    assert "an entry says" in refusal(resource, a_document(an_entry(0)))


@pytest.mark.parametrize("name", XML_FORMATS)
def test_wrong_instant_of_the_feed_is_refused(name):
    """The feed's own instant is the document's."""
    resource = render(DOCUMENT, name)

    assert "the feed was updated" in refusal(
        resource, replace(DOCUMENT, updated=MORNING + dt.timedelta(days=9))
    )


def test_wrong_id_of_the_feed_is_refused():
    """A feed that changes its id is another feed."""
    assert "the id of the feed" in refusal(render(replace(DOCUMENT, id="tag:other,2024:x"), "atom"))


@pytest.mark.parametrize("name", FORMATS)
def test_changed_title_is_refused(name):
    """A title reaches the readers letter for letter."""
    assert "Stony 1" in refusal(altered(name, b"Story 1", b"Stony 1"))


DAMAGES = {
    "a document type": ("rss", b"<rss ", b"<!DOCTYPE rss><rss "),
    "an entity of its own": ("atom", b"<feed ", b'<!DOCTYPE feed [<!ENTITY x "y">]><feed '),
    "another root": ("atom", b"http://www.w3.org/2005/Atom", b"http://example.org/"),
    "a forbidden character": ("rss", b"Story 1", b"Story &#x1;"),
    "no instant": ("rss", b"pubDate>", b"date>"),
    "an instant that is none": ("atom", b"2024-10-21T02:59:59+00:00", b"yesterday"),
    "an instant without zone": ("atom", b"2024-10-21T02:59:59+00:00", b"2024-10-21T02:59:59"),
    "RSS: an instant without zone": ("rss", b"02:59:59 GMT", b"02:59:59 -0000"),
    "a day that is none": ("rss", b"Mon, 21 Oct 2024 02:59:59 GMT", b"noon"),
    "two ids": ("atom", b"</entry>", b"<id>x</id></entry>"),
    "JSON: a forbidden character": ("json", b"Story 1", b"Story \\u0001"),
    "JSON: a lone surrogate": ("json", b"Story 1", b"Story \\ud800"),
    "JSON: one name twice": ("json", b'"title": "Story 1"', b'"title": "Story 1", "title": "Story 1"'),
    "JSON: not a number": ("json", b'"Story 1"', b"NaN"),
    "JSON: a number for a title": ("json", b'"Story 1"', b"1"),
    "JSON: no items": ("json", b'"items"', b'"entries"'),
    "JSON: an older version": ("json", b"version/1.1", b"version/1"),
    "JSON: a list": ("json", b'{\n "version"', b'[{\n "version"'),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_damaged_document_is_refused(case):
    """Each way in which bytes can be broken keeps them out."""
    name, old, new = DAMAGES[case]

    assert "cannot be read back" in refusal(altered(name, old, new))

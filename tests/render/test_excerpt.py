"""A feed without the entries that somebody has: still a feed, byte for byte what the rest was."""

from __future__ import annotations

import datetime as dt

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.factories import MORNING, a_document, a_rich_document, an_entry

from feedpub.model import Tombstone
from feedpub.render import FORMATS, fingerprints, render, without_entries


def ids_of(resource, content):
    """Read which entries a feed has."""
    return [entry.id for entry in FORMATS[resource].read(content).entries]


@pytest.mark.parametrize("format_", FORMATS)
def test_known_entries_are_cut_out(format_):
    """C136: what is new or changed stays, in order, and the head as it was."""
    entries = [an_entry(number) for number in range(5)]
    before = render(a_document(*entries[1:]), format_).content
    changed = an_entry(3, title="Story 3, corrected")
    after = render(a_document(*entries[:3], changed, entries[4]), format_).content

    content, left = without_entries(
        FORMATS[format_].suffix, after, fingerprints(FORMATS[format_].suffix, before)
    )

    assert 2 == left
    assert [entries[0].id, changed.id] == ids_of(format_, content)
    assert len(content) < len(after)


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_is_cut_out_for_who_knows_nothing(format_):
    """What is left of a feed nobody knows is the feed."""
    whole = render(a_rich_document(), format_).content

    content, left = without_entries(FORMATS[format_].suffix, whole, frozenset())

    assert (whole, 4) == (content, left)


@pytest.mark.parametrize("format_", FORMATS)
def test_nothing_is_left_for_who_knows_all(format_):
    """An entry has the same fingerprint wherever it stands."""
    suffix = FORMATS[format_].suffix
    known = fingerprints(suffix, render(a_rich_document(), format_).content)

    content, left = without_entries(suffix, render(a_rich_document(), format_).content, known)

    assert (0, []) == (left, ids_of(format_, content))


def test_tombstones_are_entries_too():
    """C84: who was not told of a withdrawal is told, who was is not told again."""
    tombs = [Tombstone(id=f"tag:x,2024:{n}", deleted=MORNING + dt.timedelta(days=n)) for n in range(3)]
    before = render(a_document(an_entry(), tombstones=tuple(tombs[:1])), "atom").content
    after = render(a_document(an_entry(), tombstones=tuple(reversed(tombs))), "atom").content

    content, left = without_entries("atom", after, fingerprints("atom", before))

    assert 2 == left
    assert [tombs[2].id, tombs[1].id] == [tomb.id for tomb in FORMATS["atom"].read(content).tombstones]


def test_edit_under_the_same_date_is_seen():
    """A feed whose edits are silent keeps `updated`; the text tells."""
    before = render(a_document(an_entry(content_html="<p>one</p>")), "rss").content
    after = render(a_document(an_entry(content_html="<p>two</p>")), "rss").content

    assert 1 == without_entries("rss", after, fingerprints("rss", before))[1]


@pytest.mark.parametrize("format_", FORMATS)
@given(kept=st.sets(st.integers(0, 5)))
def test_any_choice_of_entries_is_a_valid_feed(format_, kept):
    """C136: whatever is cut out, a foreign reader finds the rest and nothing to complain about."""
    entries = [
        an_entry(n, title=f"<item> & </entry> {n}", content_html="<p>]]&gt; &lt;item&gt;</p>")
        for n in range(6)
    ]
    whole = render(a_document(*entries), format_)
    known = fingerprints(
        FORMATS[format_].suffix,
        render(a_document(*(e for n, e in enumerate(entries) if n not in kept)), format_).content,
    )

    content, _ = without_entries(FORMATS[format_].suffix, whole.content, known)

    assert [entries[n].id for n in sorted(kept)] == ids_of(format_, content)
    if format_ != "json":
        parsed = feedparser.parse(content, response_headers={"content-type": FORMATS[format_].media_type})
        assert not parsed.bozo


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("rss", b"<rss><channel><item>"),
        ("rss", b"noise"),
        ("json", b"{"),
        ("json", b"[]"),
        ("json", b'{"items": 1}'),
    ],
)
def test_what_is_no_feed_is_refused(suffix, content):
    """Somebody else's file in the folder is no reason to stumble."""
    with pytest.raises(ValueError):  # noqa: PT011  each parser has its own words
        fingerprints(suffix, content)

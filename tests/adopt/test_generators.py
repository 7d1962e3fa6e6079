"""What feeds of other programs say, as we understand it."""

from __future__ import annotations

import datetime as dt

import pytest
from adopt.feeds import BLOGGER, JSON_FEED, NOON, TITLES, WITHOUT_GUIDS, WORDPRESS, generated, rss_with

from feedpub.adopt import read_feed


def entries(content: bytes, url: str | None = None):
    """Read a feed and give its entries."""
    return read_feed(content, name="old feed", url=url).entries


def test_wordpress_item_keeps_its_guid_link_and_date():
    """A guid that is no permalink stays the id; the link is another thing."""
    entry = entries(WORDPRESS)[0]

    assert "https://blog.example/?p=4711" == entry.id
    assert "https://blog.example/2024/10/the-ferry/" == entry.link
    assert NOON == entry.published
    assert entry.updated is None
    assert "The Ferry’s Back & Running" == entry.title
    assert ("Ines Halloran", "en-GB", ("Harbour", "Ferries")) == (
        entry.author,
        entry.language,
        entry.categories,
    )


def test_wordpress_content_is_the_whole_text_not_the_excerpt():
    """What is shown is content:encoded, with its links absolute."""
    entry = entries(WORDPRESS)[0]

    assert entry.content_html == (
        '<p>The ferry is <a href="https://blog.example/timetable" rel="nofollow">back</a>.</p>\n'
        "<p>It runs <em>hourly</em> again.</p>"
    )
    assert ("The ferry is back.", "It runs hourly again.") == entry.paragraphs


def test_item_without_a_title_is_called_by_its_text():
    """No entry of ours is without a title."""
    assert "A note without a title." == entries(WORDPRESS)[1].title


def test_blogger_entry_keeps_its_tag_uri_and_both_dates():
    """An Atom id is taken over as it is, though the feed has an xml:base."""
    entry = entries(BLOGGER)[0]

    assert "tag:blogger.com,1999:blog-77.post-12345" == entry.id
    assert "https://harbour.blogspot.example/2024/10/crane.html" == entry.link
    assert dt.datetime(2024, 10, 21, 12, tzinfo=dt.UTC) == entry.published
    assert dt.datetime(2024, 10, 22, 15, tzinfo=dt.UTC) == entry.updated
    assert "A New Crane" == entry.title
    assert "Old Salt" == entry.author
    assert ("The crane came. It is tall.",) == entry.paragraphs
    assert '<img src="https://harbour.blogspot.example/crane.jpg">' in entry.content_html


def test_atom_entry_with_xhtml_and_a_relative_link():
    """XHTML is HTML to us, and xml:base is where addresses start."""
    entry = entries(BLOGGER)[1]

    assert "https://harbour.blogspot.example/2024/10/only.html" == entry.link
    assert ("In XHTML.",) == entry.paragraphs
    assert (None, dt.datetime(2024, 10, 20, 5, tzinfo=dt.UTC)) == (entry.published, entry.updated)


def test_json_feed_item_is_read_whole():
    """JSON Feed is understood, which feedparser does not."""
    entry = entries(JSON_FEED)[0]

    assert ("https://json.example/1", "https://json.example/1") == (entry.id, entry.link)
    assert NOON == entry.published
    assert NOON + dt.timedelta(hours=1) == entry.updated
    assert ("Alter Seebär", "de", ("Hafen",)) == (entry.author, entry.language, entry.categories)
    assert '<p>Der Kran ist <a href="https://json.example/kran">da</a>.</p>' == entry.content_html


def test_json_item_with_a_number_for_an_id_and_plain_text():
    """The standard lets ids be numbers, and readers take them for text."""
    feed = read_feed(JSON_FEED, name="feed.json")

    assert "7" == feed.entries[1].id
    assert "<p>First.</p>\n<p>Second &lt;3.</p>" == feed.entries[1].content_html
    assert ("First.", "Second <3.") == feed.entries[1].paragraphs
    assert ("1 entries have enclosures, which are not taken over",) == feed.warnings


def test_item_without_guid_is_known_by_its_link():
    """That is what readers do, so that is its id."""
    feed = read_feed(WITHOUT_GUIDS, name="old.rss")

    assert ["http://old.example/one", "http://old.example/two"] == [entry.id for entry in feed.entries]
    assert ("item 3 has neither an id nor a link by which readers could know it",) == feed.left_out


@pytest.mark.parametrize("form", ["rss_str", "atom_str"])
def test_feed_of_plain_feedgen_is_read_whole(form):
    """Twenty entries, each with its address for an id."""
    found = entries(getattr(generated(), form)())

    assert list(TITLES) == [entry.title for entry in found]
    assert [f"https://old.example/stories/{n}" for n in range(20)] == [entry.id for entry in found]


@pytest.mark.parametrize(
    "guid",
    [
        "12345",
        "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
        "http://a.example/x/../y",
        "/relative",
        "a  b&amp;c",
    ],
)
def test_guid_is_kept_byte_for_byte(guid):
    """Whatever a generator wrote there is what its readers remember."""
    content = (
        rss_with("")
        .replace(b"https://a.example/1", guid.encode())
        .replace(b"<rss", b'<rss xml:base="http://b.example/"')
    )

    assert guid.replace("&amp;", "&") == entries(content)[0].id


def test_relative_addresses_start_where_the_feed_was_fetched():
    """A feed that names no site is read from its own address."""
    content = rss_with("<description>&lt;a href='x'&gt;x&lt;/a&gt;</description>").replace(
        b"https://a.example/<", b"<"
    )

    [entry] = entries(content, url="https://c.example/blog/feed")

    assert '<a href="https://c.example/blog/x">x</a>' == entry.content_html


OWN = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Ours</title><id>urn:x</id><updated>2024-10-21T12:00:00Z</updated>
<generator version="0.1.0">%s</generator>
<entry><id>data:,post%%204710</id><title>x</title><updated>2024-10-21T12:00:00Z</updated></entry></feed>"""


@pytest.mark.parametrize(("generator", "id_"), [(b"feedpub", "post 4710"), (b"Another", "data:,post%204710")])
def test_id_that_stands_for_another_is_read_back_in_our_own_feeds_alone(generator, id_):
    """Everybody else means what they write."""
    assert id_ == entries(OWN % generator)[0].id

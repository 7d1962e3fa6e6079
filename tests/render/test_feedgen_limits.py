"""What feedgen 1.0.0 says wrong, cannot say or does not check, beside its traps; our documents do."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree
from render.factories import MORNING, a_document, a_feed, a_site, an_entry
from render.reading import foreign, text_of

from feedpub import compose
from feedpub.config import load
from feedpub.exceptions import ConfigError, RenderError
from feedpub.languages import as_tag
from feedpub.model import Archive, Enclosure, Entry, Role, Tombstone
from feedpub.render import FORMATS, check, render

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"
SOUND = Enclosure(url="https://news.example.org/a.mp3", type="audio/mpeg", length=1234)
PAPER = Enclosure(url="https://news.example.org/b.pdf", type="application/pdf", length=0)
OLDER = Archive(number=3, name="000003-5b1d0c9e7f3a")
FULL = a_document(
    an_entry(0, enclosures=(SOUND, PAPER), author="Ann Author", categories=("boats",), language="bg"),
    an_entry(1),
    site=a_site(hubs=("https://hub.example.net/",)),
    feed=a_feed(
        categories=("news",),
        rights="© Example News",
        icon="https://news.example.org/icon.png",
        image="https://news.example.org/logo.png",
        ttl_minutes=1,
    ),
    tombstones=(Tombstone(id="tag:news.example.org,2024:gone", deleted=MORNING),),
    older=OLDER,
)


def channel(document=FULL):
    """Render as RSS and give the channel."""
    return etree.fromstring(render(document, "rss").content)[0]


def atom(document=FULL):
    """Render as Atom and give the feed."""
    return etree.fromstring(render(document, "atom").content)


def test_rss_names_hubs_and_archives():
    """F3: Feedgen drops all links of RSS but the own one; hub and archive are there as Atom links."""
    links = {link.get("rel"): link.get("href") for link in channel().findall(f"{{{ATOM}}}link")}

    assert links == {
        "self": "https://news.example.org/feeds/news.rss",
        "hub": "https://hub.example.net/",
        "prev-archive": f"https://news.example.org/feeds/news/archive/{OLDER.name}.rss",
    }


@pytest.mark.parametrize("format_", FORMATS)
def test_one_id_is_not_written_twice(format_):
    """F10: Feedgen writes the same id as often as it is told; the gate lets no such document out."""
    document = a_document(an_entry(0), an_entry(1, id=an_entry(0).id))

    with pytest.raises(RenderError, match="rule C"):
        check(render(document, format_), document)


ABSENT = {
    "F15: days to skip, whose order depends on the process": ("skipDays", "skipHours"),
    "F20: sources without id and date": ("source",),
    "F21: elements of Syndication in capitals": ("UpdatePeriod", "UpdateFrequency", "updatePeriod"),
    "F22: explicit as yes and no": ("explicit",),
    "F23: a group of one file": ("group",),
    "F24: a second date beside pubDate": ("date",),
    "F25: an input field": ("textInput", "textinput"),
    "F26: a cloud": ("cloud",),
}


@pytest.mark.parametrize("names", ABSENT.values(), ids=ABSENT)
def test_document_has_none_of_it(names):
    """Names that feedgen writes wrongly, or that nobody needs, do not occur, in whatever namespace."""
    written = {etree.QName(e).localname for root in (channel(), atom()) for e in root.iter(etree.Element)}

    assert written.isdisjoint(names)


def test_no_podcast():
    """C154, F22: There is no podcast mode, so nothing says half of what directories ask for."""
    assert b"itunes" not in b"".join(render(FULL, name).content for name in FORMATS)


def test_no_feed_claims_to_be_complete():
    """C71: Who must not lose what leaves a feed is never told that it always contains everything."""
    assert b"complete" not in b"".join(render(a_document(an_entry()), name).content for name in FORMATS)


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_no_prefix_is_made_up(format_):
    """F33: Feedgen's trees of Atom lack their namespace, and what is put into it would be called ns0."""
    assert re.search(rb"</?ns\d+:|xmlns:ns\d+", render(FULL, format_).content) is None


def test_author_and_creator_are_never_both_there():
    """F24: Who wrote an item is said once."""
    for item in channel().iter("item"):
        assert len(item.findall("{http://purl.org/dc/elements/1.1/}creator")) == 1
        assert item.find("author") is None


def test_image_of_the_channel():
    """F16: Title and link are the channel's; the size, of which readers know best, is left out."""
    image = channel().find("image")

    assert {element.tag: element.text for element in image} == {
        "url": "https://news.example.org/logo.png",
        "title": "Example News",
        "link": "https://news.example.org/",
    }


WRONG = {
    "F16: a drawing": "image: https://news.example.org/logo.svg",
    "F17: no time to live": "ttl: 0m",
    "F17: less than RSS can say": "ttl: 59s",
    "F28: a language with an underscore": "language: en_GB",
    "F31: a relative address": "icon: /icon.png",
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_configuration_refuses_what_feedgen_would_write(tmp_path, line):
    """What feedgen takes unchecked is refused when the configuration is read."""
    path = tmp_path / "config.yaml"
    path.write_text(f"site: {{title: A, url: https://news.example.org/}}\nfeeds:\n  news: {{{line}}}\n")

    with pytest.raises(ConfigError, match=line.partition(":")[0]):
        load(path, {})


def test_time_to_live_is_written():
    """F17: From a minute on."""
    assert channel().findtext("ttl") == "1"


def test_enclosures_have_length_and_type():
    """F18: Also one without a byte; the first is the one of RSS, and Atom has all."""
    in_rss = [dict(e.attrib) for e in channel().iter("enclosure")]
    links = atom().iter(f"{{{ATOM}}}link")
    in_atom = [dict(link.attrib) for link in links if link.get("rel") == "enclosure"]

    assert in_rss == [{"url": SOUND.url, "length": "1234", "type": "audio/mpeg"}]
    assert in_atom == [
        {"rel": "enclosure", "href": file.url, "length": str(file.length), "type": file.type}
        for file in (SOUND, PAPER)
    ]


def test_content_stands_in_the_feed():
    """F19: No content from elsewhere, which feedgen would write without its type."""
    contents = list(atom().iter(f"{{{ATOM}}}content"))

    assert [(content.get("type"), content.get("src")) for content in contents] == [("html", None)] * 2


def test_files_of_an_item_stand_by_themselves():
    """F23: A group means one file in several forms; ours are different ones."""
    parents = {element.getparent().tag for element in channel().iter(f"{{{MEDIA}}}content")}

    assert parents == {"item"}


def test_relations_are_those_that_are_registered():
    """F27: Feedgen knows a few relations by heart; those we need are all there, and no other."""
    archived = a_document(an_entry(), archive=OLDER, older=OLDER, newer=OLDER)
    found = {link.get("rel") for root in (atom(), atom(archived)) for link in root.iter(f"{{{ATOM}}}link")}

    assert found == {
        "alternate", "self", "hub", "enclosure", "prev-archive", "next-archive", "current",
    }  # fmt: skip


def test_titles_are_plain_text():
    """F29: Title, subtitle and rights have no type, so they are plain text, and markup in them is text."""
    document = a_document(an_entry(title="a <b> c"), feed=a_feed(title="R&D <labs>", rights="© <all>"))
    names = ("title", "subtitle", "rights")
    elements = [e for e in atom(document).iter() if etree.QName(e).localname in names]

    assert {element.get("type") for element in elements} == {None}
    texts = {element.text for element in elements}
    assert texts == {"a <b> c", "R&D <labs>", "© <all>", "What happened today"}


def an_odd_entry(**changes) -> Entry:
    """Make a stored entry that an author or another program wrote carelessly."""
    plain = {
        "id": "tag:news.example.org,2024:odd",
        "bulletin": "b.txt",
        "position": 0,
        "role": Role.LEAD,
        "title": "Odd",
        "paragraphs": ("Text.",),
        "permalink": "2024/10/21/odd/",
        "published": MORNING,
        "updated": MORNING,
    }
    return Entry(**plain | changes)


def shown(entry: Entry):
    """Show it as every feed does."""
    return compose.feed_entry(entry, a_site(), full_content=True)


def test_language_of_an_entry_is_a_tag():
    """F28: Other programs write en_GB; what feeds say is a tag of BCP 47."""
    assert shown(an_odd_entry(language="en_GB")).language == "en-GB" == as_tag("en-gb")
    assert shown(an_odd_entry(language="English text")).language == "en"


def test_categories_are_there_once():
    """F30: No empty one, none twice, none on two lines."""
    assert shown(an_odd_entry(categories=("a", "", " ", "a", "b\nc"))).categories == ("a", "b c")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("https://news.example.org/a%41%20b", "https://news.example.org/a%41%20b"),
        ("/relative", "https://news.example.org/2024/10/21/odd/"),
        ("javascript:alert(1)", "https://news.example.org/2024/10/21/odd/"),
    ],
)
def test_addresses_are_absolute_and_ascii(link, expected):
    """C24, C29, F31: Encoded once; what no reader could open gives way to the entry's own page."""
    document = a_document(shown(an_odd_entry(link=link)))

    assert channel(document).findtext("item/link") == expected
    assert json.loads(render(document, "json").content)["items"][0]["url"] == expected


HTML = "<p>a&nbsp;b &copy; <br>c</p>\n\n<pre>  one\n    two\n</pre> \n<p>x</p>"


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_indenting_changes_no_text(format_):
    """F35: HTML with named entities and open tags is text to XML, and no blank in it is touched."""
    document = a_document(an_entry(content_html=HTML))
    root = etree.fromstring(render(document, format_).content)
    (written,) = (e.text for e in root.iter() if etree.QName(e).localname in ("content", "encoded"))

    assert written == HTML
    told = foreign(document, format_, sanitize_html=False).entries[0].content[0]
    assert text_of(told.value) == text_of(HTML)


def test_what_feedgen_has_not_at_all():
    """F36: Version, secure address of the specification, JSON Feed, archives and tombstones are there."""
    content = atom()

    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", content.find(f"{{{ATOM}}}generator").get("version"))
    assert channel().findtext("docs").startswith("https://")
    assert content.find("{http://purl.org/atompub/tombstones/1.0}deleted-entry") is not None
    assert json.loads(render(FULL, "json").content)["version"] == "https://jsonfeed.org/version/1.1"


def test_feed_of_the_usual_length_is_small():
    """C95: Fifty stories of five hundred words are less than 250 kB in JSON; icon and favicon are there."""
    text = "\n".join(f"<p>{'seven letters of a word ' * 20}</p>" for _ in range(6))
    feed = a_feed(icon="https://news.example.org/icon.png", image="https://news.example.org/logo.png")
    document = a_document(*(an_entry(n, content_html=text, summary=text[:300]) for n in range(50)), feed=feed)
    content = render(document, "json").content

    assert len(content) < 250_000
    assert json.loads(content)["favicon"].endswith("icon.png")
    assert json.loads(content)["icon"].endswith("logo.png")

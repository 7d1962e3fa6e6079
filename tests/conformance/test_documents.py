# ruff: noqa: E501  one case a line
"""Every rule about one document: a sound one keeps it, one with a single fault breaks it and no other."""

from __future__ import annotations

import pytest
from conformance.documents import SITE

from feedpub.conformance import examine
from feedpub.conformance.jsonlines import line_of

RSS, ATOM, JSON = "feeds/news.rss", "feeds/news.atom", "feeds/news.json"
OPML, SITEMAP, PAGE = "feeds.opml", "sitemap.xml", "ferry/index.html"

SELF_RSS = '<atom:link href="https://news.example.org/feeds/news.rss" rel="self" type="application/rss+xml"/>'
ITEM = "    <item>\n      <title>Ferry</title>"
ENTRY = "  <entry>\n    <id>tag:news.example.org,2024-10-21:ferry</id>"
IDS = "tag:news.example.org,2024-10-21:ferry"
CONTENT = "&lt;p&gt;The &lt;a"
ALTERNATE = '<link href="https://news.example.org/ferry/" rel="alternate"/>'
TOMB = '<at:deleted-entry ref="tag:news.example.org,2024-10-20:gone" when="2024-10-21T01:00:00Z"/>'
ARCHIVE = "<fh:archive/>"
NEWS = "https://news.example.org"

# What is changed in the sound document: its path, what stands there, what stands there instead. The first
# word of a case is the rule that it breaks.
CASES = {
    "C1 no declaration": (RSS, "<?xml version='1.0' encoding='UTF-8'?>\n", ""),
    "C1 another encoding": (ATOM, "encoding='UTF-8'", "encoding='ISO-8859-1'"),
    "C1 not well-formed": (ATOM, "</entry>", ""),
    "C1 a document type": (RSS, "<rss ", "<!DOCTYPE rss><rss "),
    "C1 a forbidden character": (RSS, "<title>Ferry", "<title>Ferry&#x1;"),
    "C1 opml": (OPML, "</body>", ""),
    "C1 sitemap": (SITEMAP, "</urlset>", ""),
    "C3 control in RSS": (RSS, "Ann Author", "Ann\x80 Author"),
    "C3 noncharacter in Atom": (ATOM, "<name>Desk", "<name>Desk\ufdd0"),
    "C3 control in JSON": (JSON, "Ann Author", "Ann\x80 Author"),
    "C3 noncharacter of another plane": (JSON, "Ann Author", "Ann \U0001fffe Author"),
    "C5 title on two lines in RSS": (RSS, "<title>Ferry", "<title>Fer\nry"),
    "C5 blank before a title in Atom": (ATOM, "<title>Ferry", "<title> Ferry"),
    "C5 tab in a title in JSON": (JSON, '"Ferry"', '"Fer\\try"'),
    "C6 open override": (PAGE, "<h1>Ferry", "<h1>Ferry \u202e"),
    "C10 prefix on an item": (RSS, ITEM, ITEM.replace("<item>", '<item xmlns:x="http://example.org/x">')),
    "C10 prefix of another name": (ATOM, "http://purl.org/syndication/history/1.0", "http://example.org/"),
    "C11 weekday": (RSS, "Mon, 21 Oct 2024 03:00", "Tue, 21 Oct 2024 03:00"),
    "C11 ISO date": (RSS, "Mon, 21 Oct 2024 02:00:00 GMT", "2024-10-21T02:00:00Z"),
    "C11 no zone": (RSS, "02:00:00 GMT", "02:00:00 -0000"),
    "C11 day that is none": (RSS, "Mon, 21 Oct 2024 02", "Mon, 32 Oct 2024 02"),
    "C12 no zone in Atom": (ATOM, "<published>2024-10-21T02:00:00Z", "<published>2024-10-21T02:00:00"),
    "C12 month that is none": (ATOM, "<published>2024-10-21T02", "<published>2024-13-21T02"),
    "C12 update in RSS": (RSS, "2024-10-21T02:00:00Z", "2024-10-21"),
    "C12 blank in JSON": (JSON, '"date_published": "2024-10-21T02', '"date_published": "2024-10-21 02'),
    "C14 fraction": (ATOM, "<published>2024-10-21T02:00:00Z", "<published>2024-10-21T02:00:00.0Z"),
    "C14 zone in JSON": (JSON, '"date_published": "2024-10-21T02:00:00Z', '"date_published": "2024-10-21T04:00:00+02:00'),
    "C18 updated before published": (ATOM, "<updated>2024-10-21T02:00", "<updated>2024-10-21T01:00"),
    "C18 in RSS": (RSS, "2024-10-21T02:00:00Z", "2024-10-21T01:00:00Z"),
    "C19 id that is no IRI": (ATOM, IDS, "ferry"),
    "C19 id of the feed": (ATOM, "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "1225c695"),
    "C20 blank after a guid": (RSS, f"{IDS}<", f"{IDS} <"),
    "C20 blank before an id": (JSON, f'"{IDS}', f'" {IDS}'),
    "C21 tag without date": (RSS, IDS, "tag:news.example.org:ferry"),
    "C21 tag with a stray sign": (JSON, IDS, f"{IDS}é"),
    "C21 tag in capitals": (ATOM, IDS, "tag:News.example.org,2024-10-21:ferry"),
    "C23 UUID in capitals": (ATOM, IDS, "urn:uuid:1225C695-cfb8-4ebb-aaaa-80da344efa6a"),
    "C24 relative link": (RSS, f"<link>{NEWS}/ferry/", "<link>/ferry/"),
    "C24 link with an umlaut": (RSS, f"<link>{NEWS}/bridge/", f"<link>{NEWS}/brücke/"),
    "C24 link with a blank": (RSS, f"<link>{NEWS}/bridge/", f"<link>{NEWS}/a bridge/"),
    "C24 hub": (RSS, "https://hub.example.net/", "hub.example.net"),
    "C24 image in JSON": (JSON, '"tags"', '"image": "ferry.png",\n   "tags"'),
    "C25 relative link": (ATOM, f"{NEWS}/ferry/", "/ferry/"),
    "C25 link with a sign that no IRI has": (ATOM, f"{NEWS}/ferry/", f"{NEWS}/fer|ry/"),
    "C27 relative address in RSS": (RSS, "https://ferry.example.org/", "/boats/"),
    "C27 relative address in Atom": (ATOM, "https://ferry.example.org/", "//ferry.example.org/"),
    "C27 relative address in JSON": (JSON, "https://ferry.example.org/", "#boats"),
    "C28 base": (ATOM, 'xml:lang="en"', 'xml:lang="en" xml:base="https://news.example.org/"'),
    "C30 underscore in RSS": (RSS, "<language>en", "<language>en_GB"),
    "C30 underscore in Atom": (ATOM, 'xml:lang="en"', 'xml:lang="en_GB"'),
    "C30 word in JSON": (JSON, '"language": "en"', '"language": "English text"'),
    "C30 language of an item": (RSS, ITEM, ITEM.replace("<item>", '<item xml:lang="e">')),
    "C30 language of an entry": (ATOM, ENTRY, ENTRY.replace("<entry>", '<entry xml:lang="">')),
    "C30 language of a page": (PAGE, "<h1>", '<h1 lang="en_GB">'),
    "C31 no language in Atom": (ATOM, ' xml:lang="en"', ""),
    "C32 no language in RSS": (RSS, "<language>en</language>", ""),
    "C32 no language in JSON": (JSON, ' "language": "en",\n', ""),
    "C32 page without lang": (PAGE, ' lang="en"', ""),
    "C33 older version": (RSS, 'version="2.0"', 'version="0.91"'),
    "C33 two channels": (RSS, "</channel>", "</channel><channel/>"),
    "C34 no description": (RSS, "<description>What happened today</description>", ""),
    "C34 two titles": (RSS, "<docs>", "<title>Again</title><docs>"),
    "C35 nothing to read": (RSS, "<title>Bridge</title>", "", "<description>The bridge stands.</description>", ""),
    "C35 two titles": (RSS, "<title>Bridge</title>", "<title>Bridge</title><title>Bridge</title>"),
    "C36 guid twice": (RSS, "2024-10-21:bridge", "2024-10-21:ferry"),
    "C36 guid that does not say": (RSS, f'<guid isPermaLink="false">{IDS}', f"<guid>{IDS}"),
    "C36 guid that is no address": (RSS, f'<guid isPermaLink="false">{IDS}', f'<guid isPermaLink="true">{IDS}'),
    "C36 blank guid": (RSS, f">{IDS}<", "><"),
    "C37 no length": (RSS, ' length="1000"', ""),
    "C37 length in words": (RSS, 'length="1000"', 'length="many"'),
    "C37 type that is none": (RSS, 'length="1000" type="audio/mpeg"', 'length="1000" type="mp3"'),
    "C37 relative": (RSS, f'enclosure url="{NEWS}', 'enclosure url="'),
    "C38 too wide": (RSS, "<width>88", "<width>880"),
    "C38 drawing": (RSS, "badge.png", "badge.svg"),
    "C39 ttl of zero": (RSS, "<ttl>30", "<ttl>0"),
    "C39 hour twice": (RSS, "<hour>2", "<hour>1"),
    "C39 hour that is none": (RSS, "<hour>2", "<hour>24"),
    "C40 editor without address": (RSS, "desk@example.org (Desk)", "Desk"),
    "C40 author without address": (RSS, "<dc:creator>Ann Author</dc:creator>", "<author>Ann Author</author>"),
    "C41 source without address": (RSS, "<title>Bridge", "<source>Elsewhere</source><title>Bridge"),
    "C42 no lastBuildDate": (RSS, "<lastBuildDate>Mon, 21 Oct 2024 04:00:00 GMT</lastBuildDate>", ""),
    "C43 no generator": (RSS, "<generator>feedpub</generator>", ""),
    "C43 no docs": (RSS, "<docs>https://www.rssboard.org/rss-specification</docs>", ""),
    "C44 no self": (RSS, SELF_RSS, ""),
    "C44 self of another type": (RSS, SELF_RSS, SELF_RSS.replace("rss+xml", "atom+xml")),
    "C45 no guid": (RSS, f'<guid isPermaLink="false">{IDS}</guid>', ""),
    "C46 two enclosures": (
        RSS,
        "<dc:creator>",
        f'<enclosure url="{NEWS}/media/ferry.mp3" length="1000" type="audio/mpeg"/><dc:creator>',
    ),
    "C47 author twice": (RSS, "<dc:creator>", "<author>ann@example.org (Ann)</author><dc:creator>"),
    "C48 content first": (RSS, "<description>The ferry sails.</description>", ""),
    "C49 named reference": (RSS, "Example &#x26; News</title>\n    <link>", "Example &amp; News</title>\n    <link>"),
    "C50 head after an item": (RSS, "</channel>", "<category>late</category></channel>"),
    "C50 head after an entry": (ATOM, "</feed>", "<subtitle>late</subtitle></feed>"),
    "C51 image of another title": (RSS, "<title>Example &#x26; News</title>\n      <link>", "<title>x</title>\n      <link>"),
    "C52 cloud": (RSS, "<docs>", "<cloud/><docs>"),
    "C53 markup in RSS": (RSS, "<title>Ferry", "<title>&#x3C;b&#x3E;Ferry"),
    "C53 markup in Atom": (ATOM, "<title>Ferry", "<title>&lt;b&gt;Ferry"),
    "C53 markup in JSON": (JSON, '"Ferry"', '"<b>Ferry</b>"'),
    "C54 oldest first": (RSS, "Mon, 21 Oct 2024 03:00:00", "Mon, 21 Oct 2024 01:00:00"),
    "C54 in Atom": (ATOM, "<published>2024-10-21T03", "<published>2024-10-21T01"),
    "C54 in JSON": (JSON, '"date_published": "2024-10-21T03', '"date_published": "2024-10-21T01'),
    "C55 no title": (ATOM, "<title>Ferry</title>", ""),
    "C55 empty title": (ATOM, "<title>Ferry</title>", "<title/>"),
    "C55 two ids": (ATOM, ALTERNATE, f"{ALTERNATE}<id>x:y</id>"),
    "C55 no feed": (ATOM, "<feed ", "<entry ", "</feed>", "</entry>"),
    "C55 feed without updated": (ATOM, "<updated>2024-10-21T04:00:00Z</updated>", ""),
    "C56 no author": (ATOM, "<author>", "<contributor>", "</author>", "</contributor>"),
    "C57 person without name": (ATOM, "<name>Desk</name>", ""),
    "C57 address of a person": (ATOM, "<uri>https://news.example.org/about/", "<uri>about me"),
    "C57 e-mail": (ATOM, "<email>desk@example.org", "<email>desk"),
    "C58 two alternate links": (ATOM, ALTERNATE, ALTERNATE * 2),
    "C58 of the feed": (ATOM, '<link href="https://hub.example.net/" rel="hub"/>', f'<link href="{NEWS}/x/" type="text/html"/>'),
    "C59 no self": (ATOM, f'<link href="{NEWS}/feeds/news.atom" rel="self" type="application/atom+xml"/>', ""),
    "C60 no length": (ATOM, ' length="1000"', ""),
    "C60 no type": (ATOM, ' type="audio/mpeg"', ""),
    "C61 nothing to read": (ATOM, f'<link href="{NEWS}/bridge/" rel="alternate"/>', ""),
    "C61 two contents": (ATOM, '<summary type="html">The ferry', '<content type="html">x</content><summary type="html">The ferry'),
    "C62 type that is none": (ATOM, '<content type="html">', '<content type="CDATA">'),
    "C62 whole document": (ATOM, CONTENT, f"&lt;body&gt;{CONTENT}"),
    "C63 content from elsewhere": (ATOM, '<summary type="html">The bridge stands.</summary>', f'<content src="{NEWS}/x"/>'),
    "C64 empty term": (ATOM, 'term="boats"', 'term=" "'),
    "C64 scheme": (ATOM, 'term="boats"', 'term="boats" scheme="topics"'),
    "C64 empty category": (RSS, ">boats<", "><"),
    "C65 unknown element": (ATOM, ALTERNATE, f"{ALTERNATE}<guid/>"),
    "C65 element in the wrong place": (ATOM, ALTERNATE, f"{ALTERNATE}<subtitle>x</subtitle>"),
    "C65 unknown attribute": (ATOM, 'term="boats"', 'term="boats" domain="x"'),
    "C67 id twice": (ATOM, "2024-10-21:bridge", "2024-10-21:ferry"),
    "C68 older than an entry": (ATOM, "<updated>2024-10-21T04", "<updated>2024-10-21T03"),
    "C68 in RSS": (RSS, "Mon, 21 Oct 2024 04:00:00", "Mon, 21 Oct 2024 03:00:00"),
    "C70 bare source": (ATOM, ALTERNATE, f"{ALTERNATE}<source><id>x:y</id></source>"),
    "C72 complete and paged": (ATOM, ENTRY, f'<fh:complete/><link rel="next" href="{NEWS}/2"/>{ENTRY}'),
    "C72 in RSS": (RSS, "<docs>", f'<fh:complete/><atom:link rel="next" href="{NEWS}/2"/><docs>'),
    "C73 round": (ATOM, ENTRY, f'<link rel="next" href="{NEWS}/feeds/news.atom"/>{ENTRY}'),
    "C73 round in JSON": (JSON, ' "language"', f' "next_url": "{NEWS}/feeds/news.json",\n "language"'),
    "C76 archive of nothing": (ATOM, ENTRY, f"{ARCHIVE}{ENTRY}"),
    "C76 in RSS": (RSS, "<docs>", f"{ARCHIVE}<docs>"),
    "C76 next of no archive": (ATOM, ENTRY, f'<link rel="next-archive" href="{NEWS}/2"/>{ENTRY}'),
    "C81 no instant": (ATOM, ' when="2024-10-21T01:00:00Z"', ""),
    "C81 with a child": (ATOM, TOMB, f'{TOMB[:-2]}><at:comment/></at:deleted-entry>'),
    "C82 two tombstones": (ATOM, TOMB, TOMB * 2),
    "C82 beside its entry": (ATOM, "2024-10-20:gone", "2024-10-21:bridge"),
    "C85 older version": (JSON, "version/1.1", "version/1"),
    "C85 no title": (JSON, ' "title": "Example & News",\n', ""),
    "C85 no items": (JSON, '"items"', '"_items"'),
    "C85 version not first": (JSON, '{\n "version"', '{\n "user_comment": "",\n "version"'),
    "C86 no feed_url": (JSON, ' "feed_url": "https://news.example.org/feeds/news.json",\n', ""),
    "C86 relative home": (JSON, '"home_page_url": "https://news.example.org/"', '"home_page_url": "/"'),
    "C87 id twice": (JSON, "2024-10-21:bridge", "2024-10-21:ferry"),
    "C87 no id": (JSON, '   "id": "tag:news.example.org,2024-10-21:bridge",\n', ""),
    "C87 relative address": (JSON, f'"{NEWS}/bridge/"', '"/bridge/"'),
    "C88 no content": (JSON, '   "content_text": "The bridge stands.",\n', ""),
    "C88 content that is no text": (JSON, '"The bridge stands."', "5"),
    "C90 one author": (JSON, '"authors": [{"name": "Ann Author"}]', '"authors": {"name": "Ann Author"}'),
    "C90 author without anything": (JSON, '{"name": "Ann Author"}', "{}"),
    "C91 size in words": (JSON, '"size_in_bytes": 1000', '"size_in_bytes": "1000"'),
    "C91 no type": (JSON, '"mime_type": "audio/mpeg", ', ""),
    "C92 hub without type": (JSON, '"type": "WebSub", ', ""),
    "C93 unknown name": (JSON, '"tags"', '"guid": "x",\n   "tags"'),
    "C93 own name with a dot": (JSON, '"tags"', '"_a.b": "x",\n   "tags"'),
    "C93 tag twice": (JSON, '["boats"]', '["boats", "boats"]'),
    "C94 not JSON": (JSON, '"items": [', '"items": '),
    "C94 name twice": (JSON, '"title": "Ferry"', '"title": "Ferry", "title": "Ferry"'),
    "C94 not a number": (JSON, "1000", "NaN"),
    "C94 lone surrogate": (JSON, '"Ferry"', '"\\ud800"'),
    "C96 older version": (OPML, 'version="2.0"', 'version="1.0"'),
    "C96 no head": (OPML, "<head>", "<headers>", "</head>", "</headers>"),
    "C96 outline without text": (OPML, 'text="Example News" ', ""),
    "C97 no address": (OPML, 'xmlUrl="https://news.example.org/feeds/news.rss" ', ""),
    "C97 type atom": (OPML, 'type="rss"', 'type="atom"'),
    "C98 ISO date": (OPML, "Mon, 21 Oct 2024 04:00:00 GMT", "2024-10-21"),
    "C143 no title": (PAGE, ' title="News (RSS)"', ""),
    "C143 relative": (PAGE, 'href="https://news.example.org/feeds/news.rss"', 'href="feeds/news.rss"'),
    "C143 in the body": (PAGE, "<h1>", f'<link rel="alternate" type="application/rss+xml" title="x" href="{NEWS}/"><h1>'),
    "C144 no title": (PAGE, "<title>Ferry – Example News</title>", ""),
    "C144 no doctype": (PAGE, "<!doctype html>\n", ""),
    "C144 relative canonical": (PAGE, 'canonical" href="https://news.example.org', 'canonical" href="'),
    "C144 time": (PAGE, 'datetime="2024-10-21T03:00:00Z"', 'datetime="yesterday"'),
    "C156 another namespace": (RSS, "http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"),
    "C156 medium": (RSS, 'medium="audio"', 'medium="sound"'),
    "C156 relative": (RSS, f'media:content url="{NEWS}', 'media:content url="'),
    "C156 lonely group": (RSS, "<media:content", "<media:group><media:content", 'fileSize="1000"/>', 'fileSize="1000"/></media:group>'),
    "C161 script in RSS": (RSS, CONTENT, f"&lt;script&gt;x&lt;/script&gt;{CONTENT}"),
    "C161 handler in Atom": (ATOM, "&lt;p&gt;The", '&lt;p onclick="x"&gt;The'),
    "C161 address in JSON": (JSON, "https://ferry.example.org/", "javascript:x"),
    "C161 XSLT": (ATOM, "<feed ", '<?xml-stylesheet type="text/xsl" href="x.xsl"?><feed '),
    "C161 script in a page": (PAGE, "<h1>", "<script>x</script><h1>"),
    "C161 handler in a page": (PAGE, "<h1>", '<h1 onclick="x">'),
    "S1 another namespace": (SITEMAP, "sitemap/0.9", "sitemap/0.8"),
    "S1 relative": (SITEMAP, f"{NEWS}/bridge/", "/bridge/"),
    "S1 twice": (SITEMAP, "/bridge/", "/ferry/"),
    "S2 date in words": (SITEMAP, "2024-10-21</", "today</"),
}  # fmt: skip


def codes(path, content):
    """Hold a document against the rules; give the codes of those that it breaks."""
    findings, _ = examine(path, content.encode())
    return {found.rule.code for found in findings}


@pytest.mark.parametrize("path", SITE)
def test_sound_document_breaks_no_rule(path):
    """A good document is left in peace."""
    assert set() == codes(path, SITE[path])


@pytest.mark.parametrize("case", CASES)
def test_fault_breaks_its_rule_and_no_other(case):
    """Whoever reads the findings learns what is wrong and nothing else."""
    path, *changes = CASES[case]
    content = SITE[path]
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in content
        content = content.replace(old, new, 1)

    assert {case.split()[0]} == codes(path, content)


LINES = {
    "RSS": (RSS, f'<guid isPermaLink="false">{IDS}', f"<guid>{IDS}"),
    "Atom": (ATOM, ' length="1000"', ""),
    "JSON": (JSON, '["boats"]', '["boats", "boats"]'),
    "JSON, second item": (JSON, f'"{NEWS}/bridge/"', '"/bridge/"'),
    "OPML": (OPML, 'type="rss"', 'type="atom"'),
    "page": (PAGE, ' title="News (RSS)"', ""),
    "bytes": (ATOM, "<name>Desk", "<name>Desk\ufdd0"),
}


@pytest.mark.parametrize("case", LINES)
def test_finding_names_the_line(case):
    """The operator can go straight to the place."""
    path, old, new = LINES[case]
    content = SITE[path].replace(old, new)

    (finding,), _ = examine(path, content.encode())

    # The tag of the root stands on one line in all of them, so lines are as an editor counts them.
    assert SITE[path][: SITE[path].index(old)].count("\n") + 1 == finding.line
    assert str(finding).startswith(f"{path}:{finding.line}: {finding.rule.level} {finding.rule.code}: ")


def test_json_line_is_found_whatever_stands_before():
    """Nested lists, escaped quotes and blanks do not lead astray."""
    text = '{ "a" : [1, {"b": "\\"}"}],\n"c":\n[[],\n{"d": null,\n "e": {"f": 1}}]}'

    assert [3, 4, 5, 5, 1] == [
        line_of(text, *path) for path in (("c",), ("c", 1), ("c", 1, "e"), ("c", 1, "e", "f"), ("x",))
    ]


def test_large_document_is_a_warning():
    """C153: validators and some readers read no further than five megabytes."""
    padding = "<!--" + "x" * 5_000_000 + "-->"

    assert {"C153"} == codes(RSS, SITE[RSS].replace("<docs>", f"{padding}<docs>"))

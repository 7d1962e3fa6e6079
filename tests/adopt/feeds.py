"""Feeds as other programs write them."""

from __future__ import annotations

import datetime as dt
import json

from feedgen.feed import FeedGenerator

NOON = dt.datetime(2024, 10, 21, 12, tzinfo=dt.UTC)

WORDPRESS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Old Harbour Blog</title>
  <atom:link href="https://blog.example/feed/" rel="self" type="application/rss+xml" />
  <link>https://blog.example</link>
  <description>News</description>
  <language>en-GB</language>
  <item>
    <title>The Ferry&#8217;s Back &amp; Running</title>
    <link>https://blog.example/2024/10/the-ferry/</link>
    <dc:creator><![CDATA[Ines Halloran]]></dc:creator>
    <pubDate>Mon, 21 Oct 2024 12:00:00 +0000</pubDate>
    <category><![CDATA[Harbour]]></category>
    <category><![CDATA[Ferries]]></category>
    <guid isPermaLink="false">https://blog.example/?p=4711</guid>
    <description><![CDATA[The ferry is back [&#8230;]]]></description>
    <content:encoded><![CDATA[<p>The ferry is <a href="/timetable" rel="nofollow">back</a>.</p>
<p>It runs <em>hourly</em> again.</p>]]></content:encoded>
  </item>
  <item>
    <title></title>
    <link>https://blog.example/2024/10/untitled/</link>
    <pubDate>Mon, 21 Oct 2024 09:30:00 +0200</pubDate>
    <guid isPermaLink="false">post 4710</guid>
    <content:encoded><![CDATA[<p>A note without a title.</p>]]></content:encoded>
  </item>
</channel>
</rss>
"""

BLOGGER = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://harbour.blogspot.example/'>
  <id>tag:blogger.com,1999:blog-77</id>
  <updated>2024-10-22T08:00:00.001-07:00</updated>
  <title type='text'>Harbour</title>
  <link rel='alternate' type='text/html' href='https://harbour.blogspot.example/'/>
  <entry>
    <id>tag:blogger.com,1999:blog-77.post-12345</id>
    <published>2024-10-21T05:00:00.000-07:00</published>
    <updated>2024-10-22T08:00:00.001-07:00</updated>
    <category scheme='http://www.blogger.com/atom/ns#' term='Harbour'/>
    <title type='html'>A &lt;b&gt;New&lt;/b&gt; Crane</title>
    <content type='html'>&lt;div&gt;The crane came.&lt;br /&gt;It is tall.&lt;/div&gt;
      &lt;img src="crane.jpg"&gt;</content>
    <link rel='replies' type='text/html' href='https://harbour.blogspot.example/2024/10/crane.html#comments'/>
    <link rel='alternate' type='text/html' href='https://harbour.blogspot.example/2024/10/crane.html'/>
    <author><name>Old Salt</name></author>
  </entry>
  <entry>
    <id>tag:blogger.com,1999:blog-77.post-12344</id>
    <updated>2024-10-20T05:00:00Z</updated>
    <title>Only updated</title>
    <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>In <b>XHTML</b>.</p></div></content>
    <link rel='alternate' href='2024/10/only.html'/>
  </entry>
</feed>
"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour JSON",
        "home_page_url": "https://json.example/",
        "language": "de",
        "items": [
            {
                "id": "https://json.example/1",
                "url": "/1",
                "title": "Der Kran",
                "content_html": "<p>Der Kran ist <a href='kran'>da</a>.</p>",
                "date_published": "2024-10-21T14:00:00+02:00",
                "date_modified": "2024-10-21T15:00:00.5+02:00",
                "authors": [{"name": "Alter Seebär"}],
                "tags": ["Hafen", "Hafen", " "],
            },
            {
                "id": 7,
                "content_text": "First.\n\nSecond <3.",
                "attachments": [{"url": "https://json.example/7.mp3"}],
            },
        ],
    }
).encode()

WITHOUT_GUIDS = b"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><link>http://old.example/</link><description>x</description>
<item><title>One</title><link>http://old.example/one</link><description>About one.</description></item>
<item><title>Two</title><link>http://old.example/two</link></item>
<item><title>Nothing to know it by</title></item>
</channel></rss>
"""


def rss_with(item: str) -> bytes:
    """Give an RSS feed whose only item, with an id, holds `item`."""
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://a.example/</link>'
        f"<description>d</description><item><guid>https://a.example/1</guid>{item}</item></channel></rss>"
    ).encode()


def generated(count: int = 20) -> FeedGenerator:
    """Give what the plainest program with feedgen publishes: addresses as ids, a story every six hours."""
    feed = FeedGenerator()
    feed.id("https://old.example/feed")
    feed.title("Old News")
    feed.description("As it was")
    feed.link(href="https://old.example/")
    for number in range(count):
        entry = feed.add_entry(order="append")
        entry.id(f"https://old.example/stories/{number}")
        entry.title(TITLES[number])
        entry.link(href=f"https://old.example/stories/{number}")
        instant = NOON - number * dt.timedelta(hours=6)
        entry.published(instant)
        entry.updated(instant)
        first, second = paragraphs(number)
        entry.content(f"<p>{first}</p><p>{second}</p>", type="html")
    return feed


_PLACES = ("Sandholm", "Port Selby", "Ostrel", "Brennkies", "Dalmere")
_NEWS = (
    "opens a new swimming hall",
    "argues about parking fees",
    "saves its oldest lime tree",
    "plans a night bus",
)
TITLES = tuple(f"{place} {news.title()}" for news in _NEWS for place in _PLACES)


def paragraphs(number: int) -> tuple[str, str]:
    """Give the text of story `number`."""
    place, news = _PLACES[number % 5], _NEWS[number // 5]
    return (
        f"The town of {place} {news}, its council said after a session of {number + 2} hours.",
        f"Number {number * 37 + 11} of the register holds what the neighbours objected.",
    )

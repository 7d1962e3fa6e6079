# ruff: noqa: E501  a sound document stays as it is served
"""One sound document of every kind, with everything in it that a rule speaks about."""

from __future__ import annotations

RSS = """\
<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="http://purl.org/syndication/history/1.0" \
xmlns:media="http://search.yahoo.com/mrss/" version="2.0">
  <channel>
    <title>Example &#x26; News</title>
    <link>https://news.example.org/</link>
    <description>What happened today</description>
    <atom:link href="https://news.example.org/feeds/news.rss" rel="self" type="application/rss+xml"/>
    <atom:link href="https://hub.example.net/" rel="hub"/>
    <docs>https://www.rssboard.org/rss-specification</docs>
    <generator>feedpub</generator>
    <image>
      <url>https://news.example.org/media/badge.png</url>
      <title>Example &#x26; News</title>
      <link>https://news.example.org/</link>
      <width>88</width>
    </image>
    <language>en</language>
    <managingEditor>desk@example.org (Desk)</managingEditor>
    <ttl>30</ttl>
    <skipHours><hour>1</hour><hour>2</hour></skipHours>
    <lastBuildDate>Mon, 21 Oct 2024 04:00:00 GMT</lastBuildDate>
    <item>
      <title>Ferry</title>
      <link>https://news.example.org/ferry/</link>
      <description>The ferry sails.</description>
      <content:encoded>&lt;p&gt;The &lt;a href="https://ferry.example.org/"&gt;ferry&lt;/a&gt; sails.&lt;/p&gt;</content:encoded>
      <category>boats</category>
      <guid isPermaLink="false">tag:news.example.org,2024-10-21:ferry</guid>
      <pubDate>Mon, 21 Oct 2024 03:00:00 GMT</pubDate>
      <dc:creator>Ann Author</dc:creator>
      <atom:updated>2024-10-21T03:30:00Z</atom:updated>
      <enclosure url="https://news.example.org/media/ferry.mp3" length="1000" type="audio/mpeg"/>
      <media:content url="https://news.example.org/media/ferry.mp3" type="audio/mpeg" medium="audio" fileSize="1000"/>
    </item>
    <item>
      <title>Bridge</title>
      <link>https://news.example.org/bridge/</link>
      <description>The bridge stands.</description>
      <guid isPermaLink="false">tag:news.example.org,2024-10-21:bridge</guid>
      <pubDate>Mon, 21 Oct 2024 02:00:00 GMT</pubDate>
      <atom:updated>2024-10-21T02:00:00Z</atom:updated>
    </item>
  </channel>
</rss>
"""

ATOM = """\
<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" \
xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">
  <id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
  <title>Example News</title>
  <updated>2024-10-21T04:00:00Z</updated>
  <author>
    <name>Desk</name>
    <uri>https://news.example.org/about/</uri>
    <email>desk@example.org</email>
  </author>
  <link href="https://news.example.org/feeds/news.atom" rel="self" type="application/atom+xml"/>
  <link href="https://hub.example.net/" rel="hub"/>
  <link href="https://news.example.org/" rel="alternate" type="text/html"/>
  <at:deleted-entry ref="tag:news.example.org,2024-10-20:gone" when="2024-10-21T01:00:00Z"/>
  <entry>
    <id>tag:news.example.org,2024-10-21:ferry</id>
    <title>Ferry</title>
    <updated>2024-10-21T03:30:00Z</updated>
    <content type="html">&lt;p&gt;The &lt;a href="https://ferry.example.org/"&gt;ferry&lt;/a&gt; sails.&lt;/p&gt;</content>
    <link href="https://news.example.org/ferry/" rel="alternate"/>
    <link href="https://news.example.org/media/ferry.mp3" rel="enclosure" type="audio/mpeg" length="1000"/>
    <category term="boats"/>
    <summary type="html">The ferry sails.</summary>
    <published>2024-10-21T03:00:00Z</published>
  </entry>
  <entry>
    <id>tag:news.example.org,2024-10-21:bridge</id>
    <title>Bridge</title>
    <updated>2024-10-21T02:00:00Z</updated>
    <summary type="html">The bridge stands.</summary>
    <link href="https://news.example.org/bridge/" rel="alternate"/>
    <published>2024-10-21T02:00:00Z</published>
  </entry>
</feed>
"""

JSON = """\
{
 "version": "https://jsonfeed.org/version/1.1",
 "title": "Example & News",
 "home_page_url": "https://news.example.org/",
 "feed_url": "https://news.example.org/feeds/news.json",
 "language": "en",
 "authors": [{"name": "Desk"}],
 "hubs": [{"type": "WebSub", "url": "https://hub.example.net/"}],
 "items": [
  {
   "id": "tag:news.example.org,2024-10-21:ferry",
   "url": "https://news.example.org/ferry/",
   "title": "Ferry",
   "content_html": "<p>The <a href=\\"https://ferry.example.org/\\">ferry</a> sails.</p>",
   "date_published": "2024-10-21T03:00:00Z",
   "date_modified": "2024-10-21T03:30:00Z",
   "authors": [{"name": "Ann Author"}],
   "tags": ["boats"],
   "attachments": [
    {"url": "https://news.example.org/media/ferry.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1000}
   ]
  },
  {
   "id": "tag:news.example.org,2024-10-21:bridge",
   "url": "https://news.example.org/bridge/",
   "title": "Bridge",
   "content_text": "The bridge stands.",
   "date_published": "2024-10-21T02:00:00Z",
   "date_modified": "2024-10-21T02:00:00Z"
  }
 ]
}
"""

OPML = """\
<?xml version='1.0' encoding='UTF-8'?>
<opml version="2.0">
  <head>
    <title>Example News</title>
    <dateModified>Mon, 21 Oct 2024 04:00:00 GMT</dateModified>
  </head>
  <body>
    <outline type="rss" text="Example News" xmlUrl="https://news.example.org/feeds/news.rss" \
htmlUrl="https://news.example.org/feeds/"/>
  </body>
</opml>
"""

SITEMAP = """\
<?xml version='1.0' encoding='UTF-8'?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url><loc>https://news.example.org/ferry/</loc><lastmod>2024-10-21T03:30:00Z</lastmod></url>
  <url><loc>https://news.example.org/bridge/</loc><lastmod>2024-10-21</lastmod></url>
</urlset>
"""

PAGE = """\
<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>Ferry – Example News</title>
<link rel="canonical" href="https://news.example.org/ferry/">
<link rel="alternate" type="application/rss+xml" href="https://news.example.org/feeds/news.rss" title="News (RSS)">
<script type="application/ld+json">{"@type": "NewsArticle"}</script>
</head>
<body>
<article><h1>Ferry</h1><p><time datetime="2024-10-21T03:00:00Z">2024-10-21</time> The ferry sails.</p></article>
</body>
</html>
"""

OTHER_PAGE = PAGE.replace("ferry", "bridge").replace("Ferry", "Bridge")

SITE = {
    "feeds/news.rss": RSS,
    "feeds/news.atom": ATOM,
    "feeds/news.json": JSON,
    "feeds.opml": OPML,
    "sitemap.xml": SITEMAP,
    "ferry/index.html": PAGE,
    "bridge/index.html": OTHER_PAGE,
}
OTHER_FILES = {"index.html": 10, "feeds/index.html": 10, "media/ferry.mp3": 1000, "media/badge.png": 10}

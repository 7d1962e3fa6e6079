"""The config.yaml that ``feedpub init`` writes."""

from __future__ import annotations

from feedpub import plainyaml

_TEMPLATE = """\
# feedpub's configuration; "feedpub check" tells what is wrong with it. All but site.title, site.url and one
# feed may be left out: the values here are the defaults.
#
# Relative paths start at the folder of this file. Values may come from the environment: ${{NAME}}, or
# ${{NAME:-default}} for a variable that need not be set.

site:
  title: {title}
  url: {url}  # where the output folder can be read; every link starts with it
  language: {language}  # BCP 47, such as en, de-AT, zh-Hant
  timezone: {timezone}  # IANA, such as Europe/Sofia; the dates in bulletins are meant there
  publish_time: "06:00"  # for bulletins with a date and no time
  # author: {{name: Example Newsroom, email: desk@example.org}}  # without one, the site's title

input:
  folder: input  # drop bulletins here
  include: ["**/*.txt", "**/*.md", "**/*.html", "**/*.eml"]
  removed: withdraw  # or keep: what happens to the entries of a bulletin that is deleted
  max_size: 5MiB  # larger files are rejected
  max_media_size: 50MiB  # larger pictures and enclosures are refused
  hold_below: 0  # 0 to 1: bulletins parsed with less certainty wait for approval
  encoding: [windows-1252]  # tried in this order for files that are not UTF-8
  settle: 0.5s  # a file written in place is taken in after so long without a change

output:
  folder: output  # any web server can serve it
  pages: true  # false: feeds alone, no HTML pages
  # templates: templates  # folder with page templates of your own, each instead of feedpub's
  feed_style: false  # true: RSS and Atom name a stylesheet, for browsers that are sent the feed itself
  ascii: false  # true: feeds in ASCII alone, for hosts that name another charset than UTF-8, or none
  compress: true  # .gz, .br and .zst beside the feeds, for web servers that send those

store:
  url: sqlite:///state/feedpub.db  # remembers what was published, under which ids
  media: state/media  # the pictures and other files that came with bulletins

schedule:
  rescan: 60s  # how often the input folder is read as a whole, beside the file events
  # probe: 15m  # how often the feeds are asked for at their public addresses; or off

server:
  host: 127.0.0.1  # 0.0.0.0 listens on all addresses
  port: 8080
  browser_view: true  # browsers are shown a page at the address of a feed; readers always get the feed
  trusted_proxies: [127.0.0.1, "::1"]  # whose X-Forwarded-For is believed
  # access_log: access.log  # a line of JSON for each answer, without addresses
  clients:
    connections: 1000
    requests_per_second: 20  # of one address, on average; 0 for any number
    request_time: 10s  # a request must be whole by then
    send_time: 30s  # an answer must go on within
    idle_time: 15s  # a connection without a request is kept so long

admin:  # for those who run feedpub
  host: 127.0.0.1  # keep it away from the public
  # port: 8081  # http://127.0.0.1:8081/metrics for Prometheus; without a port there is no such address

stats:
  folder: state/stats  # what is counted of readers, a small file for each day

websub:  # push to subscribers
  hubs: []  # of others, such as https://pubsubhubbub.appspot.com/; each hears of every change
  hub: false  # true: an own hub at the path hub below site.url; nobody else is needed then
  allow_private: []  # networks in which the own hub may call subscribers, such as 10.0.0.0/8
  lease: {{default: 240h, min: 5m, max: 720h}}  # of subscriptions to the own hub
  subscriptions: {{total: 10000, per_host: 1000}}  # that the own hub takes

feeds:
  news:  # becomes feeds/news.rss, feeds/news.atom, feeds/news.json
    title: {title}
    # description: one line about the feed  # without one, its title
    # language: en  # without one, the site's
    # author: {{name: Example Newsroom}}  # without one, the site's
    formats: [rss, atom, json]
    # moved_from: [old-name, /rss.xml]  # names it had, or paths; the server redirects from there
    shape: stories  # an entry for each; or leads, teasers, bulletins (one entry for each bulletin)
    limit: {{entries: 50, bytes: 512KiB}}  # of each document; keep_at_least: 24h lets more stay on a busy day
    content: full  # or summary
    edits: update  # moves the date of an edited entry; silent keeps it, reissue makes it a new entry
    # categories: [news]  # of the feed as a whole
    # rights: © Example News
    # icon: https://news.example.org/icon.png  # small and square
    # image: https://news.example.org/logo.png
    # ttl: 1h  # how long readers may wait before they ask again; RSS alone can say it
    # link_parameters: {{utm_source: rss}}  # added to the query of every entry's link
    # select:  # which entries it takes: those that meet all of this
    #   role: lead  # or teaser
    #   categories: [sport, culture]  # one of them
    #   keywords: {{any: [harbour, "city council", elect*], all: [], none: [advertisement]}}
    #   authors: [Jane Doe]
    #   languages: [en, de]
    #   sources: ["sport/**"]  # paths under the input folder
    #   newer_than: 30d  # since it was published
    #   older_than: 90m
    # exclude: {{}}  # the same keys: what meets any of this stays out
  # "topic-{{category}}":  # a feed for each category that occurs; or "{{language}}"
  #   title: "{{category}}"
  #   at_most: 200  # feeds
"""


def sample(
    *,
    title: str = "Example News",
    url: str = "http://127.0.0.1:8080/",
    language: str = "en",
    timezone: str = "UTC",
) -> str:
    """Return a commented configuration with one feed; what is not given here has its default."""
    return _TEMPLATE.format(
        title=_scalar(title), url=_scalar(url), language=_scalar(language), timezone=_scalar(timezone)
    )


def _scalar(text: str) -> str:
    """Write `text` as YAML, in quotes where it would not be read back as it is."""
    try:
        if plainyaml.load(f"key: {text}  # comment").value == {"key": text}:
            return text
    except plainyaml.YamlError:
        pass
    return "'" + text.replace("'", "''") + "'"

"""What a User-Agent says: which reader it is, and for how many subscribers it asks."""

from __future__ import annotations

import re
from functools import lru_cache

# What services say for whom they ask: "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; …)".
_SUBSCRIBERS = re.compile(r"\b(\d{1,9})\s+(?:subscribers?|readers?)\b", re.IGNORECASE)
_FEED_ID = re.compile(r"\bfeed-?id[=:]\s*([\w.-]{1,40})", re.IGNORECASE)
_PRODUCT = re.compile(r"[^\s/();,]{2,40}")

# A part of the User-Agent in small letters, and the name people know it by; the first that fits counts.
_READERS = (
    ("feedly", "Feedly"),
    ("inoreader", "Inoreader"),
    ("newsblur", "NewsBlur"),
    ("feedbin", "Feedbin"),
    ("theoldreader", "The Old Reader"),
    ("bazqux", "BazQux"),
    ("feedspot", "Feedspot"),
    ("feedwrangler", "Feed Wrangler"),
    ("miniflux", "Miniflux"),
    ("freshrss", "FreshRSS"),
    ("tiny tiny rss", "Tiny Tiny RSS"),
    ("commafeed", "CommaFeed"),
    ("nextcloud-news", "Nextcloud News"),
    ("netnewswire", "NetNewsWire"),
    ("reeder", "Reeder"),
    ("readkit", "ReadKit"),
    ("newsboat", "Newsboat"),
    ("newsbeuter", "Newsbeuter"),
    ("liferea", "Liferea"),
    ("akregator", "Akregator"),
    ("rssguard", "RSS Guard"),
    ("rss guard", "RSS Guard"),
    ("quiterss", "QuiteRSS"),
    ("fluent reader", "Fluent Reader"),
    ("feeder", "Feeder"),
    ("readyou", "Read You"),
    ("thunderbird", "Thunderbird"),
    ("rss2email", "rss2email"),
    ("feed2exec", "feed2exec"),
    ("sfeed", "sfeed"),
    ("universalfeedparser", "feedparser"),
    ("feedparser", "feedparser"),
    ("python-reader", "reader"),
    ("feedfetcher-google", "Google"),
    ("slackbot", "Slack"),
    ("ifttt", "IFTTT"),
    ("zapier", "Zapier"),
    ("feedpub", "feedpub"),
)


def reader_name(agent: str) -> str:
    """Return the name of the reader with this User-Agent: a known one, or the product it names first."""
    folded = agent.lower()
    known = next((name for part, name in _READERS if part in folded), None)
    if known:
        return known
    if folded.startswith("mozilla/") and "compatible" not in folded:
        return "a browser"
    product = _PRODUCT.search(agent.removeprefix("Mozilla/5.0 (compatible; "))
    return product[0] if product else "unknown"


@lru_cache(maxsize=1024)  # services and readers send the same one again and again
def announced_subscribers(agent: str) -> tuple[str, int] | None:
    """Return for how many subscribers a service asks, and under which key; None when it does not say.

    A service that keeps the same feed twice says its number for each, by a feed id: "Feedbin#42".
    """
    found = _SUBSCRIBERS.search(agent)
    if not found:
        return None
    feed = _FEED_ID.search(agent)
    return f"{reader_name(agent)}{f'#{feed[1]}' if feed else ''}", int(found[1])

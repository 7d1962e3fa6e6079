"""What a User-Agent says of a reader and its subscribers."""

from __future__ import annotations

import pytest

from feedpub.audience import announced_subscribers, reader_name

AGENTS = {
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)": (
        "Feedly",
        ("Feedly", 16),
    ),
    "Feedbin feed-id:1373711 - 142 subscribers": ("Feedbin", ("Feedbin#1373711", 142)),
    "Mozilla/5.0 (compatible; inoreader.com; 3 subscribers)": ("Inoreader", ("Inoreader", 3)),
    "NewsBlur Feed Fetcher - 1 subscriber - http://www.newsblur.com": ("NewsBlur", ("NewsBlur", 1)),
    "Mozilla/5.0 (compatible; theoldreader.com; 7 subscribers; feed-id=5f2a)": (
        "The Old Reader",
        ("The Old Reader#5f2a", 7),
    ),
    "newsboat/2.21.0 (Linux x86_64)": ("Newsboat", None),
    "python-reader/3.26 (+https://github.com/lemon24/reader)": ("reader", None),
    "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0": ("a browser", None),
    "Mozilla/5.0 (compatible; SomeBot/2.1; +https://bot.example/)": ("SomeBot", None),
    "curl/8.4.0": ("curl", None),
    "": ("unknown", None),
    "/// (((": ("unknown", None),
}


@pytest.mark.parametrize(("agent", "expected"), AGENTS.items(), ids=list(AGENTS))
def test_agent(agent, expected):
    """A reader is known by its name, a service also by the number of subscribers it asks for."""
    assert (reader_name(agent), announced_subscribers(agent)) == expected

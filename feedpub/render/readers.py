"""Feed readers that can be handed an address: the buttons on the page of a feed."""

from __future__ import annotations

from urllib.parse import quote

# By name; {} is the address of the feed, percent-encoded. A new reader is a line here.
_READERS = {
    "Feedly": "https://feedly.com/i/subscription/feed%2F{}",
    "Inoreader": "https://www.inoreader.com/feed/{}",
    "NewsBlur": "https://www.newsblur.com/?url={}",
    "Feedbin": "https://feedbin.com/?subscribe={}",
    "The Old Reader": "https://theoldreader.com/feeds/subscribe?url={}",
}


def readers(address: str) -> list[tuple[str, str]]:
    """Return the name of each reader with the address at which it subscribes to the feed at `address`."""
    return [(name, form.format(quote(address, safe=""))) for name, form in _READERS.items()]


def app_address(address: str) -> str:
    """Return the address that opens a feed in an app (the feed: scheme, which has no standard)."""
    return f"feed:{address}"

"""What is said about each kind of file."""

from __future__ import annotations

from collections.abc import Sequence

# Explicit, since the tables of operating systems know neither feeds nor each other.
_MEDIA_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "opml": "text/x-opml; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "rss": "application/rss+xml; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "xml": "application/xml; charset=utf-8",
    "xsl": "application/xslt+xml; charset=utf-8",
}
_FEEDS = ("atom", "json", "rss")

_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_PAGE = f"{_NOTHING}; style-src 'self'; img-src 'self' http: https:; base-uri 'none'; form-action 'none'"

# A minute is fresh enough for readers that ask every half hour, and lets a proxy answer the crowd. Should
# the server be down, a day-old feed is better than none (RFC 5861 section 4).
_CACHE_CONTROL = "public, max-age=60, stale-if-error=86400"

COMMON = {"x-content-type-options": "nosniff", "content-security-policy": _NOTHING}
"""What every answer says; the policy is the one for all that is no page."""


def describe(parts: Sequence[str]) -> dict[str, str]:
    """Return what is always said of the file at this path, whether it is sent or not."""
    suffix = _suffix(parts)
    headers = {**COMMON, "cache-control": _CACHE_CONTROL, "vary": "Accept-Encoding"}
    if suffix == "html":
        headers["content-security-policy"] = _PAGE
    if suffix in _FEEDS and parts[0] == "feeds":
        headers["access-control-allow-origin"] = "*"  # readers that run in a browser
        headers["access-control-expose-headers"] = "ETag, Link"
    return headers


def media_type(parts: Sequence[str]) -> str:
    """Return the media type of the file at this path, with its charset where it has one."""
    suffix = _suffix(parts)
    if suffix == "json" and parts[0] == "feeds":
        return "application/feed+json"
    return _MEDIA_TYPES.get(suffix, "application/octet-stream")


def _suffix(parts: Sequence[str]) -> str:
    return parts[-1].rpartition(".")[2].lower()

"""What is said about each kind of file."""

from __future__ import annotations

from collections.abc import Sequence

# Explicit, since the tables of operating systems know neither feeds nor each other.
_MEDIA_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "flac": "audio/flac",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opml": "text/x-opml; charset=utf-8",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "rss": "application/rss+xml; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "xml": "application/xml; charset=utf-8",
    "xsl": "application/xslt+xml; charset=utf-8",
}
_FEEDS = ("atom", "json", "rss")

_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_PAGE = (
    f"{_NOTHING}; style-src 'self'; img-src 'self' http: https:; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)

# A minute is fresh enough for readers that ask every half hour, and lets a proxy answer the crowd. Should
# the server be down, a day-old feed is better than none (RFC 5861 section 4).
_FRESH = "public, max-age=60, stale-if-error=86400"
# Media are named after their bytes, so what a name stands for never changes (RFC 8246).
_FOR_EVER = "public, max-age=31536000, immutable"
# Archives are complete once they are there, but what is withdrawn leaves them too.
_FOR_A_DAY = "public, max-age=86400, stale-if-error=604800"

COMMON = {"x-content-type-options": "nosniff", "content-security-policy": _NOTHING}
"""What every answer says; the policy is the one for all that is no page."""

VIEW_VARY = ("Accept", "Sec-Fetch-Dest", "Upgrade-Insecure-Requests")
"""What decides whether a feed's address shows the feed or its page."""

ALLOW = {"allow": "GET, HEAD, OPTIONS"}

# Readers that run in a browser ask conditionally and for deltas, which a browser allows only then.
_CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link, IM, Delta-Base",
}
_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "A-IM, If-Match, If-Modified-Since, If-None-Match, If-Range, Range",
    "access-control-max-age": "86400",
}


def describe(parts: Sequence[str], *, view: bool = True) -> dict[str, str]:
    """Return what is always said of the file at this path, whether it is sent or not.

    `view` tells whether browsers are shown a page at the address of a feed.
    """
    feed = is_feed(parts)
    vary = ["Accept-Encoding", *(("A-IM", *(VIEW_VARY if view else ())) if feed else ())]
    headers = {**COMMON, "cache-control": _cache_control(parts), "vary": ", ".join(vary)}
    if _suffix(parts) == "html":
        headers["content-security-policy"] = _PAGE
    return headers | (_CORS if _is_syndicated(parts) else {})


def options(parts: Sequence[str]) -> dict[str, str]:
    """Return what OPTIONS says of this path."""
    return {**COMMON, **ALLOW, **((_CORS | _PREFLIGHT) if _is_syndicated(parts) else {})}


def media_type(parts: Sequence[str]) -> str:
    """Return the media type of the file at this path, with its charset where it has one."""
    suffix = _suffix(parts)
    if suffix == "json" and parts[0] == "feeds":
        return "application/feed+json"
    return _MEDIA_TYPES.get(suffix, "application/octet-stream")


def is_feed(parts: Sequence[str]) -> bool:
    """Return whether readers subscribe to this path."""
    return len(parts) == 2 and _is_syndicated(parts)


def _is_syndicated(parts: Sequence[str]) -> bool:
    """Return whether this is a feed or one of its archives."""
    return len(parts) > 1 and parts[0] == "feeds" and _suffix(parts) in _FEEDS


def _cache_control(parts: Sequence[str]) -> str:
    if parts[0] == "media" and len(parts) > 1:
        return _FOR_EVER
    if _is_syndicated(parts) and parts[2:3] == ("archive",):
        return _FOR_A_DAY
    return _FRESH


def _suffix(parts: Sequence[str]) -> str:
    return parts[-1].rpartition(".")[2].lower()

"""One document from the web: for what an operator asks for, never for subscribers.

The address that was typed is trusted, also where it lies in a private network. Where it leads is not:
once an answer came from a public address, a redirect to a private one is refused.
"""

from __future__ import annotations

from urllib.parse import urljoin

from feedpub.fetch.addresses import is_public
from feedpub.fetch.errors import FetchError
from feedpub.fetch.exchange import Response, exchange, is_anywhere

_REDIRECTS = 5
REDIRECT_STATUSES = {301, 302, 303, 307, 308}


def fetch(
    url: str, *, max_bytes: int, deadline_seconds: float = 30, accept: str = "*/*"
) -> tuple[bytes, str]:
    """Return the document at an http(s) address, and the address at which it was found in the end.

    Raises FetchError when it is larger than `max_bytes`, does not come within `deadline_seconds` for each
    redirect, or does not come at all.
    """
    public = False
    for _ in range(_REDIRECTS + 1):
        response = exchange(
            url,
            headers={"Accept": accept},
            max_bytes=max_bytes,
            deadline_seconds=deadline_seconds,
            allowed=is_public if public else is_anywhere,
        )
        public = public or any(map(is_public, response.addresses))
        if response.status not in REDIRECT_STATUSES:
            return _document(response), url
        url = joined(url, response.headers.get("location", ""))
    raise FetchError(f"more than {_REDIRECTS} redirects")


def joined(base: str, address: str) -> str:
    """Resolve an address against the one at which it was found."""
    try:
        return urljoin(base, address)
    except ValueError:  # an IPv6 address without its bracket, which nobody will fetch
        return address


def _document(response: Response) -> bytes:
    if response.status != 200:
        raise FetchError(f"the server answers {response.status}")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise FetchError("the answer is compressed, which was not asked for")
    return response.body

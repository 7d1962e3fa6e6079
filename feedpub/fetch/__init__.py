"""HTTP as a client: one document for the operator, one exchange for whoever sends things.

The standard library's HTTP, within limits of size and time, to addresses that were checked.
"""

from feedpub.fetch.addresses import is_public
from feedpub.fetch.document import fetch
from feedpub.fetch.errors import FetchError, RefusedError
from feedpub.fetch.exchange import Response, exchange, is_anywhere

__all__ = ["FetchError", "RefusedError", "Response", "exchange", "fetch", "is_anywhere", "is_public"]

"""Ids as Atom must have them: an atom:id is an IRI (RFC 4287 section 4.2.6), the guid of RSS is any text.

Ids that feedpub mints are IRIs. Those of an adopted feed are what its readers know, so RSS and JSON
Feed give them as they were, and Atom gives the ones that are no IRI as the ``data:`` URI (RFC 2397) of
their text. It can be read back, which a name-based UUID could not: adopting our own Atom feed after a
lost store finds the ids that our RSS feed gave.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_DATA = "data:,"
# RFC 3987 section 2.2, as far as the characters go: a scheme, and nothing that no IRI may hold.
_IRI = re.compile(
    r'[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20\x7f-\xa0<>"{}|\\^`%\ud800-\udfff]|%[0-9A-Fa-f]{2})+'
)


def as_iri(id: str) -> str:  # noqa: A002  atom:id; nothing here uses the built-in
    """Return `id` if it is an IRI, else the IRI that stands for it in Atom."""
    is_iri = _IRI.fullmatch(id) and not id.startswith(_DATA)
    return id if is_iri else _DATA + quote(id, safe="")


def from_iri(iri: str) -> str:
    """Return the id for which `as_iri` gave `iri`."""
    return unquote(iri.removeprefix(_DATA)) if iri.startswith(_DATA) else iri

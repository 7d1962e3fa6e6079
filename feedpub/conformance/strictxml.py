"""Strict reading of XML: what is missing or not well-formed is a ValueError."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_DECLARATION = re.compile(
    rb"""<\?xml version=["']1\.0["'] encoding=["'](?i:utf-8)["'](?: standalone=["']\w+["'])?\?>"""
)


class DamagedError(ValueError):
    """A document that cannot be read, and the line on which that shows."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


@lru_cache(maxsize=1)  # the release gate reads a document twice: for what it says, and by the rules
def parse(content: bytes) -> etree._Element:
    """Parse a document, with all off that could reach beyond its bytes; raises DamagedError.

    The tree is for reading alone.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedError(f"not well-formed: {error}", error.lineno) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError("a document type declaration", 1)
    return root


def is_declared(content: bytes) -> bool:
    """Tell whether a document says at its first byte that it is XML in UTF-8."""
    return bool(_DECLARATION.match(content))


def line_of(element: etree._Element) -> int | None:
    """Return the line on which an element begins; its tag ends there, to be exact."""
    line: object = element.sourceline  # which the stubs leave open
    return line if isinstance(line, int) else None

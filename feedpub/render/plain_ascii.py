"""Documents in ASCII alone: the same to every parser, whatever charset a host names, or none."""

from __future__ import annotations

import json
import re

_OTHERS = re.compile(r"[^\x00-\x7f]+")


def xml_in_ascii(content: bytes) -> bytes:
    """Write all other characters of an XML document as references (XML 1.0 section 4.1).

    The declaration stays: ASCII is UTF-8. Our names of elements and our comments are ASCII already.
    """
    return content.decode().encode("ascii", "xmlcharrefreplace")


def json_in_ascii(content: bytes) -> bytes:
    """Write all other characters of a JSON document, all in strings, escaped (RFC 8259 section 7)."""
    return _OTHERS.sub(lambda found: json.dumps(found[0])[1:-1], content.decode()).encode("ascii")

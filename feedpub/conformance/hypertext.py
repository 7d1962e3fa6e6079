"""Fragments of HTML inside feeds, looked through by their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedpub.conformance.findings import quoted

# Fragments are written by us or by our sanitiser, so every tag has this plain form; what only looks like
# a tag has been escaped.
_TAG = re.compile(r"<([A-Za-z!][A-Za-z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ADDRESSES = frozenset({"href", "src", "poster", "cite", "data", "longdesc"})
_WRAPPERS = frozenset({"html", "head", "body", "!doctype"})
_ACTIVE = frozenset(
    {"script", "iframe", "object", "embed", "applet", "form", "meta", "base", "link", "style"}
)


def faults(html: str) -> Iterator[tuple[str, str]]:
    """Yield code and description of what no fragment in a feed should have."""
    if "<" not in html:
        return
    for tag in _TAG.finditer(html):
        name = tag[1].lower()
        if name in _WRAPPERS:
            yield "C62", f"<{name}> in a fragment"
        if name in _ACTIVE:
            yield "C161", f"<{name}> in a text"
        if "=" in tag[2]:
            yield from _attribute_faults(tag[2])


def looks_like_markup(text: str) -> bool:
    """Tell whether readers that guess would take a plain text for HTML."""
    return "<" in text and bool(re.search(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>", text))


def _attribute_faults(attributes: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(attributes):
        name = found[1].lower()
        value = found[2] or found[3] or found[4] or ""
        if name.startswith("on"):
            yield "C161", f"the attribute {name} in a text"
        for address in _addresses(name, value):
            if address.lower().startswith(("javascript:", "vbscript:")):
                yield "C161", f"script in the attribute {name}"
            elif not _ABSOLUTE.match(address):
                yield "C27", f"the relative address {quoted(address)}"


def _addresses(name: str, value: str) -> list[str]:
    if name == "srcset":
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value.strip()] if name in _ADDRESSES else []

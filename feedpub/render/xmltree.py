"""Strict reading of XML: what is missing, doubled or not well-formed is a ValueError."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.conformance import strictxml

if TYPE_CHECKING:
    from lxml import etree

_ATOM = "http://www.w3.org/2005/Atom"


def root(content: bytes, name: str) -> etree._Element:
    """Parse a document whose root must be `name`."""
    element = strictxml.parse(content)
    if element.tag != name:
        raise ValueError(f"the root element is {element.tag}, not {name}")
    return element


def child(parent: etree._Element, name: str) -> etree._Element:
    """Find the one child of this name."""
    found = list(parent.iterchildren(name))
    if len(found) != 1:
        raise ValueError(f"{len(found)} elements {name} in {parent.tag}, not one")
    return found[0]


def has(parent: etree._Element, name: str) -> bool:
    """Tell whether there is a child of this name."""
    return parent.find(name) is not None


def find_link(parent: etree._Element, relation: str) -> str | None:
    """Find the address of the one link with this relation, which RSS borrows from Atom."""
    links = [link for link in parent.iterchildren(f"{{{_ATOM}}}link") if link.get("rel") == relation]
    if len(links) > 1:
        raise ValueError(f"{len(links)} links {relation}, not one")
    return links[0].get("href") if links else None


def texts(parent: etree._Element, *names: str) -> list[str]:
    """Read the texts of the children of these names, of which there must be one each."""
    found: dict[object, str] = {}
    for element in parent.iterchildren(*names):
        if element.tag in found:
            raise ValueError(f"several elements {element.tag} in {parent.tag}, not one")
        found[element.tag] = element.text or ""
    if len(found) < len(names):
        missing = next(name for name in names if name not in found)
        raise ValueError(f"0 elements {missing} in {parent.tag}, not one")
    return [found[name] for name in names]


def text(parent: etree._Element, name: str) -> str:
    """Read the text of the one child of this name."""
    return child(parent, name).text or ""

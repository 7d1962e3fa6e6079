"""HTML pages: their blocks as lines; what is not text is left out, so nothing of the markup gets further."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedpub.model import Hints
from feedpub.parse.blocks import Blocks
from feedpub.parse.decode import decode
from feedpub.parse.lexicon import words
from feedpub.parse.source import Matter, Source

MAX_DEPTH = 200  # deeper nesting is an attack; its text counts as one block

_SILENT = frozenset(
    words("head script style template noscript nav footer aside form iframe object svg math button select")
)
_BLOCKS = frozenset(
    words(
        "address article blockquote body center dd details div dl dt fieldset figcaption figure"
        " h1 h2 h3 h4 h5 h6 header hr"
        " html li main ol p pre section summary table tbody td tfoot th thead tr ul"
    )
)
_HEADING = re.compile(r"h([1-6])")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def source(raw: bytes, hints: Hints) -> Source:
    """Return a page's blocks as lines. Raises BulletinError for what is no text."""
    declared = _CHARSET.search(raw[:2_048])
    if declared:
        hints = _first(hints, declared[1].decode("ascii").lower())
    text, warnings = decode(raw, hints)
    return from_text(text, Blocks(warnings))


def from_text(text: str, blocks: Blocks, head: Matter | None = None) -> Source:
    """Return the blocks of HTML that is text already."""
    root = LexborHTMLParser(text).root
    if root is not None:
        _Walk(blocks).through(root)
    return blocks.source(head or Matter())


def _first(hints: Hints, encoding: str) -> Hints:
    """Put the encoding that a page declares before the configured ones, where Python knows it."""
    try:
        "".encode(encoding)
    except LookupError:
        return hints
    return Hints(name=hints.name, language=hints.language, encodings=(encoding, *hints.encodings))


class _Walk:
    """Goes through a page once, in order, and closes a block where an element begins or ends one."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._words: list[str] = []
        self._links: list[str | None] = []
        self._level = 0

    def through(self, node: LexborNode, depth: int = 0) -> None:
        child = node.child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                self._say(child.text(deep=False))
            elif tag == "br":
                self._close()
            elif tag not in _SILENT and not tag.startswith(("-", "_", "!")):
                self._element(child, tag, depth)
            child = child.next

    def _element(self, node: LexborNode, tag: str, depth: int) -> None:
        if depth >= MAX_DEPTH:
            self._say(node.text(deep=True))
            return
        if tag not in _BLOCKS:
            said = len(self._words)
            self.through(node, depth + 1)
            if tag == "a" and len(self._words) > said:
                self._links[said:] = [node.attributes.get("href")] * (len(self._words) - said)
            return
        self._close()
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._level = int(heading[1])
        self.through(node, depth + 1)
        self._close()
        if heading:
            self._level = 0

    def _say(self, text: str) -> None:
        if text.strip() or self._words:
            self._words.append(text)
            self._links.append(None)

    def _close(self) -> None:
        said = {link for word, link in zip(self._words, self._links, strict=True) if word.strip()}
        link = said.pop() if len(said) == 1 else None
        self._blocks.add(_SPACE.sub(" ", "".join(self._words)), level=self._level, link=link)
        self._words.clear()
        self._links.clear()

"""Markdown, read as CommonMark by markdown-it-py; its headings say what is a title."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from feedpub.model import Hints
from feedpub.parse import matter
from feedpub.parse.blocks import Blocks
from feedpub.parse.decode import decode
from feedpub.parse.source import Source

# The preset for text from strangers: no raw HTML, no javascript: addresses.
_READER = MarkdownIt("js-default")


def source(raw: bytes, hints: Hints) -> Source:
    """Return a Markdown document's blocks as lines. Raises BulletinError for what is no text."""
    text, warnings = decode(raw, hints)
    head, text = matter.take(text, hints.name)
    blocks = Blocks(warnings)
    level = 0
    for token in _READER.parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            blocks.add(
                _plain(token), level=level, number=token.map[0] + 1 if token.map else None, link=_link(token)
            )
            level = 0
        elif token.type in {"code_block", "fence"}:
            blocks.add(token.content, number=token.map[0] + 1 if token.map else None)
    return blocks.source(head)


def _plain(token: Token) -> str:
    """Return an inline token's words; a line end within a paragraph is a space, as CommonMark shows it."""
    parts = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type in {"text", "code_inline", "image"}:
            parts.append(child.content)
    return "".join(parts)


def _link(token: Token) -> str | None:
    """Return the address a heading or a paragraph consists of."""
    children = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    if len(children) > 1 and children[0].type == "link_open" and children[-1].type == "link_close":
        return str(children[0].attrs.get("href") or "")
    return None

"""What a piece of HTML says, as plain paragraphs."""

from __future__ import annotations

from html.parser import HTMLParser

_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "img"),
        *("ins", "kbd", "mark", "q", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)


def paragraphs_of(html: str) -> tuple[str, ...]:
    """Return the text of `html`, one string for each block that has any, white space made single."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    texts = (" ".join("".join(block).split()) for block in reader.blocks)
    return tuple(text for text in texts if text)


class _Blocks(HTMLParser):
    """Collects text; every element that is not inline begins a block and ends it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[str]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  HTMLParser's
        self._border(tag)

    def handle_endtag(self, tag: str) -> None:
        self._border(tag)

    def handle_data(self, data: str) -> None:
        self.blocks[-1].append(data)

    def _border(self, tag: str) -> None:
        if tag == "br":
            self.blocks[-1].append(" ")
        elif tag not in _INLINE:
            self.blocks.append([])

"""How a page of what is gone is told from all others by a server that knows nothing but the files."""

from __future__ import annotations

GONE_MARK = "<!-- feedpub: gone -->"

# It stands before everything that an author or an operator writes, so neither of them can forge it.
_BEGINNING = f"<!doctype html>\n{GONE_MARK}\n".encode()


def is_gone(content: bytes) -> bool:
    """Tell whether a file is a page that says that its entry was withdrawn."""
    return content.startswith(_BEGINNING)

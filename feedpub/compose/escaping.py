"""Text as HTML."""

from __future__ import annotations

import html


def escaped(text: str) -> str:
    """Return HTML that shows `text`, also where a careless program puts it into an attribute.

    Apostrophes stay as they are: texts are full of them, and attributes are quoted the other way.
    """
    return html.escape(text, quote=False).replace('"', "&quot;")

"""Language tags (BCP 47): one grammar for configuration, bulletins and what is published."""

from __future__ import annotations

import re

# RFC 5646 section 2.1, without the languages of four to eight letters, of which none was ever registered
# (they would let "english" pass), and without the grandfathered tags.
_TAG = re.compile(
    r"""(?P<language>[a-z]{2,3}) (?P<extended>(-[a-z]{3}){0,3})
        (?P<script>-[a-z]{4})? (?P<region>-([a-z]{2}|[0-9]{3}))?
        (?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
        (?P<extensions>(-[a-wyz0-9](-[a-z0-9]{2,8})+)* (-x(-[a-z0-9]{1,8})+)?)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


def as_tag(text: str) -> str | None:
    """Return a tag with the letter case that RFC 5646 section 2.1.1 recommends; None for what is none."""
    match = _TAG.fullmatch(text)
    if not match:
        return None
    cased = {"script": (match["script"] or "").title(), "region": (match["region"] or "").upper()}
    return "".join(cased.get(part) or (match[part] or "").lower() for part in match.groupdict())

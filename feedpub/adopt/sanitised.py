"""HTML without anything live: the only door to nh3."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import nh3

_SCHEMES = {"http", "https", "mailto"}
# `rel` stays as it was: it is harmless by itself and readers compare texts. `target` goes, so there is no
# window whose opener would need protection.
_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "a": nh3.ALLOWED_ATTRIBUTES["a"] | {"rel", "title"}}


def sanitised(html: str, *, base: str) -> str:
    """Return `html` with harmless elements alone and all addresses absolute, read from `base`.

    Relative addresses for which `base` does not help are dropped.
    """

    def absolute(address: str) -> str | None:
        try:
            joined = urljoin(base, address)
            return joined if urlsplit(joined).scheme in _SCHEMES else None
        except ValueError:
            return None

    clean = nh3.clean(
        html, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None, url_relative=absolute
    )
    # As the character itself, which is how our own feeds have it; a written-out entity of the author's
    # is "&amp;nbsp;" here.
    return clean.replace("&nbsp;", "\u00a0").strip()

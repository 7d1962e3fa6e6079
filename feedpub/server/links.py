"""What a topic says of itself in its ``Link`` header (WebSub section 4, RFC 8288)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedpub.server.targets import path_of

_FEEDS = (".atom", ".json", ".rss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Names the hubs and the own address of what can be subscribed to: the feeds and the front page."""

    site_url: str  # ends with "/"
    hubs: tuple[str, ...]

    def headers(self, parts: Sequence[str]) -> dict[str, str]:
        """Return the header of the file at this path; nothing where there is nothing to subscribe to."""
        topic = self._topic(list(parts))
        if topic is None or not self.hubs:
            return {}
        # Quoted, as some hubs compare texts and distribute nothing that names itself otherwise.
        links = [f'<{hub}>; rel="hub"' for hub in self.hubs]
        return {"link": ", ".join([*links, f'<{topic}>; rel="self"'])}

    def _topic(self, parts: list[str]) -> str | None:
        if parts == ["index.html"]:
            return self.site_url
        if len(parts) == 2 and parts[0] == "feeds" and parts[1].endswith(_FEEDS):
            return self.site_url + path_of(parts)
        return None

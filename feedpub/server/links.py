"""What a topic says of itself in its ``Link`` header (WebSub section 4, RFC 8288)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Names the hubs and the own address of what can be subscribed to."""

    hubs: tuple[str, ...] = ()
    address: Callable[[str], str | None] = lambda _path: None  # the own address of a file, by its path

    def topic(self, parts: Sequence[str]) -> str | None:
        """Return the own address of the file at this path; None when nobody can subscribe to it."""
        return self.address("/".join(parts) or "index.html")

    def headers(self, parts: Sequence[str]) -> dict[str, str]:
        """Return the header of the file at this path; nothing where there is nothing to subscribe to."""
        topic = self.topic(parts)
        if topic is None or not self.hubs:
            return {}
        # Quoted, as some hubs compare texts and distribute nothing that names itself otherwise.
        links = [f'<{hub}>; rel="hub"' for hub in self.hubs]
        return {"link": ", ".join([*links, f'<{topic}>; rel="self"'])}

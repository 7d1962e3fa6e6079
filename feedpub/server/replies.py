"""An answer that can be sent any number of times."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from http import HTTPStatus

from starlette.responses import Response

from feedpub.server.headers import COMMON


class Reply(Response):
    """A response whose head is written once; the date and the end of the head are still to come."""

    @cached_property
    def head(self) -> bytes:
        """The status line and the header fields as they are sent."""
        status = HTTPStatus(self.status_code)
        fields = b"".join(name + b": " + value + b"\r\n" for name, value in self.raw_headers)
        return f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() + fields


def refusal(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Reply:
    """Make a small answer that says nothing but its status: nothing of the request comes back."""
    return Reply(
        f"{status.value} {status.phrase}\n",
        status_code=status,
        headers={**COMMON, "cache-control": "no-cache", **(headers or {})},
        media_type="text/plain",
    )

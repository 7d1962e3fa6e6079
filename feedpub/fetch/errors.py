"""Why there is no answer."""

from __future__ import annotations


class FetchError(Exception):
    """An answer that cannot be had; says why."""


class RefusedError(FetchError):
    """An address that must not be asked."""

"""Secrets are kept out of what people and programs read: the log, messages, ``status``, ``/healthz``.

What counts as one is told once, where the configuration takes it in; every outlet asks here.
"""

from __future__ import annotations

import json
import re

_SHORTEST = 6  # hiding anything shorter would make holes in every sentence, and keep no secret
_IN_ADDRESSES = re.compile(r"(?<=://)[^\s/@:]*:[^\s/@]+(?=@)")  # RFC 3986 section 3.2.1: user:password
_MASK = "…"

_secrets: set[str] = set()


def learn(secret: str) -> None:
    """Conceal this text from now on, also as it stands in JSON or is quoted by Python."""
    if len(secret) >= _SHORTEST:
        quoted = (json.dumps(secret), json.dumps(secret, ensure_ascii=False), repr(secret))
        _secrets.update((secret, *(text[1:-1] for text in quoted)))


def hide(text: str) -> str:
    """Return `text` without the secrets in it."""
    for secret in sorted(_secrets, key=len, reverse=True):  # one may be part of another
        text = text.replace(secret, _MASK)
    return text


def conceal(text: str) -> str:
    """Return a message without secrets, and without passwords in addresses, which nobody told us about."""
    text = hide(text)
    return _IN_ADDRESSES.sub(_MASK, text) if "://" in text else text

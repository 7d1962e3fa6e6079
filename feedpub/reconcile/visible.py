"""What readers see of an entry: only a change of that is an update."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence

from feedpub.model import Entry


def fingerprint(entry: Entry) -> str:
    """Return a digest of what readers see of `entry`; 64 hex characters.

    Its place, role and file are not in it.
    """
    return digest(entry.title, entry.paragraphs, entry.link, entry.author, entry.language, entry.categories)


def digest(*parts: str | int | Sequence[str] | None) -> str:
    """Return the SHA-256 of `parts`, in which ("ab", "c") and ("a", "bc") differ; 64 hex characters.

    Text counts in Unicode's composed form (NFC): a file saved by a system that decomposes letters
    says the same.
    """
    text = unicodedata.normalize("NFC", json.dumps(parts, ensure_ascii=False))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

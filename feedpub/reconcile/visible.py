"""What readers see of an entry: only a change of that is an update."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence

from feedpub.model import Enclosure, Entry, State
from feedpub.reconcile.dates import SECOND, whole_seconds

_BLANKS = re.compile(r"[ \t\r\n]+")  # not every Unicode space: a no-break space is the author's wish


def fingerprint(entry: Entry) -> str:
    """Return a digest of what readers see of `entry`; 64 hex characters.

    Its place, role and file are not in it, nor how many blanks part two words, which HTML does not show.
    """
    notes = [_shown(note.text) for note in entry.corrections]
    files = [entry.image or "", *map(_said_of, entry.enclosures)]
    texts = (_shown(entry.title), tuple(map(_shown, entry.paragraphs)))
    said = (*texts, entry.link, entry.author, entry.language, entry.categories)
    return digest(*said, notes, files)


def _shown(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")


def _said_of(file: Enclosure) -> str:
    return f"{file.url} {file.type} {file.length}" + (f" {file.alt}" if file.alt else "")


def is_seen(entry: Entry) -> bool:
    """Tell whether readers ever saw `entry`: it is not scheduled, nor was it when it was withdrawn."""
    return entry.state is not State.SCHEDULED and entry.due is None


def next_update(entry: Entry, *, now: dt.datetime) -> dt.datetime:
    """Return the instant of a change of `entry`, which readers have seen.

    After a withdrawal it is a later one than that, whatever the clock says: an entry with the instant of
    its tombstone counts as deleted (RFC 6721 section 3).
    """
    former = entry.updated + SECOND if entry.state is State.WITHDRAWN else entry.updated
    return max(whole_seconds(now), former, entry.published)


def digest(*parts: str | int | Sequence[str] | None) -> str:
    """Return the SHA-256 of `parts`, in which ("ab", "c") and ("a", "bc") differ; 64 hex characters.

    Text counts in Unicode's composed form (NFC): a file saved by a system that decomposes letters
    says the same.
    """
    text = unicodedata.normalize("NFC", json.dumps(parts, ensure_ascii=False))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

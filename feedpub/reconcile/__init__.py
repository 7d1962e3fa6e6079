"""Reconcile: what a bulletin's text does to what was published before; ids never change.

Pure: a parsed bulletin and the known entries in, a decision out.
"""

from __future__ import annotations

from feedpub.reconcile.adoption import Adoption, Premises, adopt, title_key
from feedpub.reconcile.circumstances import Circumstances
from feedpub.reconcile.claiming import claims
from feedpub.reconcile.continuity import DAY, Continuation, Move, Reading, continuations, moves
from feedpub.reconcile.decision import reconcile, withdraw
from feedpub.reconcile.doubts import doubts
from feedpub.reconcile.identity import mint_first
from feedpub.reconcile.issues import retold
from feedpub.reconcile.recovery import (
    Grave,
    Place,
    Sighting,
    authority_in,
    base_id,
    buried,
    id_at,
    recovered,
)
from feedpub.reconcile.visible import fingerprint, is_seen
from feedpub.reconcile.word import keep_out, put_back

__all__ = [
    "DAY",
    "Adoption",
    "Circumstances",
    "Continuation",
    "Grave",
    "Move",
    "Place",
    "Premises",
    "Reading",
    "Sighting",
    "adopt",
    "authority_in",
    "base_id",
    "buried",
    "claims",
    "continuations",
    "doubts",
    "fingerprint",
    "id_at",
    "is_seen",
    "keep_out",
    "mint_first",
    "moves",
    "put_back",
    "reconcile",
    "recovered",
    "retold",
    "title_key",
    "withdraw",
]

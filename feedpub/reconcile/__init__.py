"""Reconcile: what a bulletin's text does to what was published before; ids never change.

Pure: a parsed bulletin and the known entries in, a decision out.
"""

from __future__ import annotations

from feedpub.reconcile.circumstances import Circumstances
from feedpub.reconcile.decision import reconcile, withdraw
from feedpub.reconcile.visible import fingerprint

__all__ = ["Circumstances", "fingerprint", "reconcile", "withdraw"]

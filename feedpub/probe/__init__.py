"""Asks for a published document as a reader would, and says what a subscriber would notice."""

from feedpub.probe.addresses import is_worth_probing
from feedpub.probe.probing import Expected, probe

__all__ = ["Expected", "is_worth_probing", "probe"]

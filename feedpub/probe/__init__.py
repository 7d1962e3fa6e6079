"""Asks for a published document as a reader would, and says what a subscriber would notice."""

from feedpub.probe.addresses import is_worth_probing
from feedpub.probe.probing import AGENT, Expected, probe

__all__ = ["AGENT", "Expected", "is_worth_probing", "probe"]

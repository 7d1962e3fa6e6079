"""Push to subscribers: store → notify → store, beside the publications and never in their way."""

from feedpub.pipeline.push.errands import Errand
from feedpub.pipeline.push.fetches import Fetches
from feedpub.pipeline.push.push import FETCHES_SEEN, PROBE, Push
from feedpub.pipeline.push.settings import PushSettings
from feedpub.pipeline.push.subscribing import FullError

__all__ = ["FETCHES_SEEN", "PROBE", "Errand", "Fetches", "FullError", "Push", "PushSettings"]

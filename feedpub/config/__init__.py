"""config.yaml: found, read, checked whole, and handed on as frozen values.

The rooms below never import this package: `app` takes a `Config` apart and gives each room what it needs.
It is also the only door to pydantic.
"""

from __future__ import annotations

from feedpub.config.changing import changed_while_running, differences
from feedpub.config.effective import as_feeds, as_patterns, as_site, own_hub
from feedpub.config.loading import find, load
from feedpub.config.models import Config, schema
from feedpub.config.sample import sample

__all__ = [
    "Config",
    "as_feeds",
    "as_patterns",
    "as_site",
    "changed_while_running",
    "differences",
    "find",
    "load",
    "own_hub",
    "sample",
    "schema",
]

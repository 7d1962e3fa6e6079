"""The configuration followed while feedpub runs."""

from __future__ import annotations

import datetime as dt
import resource

from app.site import Site

from feedpub.app.following import Follower
from feedpub.daemon import Health


def test_configuration_that_could_not_be_opened_comes_into_force_later(site: Site):
    """Without a descriptor left it cannot be read; nobody has to save it anew when there is one again."""
    path = site.root / "config.yaml"
    health = Health(clock=lambda: dt.datetime.now(dt.UTC))
    follower = Follower(path, site.config, health)
    path.write_text(path.read_text().replace("Example News", "Other News"))

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        assert [None, None] == [follower._look(asked=False) for _ in range(2)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert "Too many open files" in health.summary()

    config = follower._look(asked=False)

    assert config.feeds["news"].title == "Other News"
    assert health.summary() == "All is well"

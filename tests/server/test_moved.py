"""Feeds that moved: readers are led to where they are now, for good."""

import pytest
from server.conftest import SITE_URL

from feedpub import config
from feedpub.app.serving import moved
from feedpub.exceptions import ConfigError
from feedpub.server import Manners, create_app

SITE = """\
site: {title: Example News, url: "https://news.example.org/desk/"}
feeds:
  news: {formats: [rss, json], moved_from: [latest, /rss.xml, /blog/feed/, /old/news.json]}
  leads: {formats: [atom]}
"""

MOVED = {
    "feeds/latest.rss": "feeds/news.rss",
    "feeds/latest.json": "feeds/news.json",
    "feeds/latest.atom": "feeds/news.rss",
    "rss.xml": "feeds/news.rss",
    "rss.xml/": "feeds/news.rss",
    "blog/feed": "feeds/news.rss",
    "blog/feed/": "feeds/news.rss",
    "old/news.json": "feeds/news.json",
    "old/news.json/": "feeds/news.json",
}


@pytest.fixture
def moves(tmp_path):
    """Read the moves from a configuration."""
    path = tmp_path / "config.yaml"
    path.write_text(SITE)
    return moved(config.load(path, {}))


def test_former_names_and_paths_lead_to_the_feed(moves):
    """C122: in the format that was asked for where there is one, else in the first."""
    assert MOVED == moves


@pytest.fixture
def moving(site, running, moves):
    """Serve the site with these moves."""
    switchboard, *_ = running
    switchboard.app = create_app(
        site.root, Manners(site_url=SITE_URL, moved=moves), health=lambda: {"status": "ok"}
    )
    return site


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("former", MOVED)
def test_redirect_is_absolute_and_for_good(moving, former, method):
    """C108, C122: 301 to the configured site, whatever host the client names."""
    answer = moving.ask(method, f"/{former}", Host="evil.example")

    assert (301, SITE_URL + MOVED[former]) == (answer.status_code, answer.headers["location"])
    assert "public, max-age=3600" == answer.headers["cache-control"]


def test_what_is_there_is_not_moved(moving):
    """C122: a feed that took the former name is the feed."""
    (moving.root / "feeds/latest.rss").write_bytes(b"<rss/>")

    assert 200 == moving.get("/feeds/latest.rss").status_code


WRONG = ["", "Latest", "a b", "/a?b", "/a#b", "/a\\b", "//evil.example/"]


@pytest.mark.parametrize("former", WRONG)
def test_what_no_feed_was_called_is_refused(tmp_path, former):
    """The configuration says so."""
    path = tmp_path / "config.yaml"
    path.write_text(
        f'site: {{title: a, url: "https://a.example/"}}\nfeeds: {{news: {{moved_from: [{former!r}]}}}}\n'
    )

    with pytest.raises(ConfigError, match="a former name or path"):
        config.load(path, {})

"""Two configurations held against each other."""

from __future__ import annotations

from pathlib import Path

from feedpub.config import changed_while_running, differences
from feedpub.config.loading import parse

BASE = "site: {title: News, url: 'https://example.org/'}\nfeeds: {news: {title: News}}\n"


def configuration(text: str):
    """Read a configuration that lies in /srv."""
    return parse(text, name="config.yaml", base=Path("/srv"), environ={})


def test_differences_are_named_by_their_keys():
    """In the order of the configuration; what comes and what goes is named, too."""
    other = BASE.replace("News,", "Other,").replace(
        "{news: {title: News}}", "{news: {edits: silent}, more: {}}"
    )

    found = differences(configuration(BASE), configuration(other + "server: {port: 8081}\n"))

    assert ("site.title", "server.port", "feeds.news.title", "feeds.news.edits", "feeds.more") == found


def test_equal_configurations_do_not_differ():
    """Also when they are written in another way."""
    assert () == differences(configuration(BASE), configuration(BASE + "input:\nserver: {port: 8080}\n"))


def test_what_is_open_stays_while_the_rest_changes():
    """Folders, files and addresses wait for a restart, and are named."""
    more = "input: {folder: other, settle: 1s}\nserver: {port: 8081, browser_view: false}\n"

    possible, waiting = changed_while_running(configuration(BASE), configuration(BASE + more))

    assert ("input.folder", "server.port") == waiting
    assert (Path("/srv/input"), 8080) == (possible.input.folder, possible.server.port)
    assert (1.0, False) == (possible.input.settle.total_seconds(), possible.server.browser_view)

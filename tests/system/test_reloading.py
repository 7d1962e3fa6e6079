"""A configuration that changes while the daemon runs: a good one comes into force, a broken one does not."""

from __future__ import annotations

import os
import pty
import signal
import sys

import pytest
from system.installation import BULLETIN, TITLES

_NEWS = " date 2024-10-22 Lighthouse Reopens\nThe lighthouse reopened to everybody's surprise.\n"


@pytest.fixture
def running(site):
    """Give a running installation that has published a bulletin."""
    site.drop("monday.txt", BULLETIN)
    site.start()
    site.wait(lambda: len(site.titles()) == len(TITLES))
    site.wait_idle()
    return site


def change(site, old: str, new: str) -> None:
    """Replace the configuration at once, as a careful editor does."""
    text = site.config.read_text()
    assert old in text
    beside = site.config.with_name("config.new")
    beside.write_text(text.replace(old, new))
    beside.rename(site.config)


def problems(site) -> list[str]:
    """Give what /healthz names as the trouble with the configuration."""
    found = site.get("healthz").json()["problems"]
    return [each["cause"] for each in found if each["subject"] == "configuration"]


def test_changed_title_is_in_every_feed_by_itself(running):
    """Without a signal or a restart; ids stay."""
    before = running.feed()

    change(running, "    title: Example News\n", "    title: Harbour News\n")

    running.wait(
        lambda: {"Harbour News"} == {running.feed(f"news.{end}").feed.title for end in ("rss", "atom")}
    )
    after = running.feed()
    assert [e.id for e in before.entries] == [e.id for e in after.entries]
    assert before.feed.id == after.feed.id
    assert 0 == running.stop()


def test_new_feed_leaves_the_others_alone(running):
    """What does not change is not written again."""
    before = running.files()

    change(running, "feeds:\n", "feeds:\n  leads: {shape: leads, formats: [atom]}\n")

    running.wait(lambda: running.get("feeds/leads.atom").status_code == 200)
    running.wait_idle()
    after = running.files()
    assert 1 == len(running.titles("leads.atom"))
    news = [path for path in before if path.startswith("feeds/news.")]
    stories = [path for path in before if path.startswith("2024/10/21/")]
    assert {path: before[path] for path in news} == {path: after[path] for path in news}
    assert stories
    assert set(stories) <= set(after)


def test_renamed_feed_redirects_its_readers(running):
    """Whoever asks at the old address is sent to the new one; the old documents are gone."""
    change(running, "  news:\n", "  daily:\n    moved_from: [news]\n")
    running.wait(lambda: running.get("feeds/daily.atom").status_code == 200)

    running.wait(lambda: running.get("feeds/news.atom").status_code == 301)

    answer = running.get("feeds/news.atom")
    assert f"http://127.0.0.1:{running.port}/feeds/daily.atom" == answer.headers["location"]
    running.wait(lambda: not (running.output / "feeds" / "news.atom").exists())


BROKEN = {
    "cut short": lambda good: good[: len(good) // 2],
    "empty": lambda _good: "",
    "misspelt": lambda good: good.replace("timezone", "timezoone"),
    "unsafe tag": lambda good: f"{good}\nboom: !!python/object/apply:os.mkdir [PWNED]\n",
}


def test_broken_configuration_changes_nothing_and_is_named(running):
    """The last good one stays in force, bulletins are published, and the trouble ends with its cause."""
    good = running.config.read_text()
    for number, (case, broken) in enumerate(BROKEN.items(), start=1):
        running.config.write_text(broken(good))
        running.wait(lambda: problems(running))

        [cause] = problems(running)

        assert f"{running.config}" in cause, case
        assert "the last good configuration stays in force" in cause, case
        assert 503 == running.get("healthz").status_code, case
        running.drop(f"{case}.txt", _NEWS.replace("Reopens", case))
        running.wait(lambda: len(running.titles()) == len(TITLES) + number)  # noqa: B023  called here
        running.config.write_text(good)
        running.wait(lambda: not problems(running))
    assert len(BROKEN) == running.log().count("configuration is good again")
    assert [] == running.status()["problems"]


def test_status_names_what_is_wrong_with_the_configuration(running):
    """Also when the file is gone, as while a program replaces it that deletes first."""
    good = running.config.read_text()
    running.config.unlink()
    running.wait(lambda: problems(running))

    status = running.command("status")

    assert 2 == status.returncode
    assert f"{running.config}: cannot be read" in status.stderr
    running.config.write_text(good)
    running.wait(lambda: not problems(running))
    assert len(TITLES) == len(running.titles())


def test_line_of_the_mistake_is_named(running):
    """As `feedpub check` names it."""
    change(running, "  language: en\n", "  language: klingonish-\n")
    running.wait(lambda: problems(running))

    assert f"{running.config}:4:13: site.language: " in problems(running)[0]


def test_what_needs_a_restart_is_named_and_the_rest_comes_into_force(running):
    """The daemon serves where it did, and `status` finds it there."""
    change(running, f"  port: {running.port}\n", "  port: 1\n")
    change(running, "    title: Example News\n", "    title: Harbour News\n")

    running.wait(lambda: running.feed().feed.title == "Harbour News")

    note = f"{running.config}: server.port was changed; that needs a restart"
    assert [note] == running.get("healthz").json()["notes"]
    assert [note] == running.status()["problems"]
    change(running, "  port: 1\n", f"  port: {running.port}\n")
    running.wait(lambda: not running.get("healthz").json()["notes"])


def test_hangup_has_the_configuration_read_at_once(running):
    """Also when nothing changed, which costs nothing."""
    before = running.files()
    for _ in range(3):
        running.daemon.send_signal(signal.SIGHUP)
    change(running, "    title: Example News\n", "    title: Harbour News\n")
    running.daemon.send_signal(signal.SIGHUP)

    running.wait(lambda: running.feed().feed.title == "Harbour News")

    running.wait_idle()
    assert before.keys() <= running.files().keys()
    assert 0 == running.stop()


@pytest.mark.parametrize("lost", [True, False], ids=["its terminal", "another one"])
def test_daemon_ends_with_its_terminal_alone(site, lost):
    """Closing the window sends the same signal that asks a service to read its configuration."""
    site.drop("monday.txt", BULLETIN)
    shown, terminal = pty.openpty()
    takes_it = "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
    becomes = f"{takes_it if lost else 'import os, sys'}; os.execv(sys.argv[1], sys.argv[1:])"
    site.start(wrap=[sys.executable, "-c", becomes], stdin=terminal)
    os.close(terminal)

    if not lost:
        site.daemon.send_signal(signal.SIGHUP)
        site.wait(lambda: len(site.titles()) == len(TITLES))
        assert 0 == site.stop()
    os.close(shown)

    if lost:
        assert 0 == site.daemon.wait(30)


def test_server_alone_follows_its_configuration_too(running):
    """What `feedpub serve` redirects changes without a restart."""
    assert 0 == running.stop()
    running.start("serve")
    assert 404 == running.get("rss.xml").status_code

    change(running, "  news:\n", "  news:\n    moved_from: [/rss.xml]\n")
    running.daemon.send_signal(signal.SIGHUP)

    running.wait(lambda: running.get("rss.xml").status_code == 301)
    assert 0 == running.stop()


def test_changed_template_is_taken_up_and_a_broken_one_is_not(running):
    """Templates belong to the configuration."""
    templates = running.root / "templates"
    templates.mkdir()
    change(running, "store:\n", f"output: {{templates: {templates}}}\nstore:\n")
    home = '{% extends "base.html" %}{% block main %}<p>Own</p>{% endblock %}'
    (templates / "home.html").write_text(home)
    running.wait(lambda: b"<p>Own</p>" in (running.output / "index.html").read_bytes())

    (templates / "home.html").write_text("{% if %}")

    running.wait(lambda: problems(running))
    assert f"{templates}{os.sep}home.html:1" in problems(running)[0]
    (templates / "home.html").write_text(home.replace("Own", "New"))
    running.wait(lambda: b"<p>New</p>" in (running.output / "index.html").read_bytes())
    assert not problems(running)

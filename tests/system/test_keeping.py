"""Backups, restoring, verifying and looking back, as the operator does it while the daemon runs."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys

import pytest
from system.installation import BULLETIN

EDITED = BULLETIN.replace("Ostrel's New Bridge Aims to", "Ostrel's New Bridge May")


def of_day(day: int) -> str:
    """Make a bulletin of seven entries like no other day's."""
    text = BULLETIN.replace("2024-10-21", f"2024-10-{day}")
    return "\n".join(
        f"{line[:5]}{day} {line[5:]}" if line[:1].isalpha() else line for line in text.splitlines()
    )


def undated(number: int) -> str:
    """Make a bulletin that nothing but its file dates."""
    return f"Harbour News Number {number} Is Out Now\nThe newest number {number} of the paper has come out.\n"


@pytest.fixture
def built(site):
    """Give an installation that has published the bulletin and runs no daemon."""
    site.drop("monday.txt", BULLETIN)
    assert 0 == site.command("build").returncode
    return site


@pytest.fixture
def running(site):
    """Give a running installation that has published the bulletin."""
    site.start()
    site.drop("monday.txt", BULLETIN)
    site.wait(lambda: len(site.titles()) == 7)
    site.wait_idle()
    return site


def entries(site) -> dict[str, tuple[str, str]]:
    """Give the link and the published instant of every entry by its id."""
    listed = json.loads(site.command("list", "--json").stdout)
    assert len(listed) == len({entry["id"] for entry in listed})
    return {entry["id"]: (entry["link"], entry["published"]) for entry in listed}


def test_a_restored_backup_sends_nothing_twice(running):
    """An older copy, put back, knows again everything that came after it, under the same ids and dates."""
    copy = running.root / "copy.db"
    made = running.command("backup", str(copy), "--json")
    assert (0, 7) == (made.returncode, json.loads(made.stdout)["published"])
    for day in (22, 23):
        running.drop(f"{day}.txt", of_day(day))
    running.drop("undated.txt", undated(1))
    running.wait(lambda: len(running.titles()) == 22)
    running.wait_idle()
    before, feed = entries(running), running.get("feeds/news.rss").content

    running.stop()
    state = running.root / "state"
    shutil.copy(copy, state / "feedpub.db")
    running.start()

    assert before == entries(running)
    assert feed == running.get("feeds/news.rss").content
    assert 0 == running.command("verify").returncode


def test_verify_sees_no_trouble_while_the_daemon_works(running):
    """Bulletins come in all the time, and what is half-done in one look is done in the next."""
    verdicts = []
    for number in range(4):
        for one in range(10 * number, 10 * number + 10):
            running.drop(f"{one}.txt", undated(one))
        verdicts.append(running.command("verify", "--json"))

    assert [[]] * 4 == [json.loads(verdict.stdout)["problems"] for verdict in verdicts]
    assert [0] * 4 == [verdict.returncode for verdict in verdicts]


def test_verify_tells_what_is_wrong_and_repairs_it(running):
    """One line for each disagreement with where, what and the cure; repairing is not for a running daemon."""
    path = running.output / "feeds/news.rss"
    path.write_bytes(path.read_bytes().replace(b"Harbour", b"Harbor"))

    found = running.command("verify")

    assert 1 == found.returncode
    assert "output: feeds/news.rss: gives another title for tag:" in found.stdout
    assert "run `feedpub verify --repair`" in found.stdout

    refused = running.command("verify", "--repair")

    assert (1, True) == (refused.returncode, f"process {running.daemon.pid}" in refused.stderr)

    running.stop()
    repaired = running.command("verify", "--repair")

    assert (0, True) == (repaired.returncode, "repaired: feeds/news.rss" in repaired.stdout)
    assert b"Harbour" in path.read_bytes()


def test_a_damaged_store_is_told_in_words(built):
    """No traceback, but the file and the cure."""
    store = built.root / "state/feedpub.db"
    os.truncate(store, store.stat().st_size // 2)

    found = built.command("verify", "--json")

    assert (1, "") == (found.returncode, found.stdout)
    assert f"{store} is damaged" in found.stderr
    assert "put a backup in its place" in found.stderr


def bridge_of(site) -> str:
    """Give the id of the entry about the bridge."""
    return next(id_ for id_ in entries(site) if "bridge" in id_)


@pytest.fixture
def edited(built):
    """Give an installation in which a title was changed."""
    built.drop("monday.txt", EDITED)
    assert 0 == built.command("build").returncode
    return built


def test_history_tells_what_was_published_when(edited):
    """Lines that other programs can cut, or JSON with the full texts."""
    plain = edited.command("history", bridge_of(edited))
    told = json.loads(edited.command("history", bridge_of(edited), "--json").stdout)

    lines = [line.split("\t") for line in plain.stdout.splitlines()]
    assert [[row["at"], row["what"], row["title"], ""] for row in told] == lines
    assert ["published", "updated"] == [row["what"] for row in told]
    assert told[0]["paragraphs"] == told[1]["paragraphs"] != []


def test_history_tells_corrections_and_why_an_entry_was_withdrawn(built):
    """What was put right, and the operator's reason, stand beside the instants at which readers saw them."""
    wrong = "The bridge has four lanes."
    built.drop("monday.txt", BULLETIN.replace("\nOstrel", f"\nCorrection: {wrong}\nOstrel", 1))
    assert 0 == built.command("build").returncode
    told = json.loads(built.command("diff", "monday.txt", "--json").stdout)["changes"]
    [corrected] = [event for event in told if event["corrections"]]
    assert [wrong] == [note["text"] for note in corrected["corrections"]]
    built.command("withdraw", corrected["id"], "--reason", "It was not ours to tell.")
    shown = built.command("history", corrected["id"]).stdout

    notes = [line.split("\t")[3] for line in shown.splitlines()]
    assert ["", f"correction: {wrong}", "reason: It was not ours to tell."] == notes
    shown = built.command("diff", "monday.txt").stdout
    day = corrected["corrections"][0]["on"]
    assert f"        correction, {day}: {wrong}\n" in shown
    assert f"withdrawn  {corrected['id']}: It was not ours to tell.\n" in shown


def test_history_marks_the_words_on_a_terminal(edited):
    """What went is red, what came is green."""
    ours, theirs = pty.openpty()
    config = str(edited.root / "config.yaml")
    command = [sys.executable, "-m", "feedpub", "--config", config, "history", bridge_of(edited)]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(command, check=True, stdout=theirs, timeout=60, env=environment)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)

    assert "\x1b[31m[-Aims to-]\x1b[0m\x1b[32m{+May+}\x1b[0m" in shown


def test_diff_shows_how_a_bulletin_changed(edited):
    """The words that went and came, without colours on a pipe."""
    found = edited.command("diff", str(edited.input / "monday.txt"))

    assert "Ostrel's New Bridge [-Aims to-]{+May+} Ease Traffic on the Coastal Road" in found.stdout
    assert "\x1b" not in found.stdout


@pytest.mark.parametrize("command", ["history", "diff"])
def test_what_is_not_known_is_answered_with_the_nearest(built, command):
    """A slip costs one look, not a search."""
    known = {"history": bridge_of(built), "diff": "monday.txt"}[command]

    found = built.command(command, f"{known}t")

    assert (1, "") == (found.returncode, found.stdout)
    assert f"the nearest is '{known}'" in found.stderr

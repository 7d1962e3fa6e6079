"""The commands, as typed."""

from __future__ import annotations

import json

import pytest
from system.installation import BULLETIN, TITLES, feedpub

GOOD = " date 2024-10-22 A Quiet Day in Sandholm\nNothing happened in Sandholm on Tuesday, the mayor said.\n"


@pytest.fixture
def built(site):
    """Give an installation that has built its bulletin once."""
    site.drop("monday.txt", BULLETIN)
    assert site.command("build").returncode == 0
    return site


def test_help_lists_every_command_and_works_for_each():
    """Whoever knows one command finds the others, and what each of them takes."""
    overview = feedpub("--help")

    assert overview.returncode == 0
    for line in overview.stdout.partition("Commands:")[2].splitlines():
        if line.startswith("  ") and not line.startswith("   "):
            one = feedpub(line.split()[0], "--help")
            assert (one.returncode, "Usage:" in one.stdout) == (0, True), line


def test_wrong_usage_ends_with_2_and_suggests():
    """A mistyped command names the one that was probably meant."""
    done = feedpub("bild")

    assert (done.returncode, done.stdout) == (2, "")
    assert "build" in done.stderr


def test_init_writes_a_running_installation_and_overwrites_nothing(tmp_path):
    """A newcomer gets a config, a sample and the next command; doing it twice harms nothing."""
    first = feedpub("init", str(tmp_path))
    config = tmp_path / "config.yaml"
    config.write_text(config.read_text().replace("Example News", "My News"))
    again = feedpub("init", str(tmp_path))
    build = feedpub("--config", str(config), "build")

    assert (first.returncode, again.returncode, build.returncode) == (0, 0, 0)
    assert "left as it is" in again.stderr
    assert "My News" in (tmp_path / "output" / "feeds" / "news.rss").read_text()


def test_check_says_all_is_well(site):
    """A good configuration is called good."""
    done = site.command("check")

    assert (done.returncode, "all is well" in done.stdout) == (0, True)


def test_check_names_line_and_column_of_every_problem(site):
    """All problems come at once, each with its place and what is allowed; nothing is done."""
    text = (
        site.config.read_text()
        .replace("rss, atom", "rss2, atom")
        .replace("  language: en\n", "  language: en_GB\n")
    )
    site.config.write_text(text)
    done = site.command("check")

    assert done.returncode == 2
    assert f"{site.config}:4:13: site.language: " in done.stderr
    assert "feeds.news.formats[0]: 'rss2' is not" in done.stderr


def test_check_output_finds_nothing_in_what_is_published(site):
    """What feedpub publishes keeps every rule it knows."""
    site.drop("monday.txt", BULLETIN)
    site.command("build")
    done = site.command("check", "--output")

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.endswith("documents checked: 0 errors, 0 warnings\n")


def test_check_output_names_file_line_rule_and_cure(site):
    """A damaged feed is an error for people and for programs."""
    site.drop("monday.txt", BULLETIN)
    site.command("build")
    feed = site.output / "feeds" / "news.json"
    feed.write_text(feed.read_text().replace('"version": "https', '"version": "http'))
    done = site.command("check", "--output")
    report = json.loads(site.command("check", "--output", "--json").stdout)

    assert 1 == done.returncode
    assert done.stdout.startswith("feeds/news.json:1: error C85: no JSON Feed 1.1 with a list of items; run")
    assert (False, [("feeds/news.json", 1, "C85")]) == (
        report["well"],
        [(found["file"], found["line"], found["rule"]) for found in report["errors"]],
    )


def test_wrong_config_does_nothing(site):
    """A command with a broken configuration leaves no trace."""
    site.config.write_text("site: {}\n")
    done = site.command("build")

    assert done.returncode == 2
    assert {path.name for path in site.root.iterdir()} == {"config.yaml", "input"}


def test_parse_prints_what_a_bulletin_becomes(tmp_path):
    """Parse needs no configuration and prints one JSON object."""
    (tmp_path / "monday.txt").write_text(BULLETIN)
    done = feedpub("parse", "--json", "monday.txt", cwd=tmp_path)

    parsed = json.loads(done.stdout)
    assert (parsed["date"], [entry["title"] for entry in parsed["entries"]]) == ("2024-10-21", TITLES)
    assert [entry["role"] for entry in parsed["entries"]] == ["lead"] + ["teaser"] * 6


def test_parse_of_several_files_prints_an_array_and_names_the_bad_one(tmp_path):
    """One bad bulletin does not keep the others from being shown."""
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "empty.txt").write_text("")
    done = feedpub("parse", "--json", "good.txt", "empty.txt", cwd=tmp_path)

    assert (done.returncode, len(json.loads(done.stdout))) == (1, 1)
    assert "empty.txt" in done.stderr


def test_dry_run_says_what_would_be_written_and_writes_nothing(site):
    """A rehearsal changes neither output nor store."""
    site.drop("monday.txt", BULLETIN)
    done = site.command("build", "--dry-run")

    assert done.returncode == 0
    assert "would be written feeds/news.rss" in done.stdout
    assert {path.name for path in site.root.iterdir()} == {"config.yaml", "input"}


def test_dry_run_after_an_edit_names_only_what_would_change(built):
    """The page of the edited entry, that of its bulletin and the list of its month; no other page."""
    built.drop("monday.txt", BULLETIN.replace("Ease Traffic", "Calm Traffic"))
    before = built.files()
    done = built.command("build", "--dry-run")

    pages = [line for line in done.stdout.splitlines() if "/2024/" in f"/{line.split()[-1]}"]
    assert ["2024/10/index.html"] == [line.split()[-1] for line in pages if line.count("/") == 2]
    assert 1 == sum(line.endswith("/bulletin/index.html") for line in pages)
    assert len(pages) == 3
    assert before == built.files()


def test_second_build_writes_nothing(built):
    """Without changes not a file is touched."""
    before = built.files()
    done = built.command("build")

    assert (done.returncode, done.stdout) == (0, "")
    assert before == built.files()


def test_build_with_a_bad_bulletin_ends_with_1_and_publishes_the_rest(site):
    """One bad thing never stops the good ones, and the exit status tells of it."""
    site.drop("empty.txt", "")
    site.drop("good.txt", GOOD)
    done = site.command("build")

    assert done.returncode == 1
    assert "A Quiet Day in Sandholm" in (site.output / "feeds" / "news.rss").read_text()


def test_list_shows_the_entries_newest_first(built):
    """The list has the documented keys, and its table is cut by other programs."""
    entries = json.loads(built.command("list", "--json").stdout)
    table = built.command("list").stdout.splitlines()

    assert [entry["title"] for entry in entries] == TITLES
    assert entries[0].keys() >= {
        "id",
        "role",
        "title",
        "link",
        "published",
        "updated",
        "state",
        "bulletin",
        "feeds",
    }
    assert entries[0]["feeds"] == ["news"]
    assert [line.split("\t")[3] for line in table] == TITLES


def test_list_of_an_unknown_feed_names_the_known_ones(built):
    """A mistyped feed is an error that helps."""
    done = built.command("list", "--feed", "nwes")

    assert (done.returncode, "news" in done.stderr) == (2, True)


def test_status_counts_and_names_what_waits(built):
    """Status tells what is published, what was rejected and that something waits."""
    built.drop("empty.txt", "")
    waiting = built.status()
    built.command("build")
    done = built.status()

    assert (waiting["state"], waiting["pending"]) == ("busy", 1)
    assert (done["state"], done["pending"], done["published"]) == ("idle", 0, 7)
    assert [item["bulletin"] for item in done["rejected"]] == ["empty.txt"]
    assert done["feeds"][0].keys() == {"name", "entries", "updated"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_names_the_program(shell):
    """Each shell gets a script of its own."""
    done = feedpub("completion", shell)

    assert (done.returncode, "_FEEDPUB_COMPLETE" in done.stdout) == (0, True)


def test_mass_removal_waits_for_confirmation(site):
    """When most bulletins vanish at once, nothing is withdrawn until somebody says so."""
    for day in range(10, 22):
        site.drop(f"{day}.txt", GOOD.replace("2024-10-22", f"2024-09-{day}"))
    site.command("build")
    for path in list(site.input.iterdir())[:8]:
        path.unlink()
    held = site.command("build")
    status = site.status()
    confirmed = site.command("build", "--confirm-removals")

    assert (held.returncode, status["published"]) == (0, 12)
    assert "8 of 12 bulletins are gone at once" in status["problems"][0]
    assert (confirmed.returncode, site.status()["published"], site.status()["problems"]) == (0, 4, [])


def test_copy_of_a_bulletin_is_published_once_and_named(site):
    """Two files with the same text are one bulletin; the survivor takes over."""
    site.drop("a.txt", GOOD)
    site.command("build")
    ids = [entry["id"] for entry in json.loads(site.command("list", "--json").stdout)]
    site.drop("b.txt", GOOD)
    copied = site.command("build")
    reason = site.status()["rejected"][0]["reason"]
    (site.input / "a.txt").unlink()
    site.command("build")

    assert (copied.returncode, "'a.txt'" in reason) == (1, True)
    assert [
        (entry["id"], entry["bulletin"]) for entry in json.loads(site.command("list", "--json").stdout)
    ] == [(ids[0], "b.txt")]


def test_bulletin_of_the_future_is_in_no_output_until_its_moment(site):
    """C16: Not one byte of a scheduled bulletin is anywhere before its date."""
    site.drop("good.txt", GOOD)
    site.drop("later.txt", GOOD.replace("2024-10-22", "2199-01-01").replace("Quiet", "Secret"))
    site.command("build")

    assert site.status()["scheduled"] == 1
    assert site.status()["next_jobs"][0]["at"].startswith("2199-01-01")
    assert not [
        path for path, (content, _) in site.files().items() if b"Secret" in content or "secret" in path
    ]


def test_removed_feed_and_format_leave_the_output(built):
    """What the configuration no longer names is no longer served."""
    built.config.write_text(built.config.read_text().replace("formats: [rss, atom, json]", "formats: [atom]"))
    built.command("build")

    names = {path.name for path in (built.output / "feeds").iterdir() if path.is_file()}
    assert {name for name in names if not name.endswith((".br", ".gz", ".zst"))} == {
        "index.html",
        "news.atom",
    }
    assert {name for name in names if name.startswith("news")} == {
        "news.atom", "news.atom.br", "news.atom.gz", "news.atom.zst"
    }  # fmt: skip


def test_feed_added_later_holds_what_was_published_before(built):
    """A new feed begins with the entries there are."""
    more = "  leads:\n    shape: leads\n    formats: [json]\n"
    built.config.write_text(built.config.read_text() + more)
    built.command("build")

    feed = json.loads((built.output / "feeds" / "leads.json").read_text())
    assert [item["title"] for item in feed["items"]] == TITLES[:1]


def test_kept_entries_are_known_again_when_their_bulletin_comes_back(site):
    """With `removed: keep`, deleting and restoring a bulletin changes nothing for subscribers."""
    site.config.write_text(site.config.read_text() + "input:\n  removed: keep\n")
    path = site.drop("good.txt", GOOD)
    site.command("build")
    before = site.files()
    path.unlink()
    site.command("build")
    kept = site.files()
    site.drop("again.txt", GOOD)
    site.command("build")

    assert before == kept == site.files()


def test_preview_tells_what_an_edit_would_do_and_touches_nothing(built):
    """Before an edit is saved, its effect on subscribers can be seen."""
    before = built.files()
    (built.root / "monday.txt").write_text(BULLETIN.replace("Ease Traffic", "Calm Traffic"))
    done = built.command("preview", "--json", str(built.root / "monday.txt"))

    changes = {entry["title"]: entry["change"] for entry in json.loads(done.stdout)["entries"]}
    assert (done.returncode, sorted(changes.values())) == (0, ["unchanged"] * 6 + ["updated"])
    assert changes["Ostrel's New Bridge Aims to Calm Traffic on the Coastal Road"] == "updated"
    assert before == built.files()
    assert built.status()["pending"] == 0


def test_preview_of_a_new_bulletin_shows_new_entries(built):
    """A bulletin that was never dropped would give new entries; its name does not matter."""
    (built.root / "draft.txt").write_text(GOOD)
    done = built.command("preview", str(built.root / "draft.txt"))

    assert done.returncode == 0
    assert "new       lead    A Quiet Day in Sandholm" in done.stdout


def test_preview_explains_why_a_new_file_is_an_old_bulletin(built):
    """A bulletin that was taken away to be saved under another name is known again, and the reason told."""
    (built.input / "monday.txt").unlink()
    (built.root / "tuesday.txt").write_text(BULLETIN.replace("Ease Traffic", "Calm Traffic"))
    done = built.command("preview", str(built.root / "tuesday.txt"))

    assert done.returncode == 0
    assert "updated   teaser  Ostrel's New Bridge Aims to Calm Traffic" in done.stdout
    assert "(was: Ostrel's New Bridge Aims to Ease Traffic" in done.stdout
    assert "continues 'monday.txt', which is gone: 7 of its 7 stories are here" in done.stdout


def test_explanation_gives_a_reason_for_every_line(tmp_path):
    """Whoever wonders at a parse is told why each line was read as it was."""
    (tmp_path / "monday.txt").write_text(BULLETIN)
    done = feedpub("parse", "--json", "--explain", "monday.txt", cwd=tmp_path)
    page = feedpub("parse", "--explain", "--html", "monday.txt", cwd=tmp_path)

    lines = json.loads(done.stdout)["lines"]
    assert [line["kind"] for line in lines] == ["headline", *["paragraph"] * 3, *["title", "summary"] * 6]
    assert all(line["reasons"] for line in lines)
    assert page.stdout.startswith("<!doctype html>")

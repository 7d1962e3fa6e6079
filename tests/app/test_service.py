"""The systemd unit: what it allows, where it goes, and what it cannot do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from feedpub import config
from feedpub.app import service
from feedpub.app.unit import Unit
from feedpub.cli import feedpub, run
from feedpub.exceptions import ServiceError

_CONFIG = """\
site: {title: '100% "News"', url: "https://news.example.org/"}
input: {folder: /srv/bulletins}
output: {folder: /var/lib/feedpub/output}
store: {url: "sqlite:////var/lib/feedpub/state/feedpub.db", media: /var/lib/feedpub/state/media}
stats: {folder: /var/lib/feedpub/state/stats}
feeds: {news: {}}
"""

_HIGHEST_EXPOSURE = "12"  # tenths


@pytest.fixture
def path(tmp_path):
    """Give a configuration that is fit for a service."""
    path = tmp_path / "config.yaml"
    path.write_text(_CONFIG)
    return path


def unit(path: Path, **wish) -> str:
    """Give the unit for a configuration."""
    wishes = {"user": False, "run_as": None, **wish}
    return service.make_unit(config.load(path, {}), path, **wishes)[0]


def problems(path: Path, run_as: str | None = None) -> list[str]:
    """Give what keeps the service from working, but for where this machine has Python."""
    found = service.make_unit(config.load(path, {}), path, user=False, run_as=run_as)[1]
    return [f"{each.key}: {each.wrong}" for each in found if each.key]


@pytest.fixture
def analyze(needs):
    """Give what judges units, without a systemd that runs."""
    command = needs("systemd-analyze")

    def judge(*words: str | Path) -> str:
        done = subprocess.run([command, *words], capture_output=True, text=True, check=False, timeout=60)
        assert 0 == done.returncode, done.stdout + done.stderr
        return done.stdout + done.stderr

    return judge


@pytest.mark.parametrize("run_as", [None, "daemon"])
def test_unit_leaves_little_to_attack(tmp_path, path, analyze, run_as):
    """At most 1.2 by the measure of systemd, with an account of its own or another one."""
    place = tmp_path / "feedpub.service"
    place.write_text(unit(path, run_as=run_as))

    said = analyze("security", "--offline=true", f"--threshold={_HIGHEST_EXPOSURE}", "--no-pager", place)

    assert "Overall exposure level" in said


@pytest.mark.parametrize("wish", [{}, {"run_as": "daemon"}, {"user": True}], ids=["own", "account", "user"])
def test_unit_is_understood(tmp_path, path, analyze, wish):
    """Every line of it, also with odd signs in paths and titles."""
    folder = tmp_path / "odd $HOME %h 'folder'"
    folder.mkdir()
    path = path.rename(folder / "config.yaml")
    place = tmp_path / "feedpub.service"
    place.write_text(unit(path, **wish))

    # The manual pages are not asked for: they may not be installed.
    assert "feedpub.service" not in analyze("verify", "--man=no", "--recursive-errors=no", place)


def test_words_of_the_command_stay_what_they_are():
    """Nothing in a path is a quote, a specifier or a variable."""
    text = Unit(command=('/a b/"c"', "50%", "$HOME"), site="100%").text()

    assert 'ExecStart="/a b/\\"c\\"" "50%%" "$$HOME"\n' in text
    assert "Description=feedpub: 100%%\n" in text


def test_account_that_exists_may_write_the_folders(path):
    """And nothing else; they need not be below /var/lib."""
    path.write_text(_CONFIG.replace("/var/lib/feedpub/output", "/srv/www"))

    text = unit(path, run_as="daemon")

    assert "User=daemon\n" in text
    assert "DynamicUser" not in text
    assert 'ReadWritePaths="/srv/www" "/var/lib/feedpub/state" ' in text


WRONG = {
    "outside": (
        "/var/lib/feedpub/output",
        "/srv/www",
        "output.folder: /srv/www cannot be written by an account of its own",
    ),
    "temporary": (
        "/srv/bulletins",
        "/tmp/in",
        "input.folder: /tmp/in is temporary, and hidden from the service",
    ),
    "low port": (
        "feeds:",
        "server: {port: 80}\nfeeds:",
        "server.port: port 80 needs rights that the service has not",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_the_service_could_not_do_is_named(path, case):
    """Before it is started and fails."""
    old, new, expected = WRONG[case]
    assert [] == problems(path)
    path.write_text(_CONFIG.replace(old, new))

    assert [expected] == problems(path)


def test_account_that_does_not_exist_is_named(path):
    """With how to make it."""
    assert ["--run-as: there is no account 'nosuchaccount'"] == problems(path, "nosuchaccount")


def test_unit_is_installed_again_and_removed(tmp_path, path, capsys):
    """By the commands; what is there already is replaced, and what is gone need not be removed."""
    folder = tmp_path / "units"
    installing = ["--config", str(path), "service", "install", "--user", "--to", str(folder)]

    assert [0, 0] == [run(installing), run(installing)]

    place = folder / "feedpub.service"
    assert unit(path, user=True) == place.read_text()
    assert [place] == list(folder.iterdir())
    assert [0, 0] == [run(["service", "uninstall", "--to", str(folder)]) for _ in range(2)]
    assert [] == list(folder.iterdir())
    assert f"removed {place}" in capsys.readouterr().out


def test_unit_of_somebody_else_is_left_alone(tmp_path):
    """Neither overwritten nor removed."""
    place = tmp_path / "feedpub.service"
    place.write_text("[Service]\nExecStart=/bin/true\n")

    for attempt in (
        lambda: service.install("text", tmp_path, user=False),
        lambda: service.uninstall(tmp_path, user=False),
    ):
        with pytest.raises(ServiceError, match="was not written by feedpub"):
            attempt()

    assert "[Service]\nExecStart=/bin/true\n" == place.read_text()


def test_units_of_a_user_are_in_the_configuration_of_the_user():
    """As systemd.unit(5) has them."""
    folder = service.folder_of_units

    assert Path("/etc/systemd/system") == folder(user=False, environ={})
    assert Path("/home/a/.config/systemd/user") == folder(user=True, environ={"HOME": "/home/a"})
    assert Path("/cfg/systemd/user") == folder(
        user=True, environ={"HOME": "/home/a", "XDG_CONFIG_HOME": "/cfg"}
    )


def test_unit_that_would_be_installed_is_shown(path, capsys):
    """On standard output, as a file can be made of it."""
    feedpub(["--config", str(path), "service", "show"], standalone_mode=False)

    assert unit(path) == capsys.readouterr().out

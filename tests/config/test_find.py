"""Which config.yaml is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import find, load, loading
from feedpub.exceptions import ConfigError


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Return a working folder, a user's folder and a machine's folder, all empty."""
    monkeypatch.setattr(loading, "_OF_THE_MACHINE", tmp_path / "etc/feedpub/config.yaml")
    folders = {
        name: tmp_path / name for name in ("work", "home/.config/feedpub", "xdg/feedpub", "etc/feedpub")
    }
    for folder in folders.values():
        folder.mkdir(parents=True)
    return tmp_path


def write(path: Path) -> Path:
    """Make a file that is a config.yaml by name."""
    path.write_text("site:\n")
    return path


def test_named_on_the_command_line(places):
    """--config wins over everything, and is relative to where I am."""
    write(places / "work/config.yaml")

    assert find("my.yaml", {"FEEDPUB_CONFIG": "/other.yaml"}, places / "work") == places / "work/my.yaml"


def test_named_by_the_environment(places):
    """FEEDPUB_CONFIG wins over the files that happen to be there."""
    write(places / "work/config.yaml")

    assert find(None, {"FEEDPUB_CONFIG": "/other.yaml"}, places / "work") == Path("/other.yaml")


def test_search_order(places):
    """Here, then the user's, then the machine's."""
    environ = {"XDG_CONFIG_HOME": str(places / "xdg"), "HOME": str(places / "home")}
    found = []

    for folder in ("etc/feedpub", "xdg/feedpub", "work"):
        write(places / folder / "config.yaml")
        found.append(find(None, environ, places / "work").relative_to(places).parent)

    assert found == [Path("etc/feedpub"), Path("xdg/feedpub"), Path("work")]


@pytest.mark.parametrize("xdg", [{}, {"XDG_CONFIG_HOME": ""}, {"XDG_CONFIG_HOME": "relative"}])
def test_users_folder_by_default(places, xdg):
    """Without a usable XDG_CONFIG_HOME it is ~/.config."""
    path = write(places / "home/.config/feedpub/config.yaml")

    assert find(None, {"HOME": str(places / "home"), **xdg}, places / "work") == path


def test_folder_of_that_name_is_no_config(places):
    """A folder called config.yaml is passed over."""
    (places / "work/config.yaml").mkdir()
    path = write(places / "etc/feedpub/config.yaml")

    assert find(None, {}, places / "work") == path


def test_nothing_found(places):
    """All places that were looked at are named, and what to do."""
    with pytest.raises(ConfigError) as caught:
        find(None, {"HOME": str(places / "home")}, places / "work")

    assert str(caught.value) == (
        f"config.yaml: not found; looked for {places}/work/config.yaml, "
        f"{places}/home/.config/feedpub/config.yaml, {places}/etc/feedpub/config.yaml; "
        "name one with --config or FEEDPUB_CONFIG, or let 'feedpub init' write one"
    )


def test_relative_folder_keeps_names_short(places, monkeypatch):
    """Messages about the file in front of me begin with its name alone."""
    write(places / "work/config.yaml")
    monkeypatch.chdir(places / "work")

    with pytest.raises(ConfigError, match=r"^config\.yaml:1:1: site\.title: is missing"):
        load(find(None, {}, Path()), {})


def test_file_that_does_not_exist(tmp_path):
    """A named file that is missing is an error, not a reason to use another one."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path / "absent.yaml", {})

    assert str(caught.value) == (
        f"{tmp_path}/absent.yaml: cannot be read: No such file or directory; 'feedpub init' writes one"
    )


def test_folder_instead_of_a_file(tmp_path):
    """A folder cannot be read as a configuration."""
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory$"):
        load(tmp_path, {})

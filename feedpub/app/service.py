"""``feedpub service``: the systemd unit made for this installation, put in its place and taken away."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from feedpub.app.unit import MARK, Unit
from feedpub.config import Config
from feedpub.exceptions import Problem, ServiceError

NAME = "feedpub.service"
_STATE = Path("/var/lib/feedpub")
_SYSTEM = Path("/etc/systemd/system")
_RUNS = Path("/run/systemd/system")  # sd_booted(3): it is there while systemd is the service manager
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
_HIDDEN = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108  what PrivateTmp= replaces
_FIRST_FREE_PORT = 1024


def make_unit(
    config: Config, path: Path, *, user: bool, run_as: str | None
) -> tuple[str, tuple[Problem, ...]]:
    """Return the unit for the configuration at `path`, and what keeps it from working as it is confined."""
    command = (sys.executable, "-m", "feedpub", "--config", str(path.absolute()), "run")
    if user:
        return Unit(command=command, site=config.site.title, user=True).text(), ()
    written = tuple(dict.fromkeys(_written(config).values()))
    needed = (path.absolute(), config.input.folder, Path(sys.prefix), *written)
    unit = Unit(
        command=command,
        site=config.site.title,
        run_as=run_as,
        writable=tuple(folder for folder in written if run_as or not _is_in(folder, _STATE)),
        homes=any(_is_in(each, home) for each in needed for home in _HOMES),
    )
    return unit.text(), tuple(_problems(config, path, run_as))


def folder_of_units(*, user: bool, environ: Mapping[str, str]) -> Path:
    """Return where units are put (systemd.unit(5))."""
    if not user:
        return _SYSTEM
    home = environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME", "~")).expanduser() / ".config"
    return Path(home) / "systemd" / "user"


def install(text: str, folder: Path, *, user: bool, start: bool = True) -> tuple[Path, bool]:
    """Write the unit and have it started, also at each boot; return its path and whether it is running.

    Without `start`, and where systemd does not run, the unit is only written. Raises ServiceError.
    """
    place = folder / NAME
    _expect_ours(place)
    beside = place.with_name(f".{NAME}.new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(place)
    except OSError as error:
        raise ServiceError(f"cannot write {place}: {error.strerror}; {_cure(user=user)}") from error
    if not _manages(folder, user=user):
        return place, False
    _control("daemon-reload", user=user)
    if not start:
        return place, False
    _control("enable", NAME, user=user)
    _control("restart", NAME, user=user)
    return place, True


def uninstall(folder: Path, *, user: bool) -> Path | None:
    """Stop the service and remove its unit, nothing else; return its path, None where there is none.

    Raises ServiceError.
    """
    place = folder / NAME
    if not _expect_ours(place):
        return None
    managed = _manages(folder, user=user)
    if managed:
        _control("disable", "--now", NAME, user=user)
    try:
        place.unlink()
    except OSError as error:
        raise ServiceError(f"cannot remove {place}: {error.strerror}; {_cure(user=user)}") from error
    if managed:
        _control("daemon-reload", user=user)
    return place


def _cure(*, user: bool) -> str:
    return "" if user else "do it as root, or use --user for a service of your own account"


def _expect_ours(place: Path) -> bool:
    """Say whether there is a unit; raises ServiceError when it is somebody else's."""
    try:
        ours = place.read_text(encoding="utf-8").startswith(MARK)
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceError(f"cannot read {place}: {error}") from error
    if not ours:
        raise ServiceError(f"{place} was not written by feedpub and is left alone; remove it yourself")
    return True


def _manages(folder: Path, *, user: bool) -> bool:
    """Say whether systemd runs and looks for units in this folder."""
    return _RUNS.is_dir() and folder == folder_of_units(user=user, environ=os.environ)


def _control(*words: str, user: bool) -> None:
    command = ("systemctl", *(("--user",) if user else ()), *words)
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  words of ours
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        raise ServiceError(f"{' '.join(command)} failed: {said.strip()}") from error


def _written(config: Config) -> dict[str, Path]:
    """Return the folders that the daemon writes into, by their keys."""
    folders = {
        "output.folder": config.output.folder,
        "store.url": config.store.path.parent,
        "store.media": config.store.media,
        "stats.folder": config.stats.folder,
    }
    if config.server.access_log:
        folders["server.access_log"] = config.server.access_log.parent
    return folders


def _problems(config: Config, path: Path, run_as: str | None) -> Iterator[Problem]:
    """Yield what keeps the service from working as it is confined."""
    folders = {**_written(config), "input.folder": config.input.folder}
    for key, folder in folders.items():
        if any(_is_in(folder, hidden) for hidden in _HIDDEN):
            yield _problem(
                path, key, f"{folder} is temporary, and hidden from the service", "move it elsewhere"
            )
        elif run_as is None and key != "input.folder" and not _is_in(folder, _STATE):
            cure = f"let it be below {_STATE}, or name an account that may write there with --run-as"
            yield _problem(path, key, f"{folder} cannot be written by an account of its own", cure)
    for key, port in (("server.port", config.server.port), ("admin.port", config.admin.port)):
        if port is not None and 0 < port < _FIRST_FREE_PORT:
            cure = "choose one above 1023, with nginx or Caddy before it"
            yield _problem(path, key, f"port {port} needs rights that the service has not", cure)
    yield from _unreadable(path, run_as)


def _unreadable(path: Path, run_as: str | None) -> Iterator[Problem]:
    """Yield what of the program and the configuration lies where only others may look."""
    if run_as is not None:
        with suppress(KeyError):
            pwd.getpwnam(run_as)
            return  # its rights are its owner's affair
        yield _problem(path, "--run-as", f"there is no account {run_as!r}", f"useradd --system {run_as}")
    for what, place in (
        ("the program", Path(sys.executable).resolve()),
        ("the program", Path(sys.prefix)),
        ("the configuration", path.absolute()),
    ):
        for folder in reversed(place.parents):
            if not folder.stat().st_mode & 0o001:
                wrong = f"{what} lies in {folder}, which other accounts may not enter"
                yield _problem(path, "", wrong, "put it elsewhere, such as /opt/feedpub and /etc/feedpub")
                return


def _problem(path: Path, key: str, wrong: str, allowed: str) -> Problem:
    return Problem(where=str(path), key=key, wrong=wrong, allowed=allowed)


def _is_in(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents

"""Values of a configuration that come from files, and those that nobody may read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from feedpub import concealing
from feedpub.config.findings import WrongError
from feedpub.plainyaml import KeyPath

_MAX_BYTES = 64 * 1024
_TELLING = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?)(?:_|$)", re.IGNORECASE
)

# Where a secret is of use. Everything else is published, or shown to whoever asks.
_PLACES: tuple[KeyPath, ...] = (("store", "url"),)


def find(name: str, environ: Mapping[str, str]) -> tuple[str | None, bool]:
    """Return the value of a variable, or None, and whether it is a secret.

    It is what the environment has, or else the text of the file that ``NAME_FILE`` names, or of a credential
    of this name (systemd.exec(5), LoadCredential=), which are secrets always. Raises WrongError.
    """
    text = environ.get(name)
    is_secret = _TELLING.search(name) is not None
    if text is None and (file := _file(name, environ)):
        text, is_secret = _read(file), True
    if text and is_secret:
        concealing.learn(text)
    return text, is_secret


def refuse_elsewhere(name: str, path: KeyPath) -> None:
    """Raise WrongError when a secret would stand where it can be read."""
    if path not in _PLACES:
        raise WrongError(f"the secret {name} would be published", "a secret may stand in store.url alone")


def _file(name: str, environ: Mapping[str, str]) -> Path | None:
    if named := environ.get(f"{name}_FILE"):
        return Path(named)
    folder = environ.get("CREDENTIALS_DIRECTORY")
    credential = Path(folder) / name if folder else None
    return credential if credential and credential.is_file() else None


def _read(file: Path) -> str:
    """Return the text of a file without the end of its line."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise WrongError(f"{file} is larger than a secret can be", "name the right file")
        return content.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise WrongError(f"{file} cannot be read: {reason}", "let it be a file of feedpub's user") from error

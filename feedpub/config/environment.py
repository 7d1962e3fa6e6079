"""References to the environment in the strings of a configuration: ``${NAME}`` and ``${NAME:-default}``.

What the environment has not may stand in a file: see `secret`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from feedpub.config import secret
from feedpub.config.findings import Finding, WrongError
from feedpub.plainyaml import KeyPath, Value, find_illegal

_REFERENCE = re.compile(r"\$\{(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\})?")


def expand(members: dict[str, Value], environ: Mapping[str, str]) -> tuple[dict[str, Value], list[Finding]]:
    """Replace every reference in the values of a mapping; keys stay as they are.

    As in a shell, the default also replaces a variable that is set to nothing. A string with a reference
    that cannot be replaced stays as written and is among the findings.
    """
    findings: list[Finding] = []
    expanded = {
        key: _expand(value, (key,), environ=environ, findings=findings) for key, value in members.items()
    }
    return expanded, findings


def _expand(value: Value, path: KeyPath, *, environ: Mapping[str, str], findings: list[Finding]) -> Value:
    expand_below = functools.partial(_expand, environ=environ, findings=findings)
    if isinstance(value, dict):
        return {key: expand_below(member, (*path, key)) for key, member in value.items()}
    if isinstance(value, list):
        return [expand_below(item, (*path, index)) for index, item in enumerate(value)]
    try:
        return value and _REFERENCE.sub(lambda reference: _replacement(reference, environ, path), value)
    except WrongError as error:
        findings.append(Finding(path=path, wrong=error.wrong, allowed=error.allowed))
        return value


def _replacement(reference: re.Match[str], environ: Mapping[str, str], path: KeyPath) -> str:
    name, default = reference["name"], reference["default"]
    if name is None:
        raise WrongError("'${' begins no reference", "write ${NAME} or ${NAME:-default}")
    text, is_secret = secret.find(name, environ)
    if is_secret:
        secret.refuse_elsewhere(name, path)
    if default is not None:
        text = text or default
    if text is None:
        raise WrongError(
            f"the environment variable {name} is not set",
            f"set it or give a default, as ${{{name}:-default}}",
        )
    if find_illegal(text) is not None:  # os.environ holds undecodable bytes as lone surrogates
        raise WrongError(f"the environment variable {name} holds bytes that are no text", "set it to UTF-8")
    return text

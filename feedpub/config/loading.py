"""Finds config.yaml, reads it and reports everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

from pydantic import ValidationError

from feedpub import plainyaml
from feedpub.concealing import conceal
from feedpub.config import environment, explain, not_yet, overlap, patterns
from feedpub.config.findings import Finding, dotted
from feedpub.config.models import Config
from feedpub.exceptions import ConfigError, Problem
from feedpub.plainyaml import Document, KeyPath, Place, Value, YamlError

_NAME = "config.yaml"
_OF_THE_MACHINE = Path("/etc/feedpub") / _NAME


def find(explicit: str | None, environ: Mapping[str, str], cwd: Path) -> Path:
    """Return the path of the config file: the one that is named, or the first that exists.

    Names, the command line's first and then ``$FEEDPUB_CONFIG``, are relative to `cwd`; a file that is named
    need not exist (`load` says so when it does not). Raises ConfigError when none is named and none exists.
    """
    if named := explicit or environ.get("FEEDPUB_CONFIG"):
        return cwd / named
    places = (cwd / _NAME, *_of_the_user(environ), _OF_THE_MACHINE)
    for place in places:
        if _is_file(place):
            return place
    wrong = f"not found; looked for {', '.join(map(str, places))}"
    allowed = "name one with --config or FEEDPUB_CONFIG, or let 'feedpub init' write one"
    raise ConfigError((Problem(where=_NAME, key="", wrong=wrong, allowed=allowed),))


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """Read, check and complete the configuration in the file at `path`.

    Relative paths in it start at its folder. Raises ConfigError with every problem, in the order of the file.
    """
    return parse(_read(path), name=str(path), base=path.absolute().parent, environ=environ)


def parse(source: str | bytes, *, name: str, base: Path, environ: Mapping[str, str]) -> Config:
    """Check and complete a configuration; `name` stands in the problems, `base` is its folder.

    Raises ConfigError with every problem, in the order of the file.
    """
    twice: list[YamlError] = []
    try:
        document = plainyaml.load(source, on_duplicate=twice.append)
    except YamlError as error:
        raise ConfigError((_syntax_problem(error, name),)) from error
    if not isinstance(document.value, dict):
        raise ConfigError((_no_mapping(document, name),))
    config, findings = _check(document.value, base=base, environ=environ)
    placed = [((error.line, error.column), _syntax_problem(error, name)) for error in twice]
    placed += [_placed(finding, document, name) for finding in findings]
    if config is None or placed:
        raise ConfigError(tuple(_concealed(problem) for _, problem in sorted(placed, key=itemgetter(0))))
    return config


def _concealed(problem: Problem) -> Problem:
    return replace(problem, wrong=conceal(problem.wrong), allowed=conceal(problem.allowed))


def _check(
    value: dict[str, Value], *, base: Path, environ: Mapping[str, str]
) -> tuple[Config | None, list[Finding]]:
    value, findings = environment.expand(value, environ)
    findings += not_yet.check(value)
    findings += patterns.check(value.get("feeds"))
    said = {finding.path for finding in findings}
    findings += overlap.check(value, base=base)
    try:
        return Config.model_validate(value, context=base), findings
    except ValidationError as error:
        return None, findings + [
            late for late in explain.explain(error) if said.isdisjoint(_lineage(late.path))
        ]


def _lineage(path: KeyPath) -> Iterator[KeyPath]:
    """Yield the path and all its ancestors."""
    for length in range(len(path) + 1):
        yield path[:length]


def _placed(finding: Finding, document: Document, name: str) -> tuple[Place, Problem]:
    find_place = document.key_position if finding.about == "key" else document.position
    place = find_place(finding.path)
    where = f"{name}:{place[0]}:{place[1]}"
    return place, Problem(where=where, key=dotted(finding.path), wrong=finding.wrong, allowed=finding.allowed)


def _syntax_problem(error: YamlError, name: str) -> Problem:
    return Problem(where=f"{name}:{error.line}:{error.column}", key="", wrong=error.message, allowed="")


def _no_mapping(document: Document, name: str) -> Problem:
    if document.value is None:
        return Problem(
            where=name, key="", wrong="is empty", allowed="'feedpub init' writes a file to begin with"
        )
    line, column = document.position(())
    kind = "list" if isinstance(document.value, list) else "text"
    allowed = "write keys such as 'site:' at the left margin"
    return Problem(where=f"{name}:{line}:{column}", key="", wrong=f"a {kind} stands here", allowed=allowed)


def _read(path: Path) -> bytes:
    """Return the bytes of the file, one more than allowed at most: what is larger is refused anyway."""
    try:
        with path.open("rb") as file:
            return file.read(plainyaml.MAX_BYTES + 1)
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        allowed = "'feedpub init' writes one" if isinstance(error, FileNotFoundError) else ""
        raise ConfigError((Problem(where=str(path), key="", wrong=reason, allowed=allowed),)) from error


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder on the way may not be entered: as good as not there
        return False


def _of_the_user(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return where the XDG Base Directory Specification puts a user's configuration."""
    home = environ.get("XDG_CONFIG_HOME", "")
    if not Path(home).is_absolute():  # the specification: relative paths are to be ignored
        home = f"{environ['HOME']}/.config" if environ.get("HOME") else ""
    return (Path(home) / "feedpub" / _NAME,) if home else ()

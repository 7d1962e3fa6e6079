"""Formats that other packages bring: the entry points of the group ``feedpub.parsers``, read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from feedpub.exceptions import BulletinError, PluginError
from feedpub.model import Bulletin, Hints, Role
from feedpub.parse import PARSERS, Parser
from feedpub.plainyaml import find_illegal

GROUP = "feedpub.parsers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugins:
    """What was found: the parsers by suffix, and what is wrong with those that cannot be used."""

    parsers: Mapping[str, Parser]
    errors: tuple[PluginError, ...] = ()


@cache
def installed() -> Plugins:
    """Load the parsers of all installed packages."""
    return load(entry_points(group=GROUP))


def load(points: Iterable[EntryPoint]) -> Plugins:
    """Load parsers: an entry point's name is the suffix of the files it reads, without the dot.

    One that cannot be loaded stops nothing else: its files are refused, with the reason.
    """
    parsers: dict[str, Parser] = {}
    errors: list[PluginError] = []
    for point in sorted(points, key=lambda point: (point.name.lower(), _package(point))):
        suffix = f".{point.name.lower()}"
        if suffix in PARSERS or suffix in parsers:
            reader = "feedpub itself" if suffix in PARSERS else "another package"
            errors.append(PluginError(point.name, _package(point), f"{suffix} is read by {reader} already"))
            continue
        try:
            parsers[suffix] = _guarded(_loaded(point), point)
        except PluginError as error:
            errors.append(error)
            parsers[suffix] = _refusing(error)
    return Plugins(parsers=parsers, errors=tuple(errors))


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown package"


def _loaded(point: EntryPoint) -> Parser:
    try:
        found = point.load()
    except Exception as error:  # whatever a stranger's module does while it is imported
        raise PluginError(point.name, _package(point), f"cannot be loaded: {error!r}") from error
    if not callable(found):
        raise PluginError(point.name, _package(point), f"{point.value} is no function")
    parser: Parser = found
    return parser


def _refusing(error: PluginError) -> Parser:
    def refuse(_raw: bytes, hints: Hints) -> Bulletin:
        raise BulletinError(
            hints.name, str(error), expected="run `feedpub check` once it is mended"
        ) from error

    return refuse


def _guarded(parser: Parser, point: EntryPoint) -> Parser:
    """Return a parser that keeps what parsers promise, whatever the plugin does."""

    def parse(raw: bytes, hints: Hints) -> Bulletin:
        who = f"the parser {point.name!r} of {_package(point)}"
        try:
            found = parser(raw, hints)
        except BulletinError:
            raise
        except Exception as error:
            raise BulletinError(hints.name, f"{who} failed: {error!r}") from error
        if objection := _objection(found):
            raise BulletinError(hints.name, f"{who} gave {objection}")
        return found

    return parse


def _objection(found: object) -> str | None:
    """Say what keeps a plugin's result from being published, or None."""
    if not isinstance(found, Bulletin):
        return f"{type(found).__name__} instead of a Bulletin"
    if not any(entry.role is Role.LEAD for entry in found.entries):
        return "no lead story"
    for entry in found.entries:
        if not entry.title.strip() or len(entry.title.splitlines()) > 1:
            return f"the title {entry.title!r}, which is not one line of text"
        for text in (entry.title, *entry.paragraphs, *entry.categories, *entry.corrections):
            if illegal := find_illegal(text):
                return f"the character U+{ord(illegal):04X}, which XML forbids"
    return None

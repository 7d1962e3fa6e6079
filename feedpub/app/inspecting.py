"""``feedpub check --output``: every published document held against the rules of its format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feedpub import conformance
from feedpub.compose import with_uri
from feedpub.config import Config, as_site
from feedpub.conformance import Facts, Finding, Level
from feedpub.publish import Folder

__all__ = ["Inspection", "inspect"]

Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found in the output folder."""

    documents: int  # how many there are rules for
    errors: tuple[Finding, ...]  # by path and line, as the warnings
    warnings: tuple[Finding, ...]


def inspect(config: Config, *, advance: Advance = lambda _done, _total: None) -> Inspection:
    """Hold the output folder against the rules; looks at nothing else and changes nothing."""
    folder = Folder(config.output.folder)
    sizes = {path: size for path in sorted(folder.found()) if (size := folder.size(path)) is not None}
    documents = [path for path in sizes if conformance.is_document(path)]
    findings: list[Finding] = []
    facts: list[Facts] = []
    for done, path in enumerate(documents, start=1):
        content = folder.read(path)
        if content is not None:  # else a daemon at work has just removed it
            found, said = conformance.examine(path, content)
            findings += found
            facts += [said] if said else []
        advance(done, len(documents))
    findings += conformance.agree(facts, url=with_uri(as_site(config)).url, sizes=sizes)
    return _inspection(findings, documents=len(documents))


def _inspection(findings: list[Finding], *, documents: int) -> Inspection:
    findings.sort(key=lambda found: (found.path, found.line or 0, found.rule.code))
    return Inspection(
        documents=documents,
        errors=tuple(found for found in findings if found.rule.level is Level.ERROR),
        warnings=tuple(found for found in findings if found.rule.level is Level.WARNING),
    )

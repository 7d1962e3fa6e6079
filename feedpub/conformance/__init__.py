"""What standards and readers demand of the output: bytes in, findings out.

`examine` holds one document against the rules that concern it alone; what it says that others must
agree with comes back as facts, and `agree` holds these against each other. So a site of any size is
examined file by file. The release gate uses the same rules for each feed before it goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from feedpub.conformance.facts import Facts
from feedpub.conformance.findings import Fault, Finding, Level, Rule
from feedpub.conformance.rules import RULES

__all__ = ["RULES", "Facts", "Finding", "Level", "Rule", "agree", "examine", "is_document"]

_LARGEST = 5_000_000  # bytes; validators and some readers read no further


def is_document(path: str) -> bool:
    """Tell whether there are rules for the file at a path of the output."""
    return path.endswith((".rss", ".atom", ".opml", ".html")) or _is_json_feed(path) or _is_sitemap(path)


def examine(path: str, content: bytes) -> tuple[list[Finding], Facts | None]:
    """Hold a document against all rules that concern it alone.

    Returns what is wrong and what it says, which is None for a document that cannot be read.
    """
    faults, facts = _read(path, content)
    if len(content) > _LARGEST:
        faults.append(Fault("C153", None, f"{len(content)} bytes"))
    return [_finding(path, fault) for fault in faults], facts


def agree(facts: Iterable[Facts], *, url: str, sizes: Mapping[str, int]) -> list[Finding]:
    """Hold what documents say against each other and against the files there are.

    `url` is the address of the output folder, `sizes` has the bytes of every file in it.
    """
    from feedpub.conformance import site  # noqa: PLC0415  no need of it at the gate

    whole = site.Site(url, sizes, tuple(facts))
    return [_finding(path, fault) for path, fault in site.examine(whole)]


def _read(path: str, content: bytes) -> tuple[list[Fault], Facts | None]:
    """Choose the rules by the name of the file."""
    if path.endswith(".html"):
        from feedpub.conformance import pages  # noqa: PLC0415  lxml is only needed once something was written

        return pages.examine(path, content)
    if path.endswith(".json"):
        return _read_json(path, content)
    return _read_xml(path, content)


def _read_json(path: str, content: bytes) -> tuple[list[Fault], Facts | None]:
    from feedpub.conformance import jsonfeed, strictjson  # noqa: PLC0415

    try:
        value = strictjson.parse(content)
    except ValueError as error:
        return [Fault("C94", getattr(error, "lineno", None), f"cannot be read: {error}")], None
    return jsonfeed.examine(path, content, value)


def _read_xml(path: str, content: bytes) -> tuple[list[Fault], Facts | None]:
    from feedpub.conformance import atom, lists, rss, strictxml, xmlfeed  # noqa: PLC0415  as above

    try:
        root = strictxml.parse(content)
    except strictxml.DamagedError as error:
        return [Fault("C1", error.line, f"cannot be read: {error}")], None
    found = list(xmlfeed.document_faults(content, root))
    faults: list[Fault]
    facts: Facts | None
    if path.endswith(".rss"):
        faults, facts = rss.examine(path, content, root)
    elif path.endswith(".atom"):
        faults, facts = atom.examine(path, root)
    elif path.endswith(".opml"):
        faults, facts = lists.examine_opml(path, root)
    else:
        faults, facts = lists.examine_sitemap(path, root)
    return found + faults, facts


def _finding(path: str, fault: Fault) -> Finding:
    return Finding(rule=RULES[fault.code], path=path, line=fault.line, what=fault.what)


def _is_json_feed(path: str) -> bool:
    return path.startswith("feeds/") and path.endswith(".json")


def _is_sitemap(path: str) -> bool:
    return path.rpartition("/")[2].startswith("sitemap") and path.endswith(".xml")

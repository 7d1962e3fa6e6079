"""Every rule between documents: a sound site keeps it, one with a single fault breaks it and no other."""

from __future__ import annotations

import pytest
from conformance.documents import ATOM, OTHER_FILES, RSS, SITE

from feedpub.conformance import agree, examine, is_document

URL = "https://news.example.org/"
ARCHIVES = f"{URL}feeds/news/archive/"


def archive(number, *, newest):
    """Make an archive document in Atom: the sound feed, linked with its neighbours."""
    links = f'<fh:archive/><link rel="current" href="{URL}feeds/news.atom"/>'
    if number > 1:
        links += f'<link rel="prev-archive" href="{ARCHIVES}{number - 1}.atom"/>'
    if number < newest:
        links += f'<link rel="next-archive" href="{ARCHIVES}{number + 1}.atom"/>'
    own = ATOM.replace(f"{URL}feeds/news.atom", f"{ARCHIVES}{number}.atom").replace("ferry<", f"{number}<")
    return own.replace("  <entry>", f"{links}\n  <entry>", 1).replace(":bridge<", f":bridge-{number}<")


def with_archives():
    """Make the sound site with two archives behind its Atom feed."""
    feed = ATOM.replace("  <entry>", f'<link rel="prev-archive" href="{ARCHIVES}2.atom"/>\n  <entry>', 1)
    archives = {f"feeds/news/archive/{number}.atom": archive(number, newest=2) for number in (1, 2)}
    return SITE | archives | {"feeds/news.atom": feed}


def codes(files, *, others=OTHER_FILES):
    """Hold a whole site against the rules; give the codes of those that it breaks, with the paths."""
    facts, found = [], []
    for path, content in files.items():
        assert is_document(path)
        findings, said = examine(path, content.encode())
        found += findings
        facts.append(said)
    sizes = {path: len(content.encode()) for path, content in files.items()} | others
    found += agree(facts, url=URL, sizes=sizes)
    return {(finding.rule.code, finding.path) for finding in found}


@pytest.mark.parametrize("site", [SITE, with_archives()], ids=["small", "with archives"])
def test_sound_site_breaks_no_rule(site):
    """A good site is left in peace."""
    assert set() == codes(site)


def changed(path, old, new, *, site=SITE):
    """Make a site that differs in one place."""
    assert old in site[path]
    return site | {path: site[path].replace(old, new)}


def without(path, *, site=SITE):
    """Make a site that lacks a document."""
    return {name: content for name, content in site.items() if name != path}


BOTH = with_archives()
SECOND, FIRST = "feeds/news/archive/2.atom", "feeds/news/archive/1.atom"
CASES = {
    "C26 link to no page": (
        without("bridge/index.html"),
        {
            ("C26", "feeds/news.rss"),
            ("C26", "feeds/news.atom"),
            ("C26", "feeds/news.json"),
            ("S1", "sitemap.xml"),
        },
    ),
    "C59 another address": (
        changed("feeds/news.atom", f'href="{URL}feeds/news.atom"', f'href="{URL}feeds/old.atom"'),
        {("C59", "feeds/news.atom")},
    ),
    "C37 another length": (
        SITE | {"feeds/news.rss": RSS.replace('length="1000"', 'length="999"')},
        {("C37", "feeds/news.rss")},
    ),
    "C74 no such archive": (
        without(FIRST, site=BOTH),
        {("C74", SECOND)},
    ),
    "C74 chain that does not close": (
        changed(FIRST, f"{ARCHIVES}2.atom", f"{ARCHIVES}1.atom", site=BOTH),
        {("C73", FIRST), ("C74", SECOND)},
    ),
    "C75 not the newest archive": (
        changed("feeds/news.atom", f"{ARCHIVES}2.atom", f"{ARCHIVES}1.atom", site=BOTH),
        {("C75", "feeds/news.atom")},
    ),
    "C76 no such feed": (
        changed(
            FIRST, f'"current" href="{URL}feeds/news.atom', f'"current" href="{URL}feeds/old.atom', site=BOTH
        ),
        {("C76", FIRST)},
    ),
    "C97 no such feed": (
        changed("feeds.opml", "feeds/news.rss", "feeds/old.rss"),
        {("C97", "feeds.opml")},
    ),
    "C97 not of this site": (
        changed("feeds.opml", f'xmlUrl="{URL}', 'xmlUrl="https://other.example.org/'),
        {("C97", "feeds.opml")},
    ),
    "C100 other hubs": (
        changed("feeds/news.json", "https://hub.example.net/", "https://hub.example.org/"),
        {("C100", "feeds/news.json")},
    ),
    "C143 no such feed": (
        changed("ferry/index.html", "feeds/news.rss", "feeds/old.rss"),
        {("C143", "ferry/index.html")},
    ),
    "C143 of another type": (
        changed("ferry/index.html", "feeds/news.rss", "feeds/news.atom"),
        {("C143", "ferry/index.html")},
    ),
    "C144 canonical address of nothing": (
        changed("bridge/index.html", f"{URL}bridge/", f"{URL}old/"),
        {
            ("C144", "bridge/index.html"),
            ("C146", "feeds/news.rss"),
            ("C146", "feeds/news.atom"),
            ("C146", "feeds/news.json"),
        },
    ),
    "C146 canonical address of another page": (
        changed("bridge/index.html", f"{URL}bridge/", f"{URL}ferry/"),
        {("C146", "feeds/news.rss"), ("C146", "feeds/news.atom"), ("C146", "feeds/news.json")},
    ),
    "C147 another title": (changed("feeds/news.json", '"Ferry"', '"Boat"'), {("C147", "feeds/news.json")}),
    "C147 another text": (
        changed("feeds/news.json", "The bridge stands.", "It stands."),
        {("C147", "feeds/news.json")},
    ),
    "C147 another instant": (
        changed(
            "feeds/news.json", '"date_modified": "2024-10-21T03:30', '"date_modified": "2024-10-21T03:31'
        ),
        {("C147", "feeds/news.json")},
    ),
    "S1 address elsewhere": (
        changed("sitemap.xml", f"{URL}ferry/", "https://other.example.org/ferry/"),
        {("S1", "sitemap.xml")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_fault_breaks_its_rule_and_no_other(case):
    """Whoever reads the findings learns which documents disagree."""
    site, expected = CASES[case]

    assert expected == codes(site)


def test_enclosure_that_is_not_there_is_found():
    """C37: what an entry brings along must be there."""
    found = codes(
        SITE, others={name: size for name, size in OTHER_FILES.items() if name != "media/ferry.mp3"}
    )

    assert {("C37", "feeds/news.rss"), ("C37", "feeds/news.atom"), ("C37", "feeds/news.json")} == found

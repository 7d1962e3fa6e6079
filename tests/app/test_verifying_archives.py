"""Archives are held against the store like all other documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from app.site import MONDAY, Site, make_site

TEXTS = [
    f" date 2024-10-{day} {title} Opens After Long Repairs\nThe {title.lower()} was closed for {day} weeks.\n"
    for day, title in enumerate(("Harbour", "Library", "Museum", "Orchard"), start=22)
]


@pytest.fixture
def site(tmp_path) -> Site:
    """Give an installation whose feed holds two entries, and the others in four archives."""
    site = make_site(tmp_path)
    path = tmp_path / "config.yaml"
    path.write_text(path.read_text().replace("title: Example News\n  leads", "limit: {entries: 2}\n  leads"))
    for number, text in enumerate(TEXTS):
        site.drop(f"{number}.txt", text)
        site.build()
    assert 3 * 4 == len(archives(site))
    return site


def archives(site: Site) -> list[Path]:
    """Give the files of the archives, the oldest first."""
    return sorted(path for path in site.output.glob("feeds/news/archive/*") if path.is_file())


def where(path: Path, site: Site) -> str:
    """Name a file as findings do."""
    return str(path.relative_to(site.output))


def test_archives_as_they_were_published_are_well(site):
    """Also after an edit and a withdrawal."""
    assert [] == site.problems()
    site.drop("monday.txt", MONDAY.replace("longer shifts on Monday", "shorter shifts on Monday"))
    (site.input / "1.txt").unlink()
    site.build()

    assert [] == site.problems()


def test_missing_damaged_and_strange_archives_are_named(site):
    """Each with the cure that helps."""
    missing, damaged = archives(site)[0], archives(site)[7]
    missing.unlink()
    damaged.write_bytes(damaged.read_bytes()[:500])
    strange = damaged.with_name("000099-0123456789ab.atom")
    strange.write_bytes(damaged.read_bytes())
    found = {place: what for _, place, what in site.problems()}

    assert "is missing" == found[where(missing, site)]
    assert found[where(damaged, site)].startswith("is damaged")
    assert "is no file that feedpub would write" == found[where(strange, site)]
    assert 3 == len(found)


def test_repair_writes_archives_anew(site):
    """To the byte as they were."""
    missing, damaged = archives(site)[0], archives(site)[7]
    before = {path: path.read_bytes() for path in archives(site)}
    missing.unlink()
    damaged.write_bytes(b"")
    site.verify(repair=True)

    assert before == {path: path.read_bytes() for path in archives(site)}
    assert [] == site.problems()


def test_renamed_feed_leaves_no_archive_behind(site):
    """Nor a file that `verify` would take for a stranger's."""
    path = site.root / "config.yaml"
    path.write_text(path.read_text().replace("  news:\n", "  latest:\n"))
    site.build()

    assert not (site.output / "feeds/news").exists() or [] == archives(site)
    assert [] == site.problems()

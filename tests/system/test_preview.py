"""``feedpub preview``, and a dry run, of bulletins with files beside them."""

from __future__ import annotations

import json

import pytest
from PIL import Image
from system.installation import BULLETIN


@pytest.fixture
def built(site):
    """Give an installation that has built its bulletin once."""
    site.drop("monday.txt", BULLETIN)
    assert site.command("build").returncode == 0
    return site


def a_picture(path, colour="navy"):
    """Draw a picture."""
    Image.new("RGB", (600, 400), colour).save(path)
    return path


def previewed(site, path) -> tuple[list[str], list[dict]]:
    """Return what would happen to each entry, and the files of the first."""
    done = site.command("preview", "--json", str(path))
    assert done.returncode == 0, done.stderr
    entries = json.loads(done.stdout)["entries"]
    return [entry["change"] for entry in entries], entries[0]["files"] if entries else []


def kept(site) -> list[str]:
    """Name what lies in the folder of media."""
    return sorted(path.name for path in (site.root / "state" / "media").rglob("*") if path.is_file())


def test_picture_beside_a_known_bulletin(built):
    """One that was put beside it since, though not a byte of the bulletin changed."""
    picture = a_picture(built.input / "monday.jpg")

    changes, files = previewed(built, built.input / "monday.txt")

    assert sorted(changes) == ["unchanged"] * 6 + ["updated"]
    assert files == [{"type": "image/jpeg", "length": picture.stat().st_size}]
    assert kept(built) == []


def test_picture_beside_a_bulletin_elsewhere(built):
    """Whoever drops the bulletin drops its picture, too; nothing of it is kept before."""
    (built.root / "draft.txt").write_text(" date 2024-10-22 A Quiet Day\nNothing happened in Sandholm.\n")
    picture = a_picture(built.root / "draft.png")
    before = built.files()

    changes, files = previewed(built, built.root / "draft.txt")
    done = built.command("preview", str(built.root / "draft.txt"))

    assert changes == ["new"]
    assert files == [{"type": "image/png", "length": picture.stat().st_size}]
    assert "with image/png" in done.stdout
    assert (built.files(), kept(built)) == (before, [])


def test_draft_of_a_bulletin_that_has_a_picture(built):
    """A copy that is worked on elsewhere goes on with the picture in the input folder, or brings another."""
    a_picture(built.input / "monday.jpg")
    assert built.command("build").returncode == 0
    (built.root / "monday.txt").write_text(BULLETIN)
    same, _ = previewed(built, built.root / "monday.txt")

    another = a_picture(built.root / "monday.jpg", "red")
    changes, files = previewed(built, built.root / "monday.txt")

    assert same == []
    assert sorted(changes) == ["unchanged"] * 6 + ["updated"]
    assert files == [{"type": "image/jpeg", "length": another.stat().st_size}]


def test_file_that_front_matter_names(built):
    """It is looked for where the bulletin lies."""
    matter = "---\ndate: 2024-10-22\nimage: photos/port.png\n---\n"
    (built.root / "draft.txt").write_text(f"{matter}# A Quiet Day\n\nNothing happened in Sandholm.\n")
    missing = built.command("preview", str(built.root / "draft.txt"))
    (built.root / "photos").mkdir()
    a_picture(built.root / "photos" / "port.png")

    changes, files = previewed(built, built.root / "draft.txt")

    assert missing.returncode == 1
    assert "is not there" in missing.stdout
    assert (changes, [file["type"] for file in files]) == (["new"], ["image/png"])


def test_dry_run_keeps_no_file(built):
    """What would be published is named, and nothing of it is copied."""
    a_picture(built.input / "monday.jpg")

    done = built.command("build", "--dry-run")

    assert done.returncode == 0, done.stderr
    assert "would be written media/" in done.stdout
    assert kept(built) == []


def test_dry_run_knows_the_files_that_are_kept(built):
    """A picture that came before and is missing in the output would be written from where it is kept."""
    a_picture(built.input / "monday.jpg")
    assert built.command("build").returncode == 0
    before = kept(built)
    (built.input / "monday.jpg").unlink()
    a_picture(built.input / "monday.png", "red")
    for path in (built.output / "media").rglob("*.jpg"):
        path.unlink()

    done = built.command("build", "--dry-run")

    assert done.returncode == 0, done.stderr
    assert kept(built) == before

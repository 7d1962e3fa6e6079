"""Front matter's slug, image and enclosures: what they may be, and what is told about the rest."""

from __future__ import annotations

import pytest
from parse.samples import LEAD, bulletin, read

from feedpub.exceptions import BulletinError
from feedpub.model import Enclosure, Named

HEAD = """\
---
title: {title}
slug: harbour-bridge
image: https://cdn.example.org/bridge.jpg
enclosure:
  - {{url: https://cdn.example.org/bridge.mp3, type: audio/MPEG, length: 1048576}}
  - {{url: http://cdn.example.org/, type: application/pdf, length: 0}}
---
"""


def test_lead_gets_slug_image_and_enclosures():
    """The teasers get none of them."""
    lead, *teasers = read(HEAD.format(title=LEAD) + bulletin().partition("\n")[2]).entries

    assert (lead.slug, lead.image) == ("harbour-bridge", "https://cdn.example.org/bridge.jpg")
    assert lead.enclosures == (
        Enclosure(url="https://cdn.example.org/bridge.mp3", type="audio/mpeg", length=1_048_576),
        Enclosure(url="http://cdn.example.org/", type="application/pdf", length=0),
    )
    assert {(teaser.slug, teaser.image, teaser.enclosures) for teaser in teasers} == {(None, None, ())}


def test_single_enclosure_needs_no_list():
    """A mapping stands for itself."""
    head = "---\nenclosure: {url: https://e.example/a.mp3, type: audio/mpeg, length: 5}\n---\n"

    assert len(read(head + bulletin()).entries[0].enclosures) == 1


@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "Grün", "a_b", "-a", "a--b", "a" * 61, "a/b", "A", "[a]"]
)
def test_slug_of_other_characters_is_refused(value):
    """Nothing climbs out of the output folder."""
    with pytest.raises(BulletinError, match="'slug' cannot be used") as caught:
        read(f"---\nauthor: Ada\nslug: {value}\n---\n{bulletin()}")

    assert caught.value.line == 3


def test_files_beside_the_bulletin_are_named_and_not_opened():
    """With their line, for whoever looks for them; what is enclosed stands before the picture."""
    head = (
        "---\nimage: {file: photos/bridge.JPG, alt: 'The bridge,  at dawn'}\nenclosure:\n  - talk.mp3\n"
        "  - {file: paper.pdf}\n  - {url: https://e.example/a.mp3, type: audio/mpeg, length: 5}\n---\n"
    )
    lead = read(head + bulletin()).entries[0]

    assert (
        Named(file="talk.mp3", line=4),
        Named(file="paper.pdf", line=5),
        Named(file="photos/bridge.JPG", alt="The bridge, at dawn", picture=True, line=2),
    ) == lead.files
    assert ["https://e.example/a.mp3"] == [file.url for file in lead.enclosures]


@pytest.mark.parametrize(
    "value",
    [
        "/photo.jpg", "../photo.jpg", "a/../../photo.jpg", "a//b.jpg", ".hidden.jpg", "a\\b.jpg", "photo",
        "talk.mp3", "photo.svg", "ftp://e.example/a", "https:///a", "http://[x/", "{}", "[a.jpg]",
        "{file: 5.x}", "{file: a.jpg, alt: [b]}", "{file: a.jpg, size: 5}",
    ],
)  # fmt: skip
def test_image_that_leads_elsewhere_is_refused(value):
    """A picture lies on the web or in the bulletin's own folder, and is one."""
    with pytest.raises(BulletinError, match=r"'image[.a-z]*' cannot be used") as caught:
        read(f"---\nimage: {value}\n---\n{bulletin()}")

    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("entry", "reason", "line"),
    {
        "no-media": ("- a.exe", "'enclosure' cannot be used; expected a file whose name ends in", 3),
        "relative": ("- url: a.mp3\n    type: audio/mpeg\n    length: 5", "'enclosure.url'.*absolute", 3),
        "no-type": ("- url: https://e.example/a\n    length: 5", "'enclosure.type'.*media type", 3),
        "bad-type": (
            "- url: https://e.example/a\n    type: mp3\n    length: 5",
            "'enclosure.type'.*audio/mpeg",
            4,
        ),
        "bad-length": (
            "- url: https://e.example/a\n    type: audio/mpeg\n    length: 5 MB",
            "'enclosure.length'.*bytes",
            5,
        ),
        "unknown": (
            "- url: https://e.example/a\n    type: audio/mpeg\n    size: 5",
            "'enclosure.size'.*keys are",
            5,
        ),
    }.values(),
    ids=["no-media", "relative", "no-type", "bad-type", "bad-length", "unknown"],
)
def test_enclosure_that_no_reader_could_use_is_refused(entry, reason, line):
    """The author is told which key on which line, and what would be right."""
    with pytest.raises(BulletinError, match=reason) as caught:
        read(f"---\nenclosure:\n  {entry}\n---\n{bulletin()}")

    assert caught.value.line == line


@pytest.mark.parametrize("key", ["title", "author", "categories", "correction"])
def test_what_xml_forbids_is_refused_in_front_matter(key):
    """An escape of YAML gets nothing past the gate."""
    with pytest.raises(BulletinError, match=r"U\+0007"):
        read(f'---\n{key}: "a\\x07b"\n---\n{bulletin()}')

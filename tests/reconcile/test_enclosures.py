"""What front matter gives a story beside its text."""

from __future__ import annotations

from reconcile.factories import Desk, a_bulletin, a_story

from feedpub.model import Enclosure

SOUND = Enclosure(url="https://cdn.example.org/a.mp3", type="audio/mpeg", length=5)


def test_slug_of_the_author_stands_in_id_and_permalink():
    """Only the words are the author's: the hash and the date tell stories apart as ever."""
    desk = Desk()

    [lead] = desk.read(a_bulletin(a_story("A Long Headline of the Lead", "Text.", slug="harbour"))).added
    [plain] = Desk().read(a_bulletin(a_story("A Long Headline of the Lead", "Text."))).added

    name = lead.permalink.split("/")[3]
    assert name.startswith("harbour-")
    assert lead.id.endswith(name)
    assert name.rsplit("-", 1)[1] == plain.permalink.rstrip("/").rsplit("-", 1)[1]


def test_slug_that_is_changed_later_changes_nothing():
    """An id is minted once."""
    desk = Desk()
    desk.read(a_bulletin(a_story("Headline", "Text.", slug="harbour")))

    changes = desk.read(a_bulletin(a_story("Headline", "Text.", slug="bridge")))

    assert len(changes.unchanged) == 1
    assert "/harbour-" in changes.unchanged[0].permalink


def test_new_enclosure_is_an_update():
    """Subscribers get the file that was added later."""
    desk = Desk()
    desk.read(a_bulletin(a_story("Headline", "Text.")))

    changes = desk.read(a_bulletin(a_story("Headline", "Text.", enclosures=(SOUND,))))
    again = desk.read(a_bulletin(a_story("Headline", "Text.", enclosures=(SOUND,))))

    assert [entry.enclosures for entry in changes.updated] == [(SOUND,)]
    assert not again.updated

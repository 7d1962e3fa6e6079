"""Turns of the daemon over a real folder, with clocks that the test sets."""

from __future__ import annotations

import datetime as dt
import io
import os

import pytest
from newsroom.office import an_office
from newsroom.sheets import Sheet, Story
from PIL import Image

from feedpub.daemon.turns import Turns
from feedpub.inbox import Event, Kind
from feedpub.model import State
from feedpub.pipeline import HELD_REMOVALS

DAY = dt.date(2024, 10, 21)
STORIES = tuple(Story(key) for key in ("Harbour", "Bridge", "Ferry"))
EDITED = (*STORIES[:2], STORIES[2].rewritten())


class Desk:
    """A daemon's turns, taken when the test says so; the monotonic clock stands still between them."""

    def __init__(self, office) -> None:
        self.office = office
        self.seconds = 0.0
        self.turns = Turns(
            office.pipeline, quiet_seconds=0.5, stopping=lambda: False, now=lambda: self.seconds
        )
        self.turns.take(look=True)

    def hear(self, kind: Kind, path: str) -> None:
        self.turns.hear(Event(kind=kind, path=path))

    def turn(self, *, after: float = 0.0, look: bool = False) -> None:
        self.seconds += after
        self.turns.take(look=look)

    @property
    def published(self) -> dict[str, str]:
        """The bulletin of each published entry by its id."""
        return {e.id: e.bulletin for e in self.office.entries() if e.state is State.PUBLISHED}


@pytest.fixture
def desk():
    """Give a desk that has published one bulletin."""
    with an_office(now=dt.datetime(2024, 10, 21, 9, 0, 0, tzinfo=dt.UTC)) as office:
        desk = Desk(office)
        office.write("monday.txt", Sheet(STORIES, DAY).content)
        desk.hear(Kind.MOVED_IN, "monday.txt")
        desk.turn()
        assert 3 == len(desk.published)
        yield desk


def test_picture_that_comes_later_is_taken_in_by_its_event(desk):
    """And one that goes away likewise, without a look at the whole folder."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    desk.office.write("monday.png", picture.getvalue())
    desk.hear(Kind.MOVED_IN, "monday.png")
    desk.turn()
    assert 1 == len([path for path in desk.office.files() if path.startswith("media/")])

    (desk.office.input / "monday.png").unlink()
    desk.hear(Kind.GONE, "monday.png")
    desk.turn()
    desk.turn(after=0.6)
    assert not [path for path in desk.office.files() if path.startswith("media/")]
    assert 3 == len(desk.published)


def test_bulletin_waits_until_its_picture_is_whole(desk):
    """A picture that is still being copied beside a new bulletin keeps that back."""
    desk.office.write("tuesday.txt", Sheet((Story("Crane"),), DAY).content)
    desk.hear(Kind.WRITTEN, "tuesday.txt")
    desk.turn()
    picture = io.BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    desk.office.write("tuesday.png", picture.getvalue()[:40])
    desk.hear(Kind.WRITTEN, "tuesday.png")
    desk.turn(after=0.4)
    desk.office.write("tuesday.png", picture.getvalue())
    desk.turn(after=0.2)
    assert 3 == len(desk.published)

    desk.turn(after=0.6)
    desk.turn(after=0.6)
    assert 4 == len(desk.published)
    assert 1 == len([path for path in desk.office.files() if path.startswith("media/")])


def test_bulletin_saved_under_another_name_keeps_its_entries(desk):
    """The old file goes first, the new one is still being written when the old one would be given up."""
    before = desk.published
    (desk.office.input / "monday.txt").unlink()
    desk.hear(Kind.GONE, "monday.txt")
    desk.turn()
    desk.office.write("tuesday.txt", Sheet(EDITED, DAY).content)
    desk.hear(Kind.WRITTEN, "tuesday.txt")
    desk.turn(after=0.4)
    desk.turn(after=0.2)
    assert before == desk.published
    desk.turn(after=0.4)

    assert dict.fromkeys(before, "tuesday.txt") == desk.published


def test_bulletin_renamed_into_place_as_the_old_one_goes_keeps_its_entries(desk):
    """A new file is ready at once; the old one was missed only a moment ago."""
    before = desk.published
    (desk.office.input / "monday.txt").unlink()
    desk.office.write("tuesday.txt", Sheet(EDITED, DAY).content)
    desk.hear(Kind.GONE, "monday.txt")
    desk.hear(Kind.MOVED_IN, "tuesday.txt")
    desk.turn()

    assert dict.fromkeys(before, "tuesday.txt") == desk.published


def test_renamed_bulletin_is_not_taken_for_another_that_comes_meanwhile(desk):
    """It was touched under its new name, so it has to settle, while one that is much like it is ready."""
    before = desk.published
    old, new = desk.office.input / "monday.txt", desk.office.input / "renamed.txt"
    old.rename(new)
    os.utime(new)
    for kind, path in (
        (Kind.GONE, "monday.txt"),
        (Kind.MOVED_IN, "renamed.txt"),
        (Kind.WRITTEN, "renamed.txt"),
    ):
        desk.hear(kind, path)
    desk.office.write("tuesday.txt", Sheet(EDITED, DAY).content)
    desk.hear(Kind.MOVED_IN, "tuesday.txt")
    desk.turn()
    desk.turn(after=0.6)

    assert dict.fromkeys(before, "renamed.txt") == {
        id_: bulletin for id_, bulletin in desk.published.items() if id_ in before
    }
    assert 6 == len(desk.published)


def test_renamed_bulletin_is_not_taken_for_another_of_many(desk):
    """What is taken in before it, for there are too many for one transaction, tells nearly the same."""
    before = desk.published
    (desk.office.input / "monday.txt").rename(desk.office.input / "renamed.txt")
    desk.office.write("alike.txt", Sheet(EDITED, DAY).content)
    for number in range(110):
        desk.office.write(f"day{number}.txt", Sheet((Story(f"Number{number}"),), DAY).content)
    desk.turn(look=True)
    desk.turn(after=0.6)

    assert dict.fromkeys(before, "renamed.txt") == {
        id_: bulletin for id_, bulletin in desk.published.items() if id_ in before
    }


def test_small_bulletins_do_not_wait_for_a_large_one(desk):
    """They are published first, and it in the next turn, which is due at once."""
    desk.office.write("huge.txt", Sheet((Story("Storm"),), DAY).content + b"And so on.\n" * 100_000)
    desk.office.write("small.txt", Sheet((Story("Crane"),), DAY).content)
    for path in ("huge.txt", "small.txt"):
        desk.hear(Kind.MOVED_IN, path)
    desk.turn()

    assert {"monday.txt", "small.txt"} == set(desk.published.values())
    assert 0 == desk.turns.next_turn()
    desk.turn()
    assert {"monday.txt", "small.txt", "huge.txt"} == set(desk.published.values())


def test_deleted_bulletin_waits_only_so_long_for_what_is_being_written(desk):
    """A file that somebody writes to for ever keeps nothing published that was deleted."""
    (desk.office.input / "monday.txt").unlink()
    desk.hear(Kind.GONE, "monday.txt")
    for _ in range(7):
        desk.office.write("slow.txt", Sheet((Story("Storm"),), DAY).content)
        desk.hear(Kind.WRITTEN, "slow.txt")
        desk.turn(after=0.4)

    assert {} == desk.published


def test_next_turn_comes_when_a_missing_bulletin_is_given_up(desk):
    """Nothing is polled: the daemon sleeps exactly as long as there is nothing to decide."""
    (desk.office.input / "monday.txt").unlink()
    desk.hear(Kind.GONE, "monday.txt")
    desk.turn()
    assert pytest.approx(0.5) == desk.turns.next_turn()
    desk.turn(after=0.5)

    assert {} == desk.published
    assert desk.turns.next_turn() is None


def test_doubt_about_removals_stays_until_the_files_are_back(desk):
    """While most bulletins are missing at once, status says so all the time."""
    for number in range(11):
        desk.office.write(f"{number}.txt", Sheet((Story(f"Number{number}"),), DAY).content)
    desk.turn(look=True)
    desk.turn(after=0.5)
    parked = desk.office.input.with_name("parked")
    parked.mkdir()
    files = sorted(desk.office.input.glob("*.txt"))
    for file in files:
        file.rename(parked / file.name)
    desk.turn(look=True)
    desk.turn(after=0.5)
    desk.turn(after=0.5)
    assert "12 of 12 bulletins are gone at once" in desk.office.store.find_note(HELD_REMOVALS)

    for file in files:
        (parked / file.name).rename(file)
    desk.turn(look=True)
    assert "" == desk.office.store.find_note(HELD_REMOVALS)
    assert 14 == len(desk.published)

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reconcile.factories import ARRIVED, MONDAY, Desk, a_bulletin, a_story, at, circumstances, nothing_taken

from feedpub.model import Bulletin, Role
from feedpub.reconcile import Circumstances, reconcile

# RFC 4151 section 2.1 with an authority that is a DNS name; what follows the colon is pchar, "/" or "?".
TAG = re.compile(
    r"tag:[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*,\d{4}-\d{2}-\d{2}:"
    r"([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*"
)
SAFE_PATH = re.compile(r"\d{4}/\d{2}/\d{2}/[a-z0-9]+(-[a-z0-9]+)*/")


def ids(bulletin: Bulletin, reading: Circumstances | None = None, *, taken=nothing_taken) -> list[str]:
    """Return the ids that a first reading of `bulletin` mints."""
    changes = reconcile(bulletin, (), reading or circumstances(), taken=taken)
    return [entry.id for entry in changes.added]


def slug_of(title: str) -> str:
    """Return the slug of the lead of that title, hash included."""
    [minted] = ids(a_bulletin(title))
    return minted.rsplit(":", 1)[1]


SLUGS = {
    "plain": (
        "NATO Confirms North Korean Troops Deployed to Russia",
        "nato-confirms-north-korean-troops-deployed-to-russia",
    ),
    "apostrophes close up": ("Kremlin's “Strategic” Alliance", "kremlins-strategic-alliance"),
    "accents": ("Großer Kran für Ærø à Paris", "grosser-kran-fur-aero-a-paris"),
    "decomposed accents": ("Cafe\u0301", "cafe"),
    "Cyrillic": ("Кранът на пристанището", "krant-na-pristanishcheto"),
    "Chinese": ("北京市", "beijingshi"),
    "Arabic": ("مرحبا", "mrhb"),
    "decomposed Hangul": ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "hangug"),
    "emoji": ("🎉 Party", "tada-party"),
    "symbols alone": ("!!! ??? …", "entry"),
    "a path": ("../../etc/passwd", "etc-passwd"),
    "cut at a word": ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
    "one endless word": ("a" * 200, "a" * 60),
    "combining marks": ("Z" + "\u0301\u0316" * 1000 + "algo", "z"),
}


@pytest.mark.parametrize(("title", "expected"), SLUGS.values(), ids=SLUGS)
def test_slug_is_readable_in_ascii(title, expected):
    """An address tells what the story is about, in any script, and ends in eight hex characters."""
    slug, _, digest = slug_of(title).rpartition("-")

    assert expected == slug
    assert re.fullmatch("[0-9a-f]{8}", digest)


def test_id_and_permalink_hold_the_same_slug():
    """The id of an entry and the address of its page are recognisably the same."""
    [entry] = reconcile(a_bulletin("Storm"), (), circumstances(), taken=nothing_taken).added
    slug = entry.id.rsplit(":", 1)[1]

    assert f"tag:news.example.org,2024-10-21:{slug}" == entry.id
    assert f"2024/10/21/{slug}/" == entry.permalink


def test_ids_are_these_for_ever():
    """A release of feedpub that minted other ids would send readers everything again."""
    bulletin = a_bulletin(
        a_story("Storm Hits Coast", "Waves of ten metres."), a_story("Повече новини", "Още.")
    )

    assert [
        "tag:news.example.org,2024-10-21:storm-hits-coast-3a1b7833",
        "tag:news.example.org,2024-10-21:poveche-novini-036bd7c4",
    ] == ids(bulletin)


@settings(derandomize=True, deadline=None)
@given(st.text(min_size=1, max_size=300))
@example("🏴󠁧󠁢󠁥󠁮󠁧󠁿👩‍👩‍👧")
@example("../" * 30)
@example("a" + "\u0300" * 2000)
@example("\ud800")
@example("한국어 ภาษาไทย हिन्दी \u202eעברית")
@example("﷽" * 50)
def test_every_title_gives_a_safe_id_and_path(title):
    """Whatever stands in a title, ids are tag: URIs and paths stay within the output folder."""
    [entry] = reconcile(a_bulletin(title), (), circumstances(), taken=nothing_taken).added

    assert TAG.fullmatch(entry.id)
    assert SAFE_PATH.fullmatch(entry.permalink)
    assert max(map(len, entry.permalink.split("/"))) <= 100


DATES = {
    "its own": ({"date": MONDAY}, dt.date(2024, 10, 19), "2024-10-19"),
    "the bulletin's": ({"date": MONDAY}, None, "2024-10-21"),
    "the file's time": ({"date": None}, None, "2024-10-18"),
}


@pytest.mark.parametrize(("changes", "own", "expected"), DATES.values(), ids=DATES)
def test_id_date_is_the_nearest_the_text_gives(changes, own, expected):
    """An entry's id holds its own date, else the bulletin's, else the file's."""
    reading = circumstances(modified=at("2024-10-18 23:59"))
    [minted] = ids(a_bulletin(a_story("Storm", date=own), **changes), reading)

    assert f",{expected}:" in minted


IMPLAUSIBLE = {
    "none": None,
    "never set": dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
    "in the future": ARRIVED + dt.timedelta(seconds=1),
}


@pytest.mark.parametrize("modified", IMPLAUSIBLE.values(), ids=IMPLAUSIBLE)
def test_id_date_is_the_arrival_when_the_file_time_is_implausible(modified):
    """An undated bulletin with a senseless file time is dated by the local day on which it arrived."""
    reading = circumstances(arrived=at("2024-10-22 00:30"), now=ARRIVED, modified=modified)
    [minted] = ids(a_bulletin("Storm", date=None), reading)

    assert ",2024-10-22:" in minted


def test_id_does_not_depend_on_what_else_the_bulletin_says():
    """A rebuilt store gives a teaser its old id though another one was edited since."""
    one = ids(a_bulletin("Lead", a_story("Storm", "Waves."), "Other"))
    two = ids(a_bulletin("Lead", "More", a_story("Storm", "Waves."), a_story("Other", "Now with text.")))

    assert one[1] == two[2]


def test_id_does_not_depend_on_the_file():
    """A rebuilt store gives the same ids to a bulletin that was renamed or came on another day."""
    bulletin = a_bulletin("Lead", a_story("Storm", "Waves."))
    later = circumstances(path="archive/old.txt", arrived=at("2025-01-01 12:00"))

    assert ids(bulletin) == ids(bulletin, later)


def test_id_is_the_same_for_decomposed_letters():
    """A rebuilt store gives the same ids to a file that another system saved in another Unicode form."""
    assert ids(a_bulletin(a_story("Café", "Crème."))) == ids(
        a_bulletin(a_story("Cafe\u0301", "Cre\u0300me."))
    )


def test_teaser_in_two_bulletins_of_one_day_has_two_ids():
    """The same teaser under the morning's and the evening's lead is two entries."""
    morning = ids(a_bulletin("Morning", a_story("Storm", "Waves.")))
    evening = ids(a_bulletin("Evening", a_story("Storm", "Waves.")))

    assert not set(morning) & set(evening)


def test_same_entry_twice_in_a_bulletin_has_two_ids():
    """An entry that stands in a bulletin again and again gets as many ids, the same ones each time."""
    bulletin = a_bulletin("Lead", *[a_story("Storm", "Waves.")] * 5)
    minted = ids(bulletin)

    assert len(set(minted)) == 6
    assert minted == ids(bulletin)


def test_taken_id_is_extended_by_the_bulletin_then_by_the_place_among_equals():
    """An id that another file's entry has is not given out again, and the next choice is always the same."""
    bulletin = a_bulletin("Lead", "Storm")
    first = ids(bulletin)
    second = ids(bulletin, taken=frozenset(first).intersection)
    third = ids(bulletin, taken=frozenset(first + second).intersection)

    assert len({*first, *second, *third}) == 6
    assert second == ids(bulletin, taken=frozenset(first).intersection)


def test_store_is_asked_once_per_attempt():
    """Four hundred equal entries cost three questions to the store, not four hundred."""
    asked = []
    minted = ids(a_bulletin(*["Storm"] * 400), taken=lambda wanted: asked.append(wanted) or frozenset())

    assert len(set(minted)) == 400
    assert len(asked) == 3


def test_store_is_not_asked_when_nothing_is_new():
    """Reading an edited bulletin without new entries mints nothing."""
    desk = Desk()
    desk.read(a_bulletin("Lead", "Storm"))

    def never(wanted):
        raise AssertionError(wanted)

    reconcile(a_bulletin("Lead", "Storm"), desk.known, circumstances(), taken=never)


def test_id_of_a_retitled_entry_is_not_minted_again():
    """A new entry that says what an older one said when it was new gets an id of its own."""
    desk = Desk()
    storm = a_story("Storm", "Waves of ten metres hit the northern coast.")
    desk.read(a_bulletin("Lead", storm))
    desk.read(a_bulletin("Lead", replace(storm, title="Hurricane"), "Third"))
    desk.read(a_bulletin("Lead", replace(storm, title="Hurricane"), "Third", replace(storm, link=None)))

    assert len({entry.id for entry in desk.live}) == 4


def test_role_is_no_part_of_an_id():
    """Which story leads is the editor's choice of the hour."""
    teaser, lead = a_story("Storm", "Waves."), a_story("Lead", role=Role.LEAD)

    assert set(ids(a_bulletin(lead, teaser))) == set(ids(a_bulletin(teaser, lead)))

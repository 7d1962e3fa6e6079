"""Feeds of whole bulletins: one entry for each, whatever its editors do to it, and a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import feedparser
import pytest
from pipeline.stories import BRIDGE, CRANE, HALLORAN, HARBOUR, QUARRIES, STORIES, a_bulletin, catch_up, ids

from feedpub.model import Order, State, Verb


def whole(office) -> list:
    """Return the entries of the feed of whole bulletins, as a reader sees them."""
    parsed = feedparser.parse(office.files()["feeds/whole.atom"])
    assert not parsed.bozo
    return parsed.entries


def edit(office, *titles: str, **changes) -> None:
    """Write the bulletin anew and let feedpub catch up."""
    office.write("monday.txt", a_bulletin(*titles, **changes))
    catch_up(office)


def order(office, verb: Verb, target: str) -> None:
    """Give an order."""
    office.pipeline.leave(Order(verb=verb, target=target))
    office.pipeline.carry_out_orders()
    catch_up(office)


def test_bulletin_is_one_entry_with_lead_and_list(office):
    """The lead stands in full, each teaser in a list that leads to its page; so does a page."""
    [entry] = whole(office)
    lead = next(e for e in office.entries() if e.title == HARBOUR)

    assert (f"{lead.id}/bulletin", HARBOUR) == (entry.id, entry.title)
    text = entry.content[0].value
    assert f"<p>{STORIES[HARBOUR]}</p>" in text
    for teaser in (e for e in office.entries() if e.title != HARBOUR):
        item = f'<li><a href="http://news.example.org/{teaser.permalink}">{teaser.title}</a>'
        assert f"{item}<br />{STORIES[teaser.title]}</li>" in text.replace("<br>", "<br />")
    page = entry.link.removeprefix("http://news.example.org/")
    assert office.files()[f"{page}index.html"].count(b"<article") == len(STORIES)


CHANGES = {
    "corrected teaser": (STORIES, {"corrected": BRIDGE}),
    "corrected lead": (STORIES, {"corrected": HARBOUR}),
    "new teaser": ((*STORIES, CRANE), {}),
    "teaser taken out": ((HARBOUR, HALLORAN, BRIDGE), {}),
    "other order": ((HARBOUR, QUARRIES, BRIDGE, HALLORAN), {}),
    "other lead": ((BRIDGE, HARBOUR, HALLORAN, QUARRIES), {}),
    "new lead above": ((CRANE, *STORIES), {}),
}


@pytest.mark.parametrize(("titles", "changes"), CHANGES.values(), ids=CHANGES)
def test_changed_bulletin_is_the_same_entry_updated(office, titles, changes):
    """Whatever an editor changes in it, it keeps its id and address and gets a later date."""
    [before] = whole(office)
    edit(office, *titles, **changes)
    [after] = whole(office)

    assert (before.id, before.link, before.published) == (after.id, after.link, after.published)
    assert before.updated < after.updated == office.now.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    assert next(iter(titles)) == after.title


def test_untouched_and_renamed_bulletin_changes_nothing(office):
    """What readers cannot see is no update."""
    before = office.files()
    (office.input / "monday.txt").rename(office.input / "october.txt")
    catch_up(office)

    assert before == office.files()


def test_bulletin_that_lost_the_story_it_was_known_by_is_another_one(office):
    """The former is deleted for those who heed tombstones; what is left is published under its new lead."""
    [before] = whole(office)
    edit(office, HALLORAN, BRIDGE, QUARRIES)
    [after] = whole(office)

    assert f"{ids(office)[HALLORAN]}/bulletin" == after.id
    assert f'ref="{before.id}"'.encode() in office.files()["feeds/whole.atom"]
    gone = before.link.removeprefix("http://news.example.org/")
    assert b"noindex" in office.files()[f"{gone}index.html"]


def test_withdrawn_teaser_leaves_the_bulletin_and_comes_back(office):
    """The operator's word over a story counts in the bulletin that tells it."""
    [before] = whole(office)
    bridge = ids(office)[BRIDGE]
    order(office, Verb.WITHDRAW, bridge)
    [without] = whole(office)
    order(office, Verb.RESTORE, bridge)
    [after] = whole(office)

    assert BRIDGE not in without.content[0].value
    assert before.content == after.content
    assert before.updated < without.updated < after.updated


def test_bulletin_of_a_withdrawn_lead_is_withdrawn(office):
    """Its teasers stay by themselves until the operator restores it."""
    [before] = whole(office)
    lead = ids(office)[HARBOUR]
    order(office, Verb.WITHDRAW, lead)

    assert [] == whole(office)
    assert {HALLORAN, BRIDGE, QUARRIES} == ids(office).keys()
    order(office, Verb.RESTORE, lead)
    assert [before.id] == [entry.id for entry in whole(office)]


def test_split_bulletin_is_two(office):
    """The second file is a bulletin of its own, and the first one says less."""
    [before] = whole(office)
    office.write("second.txt", a_bulletin(BRIDGE, QUARRIES))
    edit(office, HARBOUR, HALLORAN)
    entries = {entry.title: entry for entry in whole(office)}

    assert {HARBOUR, BRIDGE} == entries.keys()
    assert before.id == entries[HARBOUR].id
    assert QUARRIES in entries[BRIDGE].content[0].value
    assert QUARRIES not in entries[HARBOUR].content[0].value


def test_several_bulletins_in_one_file_are_several_entries(office):
    """Each lead begins one."""
    two = b" date 2024-10-19 Ferry Sails Again\nThe ferry sails at six and at ten. Tickets come on board.\n"
    two += b"Harbour Master Retires\nHe had served the port for thirty years\n"
    two += b" date 2024-10-20 Mill Stands Still\nIts wheel broke on Tuesday. It will be mended in spring.\n"
    office.write("week.txt", two)
    catch_up(office)

    assert {"Ferry Sails Again", "Mill Stands Still", HARBOUR} == {entry.title for entry in whole(office)}


def test_embargoed_bulletin_appears_at_once(office):
    """Nothing of it is out before its moment, then all of it together."""
    moment = office.now + dt.timedelta(hours=2)
    matter = f"publish_at: {moment.isoformat()}"
    office.write("later.txt", a_bulletin(CRANE, date="2024-10-21", matter=matter))
    catch_up(office)

    assert [HARBOUR] == [entry.title for entry in whole(office)]
    office.now = moment
    catch_up(office)
    assert [CRANE, HARBOUR] == [entry.title for entry in whole(office)]


def test_feed_of_bulletins_that_is_added_later_has_all_of_them(office):
    """Who configures it after a year gets the year."""
    feeds = office.settings.feeds
    office.close()
    whole_feed = next(feed for feed in feeds if feed.name == "whole")
    office.settings = replace(office.settings, feeds=(*feeds, replace(whole_feed, name="more")))
    office.open()
    catch_up(office)

    content = office.files()["feeds/more.atom"]
    assert [entry.id for entry in whole(office)] == [e.id for e in feedparser.parse(content).entries]
    assert all(e.state is State.PUBLISHED for e in office.entries())

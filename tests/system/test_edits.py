"""An edit as subscribers of three feeds see it, and a correction as everybody does."""

from __future__ import annotations

import re

import feedparser
import pytest
from system.installation import BULLETIN, CONFIG, TITLES, Installation

FEEDS = """\
  silent: {{title: Silent News, edits: silent}}
  again: {{title: News Again, edits: reissue}}
"""
TITLE = "Ostrel's New Bridge Aims to Ease Traffic on the Coastal Road"
EDITED = "Ostrel's New Bridge May Ease Traffic on the Coastal Road"
SECOND_EDIT = "Ostrel's New Bridge Will Ease Traffic on the Coastal Road"
NOTE = "The shifts are an hour longer, not two."


NAMES = ("news", "silent", "again")


@pytest.fixture
def site(tmp_path):
    """Give a running installation with a feed of each policy, which has published the bulletin."""
    with Installation(tmp_path, config=CONFIG + FEEDS) as site:
        site.start()
        site.drop("monday.txt", BULLETIN)
        wait_for(site, TITLE)
        yield site


def wait_for(site, text: str, *, there: bool = True) -> None:
    """Wait until `text` stands in every feed, in the format that is written last, or in none."""
    site.wait(lambda: {there} == {text in site.get(f"feeds/{name}.json").text for name in NAMES})


def feed(site, name: str) -> feedparser.FeedParserDict:
    """Read a feed in all its formats, which agree; return what the Atom one says."""
    atom, rss = site.feed(f"{name}.atom"), site.feed(f"{name}.rss")
    items = site.get(f"feeds/{name}.json").json()["items"]
    assert (0, 0) == (atom.bozo, rss.bozo)
    assert [(e.id, e.title) for e in atom.entries] == [(e.id, e.title) for e in rss.entries]
    assert [(e.id, e.title, e.published, e.updated) for e in atom.entries] == [
        (i["id"], i["title"], *(i[key].replace("Z", "+00:00") for key in ("date_published", "date_modified")))
        for i in items
    ]
    assert [e.published_parsed for e in atom.entries] == [e.published_parsed for e in rss.entries]
    assert [e.content[0].value for e in atom.entries] == [e.content[0].value for e in rss.entries]
    return atom


def find(parsed: feedparser.FeedParserDict, title: str) -> feedparser.FeedParserDict:
    """Return the entry with that title."""
    [found] = [entry for entry in parsed.entries if entry.title == title]
    return found


def edit(site, old: str, new: str) -> None:
    """Edit a title, and wait until every feed has it."""
    site.drop("monday.txt", BULLETIN.replace(old, new))
    wait_for(site, new)


def test_an_edited_title_reaches_each_feed_by_its_policy(site):
    """The same entry with a new date; the same with its old date; a new entry instead of the old one."""
    before = {name: feed(site, name) for name in NAMES}
    old = find(before["news"], TITLE)

    edit(site, TITLE, EDITED)
    after = {name: feed(site, name) for name in before}

    update, silent, again = (find(after[name], EDITED) for name in NAMES)
    assert (old.id, old.published) == (update.id, update.published)
    assert old.updated < update.updated == after["news"].feed.updated
    assert (old.id, old.published, old.updated) == (silent.id, silent.published, silent.updated)
    assert before["silent"].feed.updated == after["silent"].feed.updated
    assert (f"{old.id};2", update.updated, update.updated) == (again.id, again.published, again.updated)
    assert old.id not in [entry.id for entry in after["again"].entries]
    assert again == after["again"].entries[0]
    assert f'<a href="{old.link}">Updated version of an earlier story</a>' in again.content[0].value
    assert [7, 7, 7] == [len(each.entries) for each in after.values()]


def test_each_further_edit_is_issued_again(site):
    """The third version has an id of its own, also after a restart."""
    first = find(feed(site, "again"), TITLE)
    edit(site, TITLE, EDITED)
    site.stop()
    site.start()
    edit(site, TITLE, SECOND_EDIT)

    ids = [entry.id for entry in feed(site, "again").entries]

    assert f"{first.id};3" == ids[0]
    assert not {first.id, f"{first.id};2"} & set(ids)


def test_a_withdrawn_version_is_buried_under_the_id_that_readers_saw(site):
    """And it comes back under the same one, newer than its tombstone."""
    edit(site, TITLE, EDITED)
    before = find(feed(site, "again"), EDITED)
    old = find(feed(site, "news"), EDITED)

    assert 0 == site.command("withdraw", old.id).returncode
    wait_for(site, EDITED, there=False)

    buried = [site.get(f"feeds/{name}.atom").text for name in NAMES]
    assert [f'ref="{each.id}"' in text for each, text in zip((old, old, before), buried, strict=True)] == [
        True
    ] * 3

    assert 0 == site.command("restore", old.id).returncode
    wait_for(site, EDITED)

    back = {name: find(feed(site, name), EDITED) for name in NAMES}
    assert [old.id, old.id, before.id] == [entry.id for entry in back.values()]
    assert 1 == len({entry.updated for entry in back.values()})
    assert before.published == back["again"].published < back["again"].updated
    assert find(feed(site, "news"), EDITED).published == back["silent"].published


def test_a_correction_is_a_dated_note_in_feeds_and_on_the_page(site):
    """It stands at the end of its story, not among the paragraphs, and keeps its date over further edits."""
    [lead, *_] = feed(site, "news").entries
    lines = BULLETIN.splitlines()
    corrected = "\n".join([*lines[:4], f"Correction: {NOTE}", *lines[4:]])
    site.drop("monday.txt", corrected)
    wait_for(site, NOTE)

    after = {name: find(feed(site, name), TITLES[0]) for name in NAMES}
    page = site.get(lead.link.split("/", 3)[3]).text

    assert [lead.id, lead.id, f"{lead.id};2"] == [entry.id for entry in after.values()]
    assert lead.updated == after["silent"].updated < after["news"].updated == after["again"].published
    notes = [_note(text) for text in (page, *(entry.content[0].value for entry in after.values()))]
    assert [notes[0]] * 4 == notes
    assert f"</time>:</strong> {NOTE}</p>" in notes[0]
    site.stop()
    site.start()
    site.drop("monday.txt", corrected.replace(TITLE, EDITED))
    wait_for(site, EDITED)
    assert notes[0] == _note(find(feed(site, "news"), TITLES[0]).content[0].value)


def _note(text: str) -> str:
    """Return the one paragraph that is a correction."""
    [note] = re.findall('<p class="correction"><strong>Correction, <time datetime="20.*</p>', text)
    return note

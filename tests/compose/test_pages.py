"""What stands on which page."""

from __future__ import annotations

from compose.factories import MORNING, a_feed, a_site, an_entry

from feedpub.compose import HOME_ENTRIES, entry_page, feed_page, feeds_page, gone_page, home_page
from feedpub.model import Role, State


def test_home_page_shows_the_latest_as_summaries():
    """The front page lists the newest stories, without their whole texts."""
    entries = [an_entry(number) for number in range(HOME_ENTRIES + 5)]

    page = home_page(entries[::-1], a_site(), [a_feed()])

    assert (page.path, page.template) == ("index.html", "home")
    (story,) = page.stories
    shown = (story.lead, *story.others)
    assert [entry.id for entry in entries[:HOME_ENTRIES]] == [entry.id for entry in shown]
    assert {None} == {entry.content_html for entry in shown}


def test_home_page_puts_bulletins_together_with_their_leads_first():
    """What one bulletin tells is not torn apart by another; what has none stands alone."""
    told = [("monday.txt", Role.TEASER), ("noon.txt", Role.LEAD), ("monday.txt", Role.LEAD), ("", Role.LEAD)]
    entries = [an_entry(n, bulletin=path, role=role) for n, (path, role) in enumerate(told)]

    page = home_page(entries, a_site(), [a_feed()])

    found = [[entry.title for entry in (story.lead, *story.others)] for story in page.stories]
    assert [["Story 2", "Story 0"], ["Story 1"], ["Story 3"]] == found


def test_page_of_a_feed_announces_it_first():
    """C145: Whoever gives a reader this page subscribes to this feed."""
    feeds = [a_feed(name="news"), a_feed(name="leads")]

    page = feed_page(feeds[1], [an_entry(0), an_entry(1)], a_site(), feeds)

    assert (page.path, page.template) == ("feeds/leads/index.html", "feed")
    assert ["leads", "news"] == [feed.name for feed in page.feeds]
    assert ["Story 0", "Story 1"] == [story.lead.title for story in page.stories]


def test_feeds_page_names_every_feed():
    """All feeds are on one page, in the order of the configuration."""
    page = feeds_page(a_site(), [a_feed(name="news"), a_feed(name="leads")])

    assert (page.path, page.template) == ("feeds/index.html", "feeds")
    assert [feed.name for feed in page.feeds] == ["news", "leads"]


def test_entry_page_stands_at_the_permalink():
    """The page of an entry is the file that its permalink opens."""
    page = entry_page(an_entry(), a_site(), [a_feed()])

    assert (page.path, page.template) == ("2024/10/21/story-0/index.html", "entry")
    assert [entry.content_html for entry in page.entries] == ["<p>What story 0 tells.</p>"]


def test_page_of_a_withdrawn_entry_holds_nothing_of_it():
    """Where it was stands when and why it went."""
    gone = an_entry(state=State.WITHDRAWN, reason="It was wrong.")

    page = gone_page(gone, a_site(), [a_feed()])

    assert (page.path, page.template) == ("2024/10/21/story-0/index.html", "gone")
    assert ((), MORNING, "It was wrong.") == (page.entries, page.withdrawn, page.reason)

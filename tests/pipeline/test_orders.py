"""The operator's orders and what follows from them, at instants that the test sets."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from pipeline.newsroom import MONDAY, Newsroom

from feedpub.model import Answer, Order, State, Verb

LEAD = "Harbour Workers Confirm Longer Shifts"
TEASER = "Ferry Timetable Changes for the Winter"
BULLETIN = f""" date 2024-10-21 {LEAD}
The harbour workers of Port Selby said on Monday that they would work two hours longer each day.
They asked for a new crane in return, and for a canteen that is open at night.
{TEASER}
From the first of December the last boat to Sandholm leaves at six in the evening.
"""
DAY = dt.timedelta(days=1)


@pytest.fixture
def newsroom(tmp_path):
    """Give a newsroom that published a lead and a teaser on Monday."""
    newsroom = Newsroom(tmp_path)
    newsroom.drop("monday.txt", BULLETIN)
    newsroom.build()
    assert [LEAD, TEASER] == newsroom.titles()
    return newsroom


def buried(newsroom, name="news.atom"):
    """Return the tombstones in a feed, by their ids."""
    found = re.findall(r'<at:deleted-entry ref="([^"]+)" when="([^"]+)"/>', newsroom.read(f"feeds/{name}"))
    return dict(found)


def page_of(newsroom, title):
    """Return the path of the page of an entry."""
    return f"{newsroom.entries()[title].permalink}index.html"


def withdraw(newsroom, title, **order):
    """Have the operator withdraw an entry; return its id."""
    entry = newsroom.entries()[title]
    assert newsroom.order(Verb.WITHDRAW, entry.id, **order).done
    return entry.id


def test_withdrawn_entry_stands_in_every_feed_as_a_tombstone(newsroom):
    """In those that showed it, with the instant of its withdrawal; the feed changed then."""
    newsroom.now += DAY
    lead = withdraw(newsroom, LEAD)

    assert [TEASER] == newsroom.titles()
    assert {lead: "2024-10-22T12:00:00Z"} == buried(newsroom) == buried(newsroom, "leads.atom")
    assert "<updated>2024-10-22T12:00:00" in newsroom.read("feeds/news.atom").split("<entry>")[0]


def test_tombstones_go_after_thirty_days(newsroom):
    """They stand until the day after, and go without any other change; then nothing is written."""
    withdraw(newsroom, TEASER)
    assert {} == buried(newsroom, "leads.atom")

    newsroom.now = MONDAY + 30 * DAY + dt.timedelta(hours=11)
    newsroom.build()
    assert 1 == len(buried(newsroom))
    before = newsroom.files()

    newsroom.now = MONDAY + 31 * DAY
    newsroom.build()

    assert {} == buried(newsroom)
    changed = {path for path, file in newsroom.files().items() if file != before[path]}
    assert {"feeds/news.atom"} == changed
    before = newsroom.files()
    newsroom.now += 10 * DAY
    newsroom.build()
    assert before == newsroom.files()


def test_tombstones_come_back_with_the_clock(newsroom):
    """A clock that was set far ahead by mistake has done no harm when it is right again."""
    withdraw(newsroom, TEASER)
    before = buried(newsroom)
    newsroom.now += 9999 * DAY
    newsroom.build()
    assert {} == buried(newsroom)

    newsroom.now = MONDAY + DAY
    newsroom.build()

    assert before == buried(newsroom)


def test_what_falls_out_of_the_window_is_not_buried(newsroom):
    """Readers keep what is merely old."""
    news = newsroom.config.feeds["news"]
    limit = news.limit.model_copy(update={"entries": 1})
    feeds = {**newsroom.config.feeds, "news": news.model_copy(update={"limit": limit})}
    newsroom.config = newsroom.config.model_copy(update={"feeds": feeds})
    newsroom.build()

    assert [LEAD] == newsroom.titles()
    assert {} == buried(newsroom)


def test_entry_that_comes_back_has_no_tombstone(newsroom):
    """Delete, restore, delete: never both in one feed, and the newer one counts."""
    for _ in range(2):
        (newsroom.input / "monday.txt").unlink()
        newsroom.build()
        assert [] == newsroom.titles()
        assert 2 == len(buried(newsroom))

        newsroom.drop("monday.txt", BULLETIN)
        newsroom.build()
        assert [LEAD, TEASER] == newsroom.titles()
        assert {} == buried(newsroom)

    assert newsroom.entries()[LEAD].updated == MONDAY + dt.timedelta(seconds=2)


def test_withdrawn_page_tells_when_and_why_and_nothing_else(newsroom):
    """The reason is the operator's; another one replaces it."""
    page = page_of(newsroom, LEAD)
    lead = withdraw(newsroom, LEAD, reason="The figures were wrong.")
    assert "withdrawn on" in newsroom.read(page)
    assert "The figures were wrong." in newsroom.read(page)
    assert "arbour" not in newsroom.read(page)

    newsroom.now += DAY
    answer = newsroom.order(Verb.WITHDRAW, lead, reason="They were forged.")

    assert (
        Answer(done=True, text=f"{lead} was withdrawn already, and stays so until it is restored") == answer
    )
    assert "They were forged." in newsroom.read(page)
    assert "2024-10-21T12:00:00Z" in newsroom.read(page)


def test_entry_whose_story_was_deleted_can_be_kept_out_for_good(newsroom):
    """Withdrawn by its editor, it would come back with its file; the operator's word is stronger."""
    (newsroom.input / "monday.txt").unlink()
    newsroom.build()
    withdraw(newsroom, LEAD)

    newsroom.drop("monday.txt", BULLETIN)
    newsroom.build()

    assert [TEASER] == newsroom.titles()
    assert 2 == len(newsroom.entries())


def test_entry_of_a_deleted_bulletin_can_be_put_back(newsroom):
    """It belongs to no file then, and is the same entry when the file comes back."""
    (newsroom.input / "monday.txt").unlink()
    newsroom.build()
    lead = newsroom.entries()[LEAD]

    answer = newsroom.order(Verb.RESTORE, lead.id)

    assert Answer(done=True, text=f"{lead.id} is published again") == answer
    assert [LEAD] == newsroom.titles()
    newsroom.build()
    assert [LEAD] == newsroom.titles()


def test_pages_of_withdrawn_entries_come_back_when_the_output_is_lost(newsroom):
    """The output can be deleted at any time; what is gone stays gone for who follows an old link."""
    page = page_of(newsroom, LEAD)
    withdraw(newsroom, LEAD)
    before = newsroom.read(page)
    (newsroom.output / page).unlink()

    newsroom.build()

    assert before == newsroom.read(page)


def test_withdrawing_what_nobody_saw_leaves_no_trace(newsroom):
    """No page, no tombstone, no change of any file; put back, it waits for its moment again."""
    newsroom.drop("later.txt", " date 2024-12-24 Secret Concert\nThe choir sings in the old lighthouse.\n")
    newsroom.build()
    before = newsroom.files()
    [secret] = [e for e in newsroom.entries().values() if e.state is State.SCHEDULED]

    withdraw(newsroom, secret.title)
    newsroom.now = secret.due - dt.timedelta(hours=1)
    newsroom.build()

    assert before.keys() == newsroom.files().keys()
    assert {} == buried(newsroom)
    answer = newsroom.order(Verb.RESTORE, secret.id)
    assert Answer(done=True, text=f"{secret.id} is scheduled again, for {secret.due.isoformat()}") == answer
    newsroom.now = secret.due
    newsroom.build()
    assert secret.title == newsroom.titles()[0]


def test_orders_left_while_nobody_worked_are_carried_out_in_turn(newsroom):
    """After a crash the next pass does them, each once."""
    lead = newsroom.entries()[LEAD].id
    with newsroom.store() as store:
        numbers = [
            store.leave_order(Order(verb=verb, target=lead), at=MONDAY)
            for verb in (Verb.WITHDRAW, Verb.RESTORE)
        ]

    newsroom.build()

    with newsroom.store() as store:
        assert [
            Answer(done=True, text=f"{lead} is withdrawn"),
            Answer(done=True, text=f"{lead} is published again"),
        ] == [store.find_answer(number) for number in numbers]
    assert [LEAD, TEASER] == newsroom.titles()


def test_order_that_is_carried_out_already_changes_nothing(newsroom):
    """Saying it twice is saying it once."""
    lead = withdraw(newsroom, LEAD)
    before = newsroom.files()

    assert Answer(done=True, text=f"{lead} is withdrawn already") == newsroom.order(Verb.WITHDRAW, lead)
    teaser = newsroom.entries()[TEASER].id
    assert Answer(done=True, text=f"{teaser} is not withdrawn") == newsroom.order(Verb.RESTORE, teaser)
    assert before == newsroom.files()


@pytest.mark.parametrize("verb", [Verb.WITHDRAW, Verb.RESTORE])
@pytest.mark.parametrize("cut", [slice(None, -2), slice(29, -9)], ids=["a slip", "a part of it"])
def test_unknown_id_names_the_nearest(newsroom, verb, cut):
    """Whoever mistypes an id, or knows only its words, is helped on."""
    lead = newsroom.entries()[LEAD].id
    wrong = lead[cut]

    answer = newsroom.order(verb, wrong)

    assert Answer(done=False, text=f"there is no entry {wrong!r}; did you mean {lead!r}?") == answer


def test_unknown_id_like_no_other_names_none(newsroom):
    """A wrong suggestion would be worse than none."""
    answer = newsroom.order(Verb.WITHDRAW, "7")

    assert not answer.done


@pytest.fixture
def strict(tmp_path):
    """Give a newsroom that holds a bulletin, since it holds all of them."""
    newsroom = Newsroom(tmp_path, hold_below=1)
    newsroom.drop("monday.txt", BULLETIN)
    newsroom.build()
    assert [] == newsroom.titles()
    return newsroom


def test_approved_bulletin_is_published(strict):
    """As it was understood; approving it again changes nothing."""
    assert Answer(done=True, text="'monday.txt' is approved") == strict.order(Verb.APPROVE, "monday.txt")

    assert [LEAD, TEASER] == strict.titles()
    before = strict.files()
    again = strict.order(Verb.APPROVE, "monday.txt")
    assert Answer(done=True, text="'monday.txt' is not held; it is published already") == again
    assert before == strict.files()


def test_approval_is_for_these_bytes(strict):
    """An edit is judged anew, and what was published before stays; the approved text is known for ever."""
    strict.order(Verb.APPROVE, "monday.txt")
    strict.drop("monday.txt", BULLETIN.replace("Harbour", "Dock"))
    strict.build()
    assert [LEAD, TEASER] == strict.titles()
    (strict.input / "monday.txt").unlink()
    strict.build()
    assert [] == strict.titles()

    strict.drop("again.txt", BULLETIN)
    strict.build()

    assert [LEAD, TEASER] == strict.titles()


def test_bulletin_that_changed_after_it_was_held_is_not_approved(strict):
    """The operator approves what they have seen."""
    with strict.store() as store:
        number = store.leave_order(Order(verb=Verb.APPROVE, target="monday.txt"), at=MONDAY)
        (strict.input / "monday.txt").write_text(BULLETIN.replace("Harbour", "Dock"))
        strict.carry_out_alone(store)
        answer = store.find_answer(number)

    assert answer == Answer(
        done=False, text="'monday.txt' changed after it was held; its new text is judged by itself"
    )


def test_bulletin_that_was_deleted_is_not_approved(strict):
    """There is nothing to publish."""
    with strict.store() as store:
        number = store.leave_order(Order(verb=Verb.APPROVE, target="monday.txt"), at=MONDAY)
        (strict.input / "monday.txt").unlink()
        strict.carry_out_alone(store)

        assert Answer(done=False, text="'monday.txt' is no longer in the input folder") == store.find_answer(
            number
        )


def test_what_is_wrong_cannot_be_approved(strict):
    """Approval helps against doubt, not against errors or slips."""
    strict.drop("empty.txt", "")

    unknown = strict.order(Verb.APPROVE, "mondy.txt")
    rejected = strict.order(Verb.APPROVE, "empty.txt")

    assert Answer(done=False, text="there is no bulletin 'mondy.txt'; did you mean 'monday.txt'?") == unknown
    assert not rejected.done
    assert rejected.text.startswith("'empty.txt' is not held but rejected, which approval cannot cure: ")

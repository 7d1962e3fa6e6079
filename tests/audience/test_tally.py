"""Counting visits: what is counted, who is told apart, what is forgotten."""

from __future__ import annotations

import datetime as dt
import itertools

from feedpub.audience import Ledger, Tally, Visit, summarise

NOON = dt.datetime(2024, 10, 21, 12, tzinfo=dt.UTC).timestamp()
DAY = dt.date(2024, 10, 21)
NEXT_DAY = 24 * 3600


def a_tally() -> Tally:
    """Make a tally whose days have keys of their own."""
    numbers = itertools.count(1)
    return Tally(lambda: next(numbers).to_bytes(16, "big"))


def a_visit(**changes) -> Visit:
    """Make the visit of one newsboat that has nothing yet."""
    plain = {
        "at": NOON,
        "feed": "news",
        "format": "rss",
        "status": 200,
        "bytes": 1000,
        "agent": "newsboat/2.21",
        "client": "192.0.2.7",
        "conditional": False,
    }
    return Visit(**plain | changes)


def counted(*visits: Visit) -> Tally:
    """Count visits."""
    tally = a_tally()
    for visit in visits:
        tally.count(visit)
    return tally


def only(tally: Tally):
    """Return the summary of the only feed."""
    (feed,) = summarise(tally.days.values())
    return feed


def test_requests_are_counted_by_what_was_answered():
    """Whole feeds, deltas and 304 are requests; errors and pages for browsers are counted apart."""
    feed = only(
        counted(
            a_visit(),
            a_visit(status=304, bytes=0, conditional=True),
            a_visit(status=226, bytes=100, conditional=True, format="atom"),
            a_visit(status=404, bytes=10),
            a_visit(view=True, bytes=5000),
        )
    )

    assert (feed.requests, feed.unchanged, feed.deltas, feed.errors, feed.views) == (3, 1, 1, 1, 1)
    assert feed.bytes == 1100
    assert feed.formats == {"atom": 1, "rss": 2}
    assert feed.unchanged_share == 1 / 3


def test_one_client_is_one_subscriber():
    """A client that asks all day is one subscriber; another address or another reader is another one."""
    feed = only(
        counted(
            a_visit(),
            a_visit(at=NOON + 3600),
            a_visit(client="192.0.2.8"),
            a_visit(agent="Liferea/1.14"),
        )
    )

    assert (feed.subscribers, feed.direct, feed.announced) == (3, 3, 0)
    assert feed.readers == {"Newsboat": 2, "Liferea": 1}


def test_service_is_as_many_subscribers_as_it_says():
    """Of the numbers a service says in a day the highest counts, once, from wherever it asks."""
    agent = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; {} subscribers)"
    feed = only(
        counted(
            a_visit(agent=agent.format(16)),
            a_visit(agent=agent.format(17), client="192.0.2.99"),
            a_visit(agent="Feedbin feed-id:1 - 2 subscribers"),
            a_visit(agent="Feedbin feed-id:2 - 3 subscribers"),
        )
    )

    assert (feed.subscribers, feed.announced, feed.direct) == (22, 22, 0)
    assert feed.readers == {"Feedly": 17, "Feedbin": 5}


def test_days_do_not_add_up_subscribers():
    """Over several days visits add up; of the subscribers the fullest day tells."""
    feed = only(
        counted(
            a_visit(), a_visit(client="192.0.2.8"), a_visit(at=NOON + NEXT_DAY), a_visit(at=NOON + NEXT_DAY)
        )
    )

    assert (feed.requests, feed.subscribers) == (4, 2)


def test_clients_that_ignore_caching_are_named():
    """Whoever asks four times in a day and never says what it has is named; a polite one is not."""
    polite = [a_visit(client="192.0.2.8", conditional=number > 0) for number in range(6)]
    rude = [a_visit(agent="lazybot/1.0") for _ in range(4)]

    assert only(counted(*polite, *rude)).careless == {"lazybot": 1}


def test_log_without_conditions_accuses_nobody():
    """Where nobody knows whether a request named a version, none is said to ignore caching."""
    assert only(counted(*[a_visit(conditional=None) for _ in range(9)])).careless == {}


def test_same_client_has_another_hash_on_the_next_day():
    """Nobody can be followed from one day to the next."""
    tally = counted(a_visit(), a_visit(at=NOON + NEXT_DAY))
    first, second = (set(day.feeds["news"].pollers) for day in tally.days.values())

    assert len(first) == len(second) == 1
    assert first.isdisjoint(second)


def test_address_is_kept_nowhere(tmp_path):
    """Neither the file of a day nor the hashes in it say an address."""
    tally = counted(a_visit())
    Ledger(tmp_path).write(tally.days[DAY])

    assert "192.0.2.7" not in (tmp_path / "2024-10-21.json").read_text()


def test_restart_counts_nobody_twice(tmp_path):
    """After a restart in the middle of a day the same clients are still the same."""
    ledger = Ledger(tmp_path)
    ledger.write(counted(a_visit(), a_visit(client="192.0.2.8")).days[DAY])
    later = a_tally()

    later.resume(ledger.find(DAY))
    later.count(a_visit(at=NOON + 60))

    assert (only(later).requests, only(later).subscribers) == (3, 2)


def test_day_that_is_over_forgets_its_clients(tmp_path):
    """When a day is over, its key and hashes leave the disk; the numbers stay."""
    ledger = Ledger(tmp_path)
    ledger.write(counted(a_visit(), a_visit(client="192.0.2.8")).days[DAY])
    before = summarise(ledger.days(since=DAY))

    ledger.close_before(DAY + dt.timedelta(days=1))
    day = ledger.find(DAY)

    assert (day.salt, day.feeds["news"].pollers) == (b"", {})
    assert summarise([day]) == before


def test_damaged_file_of_a_day_is_passed_over(tmp_path):
    """A file that says nothing sensible hides its own day alone."""
    ledger = Ledger(tmp_path)
    ledger.write(counted(a_visit()).days[DAY])
    (tmp_path / "2024-10-20.json").write_text("[]")
    (tmp_path / "notes.json").write_text("{}")

    assert [day.date for day in ledger.days(since=dt.date(2024, 1, 1))] == [DAY]

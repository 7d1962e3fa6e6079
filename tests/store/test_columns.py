"""How values rest in columns."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from feedpub.store.columns import EscapedText, Instant, Texts

ANY_TEXT = st.text(st.characters())
TRICKY_TEXT = st.text(st.sampled_from('\\udce9\udce9\ud83d\ude00é\n"')) | ANY_TEXT


def through_database(column, value):
    """Store a value in a database, and take it out again."""
    with closing(sqlite3.connect(":memory:")) as connection:
        rows = connection.execute("SELECT ?", [column.process_bind_param(value, None)])
        return column.process_result_value(rows.fetchone()[0], None)


@given(text=TRICKY_TEXT)
def test_any_text_comes_back(text):
    """Lone surrogates and backslashes are what they were."""
    assert text == through_database(EscapedText(), text)


@given(one=TRICKY_TEXT, other=TRICKY_TEXT)
def test_texts_are_equal_when_their_columns_are(one, other):
    """A file is never taken for another one."""
    spelt = EscapedText().process_bind_param

    assert (one == other) == (spelt(one, None) == spelt(other, None))


@given(texts=st.lists(ANY_TEXT.filter(lambda text: not _pairs(text))).map(tuple))
def test_any_list_of_texts_comes_back(texts):
    """Paragraphs keep their number, order and every character."""
    assert texts == through_database(Texts(), texts)


def _pairs(text: str) -> bool:
    # Two lone surrogates that make a pair are one character to JSON; no text has them, UTF-8 forbids it.
    return text != text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


@given(instant=st.datetimes(dt.datetime(2, 1, 1), dt.datetime(9998, 1, 1), timezones=st.timezones()))  # noqa: DTZ001  hypothesis adds the zones
def test_any_instant_comes_back_in_whole_seconds(instant):
    """Whatever the year and the zone, instants are equal to the second."""
    found = through_database(Instant(), instant)

    assert found.tzinfo is dt.UTC
    assert found == (instant.astimezone(dt.UTC)).replace(microsecond=0)

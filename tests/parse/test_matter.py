"""Front matter: what it says, and what it may not say."""

from __future__ import annotations

import datetime as dt

import pytest
from parse.samples import LEAD, bulletin, read

from feedpub.exceptions import BulletinError


def test_front_matter_describes_the_bulletin():
    """Every key ends in the field of its name."""
    head = (
        "---\ndate: 2024-05-06\npublish_at: 2024-05-07T18:00\nlanguage: pt-BR\nauthor: Ada Quill\n"
        "categories: [sea, city]\nlink: https://example.org/a\ndraft: true\n---\n"
    )

    parsed = read(head + bulletin(header=LEAD))

    assert parsed.date == dt.date(2024, 5, 6)
    assert parsed.publish_at == dt.datetime.fromisoformat("2024-05-07T18:00")
    assert (parsed.language, parsed.author, parsed.draft) == ("pt-BR", "Ada Quill", True)
    assert parsed.categories == ("sea", "city")
    assert parsed.entries[0].link == "https://example.org/a"
    assert parsed.entries[0].title == LEAD
    assert parsed.entries[0].line == 10


def test_title_in_front_matter_leads():
    """The text below needs no headline then."""
    parsed = read(f"---\ntitle: {LEAD}\n---\n" + bulletin().partition("\n")[2])

    assert parsed.entries[0].title == LEAD
    assert len(parsed.entries) == 4


@pytest.mark.parametrize(
    ("head", "reason"),
    {
        "bomb": ('a: &a ["x","x"]\nb: [*a,*a]', "anchors"),
        "unknown-key": ("slug: ../../etc/cron.d/feedpub", "'slug' cannot be used"),
        "no-date": ("date: next Tuesday", "'date' cannot be used"),
        "impossible": ("date: 2024-02-30", "no day 2024-02-30"),
        "no-moment": ("publish_at: soon", "'publish_at' cannot be used"),
        "no-language": ("language: ../x", "'language' cannot be used"),
        "no-address": ("link: javascript:alert(1)", "'link' cannot be used"),
        "no-truth": ("draft: perhaps", "'draft' cannot be used"),
        "list-for-text": ("author: [a, b]", "'author' cannot be used"),
        "no-correction": ("correction: {was: a, is: b}", "'correction' cannot be used"),
        "no-mapping": ("- a\n- b", "not a mapping"),
    }.values(),
    ids=[
        "bomb",
        "unknown-key",
        "no-date",
        "impossible",
        "no-moment",
        "no-language",
        "no-address",
        "no-truth",
        "list-for-text",
        "no-correction",
        "no-mapping",
    ],
)
def test_front_matter_that_cannot_be_used_is_refused_with_its_line(head, reason):
    """The author is told which key on which line, and what would be right."""
    with pytest.raises(BulletinError, match=reason) as caught:
        read(f"---\n{head}\n---\n{bulletin()}")

    assert caught.value.line is not None


def test_dashes_without_an_end_are_text():
    """A rule at the top is no front matter."""
    assert read(f"---\n{bulletin()}").entries[0].paragraphs

from __future__ import annotations

import pytest

from feedpub.reconcile.similarity import THRESHOLD, fold, likeness, story

TITLE = "Hungary and Gazprom Negotiate Increased Gas Supplies for 2025"
TEXT = (
    "Hungary and Russia's energy giant Gazprom have signed an agreement allowing Budapest to fully "
    "utilize the TurkStream gas pipeline"
)
REWRITTEN = (
    "The deal that both sides put their names to on Friday lets the country use all of the southern line"
)
OTHER_TITLE = "Gazprom's First Annual Loss in Decades Leads to Sale of Holiday Properties"
OTHER_TEXT = (
    "Gazprom, Russia's state-owned energy giant, has announced plans to sell several of its holiday "
    "resorts following its first annual loss in nearly 50 years"
)
RAIN = "Rain from the west in the morning, dry with some sun in the afternoon, wind from the north"
SUN = "Clear skies over the whole country, light wind, in the evening clouds from the south"

# one title, one text, other title, other text, the same entry?
CASES = {
    "a word corrected in the title": (TITLE, TEXT, TITLE.replace("Increased", "Larger"), TEXT, True),
    "new title, a word corrected in the text": (
        TITLE,
        TEXT,
        "Budapest Buys More",
        TEXT.replace("fully", "wholly"),
        True,
    ),
    "a word of the title, all of the text": (
        TITLE,
        TEXT,
        TITLE.replace("Increased", "Larger"),
        REWRITTEN,
        True,
    ),
    "title and text written anew": (TITLE, TEXT, "Budapest Buys More", REWRITTEN, False),
    "another story of the same people": (TITLE, TEXT, OTHER_TITLE, OTHER_TEXT, False),
    "tomorrow's weather": ("Weather for Monday", RAIN, "Weather for Tuesday", SUN, False),
    "no texts, a word of four": ("Dollar rises against euro", "", "Dollar falls against euro", "", True),
    "no texts, a word of two": ("Dollar rises", "", "Dollar falls", "", False),
    "texts that tell nothing": ("Storm hits coast", "More soon.", "Crane gets cable", "More soon.", False),
    "a text was added": ("Storm hits the coast", "", "Storm hits the coast hard", TEXT, True),
    "no texts, two warnings in Chinese": ("北京市今天发布暴雨预警", "", "北京市今天发布大风预警", "", False),
    "Chinese, the same text": (
        "暴雨",
        "北京市气象台今天上午发布暴雨预警信号",
        "大雨",
        "北京市气象台今天下午发布暴雨预警信号",
        True,
    ),
}


@pytest.mark.parametrize(("title", "text", "other_title", "other_text", "same"), CASES.values(), ids=CASES)
def test_likeness_tells_an_edit_from_another_story(title, text, other_title, other_text, same):
    """An editor's corrections keep an entry; putting another story in its place makes a new one."""
    one, other = story(title, (text,), shared=False), story(other_title, (other_text,), shared=False)

    assert same == (likeness(one, other).total >= THRESHOLD), likeness(one, other)
    assert likeness(one, other) == likeness(other, one)


FOLDED = {
    "case": ("STORM", "storm"),
    "spaces": (" storm \u00a0  hits ", "storm hits"),
    "punctuation": ("“Storm”: hits – coast!", "storm hits coast"),
    "full width": ("Ｓｔｏｒｍ", "storm"),
    "decomposed": ("Cafe\u0301", "café"),
    "sharp s": ("Straße", "strasse"),
    "vowel signs stay": ("हिन्दी", "हिन्दी"),
    "symbols stay": ("🎉", "🎉"),
    "nothing but punctuation": ("!!!", "!!!"),
}


@pytest.mark.parametrize(("text", "expected"), FOLDED.values(), ids=FOLDED)
def test_fold_keeps_what_tells_titles_apart(text, expected):
    """Titles are the same when they differ in case, spaces or punctuation alone."""
    assert expected == fold(text)

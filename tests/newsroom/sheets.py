"""Bulletins that an editor changes, with stories that can be told apart whatever becomes of them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from functools import cache

_SYLLABLES = ["ba", "ko", "ri", "mu", "sel", "tan", "vo", "pe", "lu", "gra", "dim", "fo", "nar", "zi", "ché"]
_TITLE_WORDS, _TEXT_WORDS = 4, 20


@dataclass(frozen=True)
class Story:
    """One story; `key` is a word that stands in every version of it and in no other one."""

    key: str
    headline: int = 0  # the how manyth headline
    wording: int = 0  # how many words of the text were changed, one after the other

    @property
    def title(self) -> str:
        return " ".join([self.key, *_words(f"{self.key} title {self.headline}", _TITLE_WORDS)])

    @property
    def text(self) -> str:
        words = list(_words(f"{self.key} text", _TEXT_WORDS))
        for change in range(1, self.wording + 1):
            words[change % _TEXT_WORDS] = _words(f"{self.key} change {change}", 1)[0]
        return f"{self.key} {' '.join(words)}."

    def retitled(self) -> Story:
        return replace(self, headline=self.headline + 1)

    def rewritten(self) -> Story:
        return replace(self, wording=self.wording + 1)


@dataclass(frozen=True)
class Sheet:
    """One bulletin as it stands in its file; the first story is the lead."""

    stories: tuple[Story, ...]
    date: dt.date
    publish_at: dt.datetime | None = None
    draft: bool = False
    encoding: str = "utf-8"

    @property
    def keys(self) -> set[str]:
        return {story.key for story in self.stories}

    @property
    def content(self) -> bytes:
        matter = [f"date: {self.date}"]
        matter += [f"publish_at: {self.publish_at.isoformat()}"] if self.publish_at else []
        matter += ["draft: true"] if self.draft else []
        told = [f"{'##' if place else '#'} {s.title}\n\n{s.text}\n" for place, s in enumerate(self.stories)]
        return "\n".join(["---", *matter, "---", *told]).encode(self.encoding)

    def is_due(self, now: dt.datetime) -> bool:
        return self.publish_at is None or self.publish_at <= now


@cache
def _words(seed: str, count: int) -> tuple[str, ...]:
    dice = random.Random(seed)
    return tuple("".join(dice.choices(_SYLLABLES, k=3)).capitalize() for _ in range(count))

"""Which entries a feed takes: by role, category, words, author, language, folder and age."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from feedpub.model import Criteria, Entry, Feed, Keywords, Role
from feedpub.patterns import compiled
from feedpub.slugs import folded

# Scripts that write no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese): a word of theirs
# is found wherever its signs stand.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_Test = Callable[[Entry], bool]


def takes(feed: Feed, entry: Entry, *, at: dt.datetime | None) -> bool:
    """Tell whether a feed takes an entry: its role, all that it selects, and nothing that it excludes.

    What a criterion lists is one or the other: ``categories: [sport, culture]`` means either. Ages are those
    of the instant `at`; None tells whether it takes the entry at any age. A feed of whole bulletins takes the
    entries by which these are known.
    """
    return (
        (_stands_for_bulletin(entry) if feed.has_bulletins else entry.role in feed.roles)
        and all(meets(entry) for meets in _tests(feed.select))
        and all(_of_age(feed.select, entry, at))
        and not any(meets(entry) for meets in _tests(feed.exclude))
        and not any(_of_age(feed.exclude, entry, at))
    )


def _of_age(criteria: Criteria, entry: Entry, at: dt.datetime | None) -> Iterator[bool]:
    """Tell of both limits of age, as far as they matter, whether an entry is within them."""
    if at is None:
        return
    if criteria.newer_than is not None:
        yield entry.published >= at - criteria.newer_than
    if criteria.older_than is not None:
        yield entry.published < at - criteria.older_than


def _stands_for_bulletin(entry: Entry) -> bool:
    return entry.leads_issue or (entry.issue is None and entry.role is Role.LEAD)


@lru_cache(maxsize=1024)
def _tests(criteria: Criteria) -> tuple[_Test, ...]:
    return tuple(_named(criteria))


def _named(criteria: Criteria) -> Iterator[_Test]:
    """Yield a test for every criterion that matters."""
    if roles := criteria.roles:
        yield lambda entry: entry.role in roles
    if names := frozenset(map(folded, criteria.categories)):
        yield lambda entry: not names.isdisjoint(map(folded, entry.categories))
    if authors := frozenset(map(folded, criteria.authors)):
        yield lambda entry: folded(entry.author or "") in authors
    if languages := criteria.languages:
        yield lambda entry: any(map(_in_language(entry.language or ""), languages))
    if criteria.sources:
        pattern = compiled(criteria.sources)
        yield lambda entry: pattern.fullmatch(entry.bulletin) is not None
    yield from _of_words(criteria.keywords)


def _in_language(tag: str) -> Callable[[str], bool]:
    """Match by the beginning of the tag (RFC 4647 section 3.3.1, basic filtering)."""
    own = f"{tag.lower()}-"
    return lambda wanted: own.startswith(f"{wanted.lower()}-")


def _of_words(keywords: Keywords) -> Iterator[_Test]:
    if any_of := _patterns(keywords.any):
        yield lambda entry: _holds(entry, any_of, any)
    if all_of := _patterns(keywords.all):
        yield lambda entry: _holds(entry, all_of, all)
    if none_of := _patterns(keywords.none):
        yield lambda entry: not _holds(entry, none_of, any)


def _holds(entry: Entry, patterns: Iterable[re.Pattern[str]], how: Callable[[Iterable[bool]], bool]) -> bool:
    text = folded("\n".join((entry.title, *entry.paragraphs)))
    return how(pattern.search(text) is not None for pattern in patterns)


def _patterns(phrases: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(folded(phrase)) for phrase in phrases)


def _pattern(phrase: str) -> re.Pattern[str]:
    """Compile a folded phrase: whole words, whatever parts them; ``*`` stands for any letters."""
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    inner = r"\W+".join(words)
    return re.compile(inner if _UNSPACED.search(phrase) else rf"(?<!\w){inner}(?!\w)")

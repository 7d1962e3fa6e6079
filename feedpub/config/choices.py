"""The types of the fields of config.yaml that are one of a few words, or several of them."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field

from feedpub.config.findings import WrongError, shown
from feedpub.config.kinds import one_of

T = TypeVar("T")


def _without_repetition(items: tuple[T, ...]) -> tuple[T, ...]:
    for index, item in enumerate(items):
        if item in items[:index]:
            raise WrongError(f"{shown(str(item))} is listed twice", "name each once", at=(index,))
    return items


Removal = Annotated[
    Literal["withdraw", "keep"], one_of("a way to treat removed bulletins", "withdraw", "keep")
]
Formats = Annotated[
    tuple[Annotated[Literal["rss", "atom", "json"], one_of("a format", "rss", "atom", "json")], ...],
    Field(min_length=1),
    AfterValidator(_without_repetition),
]
Shape = Annotated[
    Literal["stories", "leads", "teasers", "bulletins"],
    one_of("a shape", "stories", "leads", "teasers", "bulletins"),
]
Content = Annotated[Literal["full", "summary"], one_of("a kind of content", "full", "summary")]
Edits = Annotated[
    Literal["update", "silent", "reissue"], one_of("a way to treat edits", "update", "silent", "reissue")
]

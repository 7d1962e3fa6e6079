"""A bulletin in the plainest shape, and the words to vary it."""

from __future__ import annotations

from feedpub.model import Bulletin, Hints
from feedpub.parse import parse

LEAD = "Harbour Bridge Reopens to Trams After Two Winters"
PARAGRAPHS = (
    (
        "Trams crossed the harbour bridge on Monday for the first time since the storm of 2022,"
        " when a barge broke"
        " loose and struck the middle pier. Some four hundred people waited at the eastern ramp with flags."
    ),
    "The mayor, who had promised the reopening for the spring, rode in the first car to the fish market.",
    (
        "Repairs took eleven months longer than planned because the steel had to be ordered"
        " twice. According to the"
        " city engineer, the new bearings will last for sixty years."
    ),
)
TEASERS = (
    (
        "Night Ferry to Keep Running Until the End of March",
        "The company says that too many passengers have grown used to it",
    ),
    (
        "Library Lends Out Umbrellas to Its Younger Readers",
        "Each of the nine branches has received forty of them, all in green",
    ),
    (
        "School Choir Wins Prize With a Song About Herrings",
        "The jury praised the courage of the basses in the third verse",
    ),
)


def bulletin(
    *,
    header: str = f" date 2024-10-21 {LEAD}",
    teasers: tuple[tuple[str, str], ...] = TEASERS,
    end: str = "\n",
) -> str:
    """Write a bulletin in the shape the product was made for."""
    return end.join([header, *PARAGRAPHS, *(line for teaser in teasers for line in teaser)])


def read(text: str | bytes, *, name: str = "bulletin.txt", language: str | None = "en") -> Bulletin:
    """Parse a text as the bulletin of that name."""
    return parse(text.encode() if isinstance(text, str) else text, Hints(name=name, language=language))


def titles(parsed: Bulletin) -> list[str]:
    """Return the titles of all entries."""
    return [entry.title for entry in parsed.entries]

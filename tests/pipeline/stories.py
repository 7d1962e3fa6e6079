"""A bulletin of four stories, none like another, and an office that has published it."""

from __future__ import annotations

import datetime as dt

from newsroom.office import Office

from feedpub.model import Outcome, State

NOON = dt.datetime(2024, 10, 21, 9, 0, 0, tzinfo=dt.UTC)
STORIES = {
    "Harbour Workers Confirm Longer Shifts": "From Monday on the cranes of Port Selby work until ten.",
    "Ines Halloran Vows to Challenge Mayor": "The librarian wants to move into city hall next spring.",
    "New Bridge Aims to Ease Traffic": "Ostrel opens four lanes over the river before the winter.",
    "Quarries Sold After Annual Loss": "Brennkies gives up three of its pits in the northern hills.",
}
HARBOUR, HALLORAN, BRIDGE, QUARRIES = STORIES
CRANE = "Crane Gets Another Cable"
_TEXTS = STORIES | {CRANE: "The old steel rope had carried loads for thirty years."}


def a_bulletin(
    *titles: str, corrected: str = "", retitled: str = "", date: str = "2024-10-21", matter: str = ""
) -> bytes:
    """Write a bulletin; in the story `corrected` a word is another one, `retitled` has another title."""
    told = []
    for title in titles:
        text = _TEXTS[title]
        if title == corrected:
            text = text.replace("the", "their", 1)
        if title == retitled:
            title = "What Everybody Talks About"  # noqa: PLW2901  the text was chosen by the old one
        told.append(f"{'##' if told else '#'} {title}\n\n{text}\n")
    return "\n".join(["---", f"date: {date}", matter, "---", *told]).encode()


def catch_up(office: Office) -> None:
    """Make a pass, a minute after the one before."""
    office.now += dt.timedelta(minutes=1)
    office.take_in()
    office.publish()


def ids(office: Office) -> dict[str, str]:
    """Return the ids of what is published, by title."""
    return {entry.title: entry.id for entry in office.entries() if entry.state is State.PUBLISHED}


def outcomes(office: Office) -> dict[str, Outcome]:
    """Return what became of each file."""
    return {record.path: record.outcome for record in office.store.records()}

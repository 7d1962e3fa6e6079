"""Which stories are told together, and by which of them their bulletin is known.

A bulletin is known by the story that led it first, for as long as it tells that story: a new lead above it
makes no new bulletin. When its author takes that story out, what is left is another bulletin.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from feedpub.model import Changes, Entry, Role, State
from feedpub.reconcile.dates import SECOND, whole_seconds
from feedpub.reconcile.visible import digest, fingerprint


def with_issues(changes: Changes) -> Changes:
    """Return `changes` to one file with the bulletin of each story that it tells."""
    present = sorted(
        (*changes.added, *changes.updated, *changes.unchanged), key=lambda entry: (entry.position, entry.id)
    )
    bulletins = [(_known_by(told), told) for told in _bulletins(present)]
    issues = {entry.id: issue for issue, told in bulletins for entry in told}
    added, updated, unchanged = (
        tuple(replace(entry, issue=issues[entry.id]) for entry in group)
        for group in (changes.added, changes.updated, changes.unchanged)
    )
    return Changes(added=added, updated=updated, unchanged=unchanged, withdrawn=changes.withdrawn)


def retold(entry: Entry, stories: Sequence[Entry], *, now: dt.datetime) -> Entry:
    """Return `entry`, by which a bulletin is known, with what that tells: its published `stories`.

    The first time nobody has seen anything else. Equal to `entry` when readers see no difference. A later
    version has a later date, whatever the clock says.
    """
    told = digest(entry.state, *(f"{story.id} {story.role} {fingerprint(story)}" for story in stories))
    if told == entry.told:
        return entry
    former = entry.renewed or entry.published
    changed = max(whole_seconds(now), former + SECOND) if entry.told else former
    return replace(entry, told=told, renewed=max((changed, *(story.updated for story in stories))))


def _bulletins(present: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the stories of each bulletin of a file; a second lead begins the next one."""
    told: list[Entry] = []
    led = False
    for entry in present:
        if led and entry.role is Role.LEAD:
            yield told
            told = []
        led |= entry.role is Role.LEAD
        told.append(entry)
    if told:
        yield told


def _known_by(told: Sequence[Entry]) -> str:
    """Return the id of the story by which the bulletin of these is known."""
    lead = next((entry for entry in told if entry.role is Role.LEAD), told[0])
    if lead.leads_issue:
        return lead.id
    former = (entry.id for entry in told if entry.leads_issue and entry.state is not State.WITHDRAWN)
    return next(former, lead.id)

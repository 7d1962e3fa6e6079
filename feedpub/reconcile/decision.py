"""The decision: what a bulletin's text adds, updates, leaves and withdraws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from feedpub.model import Bulletin, Changes, Entry, State
from feedpub.reconcile.circumstances import Circumstances
from feedpub.reconcile.dates import refuse_implausible_dates, whole_seconds
from feedpub.reconcile.identity import Identity, Taken, mint
from feedpub.reconcile.matching import match
from feedpub.reconcile.moments import Moment, Past, moments
from feedpub.reconcile.visible import fingerprint


def reconcile(
    bulletin: Bulletin, known: Sequence[Entry], circumstances: Circumstances, *, taken: Taken
) -> Changes:
    """Decide what `bulletin` does to the `known` entries of its file.

    Withdrawn entries among them can come back; those that were withdrawn before anyone saw them must be
    left out. Ids and permalinks never change, nor does `published` once readers have seen an entry.
    `updated` moves to now when what readers see does.

    Nothing that is published is taken back by a date: when its bulletin gets one that is still to come,
    an entry stays, since readers have it already; what is added to that bulletin waits. An entry that
    nobody has seen takes the date the text now gives. A draft is not published: what is known of it is
    withdrawn, and comes back under the same ids when it is a draft no longer.

    `taken` says which of some ids belong to an entry of any bulletin. Raises BulletinError when a date
    cannot be meant.
    """
    if bulletin.draft:
        return withdraw(known, now=circumstances.now)
    refuse_implausible_dates(bulletin, name=circumstances.path)
    matched = match(bulletin.entries, known)
    schedule = _schedule(bulletin, known, matched, circumstances)
    newcomers = [place for place in range(len(bulletin.entries)) if place not in matched]
    own_ids = frozenset(entry.id for entry in known)
    minted = mint(bulletin, newcomers, circumstances, taken=lambda ids: own_ids | taken(ids))

    added = (_entry(bulletin, place, minted[place], schedule[place], circumstances) for place in newcomers)
    updated, unchanged = _carry_on(bulletin, matched, schedule, circumstances)
    kept = {old.id for old in matched.values()}
    gone = withdraw([entry for entry in known if entry.id not in kept], now=circumstances.now)
    return Changes(added=tuple(added), updated=updated, unchanged=unchanged, withdrawn=gone.withdrawn)


def withdraw(known: Sequence[Entry], *, now: dt.datetime) -> Changes:
    """Withdraw those of the `known` entries that are not withdrawn yet; `updated` tells when."""
    live = [entry for entry in known if entry.state is not State.WITHDRAWN]
    return Changes(
        withdrawn=tuple(
            replace(entry, state=State.WITHDRAWN, updated=max(whole_seconds(now), entry.updated))
            for entry in sorted(live, key=lambda entry: (entry.position, entry.id))
        )
    )


def _schedule(
    bulletin: Bulletin, known: Sequence[Entry], matched: Mapping[int, Entry], circumstances: Circumstances
) -> dict[int, Moment]:
    """Return the moments of all entries of `bulletin` but those that readers have seen."""
    past = Past(
        seen={place: entry.published for place, entry in matched.items() if _is_seen(entry)},
        unseen=frozenset(place for place, entry in matched.items() if not _is_seen(entry)),
        occupied=frozenset(entry.published for entry in known if _is_seen(entry)),
    )
    return moments(bulletin, past=past, circumstances=circumstances)


def _carry_on(
    bulletin: Bulletin,
    matched: Mapping[int, Entry],
    schedule: Mapping[int, Moment],
    circumstances: Circumstances,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the `matched` entries as the new text has them: the updated ones, the unchanged ones."""
    updated, unchanged = [], []
    for place, old in sorted(matched.items()):
        identity = Identity(id=old.id, permalink=old.permalink)
        moment = schedule.get(place, Moment(published=old.published))
        new = _entry(bulletin, place, identity, moment, circumstances)
        if _shows_the_same(old, new):
            # The old text stays to the byte, even where the new one encodes the same letters otherwise.
            unchanged.append(replace(old, bulletin=new.bulletin, position=place, role=new.role))
        else:
            updated.append(_dated(new, old, now=circumstances.now))
    return tuple(updated), tuple(unchanged)


def _entry(
    bulletin: Bulletin, place: int, identity: Identity, moment: Moment, circumstances: Circumstances
) -> Entry:
    """Return the entry at `place` of `bulletin` as readers see it first."""
    parsed = bulletin.entries[place]
    return Entry(
        id=identity.id,
        bulletin=circumstances.path,
        position=place,
        role=parsed.role,
        title=parsed.title,
        paragraphs=parsed.paragraphs,
        permalink=identity.permalink,
        published=moment.published,
        updated=moment.published,
        state=State.SCHEDULED if moment.due else State.PUBLISHED,
        due=moment.due,
        language=bulletin.language,
        author=bulletin.author,
        categories=tuple(dict.fromkeys((*parsed.categories, *bulletin.categories))),
        link=parsed.link,
    )


def _shows_the_same(old: Entry, new: Entry) -> bool:
    """Tell whether readers see no difference, now or when the moment comes."""
    same_time = (old.state, old.published, old.due) == (new.state, new.published, new.due)
    return same_time and fingerprint(old) == fingerprint(new)


def _dated(new: Entry, old: Entry, *, now: dt.datetime) -> Entry:
    """Return `new` with the instant of its update, if it is one: what nobody saw yet is new."""
    if not _is_seen(old):
        return new
    return replace(new, updated=max(whole_seconds(now), old.updated, old.published))


def _is_seen(entry: Entry) -> bool:
    return entry.state is not State.SCHEDULED

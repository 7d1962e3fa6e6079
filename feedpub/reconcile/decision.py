"""The decision: what a bulletin's text adds, updates, leaves and withdraws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from feedpub.model import Bulletin, Changes, Entry, State
from feedpub.reconcile.circumstances import Circumstances
from feedpub.reconcile.corrections import dated
from feedpub.reconcile.dates import refuse_implausible_dates, whole_seconds
from feedpub.reconcile.identity import Identity, Taken, mint
from feedpub.reconcile.issues import with_issues
from feedpub.reconcile.matching import match
from feedpub.reconcile.moments import Moment, Past, moments
from feedpub.reconcile.versions import next_version, shows_the_same, still_out
from feedpub.reconcile.visible import is_seen


def reconcile(
    bulletin: Bulletin,
    known: Sequence[Entry],
    circumstances: Circumstances,
    *,
    taken: Taken,
    moved: Mapping[int, Entry] | None = None,
) -> Changes:
    """Decide what `bulletin` does to the `known` entries of its file.

    Withdrawn entries among them can come back; those that were withdrawn before anyone saw them must be
    left out. Ids and permalinks never change, nor does `published` once readers have seen an entry.
    `updated` moves to now when what readers see does.

    Nothing that is published is taken back by a date: when its bulletin gets one that is still to come,
    an entry stays, since readers have it already; what is added to that bulletin waits. An entry that
    nobody has seen takes the date the text now gives. A draft is not published: what is known of it is
    withdrawn, and comes back under the same ids when it is a draft no longer.

    What the operator keeps out stays withdrawn whatever its text does; the text is taken note of, for the
    day on which it is put back.

    `taken` says which of some ids belong to an entry of any bulletin; `moved` which entries that were in
    other files are the stories at which places now. Raises BulletinError when a date cannot be meant.
    """
    moved = moved or {}
    if bulletin.draft:
        return withdraw(known, now=circumstances.now)
    refuse_implausible_dates(bulletin, name=circumstances.path)
    matched = match(bulletin.entries, known, settled=moved)
    known = (*known, *moved.values())
    schedule = _schedule(bulletin, known, matched, circumstances)
    newcomers = [place for place in range(len(bulletin.entries)) if place not in matched]
    own_ids = frozenset(entry.id for entry in known)
    minted = mint(bulletin, newcomers, circumstances, taken=lambda ids: own_ids | taken(ids))

    added = (_entry(bulletin, place, minted[place], schedule[place], circumstances) for place in newcomers)
    updated, unchanged = _carry_on(bulletin, matched, schedule, circumstances)
    kept = {old.id for old in matched.values()}
    gone = withdraw([entry for entry in known if entry.id not in kept], now=circumstances.now)
    return with_issues(
        Changes(added=tuple(added), updated=updated, unchanged=unchanged, withdrawn=gone.withdrawn)
    )


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
        seen={place: entry.published for place, entry in matched.items() if is_seen(entry)},
        unseen=frozenset(place for place, entry in matched.items() if not is_seen(entry)),
        occupied=frozenset(entry.published for entry in known if is_seen(entry)),
    )
    return moments(bulletin, past=past, circumstances=circumstances)


def _carry_on(
    bulletin: Bulletin,
    matched: Mapping[int, Entry],
    schedule: Mapping[int, Moment],
    circumstances: Circumstances,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the `matched` entries as the new text has them: the updated ones, the unchanged ones."""
    updated: list[Entry] = []
    unchanged: list[Entry] = []
    for place, old in sorted(matched.items()):
        identity = Identity(id=old.id, permalink=old.permalink, address=old.address)
        moment = schedule.get(place, Moment(published=old.published))
        notes = dated(bulletin.entries[place].corrections, old, circumstances)
        new = replace(
            _entry(bulletin, place, identity, moment, circumstances),
            corrections=notes,
            issue=old.issue,
            told=old.told,
            renewed=old.renewed,
        )
        if old.kept_out:
            unchanged.append(still_out(new, old, now=circumstances.now))
        elif shows_the_same(old, new):
            # The old text stays to the byte, even where the new one encodes the same letters otherwise.
            unchanged.append(_told_again(old, new))
        else:
            updated.append(next_version(new, old, now=circumstances.now, ahead=len(updated)))
    return tuple(updated), tuple(unchanged)


def _told_again(old: Entry, new: Entry) -> Entry:
    """Return `old` in its bulletin; what is only known as our own feeds wrote it, in the bulletin's words.

    Corrections stay as they were written there: on which day they came is not known otherwise.
    """
    if old.content_html is None or old.address or new.corrections:
        return replace(old, bulletin=new.bulletin, position=new.position, role=new.role)
    return replace(new, updated=old.updated, version=old.version, issued=old.issued, restored=old.restored)


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
        corrections=dated(parsed.corrections, None, circumstances),
        address=identity.address,
        image=parsed.image,
        enclosures=parsed.enclosures,
    )

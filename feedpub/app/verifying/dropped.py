"""The input folder held against the store."""

from __future__ import annotations

from feedpub import inbox
from feedpub.app.reporting import shown
from feedpub.app.verifying.findings import Finding, Note, Part
from feedpub.config import Config
from feedpub.exceptions import TransientError
from feedpub.pipeline import HELD_REMOVALS
from feedpub.store import Store


def differences(config: Config, store: Store) -> tuple[list[Finding], list[Note]]:
    """Find bulletins whose file is gone; note those that wait to be taken in."""
    try:
        look = inbox.look(config.input.folder, include=config.input.include)
    except TransientError as error:
        missing = Finding(part=Part.INPUT, where="", what=str(error), cure="bring the folder back")
        return [missing], []
    found = inbox.compare(inbox.accompanied(look, store.companions()), store.signatures())
    held = store.find_note(HELD_REMOVALS)
    gone = [_gone(path, held) for path in sorted(found.vanished)]
    waiting = [
        Note(part=Part.INPUT, where=shown(path), what=f"{why}; `feedpub build` takes it in")
        for why, paths in (("is new", found.new), ("has changed", found.changed))
        for path in sorted(paths)
    ]
    return gone, waiting


def _gone(path: str, held: str | None) -> Finding:
    what = "the file of this bulletin is gone, and its entries are not withdrawn"
    if held:
        return Finding(part=Part.INPUT, where=shown(path), what=what, cure=held)
    cure = "bring it back, or run `feedpub build`, which heeds input.removed"
    return Finding(part=Part.INPUT, where=shown(path), what=what, cure=cure, passing=True)

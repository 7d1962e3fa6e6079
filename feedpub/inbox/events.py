"""File events: hints that make the look at the folder come sooner."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub.exceptions import TransientError

if TYPE_CHECKING:
    from feedpub.inbox.notification import Watch


class Kind(StrEnum):
    """What happened."""

    MOVED_IN = "moved in"  # renamed into place: whole
    WRITTEN = "written"  # closed by a writer, who may open it again; or its times or rights were changed
    GONE = "gone"  # deleted or renamed away
    UNCLEAR = "unclear"  # folders changed, events were lost, the root is gone: look at everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in the input folder."""

    kind: Kind
    path: str = ""  # relative to the input folder; "" when it is unclear what is concerned


def watch(root: Path) -> Watch:
    """Begin to watch `root` and every folder in it; events wait from now on until they are asked for.

    Raises TransientError when there are no events to be had: another system than Linux, a limit of the
    kernel reached, no such folder.
    """
    if sys.platform != "linux":
        raise TransientError(f"cannot watch {str(root)!r}: file events need Linux")
    from feedpub.inbox.notification import Watch  # noqa: PLC0415  asyncinotify fails to load elsewhere

    return Watch(root)

"""The words feedpub thinks in: frozen values that every room shares.

Instants are aware datetimes in UTC with whole seconds. Text is clean: NFC is kept as written, only
characters that XML 1.0 section 2.2 allows, no line ends inside titles.
"""

from feedpub.model.bulletins import (
    Bulletin,
    Explanation,
    Hints,
    LineReading,
    ParsedEntry,
    Warning,  # noqa: A004  as there
)
from feedpub.model.common import Enclosure, Person, Role, State
from feedpub.model.documents import (
    Archive,
    Category,
    Criteria,
    Edits,
    Feed,
    FeedDocument,
    FeedEntry,
    Keywords,
    PageDocument,
    Resource,
    Site,
    Story,
    Tombstone,
)
from feedpub.model.effort import Effort
from feedpub.model.entries import Changes, Correction, Entry
from feedpub.model.foreign import ForeignEntry, ForeignFeed
from feedpub.model.media import MEDIA_TYPES, Named, suffix_of
from feedpub.model.orders import Answer, Order, Verb
from feedpub.model.push import Delivery, Intent, Mode, Task, Told, Topic
from feedpub.model.records import (
    BulletinRecord,
    Outcome,
    Signature,
    Stale,
    archive_mark,
    archive_of,
    topic_mark,
    topic_of,
)

__all__ = [
    "MEDIA_TYPES",
    "Answer",
    "Archive",
    "Bulletin",
    "BulletinRecord",
    "Category",
    "Changes",
    "Correction",
    "Criteria",
    "Delivery",
    "Edits",
    "Effort",
    "Enclosure",
    "Entry",
    "Explanation",
    "Feed",
    "FeedDocument",
    "FeedEntry",
    "ForeignEntry",
    "ForeignFeed",
    "Hints",
    "Intent",
    "Keywords",
    "LineReading",
    "Mode",
    "Named",
    "Order",
    "Outcome",
    "PageDocument",
    "ParsedEntry",
    "Person",
    "Resource",
    "Role",
    "Signature",
    "Site",
    "Stale",
    "State",
    "Story",
    "Task",
    "Told",
    "Tombstone",
    "Topic",
    "Verb",
    "Warning",
    "archive_mark",
    "archive_of",
    "suffix_of",
    "topic_mark",
    "topic_of",
]

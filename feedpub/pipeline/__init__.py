"""The order of the work: inbox → parse → reconcile → store → compose → render → publish.

Two kinds of job: ingest this bulletin, publish what is stale. `Pipeline` runs them in order; a crash
between any two steps leaves work that the next pass finishes.
"""

from feedpub.pipeline.adoption import Adopted
from feedpub.pipeline.ages import heeded
from feedpub.pipeline.feed_files import FAILED
from feedpub.pipeline.ingest import FIRST_LOOK, Ingested, Result
from feedpub.pipeline.orders import KNOCK
from feedpub.pipeline.passes import HELD_REMOVALS, SKIPPED, Pipeline, Survey
from feedpub.pipeline.publication import LAST_PUBLICATION
from feedpub.pipeline.recovery import RECOVERED, Document, Recovered, Remains, recover
from feedpub.pipeline.roster import UNMADE, with_made
from feedpub.pipeline.settings import Origin, Settings
from feedpub.pipeline.target import Published, Target
from feedpub.pipeline.topics import Topics, topics_of

__all__ = [
    "FAILED",
    "FIRST_LOOK",
    "HELD_REMOVALS",
    "KNOCK",
    "LAST_PUBLICATION",
    "RECOVERED",
    "SKIPPED",
    "UNMADE",
    "Adopted",
    "Document",
    "Ingested",
    "Origin",
    "Pipeline",
    "Published",
    "Recovered",
    "Remains",
    "Result",
    "Settings",
    "Survey",
    "Target",
    "Topics",
    "heeded",
    "recover",
    "topics_of",
    "with_made",
]

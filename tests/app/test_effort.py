"""What one bulletin costs does not grow with the archive: counted, so no clock decides."""

from __future__ import annotations

import datetime as dt

import pytest

from feedpub import config
from feedpub.app.wiring import open_pipeline, output_folder
from feedpub.model import Effort

_CONFIG = """\
site: {title: Example News, url: 'https://news.example.org/', timezone: UTC}
input: {settle: 0s}
feeds: {news: {formats: [rss, atom, json], limit: {entries: 8}}}
"""
_NEWEST = dt.date(2024, 10, 10)
_STORIES = 4
_DROPS = 2  # a quarter of the feed is sealed when it is full: all of that happens within two bulletins


def a_bulletin(day: dt.date) -> str:
    """Write one as long as all others."""
    told = (f"# Story {n} of {day}\n\nWhat happened on that day, {n}.\n" for n in range(_STORIES))
    return f"---\ndate: {day}\n---\n" + "\n".join(told).replace("\n# ", "\n## ")


def effort_of_drops(root, *, stored: int) -> Effort:
    """Publish `stored` bulletins, one a day, then some more as the daemon does, and count these."""
    (root / "input").mkdir(parents=True)
    (root / "config.yaml").write_text(_CONFIG)
    for ago in range(stored):
        day = _NEWEST - dt.timedelta(days=ago)
        (root / f"input/{day}.md").write_text(a_bulletin(day))
    chosen = config.load(root / "config.yaml", {})
    with open_pipeline(chosen, output_folder(chosen)) as pipeline:
        pipeline.refresh()
        pipeline.take_in(pipeline.survey().pending)
        pipeline.finish_first_look()
        pipeline.publish()
        before = pipeline.effort()
        for later in range(1, 1 + _DROPS):
            name = f"{_NEWEST + dt.timedelta(days=later)}.md"
            (root / "input" / name).write_text(a_bulletin(_NEWEST + dt.timedelta(days=later)))
            pipeline.take_in({name: pipeline.look_at(name)})
            pipeline.publish()
        return pipeline.effort() - before


def test_publication_costs_the_same_whatever_is_stored(tmp_path):
    """Statements, documents, files and bytes for a bulletin, at 10 and at 500 stored bulletins."""
    few, many = (effort_of_drops(tmp_path / str(stored), stored=stored) for stored in (10, 500))

    assert few.documents > 20
    assert (few.statements, few.documents, few.files, few.opened) == (
        many.statements,
        many.documents,
        many.files,
        many.opened,
    )
    # The older one names a month before it, and archives have longer numbers.
    assert many.bytes == pytest.approx(few.bytes, rel=0.005)

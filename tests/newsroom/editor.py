"""An editor who does with bulletins what a script says, word by word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from newsroom.office import Office
from newsroom.sheets import Sheet, Story

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day of a script."""

    number: int
    steps: tuple[str, ...]
    seen: tuple[tuple[str, str], ...]  # what a subscriber sees of it: sign and story


def days(script: str) -> Iterator[Day]:
    """Read a script; `fifty_days.txt` says how one is written."""
    for line in script.splitlines():
        if line and not line.startswith("#"):
            number, _, rest = line.partition(" ")
            steps, _, seen = rest.partition("->")
            yield Day(int(number), tuple(step.strip() for step in steps.split(";")), tuple(_signed(seen)))


def _signed(seen: str) -> Iterator[tuple[str, str]]:
    sign = ""
    for word in seen.split():
        if word in "+~":
            sign = word
        else:
            yield sign, word


class Editor:
    """Carries out a script in an office; each day begins a day after the one before."""

    def __init__(self, office: Office, *, come_by: Callable[[], None]) -> None:
        self.office = office
        self.files: dict[str, Sheet] = {}
        self._come_by = come_by
        self._begin = office.now
        self._bin: dict[str, Sheet] = {}
        self._latest: dict[str, Story] = {}

    def work(self, day: Day) -> None:
        """Do what the script says of `day`; at its end, and wherever it says so, subscribers come by."""
        self.office.now = self._begin + day.number * DAY
        for step in day.steps:
            verb, *words = step.split()
            getattr(self, f"_{verb.replace('-', '_')}")(*words)
        self._look()

    def _look(self) -> None:
        self.office.take_in()
        self.office.publish()
        self._come_by()

    # --- bulletins

    def _drop(self, path: str, *keys: str) -> None:
        stories = tuple(self._latest.get(key, Story(key)) for key in keys)
        self._put(path, Sheet(stories, self.office.now.date()))

    def _retitle(self, path: str, *keys: str) -> None:
        self._change(path, keys, Story.retitled)

    def _rewrite(self, path: str, *keys: str) -> None:
        self._change(path, keys, Story.rewritten)

    def _change(self, path: str, keys: tuple[str, ...], change: Callable[[Story], Story]) -> None:
        stories = (change(story) if story.key in keys else story for story in self.files[path].stories)
        self._tell(path, tuple(stories))

    def _add(self, path: str, key: str) -> None:
        self._tell(path, (*self.files[path].stories, self._latest.get(key, Story(key))))

    def _top(self, path: str, key: str) -> None:
        self._tell(path, (Story(key), *self.files[path].stories))

    def _take(self, path: str, key: str) -> None:
        self._tell(path, tuple(story for story in self.files[path].stories if story.key != key))

    def _turn(self, path: str) -> None:
        *others, last = self.files[path].stories
        self._tell(path, (last, *others))

    def _date(self, path: str, days: str) -> None:
        sheet = self.files[path]
        self._put(path, replace(sheet, date=sheet.date + int(days) * DAY))

    def _embargo(self, path: str, hours: str) -> None:
        self._put(path, replace(self.files[path], publish_at=self.office.now + int(hours) * HOUR))

    def _draft(self, path: str) -> None:
        self._put(path, replace(self.files[path], draft=True))

    def _undraft(self, path: str) -> None:
        self._put(path, replace(self.files[path], draft=False))

    def _save(self, path: str, encoding: str) -> None:
        self._put(path, replace(self.files[path], encoding=encoding))

    # --- files

    def _touch(self, path: str) -> None:
        self._put(path, self.files[path])

    def _delete(self, path: str) -> None:
        (self.office.input / path).unlink()
        self._bin[path] = self.files.pop(path)

    def _restore(self, path: str) -> None:
        self._put(path, self._bin.pop(path))

    def _copy(self, path: str, target: str) -> None:
        self._put(target, self.files[path])

    def _rename(self, path: str, target: str) -> None:
        place = Path(self.office.input / target)
        place.parent.mkdir(exist_ok=True)
        (self.office.input / path).rename(place)
        self.files[target] = self.files.pop(path)

    def _merge(self, path: str, target: str) -> None:
        added = self.files[path].stories
        self._delete(path)
        self._tell(target, (*self.files[target].stories, *added))

    def _split(self, path: str, target: str, *keys: str) -> None:
        sheet = self.files[path]
        self._tell(path, tuple(story for story in sheet.stories if story.key not in keys))
        self._put(target, replace(sheet, stories=tuple(s for s in sheet.stories if s.key in keys)))

    # --- the world

    def _hours(self, hours: str) -> None:
        self.office.now += int(hours) * HOUR

    def _restart(self) -> None:
        self.office.close()
        self.office.open()

    def _lose_output(self) -> None:
        self.office.lose_output()
        self._restart()

    def _tell(self, path: str, stories: tuple[Story, ...]) -> None:
        self._put(path, replace(self.files[path], stories=stories))

    def _put(self, path: str, sheet: Sheet) -> None:
        self.office.write(path, sheet.content)
        self.files[path] = sheet
        self._latest |= {story.key: story for story in sheet.stories}

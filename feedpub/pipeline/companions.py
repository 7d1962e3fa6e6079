"""The files that come with a bulletin: found, kept, and given to its lead."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from feedpub import inbox
from feedpub.exceptions import BulletinError, TransientError
from feedpub.media import MediaFolder, UnusableError
from feedpub.model import Bulletin, Enclosure, Named, ParsedEntry, Role, Warning, suffix_of  # noqa: A004
from feedpub.pipeline.settings import Settings


def companions_of(path: str, bulletin: Bulletin) -> tuple[str, ...]:
    """Return where the files lie that the bulletin at `path` names, whether they are there or not."""
    named = (each for entry in bulletin.entries for each in entry.files if each.content is None)
    return tuple(dict.fromkeys(_beside(path, each.file) for each in named))


class Companions:
    """Finds the files that come with bulletins."""

    def __init__(self, settings: Settings) -> None:
        self._max_bytes = settings.max_media_bytes
        self._roots = roots_of(settings)
        self._folder = MediaFolder(settings.media_folder, scratch=settings.media_scratch)

    def give(self, bulletin: Bulletin, path: str) -> Bulletin:
        """Return the bulletin at `path` with what it names, and what lies beside it, as files of its lead.

        What is named and not there, or cannot be used, is an error; what merely lies there is left out with
        a warning. Raises BulletinError, TransientError.
        """
        place = next((n for n, e in enumerate(bulletin.entries) if e.role is Role.LEAD), None)
        if place is None:
            return bulletin
        lead, warnings = bulletin.entries[place], list(bulletin.warnings)
        named = tuple(self._named(path, lead, warnings))
        taken = {*companions_of(path, bulletin)}
        own = tuple(self._siblings(path, taken, warnings))
        if not (lead.files or own or len(warnings) > len(bulletin.warnings)):
            return bulletin
        files = (*lead.enclosures, *(file for _, file in named), *own)
        files = tuple({file.url: file for file in files}.values())
        lead = replace(lead, image=_image(lead, named, files), enclosures=files, files=())
        entries = (*bulletin.entries[:place], lead, *bulletin.entries[place + 1 :])
        return replace(bulletin, entries=entries, warnings=tuple(warnings))

    def _named(
        self, path: str, lead: ParsedEntry, warnings: list[Warning]
    ) -> Iterator[tuple[Named, Enclosure]]:
        for named in lead.files:
            try:
                yield named, self._take(path, named)
            except UnusableError as error:
                if named.content is None:
                    raise BulletinError(path, f"{named.file!r} {error}", line=named.line) from error
                warnings.append(_left_out(named.file, error))
            except FileNotFoundError as error:
                raise BulletinError(
                    path,
                    f"{named.file!r} is not there",
                    line=named.line,
                    expected="drop it beside the bulletin, which is taken in once it is there",
                ) from error

    def _siblings(self, path: str, taken: set[str], warnings: list[Warning]) -> Iterator[Enclosure]:
        beside = {file for root in self._roots for file in inbox.look_beside(root, inbox.siblings(path))}
        for file in sorted(beside - taken):
            name = file.rpartition("/")[2]
            try:
                yield self._take(path, Named(file=name))
            except UnusableError as error:
                warnings.append(_left_out(name, error))
            except FileNotFoundError:
                continue  # gone since: the next look finds the bulletin without it

    def _take(self, path: str, named: Named) -> Enclosure:
        suffix, most = suffix_of(named.file), self._max_bytes
        try:
            if named.content is not None:
                return self._folder.take(io.BytesIO(named.content), suffix, max_bytes=most, alt=named.alt)
            with self._opened(_beside(path, named.file)) as file:
                return self._folder.take(file, suffix, max_bytes=most, alt=named.alt)
        except (FileNotFoundError, TransientError):
            raise
        except inbox.UnreadableError as error:
            raise UnusableError("may not be read; give feedpub the right to") from error
        except OSError as error:
            raise TransientError(f"cannot keep {named.file!r} of {path!r}: {error.strerror}") from error

    @contextmanager
    def _opened(self, path: str) -> Iterator[BinaryIO]:
        """Open a file where it lies first. Raises as `inbox.opened` does."""
        there = (root for root in self._roots if inbox.look_beside(root, (path,)))
        with inbox.opened(next(there, self._roots[0]), path) as file:
            yield file


def roots_of(settings: Settings) -> tuple[Path, ...]:
    """Return the folders in which files lie that come with bulletins, what counts most first."""
    rehearsed = settings.rehearsed_beside
    return (rehearsed, settings.input_folder) if rehearsed else (settings.input_folder,)


def _image(
    lead: ParsedEntry, named: Sequence[tuple[Named, Enclosure]], files: Sequence[Enclosure]
) -> str | None:
    """Choose the picture of a story: what is named so, else the first one that comes with it."""
    chosen = (file.url for each, file in named if each.picture)
    others = (file.url for file in files if file.width)
    return lead.image or next(chosen, None) or next(others, None)


def _left_out(name: str, error: UnusableError) -> Warning:
    return Warning(line=None, message=f"{name!r} {error}; it is left out")


def _beside(path: str, file: str) -> str:
    folder, slash, _ = path.rpartition("/")
    return f"{folder}{slash}{file}"

"""Real file events of a real folder."""

import asyncio
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest

from feedpub import inbox
from feedpub.exceptions import TransientError
from feedpub.inbox import Event, Kind

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="inotify is Linux's")

END = "the-end.txt"
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")


def moved_in(path):
    """Make the event of a file renamed into place."""
    return Event(kind=Kind.MOVED_IN, path=path)


UNCLEAR = Event(kind=Kind.UNCLEAR)


def heard(watch, folder):
    """Return every event up to now: until a last file, renamed into place by this function, is heard of."""

    async def listen():
        events = []
        async for event in watch:
            if event == moved_in(END):
                break
            events.append(event)
        return events

    (folder / ".end").touch()
    (folder / ".end").rename(folder / END)
    return asyncio.run(asyncio.wait_for(listen(), 10))


def heard_to_the_end(watch):
    """Return every event of a watch that ends by itself."""

    async def listen():
        return [event async for event in watch]

    return asyncio.run(asyncio.wait_for(listen(), 10))


def test_watch_tells_a_file_renamed_into_place(folder, tmp_path):
    """A bulletin written elsewhere and moved in is whole, and told as such."""
    (tmp_path / "a.txt").write_text("x")
    with inbox.watch(folder) as watch:
        (tmp_path / "a.txt").rename(folder / "a.txt")

        assert heard(watch, folder) == [moved_in("a.txt")]


def test_watch_tells_each_close_of_a_writer(folder):
    """A script that opens the file for every line is heard each time."""
    with inbox.watch(folder) as watch:
        for line in ("one", "two"):
            with (folder / "a.txt").open("a") as file:
                file.write(line)

            assert heard(watch, folder) == [Event(kind=Kind.WRITTEN, path="a.txt")]


def test_watch_is_silent_while_a_file_is_written(folder):
    """A file that is still open is no news."""
    with inbox.watch(folder) as watch, (folder / "a.txt").open("w") as file:
        file.write("half")
        file.flush()

        assert heard(watch, folder) == []


def test_watch_tells_what_goes(folder, tmp_path):
    """Deleted or moved away: it is gone."""
    for name in ("a.txt", "b.txt"):
        (folder / name).touch()
    with inbox.watch(folder) as watch:
        (folder / "a.txt").unlink()
        (folder / "b.txt").rename(tmp_path / "b.txt")

        assert heard(watch, folder) == [
            Event(kind=Kind.GONE, path="a.txt"),
            Event(kind=Kind.GONE, path="b.txt"),
        ]


def test_watch_passes_over_temporary_names(folder):
    """An editor's way of saving is heard as the one rename that counts."""
    with inbox.watch(folder) as watch:
        (folder / ".a.txt.swp").write_text("x")
        (folder / "a.txt.tmp").write_text("x")
        (folder / "a.txt.tmp").rename(folder / "a.txt")
        (folder / ".a.txt.swp").unlink()

        assert heard(watch, folder) == [moved_in("a.txt")]


def test_watch_hears_folders_that_were_there_before(folder):
    """A bulletin deep down is as near as one at the top."""
    (folder / "a" / "b").mkdir(parents=True)
    with inbox.watch(folder) as watch:
        (folder / "a/b/.x").touch()
        (folder / "a/b/.x").rename(folder / "a/b/x.txt")

        assert heard(watch, folder) == [moved_in("a/b/x.txt")]


def test_watch_hears_new_folders(folder):
    """A new folder means: look at everything; from then on its files are heard of."""
    with inbox.watch(folder) as watch:
        (folder / "a" / "b").mkdir(parents=True)
        assert set(heard(watch, folder)) == {UNCLEAR}

        (folder / "a/b/.x").touch()
        (folder / "a/b/.x").rename(folder / "a/b/x.txt")
        assert heard(watch, folder) == [moved_in("a/b/x.txt")]


def test_watch_follows_a_renamed_folder(folder):
    """After a folder is renamed its files are told under its new name."""
    (folder / "old" / "inner").mkdir(parents=True)
    with inbox.watch(folder) as watch:
        (folder / "old").rename(folder / "new")
        assert set(heard(watch, folder)) == {UNCLEAR}

        (folder / "new/inner/x.txt").touch()
        assert heard(watch, folder) == [Event(kind=Kind.WRITTEN, path="new/inner/x.txt")]


def test_watch_forgets_a_folder_moved_out(folder, tmp_path):
    """What happens in a folder that was moved away is nobody's business."""
    (folder / "a").mkdir()
    with inbox.watch(folder) as watch:
        (folder / "a").rename(tmp_path / "a")
        assert heard(watch, folder) == [UNCLEAR]

        (tmp_path / "a" / "x.txt").touch()
        assert heard(watch, folder) == []


def test_watch_survives_a_folder_that_is_deleted(folder):
    """Deleting a folder is a reason to look, and no end."""
    (folder / "a").mkdir()
    with inbox.watch(folder) as watch:
        (folder / "a").rmdir()
        assert heard(watch, folder) == [UNCLEAR]

        (folder / "a").mkdir()
        assert heard(watch, folder) == [UNCLEAR]


def test_watch_does_not_follow_links(folder, tmp_path):
    """A linked folder is not watched."""
    (tmp_path / "aside").mkdir()
    (folder / "link").symlink_to(tmp_path / "aside")
    with inbox.watch(folder) as watch:
        (tmp_path / "aside" / "x.txt").touch()

        assert heard(watch, folder) == []


@pytest.mark.parametrize("go", ["renamed", "deleted"])
def test_watch_ends_when_its_folder_goes(folder, tmp_path, go):
    """The last word is: look at everything; the same path may soon be another folder."""
    with inbox.watch(folder) as watch:
        if go == "renamed":
            folder.rename(tmp_path / "aside")
        else:
            folder.rmdir()

        assert heard_to_the_end(watch) == [UNCLEAR]


def test_watch_and_look_name_the_folder_alike(folder, tmp_path):
    """A look tells whether the watch still watches the folder that is there."""
    with inbox.watch(folder) as watch:
        assert watch.root == inbox.look(folder, include=("*",)).root
        folder.rename(tmp_path / "aside")
        folder.mkdir()
        assert watch.root != inbox.look(folder, include=("*",)).root


def test_watch_of_a_missing_folder_is_tried_again(folder):
    """Until the folder is there the scan has to do."""
    folder.rmdir()

    with pytest.raises(TransientError, match="No such file"):
        inbox.watch(folder)


@contextmanager
def no_more_descriptors():
    """Make the kernel refuse every further descriptor."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_watch_without_inotify_is_tried_again(folder):
    """At a limit of the kernel there are no events; the message says which limit."""
    inbox.watch(folder).close()  # so that asyncinotify is loaded

    with no_more_descriptors(), pytest.raises(TransientError, match="max_user_instances"):
        inbox.watch(folder)


def test_watch_closes_its_descriptors(folder, open_descriptors):
    """A watch that is renewed for weeks leaves nothing behind, nor does one that fails."""
    inbox.watch(folder).close()
    before = open_descriptors()
    with inbox.watch(folder):
        pass
    with pytest.raises(TransientError):
        inbox.watch(folder / "gone")

    assert open_descriptors() == before


def test_watch_that_lost_events_says_so(folder):
    """When the kernel's queue overflows, new folders are watched again and everything is to be looked at."""
    with inbox.watch(folder) as watch:
        for _ in range(int(QUEUE.read_text())):  # two events each: the kernel merges none of them
            (folder / "a.txt").touch()
            (folder / "a.txt").unlink()
        (folder / "sub").mkdir()  # lost
        # The end mark would be lost as well, so it is set when the overflow has been read.
        events = asyncio.run(asyncio.wait_for(until_unclear(watch), 20))
        assert events[-1] == UNCLEAR

        (folder / "sub" / "x.txt").touch()
        assert heard(watch, folder) == [Event(kind=Kind.WRITTEN, path="sub/x.txt")]


async def until_unclear(watch):
    """Listen up to the first event that says "look at everything"."""
    events = []
    async for event in watch:
        events.append(event)
        if event == UNCLEAR:
            break
    return events

"""A real folder as target, with real faults."""

import os
import resource
import signal
import stat
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from feedpub.exceptions import TransientError
from feedpub.model import Resource
from feedpub.publish import Folder
from feedpub.publish.folder import _LISTED_FROM

DESCRIPTORS = Path("/proc/self/fd")


def a_resource(path="feeds/news.rss", content=b"<rss/>"):
    """Make one file of the output."""
    return Resource(path=path, content=content, media_type="application/rss+xml")


@pytest.fixture
def root(tmp_path):
    """Name an output folder that does not exist yet."""
    return tmp_path / "output"


@pytest.fixture
def target(root):
    """Make the target over it."""
    return Folder(root)


def files_in(root):
    """List every file under `root`, hidden ones too."""
    return sorted(
        str(path.relative_to(root)) for path in root.rglob("*") if path.is_symlink() or not path.is_dir()
    )


def test_publish_writes_what_is_given(root, target):
    """The bytes are there, in folders made as needed, and nothing else is."""
    changed = target.publish([a_resource("index.html", b"<p>"), a_resource("2024/10/21/a/index.html", b"")])

    assert changed == ("index.html", "2024/10/21/a/index.html")
    assert files_in(root) == ["2024/10/21/a/index.html", "index.html"]
    assert (root / "index.html").read_bytes() == b"<p>"


def test_publish_leaves_equal_files_alone(root, target):
    """A file with the same bytes is not touched: neither its time nor its inode changes."""
    target.publish([a_resource()])
    before = (root / "feeds/news.rss").stat()

    assert Folder(root).publish([a_resource()]) == ()
    assert (root / "feeds/news.rss").stat() == before


@pytest.mark.parametrize("content", [b"<rss />", b"<rsS/>", b""], ids=["longer", "same length", "empty"])
def test_publish_replaces_what_differs(root, target, content):
    """Other bytes take the place of the old ones, and only they are named."""
    target.publish([a_resource(), a_resource("same", b"x")])

    assert target.publish([a_resource("same", b"x"), a_resource(content=content)]) == ("feeds/news.rss",)
    assert (root / "feeds/news.rss").read_bytes() == content


def test_each_version_has_a_second_of_its_own(root, target):
    """HTTP dates count in seconds: a reader that holds one must find the next version newer."""
    dates = []
    for number in range(3):
        target.publish([a_resource(content=b"<rss>%d</rss>" % number)])
        dates.append(int((root / "feeds/news.rss").stat().st_mtime))

    assert dates == sorted(set(dates))
    assert dates[-1] - dates[0] <= 3


def test_publish_makes_files_that_others_may_read(root, target):
    """A web server under another user can serve them."""
    former = os.umask(0o022)
    try:
        target.publish([a_resource()])
    finally:
        os.umask(former)

    assert stat.S_IMODE((root / "feeds/news.rss").stat().st_mode) == 0o644


def test_publish_keeps_the_old_file_for_whoever_reads_it(root, target):
    """A reader that opened the old file reads it to its end."""
    target.publish([a_resource(content=b"old")])
    with (root / "feeds/news.rss").open("rb") as reader:
        target.publish([a_resource(content=b"newer")])

        assert reader.read() == b"old"


def test_publish_nothing_does_nothing(root, target):
    """Without resources not even the folder is made."""
    assert target.publish([]) == ()
    assert not root.exists()


OUTSIDE = ["../x", "/etc/x", "a/../../x", "a//b", "", ".", "a/.", "a/", "a\0b"]


@pytest.mark.parametrize("path", OUTSIDE)
def test_paths_that_lead_outside_are_refused(root, target, path):
    """No path, whoever made it, leaves the folder."""
    for use in (
        lambda: target.publish([a_resource(path)]),
        lambda: target.remove([path]),
        lambda: target.missing([path]),
    ):
        with pytest.raises(ValueError, match="not a path inside the output"):
            use()
    assert not root.exists()


def test_publish_replaces_a_link_and_not_what_it_points_at(root, target, tmp_path):
    """A link in the place of a file is replaced."""
    (tmp_path / "precious").write_bytes(b"precious")
    root.mkdir()
    (root / "a").symlink_to(tmp_path / "precious")

    target.publish([a_resource("a", b"precious")])

    assert not (root / "a").is_symlink()
    assert (tmp_path / "precious").read_bytes() == b"precious"


def test_publish_does_not_write_through_a_linked_folder(root, target, tmp_path):
    """A link in the place of a folder is an error, not a way out."""
    (tmp_path / "aside").mkdir()
    root.mkdir()
    (root / "feeds").symlink_to(tmp_path / "aside")

    with pytest.raises(TransientError, match="Not a directory"):
        target.publish([a_resource()])
    assert files_in(tmp_path / "aside") == []


def test_publish_says_what_is_in_the_way(target, root):
    """A folder in the place of a file is named; nothing unfinished stays behind."""
    (root / "feeds/news.rss").mkdir(parents=True)

    with pytest.raises(TransientError, match=r"cannot replace 'feeds/news\.rss' .*: Is a directory"):
        target.publish([a_resource()])
    assert files_in(root) == []


def test_publish_works_again_when_the_folder_was_deleted(root, target):
    """Somebody who deletes the output gets it back."""
    target.publish([a_resource()])
    (root / "feeds/news.rss").unlink()
    (root / "feeds").rmdir()
    root.rmdir()

    assert target.publish([a_resource()]) == ("feeds/news.rss",)


@contextmanager
def disk_with_room_for(size):
    """Make every file end at `size` bytes, as on a disk that fills up in the middle of a write."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, former)


def test_full_disk_leaves_the_last_good_files(root, target):
    """When the second of two does not fit, neither is replaced and no half file stays."""
    old = [a_resource("a", b"old"), a_resource("b", b"old")]
    target.publish(old)
    new = [a_resource("a", b"new"), a_resource("b", b"new" * 100_000)]

    with (
        disk_with_room_for(100_000),
        pytest.raises(TransientError, match=r"cannot write 'b' .*: File too large"),
    ):
        target.publish(new)

    assert files_in(root) == ["a", "b"]
    assert [(root / name).read_bytes() for name in "ab"] == [b"old", b"old"]
    assert target.publish(new) == ("a", "b")


def test_failing_source_leaves_nothing_unfinished(root, target):
    """When making the second resource fails, what was written of the first is taken back."""

    def resources():
        yield a_resource("a")
        raise LookupError

    with pytest.raises(LookupError):
        target.publish(resources())
    assert files_in(root) == []


def fail_on_call(number, genuine, errno):
    """Wrap a function so that one of its calls fails, as the disk might let it fail."""
    calls = 0

    def wrapped(*arguments, **keywords):
        nonlocal calls
        calls += 1
        if calls == number:
            raise OSError(errno, os.strerror(errno))
        return genuine(*arguments, **keywords)

    return wrapped


OPERATIONS = [(name, call) for name in ("open", "mkdir", "fsync", "replace") for call in range(1, 8)]


@pytest.mark.parametrize(("name", "call"), OPERATIONS)
def test_any_operation_may_fail_once(root, target, monkeypatch, name, call):
    """Whatever fails, each file is the old or the new one, and doing it again finishes the work."""
    target.publish([a_resource("a", b"old"), a_resource("feeds/b", b"old")])
    new = [a_resource("a", b"newer"), a_resource("feeds/b", b"newer"), a_resource("c/d", b"newer")]
    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail_on_call(call, getattr(os, name), 5))
        with suppress(TransientError):  # where there are fewer calls than that, nothing fails
            target.publish(new)
        for path in ("a", "feeds/b"):
            assert (root / path).read_bytes() in (b"old", b"newer")
        assert not [path for path in files_in(root) if path.endswith(".tmp")]

    target.publish(new)
    assert [(root / path).read_bytes() for path in files_in(root)] == [b"newer"] * 3


def test_file_whose_folder_could_not_be_flushed_is_written_anew(target, root, monkeypatch):
    """A rename that may not be on the disk is not believed, though the bytes can be read."""
    target.publish([a_resource(content=b"old")])
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_on_call(2, os.fsync, 5))  # the first flushes the file itself
        with pytest.raises(TransientError, match="cannot flush 'feeds'"):
            target.publish([a_resource(content=b"new")])

    assert (root / "feeds/news.rss").read_bytes() == b"new"
    assert target.publish([a_resource(content=b"new")]) == ("feeds/news.rss",)
    assert target.publish([a_resource(content=b"new")]) == ()


def test_everything_is_flushed_before_anything_is_renamed(target, monkeypatch):
    """The order that survives a power cut: all files, then all renames as given, then each folder once.

    Which file or folder of those that are flushed side by side is first does not matter.
    """
    target.publish([a_resource("feeds/a", b"old")])
    steps = []

    def note(name):
        genuine = getattr(os, name)

        def wrapped(first, *rest, **keywords):
            place = Path(f"/proc/self/fd/{first}").readlink().name if name == "fsync" else rest[0]
            steps.append((name, "file" if place.endswith(".tmp") else place))
            return genuine(first, *rest, **keywords)

        monkeypatch.setattr(os, name, wrapped)

    note("fsync")
    note("replace")
    target.publish(
        [a_resource("feeds/b", b"new"), a_resource("feeds/a", b"new"), a_resource("new/c", b"new")]
    )

    assert steps[:3] == [("fsync", "file")] * 3
    assert steps[3:6] == [("replace", name) for name in "bac"]
    assert sorted(steps[6:]) == [("fsync", name) for name in ("feeds", "new", "output")]


def test_many_files_are_flushed_one_by_one_all_the_same(target, monkeypatch):
    """That the file system was told to write all is no proof that it did."""
    flushed, flush = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(descriptor) or flush(descriptor))
    target.publish([a_resource(f"{number}/index.html") for number in range(60)])
    assert len(flushed) >= 120  # each file and the folder that it is in


def test_folder_that_knows_no_flush_is_used_all_the_same(target, root, monkeypatch):
    """Some network file systems refuse to flush folders; feeds can be published there as well."""
    genuine = os.fsync

    def fsync(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")
        genuine(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)

    assert target.publish([a_resource()]) == ("feeds/news.rss",)


def test_remove_takes_away_files_and_emptied_folders(root, target):
    """What is gone leaves no empty folder; its neighbours stay."""
    target.publish([a_resource("a/b/c/x"), a_resource("a/b/y"), a_resource("z")])

    assert target.remove(["a/b/c/x", "gone", "a/gone/x"]) == ("a/b/c/x",)
    assert files_in(root) == ["a/b/y", "z"]
    assert not (root / "a/b/c").exists()
    target.remove(path for path in ("a/b/y", "z"))
    assert list(root.iterdir()) == []


def test_remove_from_a_missing_folder_removes_nothing(root, target):
    """Removing is repeatable, even when there is no output at all."""
    assert target.remove(["a/b", "c"]) == ()
    assert not root.exists()


def test_remove_does_not_follow_links(root, target, tmp_path):
    """A link is removed itself, and a linked folder is not entered."""
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside" / "x").touch()
    root.mkdir()
    (root / "link").symlink_to(tmp_path / "aside" / "x")
    (root / "folder").symlink_to(tmp_path / "aside")

    assert target.remove(["link", "folder/x"]) == ("link",)
    assert files_in(root) == ["folder"]
    assert files_in(tmp_path / "aside") == ["x"]


def test_remove_says_what_is_in_the_way(root, target):
    """A folder in the place of a file is not deleted with what is in it."""
    target.publish([a_resource("a/b")])

    with pytest.raises(TransientError, match="cannot remove 'a'"):
        target.remove(["a"])


def test_differing_names_what_would_be_written(root, target):
    """A dry run tells what a real one would do, and does nothing."""
    target.publish([a_resource("same", b"x"), a_resource("other", b"x")])
    resources = [a_resource("same", b"x"), a_resource("other", b"y"), a_resource("new/one", b"z")]

    assert target.differing(resources) == ("other", "new/one")
    assert files_in(root) == ["other", "same"]
    assert target.publish(resources) == ("other", "new/one")


def test_missing_names_what_is_not_there(root, target):
    """Links and folders are no published files."""
    target.publish([a_resource("there"), a_resource("folder/x")])
    (root / "link").symlink_to("there")

    assert target.missing(["there", "folder", "link", "gone", "gone/too"]) == {
        "folder",
        "link",
        "gone",
        "gone/too",
    }


def test_sweep_removes_what_a_killed_run_left(root, target):
    """Only unfinished files of our own are swept, in every folder, and no link is followed."""
    target.publish([a_resource("feeds/news.rss")])
    own, foreign = ".feedpub-0123456789abcdef.tmp", ".feedpub-notes.tmp"
    for path in (own, f"feeds/{own}", f"feeds/{foreign}"):
        (root / path).touch()
    (root / "loop").symlink_to(".")

    assert sorted(target.sweep()) == sorted([own, f"feeds/{own}"])
    assert files_in(root) == [f"feeds/{foreign}", "feeds/news.rss", "loop"]


def test_what_is_missing_is_found_among_many_folders(root, target):
    """A large site is listed once, and what is removed or made meanwhile is known."""
    pages = [a_resource(f"2024/{number}/index.html") for number in range(_LISTED_FROM + 5)]
    paths = [page.path for page in pages]
    target.publish(pages[2:])
    (root / paths[0]).parent.mkdir(parents=True)
    (root / paths[0]).symlink_to(root / paths[3])
    target.sweep()

    assert target.missing(paths) == frozenset(paths[:2])
    target.remove(paths[2:3])
    assert target.missing(paths) == frozenset(paths[:3])
    target.publish(pages[1:3])
    target.complete()
    assert target.missing(paths) == frozenset(paths[:1])


def test_sweep_of_a_missing_folder_finds_nothing(target):
    """On the first start there is nothing to sweep."""
    assert target.sweep() == ()


def test_target_leaves_no_descriptor_open(root, target):
    """Weeks of publishing, with faults, keep no descriptor."""
    target.publish([a_resource()])
    (root / "folder").mkdir()
    before = len(list(DESCRIPTORS.iterdir()))
    target.publish([a_resource(content=b"new"), a_resource()])
    target.remove(["gone/x"])
    with pytest.raises(TransientError):
        target.publish([a_resource("folder")])

    assert len(list(DESCRIPTORS.iterdir())) == before

"""Readers and kills in the middle of publishing."""

import subprocess
import sys
import threading
import time

import pytest

from feedpub.model import Resource
from feedpub.publish import Folder

# Two documents of different length, each recognisable as whole: one letter, repeated.
OLD, NEW = b"o" * 40_000, b"n" * 70_000

PUBLISHER = """
import itertools, sys
from pathlib import Path
from feedpub.model import Resource
from feedpub.publish import Folder

target = Folder(Path(sys.argv[1]))
print("ready", flush=True)
for letter, size in itertools.cycle([("n", 70_000), ("o", 40_000)]):
    target.publish(
        Resource(path=path, content=letter.encode() * size, media_type="")
        for path in ("feeds/a", "feeds/b", f"pages/{letter}/index.html")
    )
"""


def both(content):
    """Make the two documents that readers and kills are tried on."""
    return [Resource(path=path, content=content, media_type="") for path in ("feeds/a", "feeds/b")]


def test_reader_never_sees_half_a_file(tmp_path):
    """C151, F34: While files are replaced over and over, each read gives a whole one, always."""
    target = Folder(tmp_path)
    target.publish(both(OLD))
    reads, over = [], threading.Event()

    def read():
        while not over.is_set():
            reads.append((tmp_path / "feeds/a").read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for content in [NEW, OLD] * 40:
            target.publish(both(content))
    finally:
        over.set()
        reader.join()

    assert len(reads) > 10
    assert [read[:1] for read in reads if read not in (OLD, NEW)] == []


@pytest.mark.parametrize("delay", [0.0, 0.001, 0.003, 0.007, 0.013, 0.02])
def test_kill_leaves_the_old_or_the_new_file(tmp_path, delay):
    """C151: Whenever the publisher is killed the files are whole, and the next run tidies up and goes on."""
    target = Folder(tmp_path)
    target.publish(both(OLD))
    with subprocess.Popen([sys.executable, "-c", PUBLISHER, str(tmp_path)], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        time.sleep(delay)  # what is tried is to be in the middle of anything
        child.kill()

    assert {(tmp_path / path).read_bytes() for path in ("feeds/a", "feeds/b")} <= {OLD, NEW}
    target.sweep()
    target.publish(both(NEW))
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.read_bytes() not in (OLD, NEW)]
    assert left == []

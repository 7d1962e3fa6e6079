"""Folders are held open for speed, and never at the cost of writing at all."""

from __future__ import annotations

import os
import resource
from contextlib import closing
from pathlib import Path

from feedpub.beneath import HeldFolders, open_folder


def test_process_with_few_descriptors_holds_few_folders(tmp_path):
    """All the same every folder is reached."""
    for number in range(30):
        (tmp_path / str(number)).mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
    try:
        before = len(list(Path("/proc/self/fd").iterdir()))
        with closing(HeldFolders(tmp_path)) as held:
            for number in range(30):
                with open_folder(held, (str(number),)) as descriptor:
                    assert os.fstat(descriptor).st_ino == (tmp_path / str(number)).stat().st_ino
            taken = len(list(Path("/proc/self/fd").iterdir())) - before
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert 0 < taken <= 8

"""Many files at once: the file system may be asked to write all that waits."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace

from feedpub.publish import files


def test_system_without_that_call_does_without(tmp_path, monkeypatch):
    """Each file is flushed all the same."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace())

    files.hasten(tmp_path)

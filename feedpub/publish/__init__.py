"""Where resources go: each file is whole at every moment, before, during and after its replacement."""

from feedpub.publish.folder import Folder

__all__ = ["Folder"]

"""Pictures, sound and papers that come with bulletins: kept under names made of their bytes."""

from feedpub.media.folder import MediaFolder, UnusableError

__all__ = ["MediaFolder", "UnusableError"]

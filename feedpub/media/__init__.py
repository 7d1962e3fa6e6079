"""Pictures, sound and papers that come with bulletins: kept under names made of their bytes."""

from feedpub.media.folder import FOLDER, MediaFolder, UnusableError

__all__ = ["FOLDER", "MediaFolder", "UnusableError"]

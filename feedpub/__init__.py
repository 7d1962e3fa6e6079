"""feedpub turns a folder of bulletins into feeds."""

__version__ = "0.1.0"

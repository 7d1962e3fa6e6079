"""The ``feedpub`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from feedpub.cli import run  # noqa: PLC0415  kept out of `import feedpub.__main__` in worker processes

    sys.exit(run())


if __name__ == "__main__":
    main()

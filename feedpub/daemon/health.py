"""What the daemon knows of itself, for ``/healthz``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from feedpub.concealing import conceal
from feedpub.model import Effort


@dataclass(slots=True, kw_only=True)
class Health:
    """The troubles of the moment, each with its cause and since when."""

    clock: Callable[[], dt.datetime]
    troubles: dict[str, tuple[str, dt.datetime]] = field(default_factory=dict)
    effort: Callable[[], Effort] = Effort  # gives what the pipeline has done so far
    notes: dict[str, list[str]] = field(default_factory=dict)  # worth a look, and no trouble of the daemon's

    def trouble(self, subject: str, cause: str) -> bool:
        """Remember that `subject` is in trouble; return whether that is news."""
        cause = conceal(cause)
        former = self.troubles.get(subject)
        self.troubles[subject] = (cause, former[1] if former else self.clock())
        return not former or former[0] != cause

    def well(self, subject: str) -> bool:
        """Remember that `subject` is well again; return whether that is news."""
        return self.troubles.pop(subject, None) is not None

    def note(self, subject: str, findings: list[str]) -> bool:
        """Remember what was found of `subject`; return whether that is news."""
        findings = [conceal(finding) for finding in findings]
        former = self.notes.get(subject, [])
        self.notes[subject] = findings
        return former != findings

    def summary(self) -> str:
        """Say how things are in one line."""
        causes = [f"{subject}: {cause}" for subject, (cause, _since) in sorted(self.troubles.copy().items())]
        return " | ".join(causes) if causes else "All is well"

    def report(self) -> dict[str, object]:
        """Return what ``/healthz`` shows."""
        return {
            "status": "trouble" if self.troubles else "ok",
            "problems": [
                {"subject": subject, "cause": cause, "since": since.isoformat()}
                for subject, (cause, since) in sorted(self.troubles.items())
            ],
            "notes": [finding for _, findings in sorted(self.notes.items()) for finding in findings],
        }

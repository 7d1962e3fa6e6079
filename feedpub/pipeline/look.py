"""How what is published looks: a digest of all that is said in the same way in many documents."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass


def look(*values: object) -> str:
    """Digest values, the same in every process: `repr` lists a set in another order in each."""
    return hashlib.sha256("\n".join(map(_stable, values)).encode()).hexdigest()


def _stable(value: object) -> str:
    if is_dataclass(value):
        return f"{type(value).__name__}({[(f.name, _stable(getattr(value, f.name))) for f in fields(value)]})"
    if isinstance(value, tuple):
        return repr([_stable(each) for each in value])
    if isinstance(value, frozenset):
        return repr(sorted(map(_stable, value)))
    return repr(value)

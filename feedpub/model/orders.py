"""What the operator says, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What the operator can order."""

    WITHDRAW = "withdraw"  # an entry, until it is restored
    RESTORE = "restore"  # an entry, however it was withdrawn
    APPROVE = "approve"  # a bulletin that is held


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The operator's word, on its way to the process that owns the store."""

    verb: Verb
    target: str  # an entry's id, or the path of a bulletin relative to the input folder
    reason: str | None = None  # of a withdrawal
    number: int = 0  # the store's running number; 0 before it rests there


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of an order, in words for the operator."""

    done: bool  # also when there was nothing to do; False when it cannot be carried out
    text: str

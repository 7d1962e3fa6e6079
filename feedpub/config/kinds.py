"""The kinds of value in config.yaml: each is read from the text that was written.

A `Kind` stands in a type annotation and tells pydantic how to read a field, people what would be right and
JSON Schema which texts are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from feedpub.config.findings import WrongError, find_nearest, shown

T = TypeVar("T")

# `port: ${PORT:-8080}` is right wherever `port: 8080` is.
_REFERENCE = {"type": "string", "pattern": r"\$\{"}


@dataclass(frozen=True, slots=True, eq=False)  # hashable, as annotations must be, despite `schema`
class Kind(Generic[T]):
    """One kind of value; `read` raises ValueError for a text that is not of it."""

    noun: str
    allowed: str
    read: Callable[[str], T]
    schema: dict[str, Any]
    may_refer: bool = True  # to the environment; keys may not

    def validate(self, value: object) -> T:
        """Read `value`, which may also be null, a list or a mapping; raises WrongError."""
        if not isinstance(value, str):
            found = "is empty" if value is None else f"is a {_name(value)}, not {self.noun}"
            raise WrongError(found, self.allowed)
        try:
            return self.read(value)
        except WrongError:
            raise
        except ValueError as error:
            raise WrongError(f"{shown(value)} is not {self.noun}", self.allowed) from error

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validate)

    def __get_pydantic_json_schema__(
        self, _core_schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        own = dict(self.schema)  # pydantic adds to what it gets, and kinds are shared
        return {"anyOf": [own, _REFERENCE]} if self.may_refer and own != {"type": "string"} else own


def _name(value: object) -> str:
    return "list" if isinstance(value, list) else "mapping"


def one_of(noun: str, *words: str) -> Kind[str]:
    """Return the kind of value that is one of a few words."""
    allowed = f"{', '.join(words)} {'are' if len(words) > 1 else 'is'}"

    def read(text: str) -> str:
        if text in words:
            return text
        near = find_nearest(text, words)
        hint = f" (did you mean {near!r}?)" if near else ""
        raise WrongError(f"{shown(text)} is not {noun}", allowed + hint)

    return Kind(noun, allowed, read, {"type": "string", "enum": list(words)})

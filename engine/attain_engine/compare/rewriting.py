"""The same tree with other names: ids replaced, and what only people read left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.source import Span

_IDS = frozenset(
    {"id", "measure", "define", "table", "reading", "score", "designation", "record", "enum", "target", "measures"}
)
"""The fields, of nodes, types and values, that hold ids."""


@lru_cache(maxsize=256)
def _fields(kind: Any) -> tuple[str, ...] | None:
    """The fields of a class of trees; None of what is never rewritten."""
    if issubclass(kind, Enum | Span) or not dataclasses.is_dataclass(kind):
        return None
    return tuple(each.name for each in dataclasses.fields(kind))


_NAMED_FOR_PEOPLE = (model.Variable, model.Binder, model.Formal, model.Gate)


class Rewriting:
    """Rewrites trees. `ids` says what an id becomes; with `bare`, titles, notes, synonyms and the names of variables
    are emptied, so that trees that mean the same are equal; `place` gives an expression another place."""

    def __init__(
        self,
        ids: Mapping[str, str],
        *,
        bare: bool = False,
        place: Callable[[model.Typed], Span | None] | None = None,
    ) -> None:
        self._ids = ids
        self._bare = bare
        self._place = place

    def __call__(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self(each) for each in value)
        if isinstance(value, frozenset):
            return frozenset(self(each) for each in value)
        kind: Any = type(value)
        names = _fields(kind)
        if names is None:
            return value
        new: dict[str, Any] = {}
        for name in names:
            part = getattr(value, name)
            if name in _IDS:
                part = self._id(part)
            elif self._bare and (blank := self._blank(value, name)) is not None:
                part = blank
            else:
                part = self(part)
            new[name] = part
        if self._place is not None and isinstance(value, model.Typed):
            new["span"] = self._place(value) or value.span
        return kind(**new)

    def _id(self, part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(self._ids.get(each, each) for each in part)
        return self._ids.get(part, part)

    def _blank(self, value: Any, name: str) -> Any:
        match name:
            case "title" | "name" if name == "title" or isinstance(value, _NAMED_FOR_PEOPLE):
                return ""
            case "notes":
                return model.Notes()
            case "synonyms" | "puts":
                return ()
            case _:
                return None

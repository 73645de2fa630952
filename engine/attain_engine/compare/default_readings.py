"""Trees under the default readings: what only another reading looks at is no part of them, so that two that mean the
same by default are equal."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG
from attain_compiler.source import Span


def default_values(program: model.Program, names: Mapping[str, str], rewrite: Any) -> dict[str, Any]:
    """The value of each reading by its shared name, where none is chosen."""
    return {
        names.get(each.id, each.id): rewrite(next(one.value for one in each.alternatives if one.name == each.default))
        for each in program.readings.values()
    }


class ByDefault:
    """Rewrites trees: a reading becomes the value that it has by default, and what that decides is decided."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __call__(self, value: Any) -> Any:
        if isinstance(value, tuple):
            items = tuple(self(each) for each in value)
            return value if all(one is other for one, other in zip(items, value, strict=True)) else items
        if isinstance(value, Enum | Span | frozenset) or not dataclasses.is_dataclass(value):
            return value
        if isinstance(value, model.ReadingValue) and value.reading in self._values:
            return model.Constant(self._values[value.reading], type=value.type, span=value.span)
        parts = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        made = {name: self(part) for name, part in parts.items()}
        if all(made[name] is part for name, part in parts.items()):
            return value
        kind: Any = type(value)
        return _decided(kind(**made))


def _decided(node: Any) -> Any:
    """A node of which some part has become known: what it comes to, or what is left of it."""
    match node:
        case model.Compare(operator="==" | "!=", left=model.Constant(value=left), right=model.Constant(value=right)):
            return _flag((left == right) == (node.operator == "=="), node)
        case model.Contains(
            element=model.Constant(value=element), container=model.Constant(value=frozenset() as among)
        ):
            return _flag(element in among, node)
        case model.Not(operand=model.Constant(value=bool() as truth)):
            return _flag(not truth, node)
        case model.And() | model.Or():
            return _junction(node)
        case model.Case():
            return _case(node)
        case _:
            return node


def _flag(truth: bool, node: Any) -> model.Constant:
    return model.Constant(truth, type=FLAG, span=node.span)


def _truth(node: Any) -> bool | None:
    return node.value if isinstance(node, model.Constant) and isinstance(node.value, bool) else None


def _junction(node: model.And | model.Or) -> Any:
    """What stands before an item that settles it is looked at first, and may have no value: it stays."""
    absorbing = isinstance(node, model.Or)
    left: list[Any] = []
    for each in node.items:
        truth = _truth(each)
        if truth is absorbing:
            if not left:
                return _flag(absorbing, node)
            left.append(each)
            break
        if truth is None:
            left.append(each)
    if not left:
        return _flag(not absorbing, node)
    return left[0] if len(left) == 1 else dataclasses.replace(node, items=tuple(left))


def _case(node: model.Case) -> Any:
    branches: list[Any] = []
    for each in node.branches:
        truth = _truth(each.condition)
        if truth is True:
            return (
                each.value
                if not branches
                else dataclasses.replace(node, branches=tuple(branches), otherwise=each.value)
            )
        if truth is None:
            branches.append(each)
    return node.otherwise if not branches else dataclasses.replace(node, branches=tuple(branches))

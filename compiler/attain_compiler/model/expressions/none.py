"""Fields that may have no value, which is known: `core Core or none`. Where they are asked for a value there has to be
one: by `else`, or because a condition beside it says `is not none`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.guards import GUARDS
from attain_compiler.model.types import FLAG, EnumType, RecordType, Type
from attain_compiler.source import Span
from attain_compiler.syntax import ast

NONE = "none"


def present(env: Env, type_: Type, span: Span) -> Type:
    """The type of a field where it stands: without `none` where a condition says that there is a value."""
    if isinstance(type_, EnumType) and type_.or_none and written(env, span) in env.present:
        return type_.base
    return type_


def field_of_row(env: Env, value: model.FieldOf) -> model.Expression:
    """A field of a row. What a change costs and does is worked out of every row, so that, where its `when` says that
    there is a value, any stands for it in those for which the change is not possible."""
    type_ = present(env, value.type, value.span)
    if type_ != value.type:
        return replace(value, type=type_)
    if not isinstance(type_, EnumType) or not type_.or_none or written(env, value.span) not in env.possible:
        return value
    any_ = model.Constant(env.heads.enums[type_.base.id].members[0].constant, type=type_.base, span=value.span)
    assert isinstance(value.row.type, RecordType)
    env.heads.asked_where_possible.append((value.row.type.id, value.field, value.span))
    return instead_of_none(value, any_, value.span) or value


def where_possible(env: Env, condition: ast.Expression | None) -> Env:
    """The place of what a change with this `when` costs and does."""
    known = _knowing(env, "and", (condition,)).present - env.present
    rows = {name for name, each in env.locals.items() if isinstance(each.type, RecordType)}
    return replace(env, possible=frozenset(each for each in known if each.partition(".")[0] in rows))


def where(env: Env, *conditions: ast.Expression | None) -> Env:
    """The place of what is asked only where all of these conditions hold."""
    return _knowing(env, "and", conditions)


def among(env: Env, connecting: str, conditions: tuple[ast.Expression, ...]) -> Env:
    """The place of conditions joined by `and` or by `or`: each is asked only where the others leave it open."""
    return _knowing(env, connecting, conditions)


def _knowing(env: Env, connecting: str, conditions: tuple[ast.Expression | None, ...]) -> Env:
    found = {
        written(env, each.left.span)
        for condition in conditions
        for each in _flat(condition, connecting)
        if isinstance(each, ast.Comparison) and each.operator == GUARDS[connecting] and is_none(each.right)
    }
    return replace(env, present=env.present | found) if found else env


def _flat(condition: ast.Expression | None, connecting: str) -> Iterator[ast.Expression]:
    match condition:
        case None:
            return
        case ast.Connective(operators=operators, items=items) if set(operators) == {connecting}:
            pass
        case ast.Block(kind=kind, items=items) if kind == {"and": "all", "or": "any"}[connecting]:
            pass
        case _:
            yield condition
            return
    for each in items:
        yield from _flat(each, connecting)


def is_none(node: ast.Expression) -> bool:
    """Whether it is the word `none`."""
    return isinstance(node, ast.Reference) and node.qualifier is None and node.name.text == NONE


def written(env: Env, span: Span) -> str:
    """What stands there, by which a guard and what it guards are known to be the same."""
    return "".join(env.source.slice(span).split())


def instead_of_none(value: model.Expression, fallback: model.Expression, span: Span) -> model.Expression | None:
    """`x.core else general`; None where the value is no such field."""
    if not isinstance(value.type, EnumType) or not value.type.or_none:
        return None
    none = model.Constant(value.type.none, type=value.type, span=value.span)
    if value == none:
        return fallback
    if isinstance(value, model.Case):  # `a else b else c`: within the cases, where what is none is known best
        branches = tuple(replace(each, value=_or(each.value, fallback, span)) for each in value.branches)
        otherwise = _or(value.otherwise, fallback, span)
        return replace(value, branches=branches, otherwise=otherwise, type=fallback.type, span=span)
    absent = model.Compare("==", value, none, type=FLAG, span=value.span)
    branch = model.Branch(absent, fallback, span=fallback.span)
    there = replace(value, type=value.type.base)
    return model.Case((branch,), there, type=fallback.type, span=span)


def _or(value: model.Expression, fallback: model.Expression, span: Span) -> model.Expression:
    return instead_of_none(value, fallback, span) or value

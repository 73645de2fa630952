"""Counts that are years, among those that are declared as counts: they are shown without a mark between thousands."""

from __future__ import annotations

from attain_compiler.model.env import Env
from attain_compiler.model.types import COUNT, YEAR, Type
from attain_compiler.model.units import is_year
from attain_compiler.syntax import ast

_MOST = 50
"""So many declarations are gone through that stand further below."""


def shown_as(env: Env, type_: Type, body: ast.Expression) -> Type:
    """A type that is declared, as its values are shown: a count whose body is a year is one."""
    return YEAR if type_ == COUNT and _is_year(env, body, {}) else type_


def _is_year(env: Env, body: ast.Expression, known: dict[str, bool]) -> bool:
    """Whether what is written is the year of a date, or so many years from it; as `units.summed` and `joined` have it,
    before there are types. `known` is of which declarations that have no head yet that was asked."""

    def year(each: ast.Expression) -> bool:
        return _is_year(env, each, known)

    match body:
        case ast.DatePart(part=part):
            return part == "year"
        case ast.Binary(operator="+", left=left, right=right):
            return year(left) != year(right)
        case ast.Binary(operator="-", left=left, right=right):
            return year(left) and not year(right)
        case ast.Extreme(items=items):
            return any(map(year, items))
        case ast.Otherwise(value=value, fallback=fallback):
            return year(value) or year(fallback)
        case ast.Case(branches=branches):
            return any(year(each.value) for each in branches)
        case ast.Aggregate(kind="min" | "max", value=value) if value is not None:
            return year(value)
        case ast.AsOf(value=value):
            return year(value)
        case ast.Reference(name=name, qualifier=None) | ast.Call(name=name):
            return _is_called(env, name.text, known)
        case _:
            return False


def _is_called(env: Env, name: str, known: dict[str, bool]) -> bool:
    """Whether a declaration of this name is a year: as its head says, or as it is written where it has none yet."""
    declared = env.visible.declarations.get(name)
    if name in env.locals or declared is None:
        return False
    head = env.heads.values.get(declared.id)
    if head is not None:
        return is_year(head.type)
    if declared.id not in known:
        known[declared.id] = False  # in a circle, and where it goes on for long
        written = declared.written
        if isinstance(written, ast.Define | ast.Measure | ast.Report) and declared.module == env.visible.module:
            known[declared.id] = len(known) < _MOST and _is_year(env, written.body, known)
    return known[declared.id]

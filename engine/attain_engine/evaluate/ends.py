"""Between which ends a value lies whatever the facts are, by the bounds that fields and measures are declared with."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.checks.certain import declared_range

Ends: TypeAlias = tuple[Any, Any]
"""The least and the greatest value; None for an end that is open."""

UNBOUNDED: Final[Ends] = (None, None)


def declared_ends(program: model.Program, expression: model.Expression | None) -> Ends:
    """The ends of a value that an expression has, whatever the facts are."""

    def ends(part: model.Expression) -> Ends:
        return declared_ends(program, part)

    match expression:
        case None:
            return UNBOUNDED
        case model.Constant(value=int() | Fraction() as value) if not isinstance(value, bool):
            return value, value
        case model.Negative(operand=operand):
            return _turned(ends(operand))
        case model.Arithmetic(operator="+", left=left, right=right):
            return _added(ends(left), ends(right))
        case model.Arithmetic(operator="-", left=left, right=right):
            return _added(ends(left), _turned(ends(right)))
        case model.Arithmetic(operator="*", left=left, right=right):
            return _multiplied(ends(left), ends(right))
        case model.Arithmetic(left=left, right=model.Constant(value=int() | Fraction() as value)) if value:
            return _multiplied(ends(left), (Fraction(1, value), Fraction(1, value)))
        case model.Extreme(kind=kind, items=items):
            return _extreme(kind, [ends(each) for each in items])
        case model.Case(branches=branches, otherwise=otherwise):
            return _any_of([*(ends(each.value) for each in branches), ends(otherwise)])
        case model.Fallback(value=value, fallback=fallback):
            return _any_of([ends(value), ends(fallback)])
        case model.Aggregate():
            return aggregate_ends(program, expression)
        case _:
            return declared_range(program, expression)


def aggregate_ends(program: model.Program, aggregate: model.Aggregate) -> Ends:
    """The ends of an aggregate, whatever it runs over."""
    if aggregate.kind in ("count", "distinct"):
        return 0, None
    low, high = declared_ends(program, aggregate.value)
    if aggregate.kind == "sum":
        return 0 if low is not None and low >= 0 else None, 0 if high is not None and high <= 0 else None
    return low, high


def _turned(ends: Ends) -> Ends:
    low, high = ends
    return None if high is None else -high, None if low is None else -low


def _added(one: Ends, other: Ends) -> Ends:
    low, high = zip(one, other, strict=True)
    return None if None in low else sum(low), None if None in high else sum(high)


def _multiplied(one: Ends, other: Ends) -> Ends:
    if None not in one and None not in other:
        corners = [a * b for a in one for b in other]
        return min(corners), max(corners)
    lows = (one[0], other[0])
    return (lows[0] * lows[1], None) if None not in lows and min(lows) >= 0 else UNBOUNDED


def _extreme(kind: str, items: Sequence[Ends]) -> Ends:
    """The greatest is at least each low end that is known, and at most all high ones; likewise the least."""
    lows, highs = zip(*items, strict=True)
    if kind == "max":
        return max((each for each in lows if each is not None), default=None), None if None in highs else max(highs)
    return None if None in lows else min(lows), min((each for each in highs if each is not None), default=None)


def _any_of(items: Sequence[Ends]) -> Ends:
    lows, highs = zip(*items, strict=True)
    return None if None in lows else min(lows), None if None in highs else max(highs)

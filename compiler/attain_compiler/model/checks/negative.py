"""Changes that may cost, or take, less than nothing, by the bounds of what they are worked out from: a plan that finds
such facts is refused."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.checks.certain import declared_range
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import Quantity
from attain_compiler.model.walk import nodes

Ends: TypeAlias = "tuple[Fraction | None, Fraction | None]"
"""The least and the greatest that a number may be; None where that is not declared."""

_ANYTHING: Ends = (None, None)

_ASKED = (model.FieldOf, model.MeasureCall, model.DefineCall, model.Lookup)


def check(program: model.Program, mains: frozenset[str], findings: Findings) -> None:
    """Doubt the costs and durations of which declared bounds, or entries of parameters, let the sum be below 0. What
    the `when` of the change asks about is left to it."""
    for change in program.changes.values():
        if change.span.path not in mains:
            continue
        for each in (False, True):
            costs = [cost.amount for cost in change.costs if cost.each is each]
            least = [ends(program, amount)[0] for amount in costs]
            if costs and _below(least) and not _asked(change, costs):
                worst = costs[least.index(min(least))]  # type: ignore[type-var]
                currency = worst.type.currency if isinstance(worst.type, Quantity) else None
                _doubt(findings, change, worst, "cost", f"0 {currency or 'EUR'}")
        for takes in change.takes:
            times = takes.duration.times if isinstance(takes.duration, model.Repeated) else None
            if times is not None and _below([ends(program, times)[0]]) and not _asked(change, [times]):
                _doubt(findings, change, takes.duration, "take", "0")


def _below(least: Sequence[Fraction | None]) -> bool:
    known = [each for each in least if each is not None]
    return len(known) == len(least) and sum(known) < 0


def _asked(change: model.Change, amounts: Sequence[model.Expression]) -> bool:
    """Whether the change is only possible under a condition on what its cost is worked out from."""
    if change.condition is None:
        return False
    asked = {node for node in nodes(change.condition) if isinstance(node, _ASKED)}
    return any(node in asked for amount in amounts for node in nodes(amount))


def _doubt(findings: Findings, change: model.Change, node: model.Expression, does: str, zero: str) -> None:
    findings.warning(
        "cost-may-be-negative",
        f"`{change.name}` may {does} less than nothing, and then there is no plan",
        node.span,
        "by the bounds that are declared",
        help=f"let the bounds leave that out, or take `greatest of (..., {zero})`",
    )


def ends(program: model.Program, node: model.Expression) -> Ends:
    """The interval of a number that a change is worked out from, by what is declared."""

    def of(each: model.Expression) -> Ends:
        return ends(program, each)

    match node:
        case model.Constant(value=int() | Fraction() as value) if not isinstance(value, bool):
            return Fraction(value), Fraction(value)
        case model.Lookup(table=table):
            return _all_of([entry.value for entry in program.tables[table].entries])
        case model.ReadingValue(reading=reading):
            return _all_of([each.value for each in program.readings[reading].alternatives])
        case model.DefineCall(define=define) if not program.defines[define].recursive:
            return of(program.defines[define].body)
        case model.Negative(operand=operand):
            low, high = of(operand)
            return _minus(high), _minus(low)
        case model.Arithmetic(operator=operator, left=left, right=right):
            return _worked_out(operator, of(left), of(right))
        case model.Case(branches=branches, otherwise=otherwise):
            return _either([of(each.value) for each in branches] + [of(otherwise)])
        case model.Fallback(value=value, fallback=fallback):
            return _either([of(value), of(fallback)])
        case model.Extreme(kind="max", items=items):
            lows = [low for low, _ in map(of, items) if low is not None]
            return max(lows, default=None), _either([of(each) for each in items])[1]
        case model.Extreme(items=items):
            highs = [high for _, high in map(of, items) if high is not None]
            return _either([of(each) for each in items])[0], min(highs, default=None)
        case _:
            low_, high_ = declared_range(program, node)
            return _number(low_), _number(high_)


def _number(value: object) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _minus(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _all_of(values: Sequence[object]) -> Ends:
    known = [_number(each) for each in values]
    return _either([(each, each) for each in known])


def _either(every: Sequence[Ends]) -> Ends:
    lows, highs = [low for low, _ in every], [high for _, high in every]
    low = None if None in lows or not lows else min(lows)  # type: ignore[type-var]
    return low, None if None in highs or not highs else max(highs)  # type: ignore[type-var]


def _worked_out(operator: str, left: Ends, right: Ends) -> Ends:
    match operator:
        case "+":
            return _sum(left[0], right[0]), _sum(left[1], right[1])
        case "-":
            return _sum(left[0], _minus(right[1])), _sum(left[1], _minus(right[0]))
        case "*":
            if None not in (*left, *right):
                products = [a * b for a in left for b in right]  # type: ignore[operator]
                return min(products), max(products)
            not_below = all(low is not None and low >= 0 for low, _ in (left, right))
            return (left[0] * right[0] if not_below else None), None  # type: ignore[operator]
        case _:
            return _ANYTHING


def _sum(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right

"""What is open in conditions and numbers, however deep, and which way it pulls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Derived,
    Formula,
    Negation,
    conjunction,
    operands,
    subformulas,
)
from attain_engine.open.derived import Chosen, Extreme, Multiple, OnlyIf, Placed, Product, Quotient, Sum
from attain_engine.open.linear import Exact, Linear, Quantity, Stairs, range_of
from attain_engine.open.substitution import Substitution

Part: TypeAlias = Formula | Amount
_Signed: TypeAlias = tuple[Part, bool]
"""A part of a condition, and whether it helps the condition that this holds (or is large)."""


def open_parts(roots: Iterable[Condition | Quantity]) -> Iterator[Atom | Amount]:
    """Every atom and every amount that is open by itself in conditions and numbers, each once, in a fixed order."""
    seen: dict[Part, None] = {}
    stack = [part for root in reversed(list(roots)) for part, _ in reversed(_parts_of(root, True))]
    while stack:
        part = stack.pop()
        if part in seen:
            continue
        seen[part] = None
        below = [each for each, _ in _below(part, True)]
        if isinstance(part, Atom) or (isinstance(part, Amount) and not below):
            yield part
        stack.extend(reversed(below))


def rests_on_unknowns(value: object) -> bool:
    """Whether anything unknown is in a condition or a number."""
    roots: Iterable[Formula]
    amounts: list[Amount] = []
    match value:
        case Formula():
            roots = (value,)
        case Linear(terms=terms):
            roots = terms
            amounts += value.amounts
        case Stairs(steps=steps):
            roots = [condition for _, condition in steps]
        case _:
            return False
    for each in subformulas(roots):
        if isinstance(each, AmountAtLeast):
            amounts.append(each.amount)
        elif isinstance(each, Atom) and each.kind == "unknown":
            return True
    if not any(isinstance(each.name, Derived) for each in amounts):
        return any(each.kind == "unknown" for each in amounts)
    # It takes a look into what the numbers are worked out from.
    return any(each.kind == "unknown" for each in open_parts((value,)))


def has_decisions(condition: Condition | Quantity) -> bool:
    """Whether a condition or a number rests on what is decided."""
    return any(each.kind == "decision" for each in open_parts((condition,)))


def at_worst(condition: Condition, but: Callable[[Any], bool] = lambda _: False) -> Condition:
    """A condition with those unknowns at their worst that can only help or only harm it: it holds in every completion
    just if this does. Those with a name that `but` is true of stay as they are."""
    if not rests_on_unknowns(condition):
        return condition
    if isinstance(condition, Conjunction):  # all must hold in every completion, so each must
        return conjunction(at_worst(each, but) for each in condition.operands)
    signs: dict[Part, set[bool]] = {}
    stack = _parts_of(condition, True)
    while stack:
        part, sign = stack.pop()
        known = signs.setdefault(part, set())
        if sign not in known:
            known.add(sign)
            stack.extend(_below(part, sign))

    def atom(each: Atom) -> Condition | None:
        sign = signs.get(each, {True, False})
        return sign == {False} if each.kind == "unknown" and len(sign) == 1 and not but(each.name) else None

    def amount(each: Amount) -> Quantity | None:
        sign = signs.get(each, {True, False})
        if each.kind != "unknown" or len(sign) > 1 or but(each.name):
            return None
        return each.low if sign == {True} else each.high  # type: ignore[no-any-return]

    return Substitution(atom, amount).condition(condition)


def _parts_of(value: Condition | Quantity, sign: bool) -> list[_Signed]:
    match value:
        case Formula():
            return [(value, sign)]
        case Linear(terms=terms, amounts=amounts):
            weighted: list[tuple[Part, Exact]] = [*terms.items(), *amounts.items()]
            return [(part, sign is (weight > 0)) for part, weight in weighted]
        case Stairs(steps=steps):
            return [(condition, sign) for _, condition in steps]
        case _:
            return []


def _both_ways(*values: Condition | Quantity) -> list[_Signed]:
    return [each for value in values for sign in (True, False) for each in _parts_of(value, sign)]


def _below(part: Part, sign: bool) -> list[_Signed]:
    """What a part is directly made of."""
    if isinstance(part, AmountAtLeast):
        return [(part.amount, sign)]
    if isinstance(part, Formula):
        return [(each, sign is not isinstance(part, Negation)) for each in operands(part)]
    match part.name:
        case Sum(terms=terms, amounts=amounts):
            parts: list[tuple[Part, int]] = [*terms, *amounts]
            return [(each, sign is (weight > 0)) for each, weight in parts]
        case OnlyIf(condition=condition, number=number):
            low, high = range_of(number)
            if low is not None and low >= 0:
                gate = _parts_of(condition, sign)
            elif high is not None and high <= 0:
                gate = _parts_of(condition, not sign)
            else:
                gate = _both_ways(condition)
            return [*gate, *_parts_of(number, sign)]
        case Chosen(cases=cases):
            numbers = [each for _, number in cases for each in _parts_of(number, sign)]
            return [*_both_ways(*(condition for condition, _ in cases)), *numbers]
        case Extreme(operands=operands_):
            return [each for operand in operands_ for each in _parts_of(operand, sign)]
        case Multiple(number=number):
            return _parts_of(number, sign)
        case Quotient(dividend=one, divisor=other) | Product(left=one, right=other):
            return _both_ways(one, other)
        case Placed(people=people):
            return [part for person in people for each in person for part in _parts_of(each, sign)]
        case _:
            return []

"""What conditions and numbers come to when so much is decided, and how that changes when something else is.

Each formula keeps the weight of its operands that hold, so to decide one thing otherwise touches only what depends on
it and turns. A sum of many amounts keeps its total; any other number that is worked out from others is worked out anew
whenever something in it turns.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Derived,
    Formula,
    Negation,
    Reaches,
    operands,
)
from attain_engine.open.derived import Chosen, Extreme, Multiple, OnlyIf, Placed, Product, Quotient, Sum, rounded
from attain_engine.open.linear import Exact, Linear, Quantity, Stairs, as_linear
from attain_engine.open.placing import placing

MANY = 8
"""A sum of so many amounts keeps its total."""


class Valuation:
    """What is decided, and the truth of the conditions that were asked about so far."""

    def __init__(self, made: Iterable[Any] = (), amounts: Mapping[Any, int] | None = None) -> None:
        """`made` are the names of the decisions taken, `amounts` the sizes of the amounts by name (those missing are
        0)."""
        self._units: dict[Any, int] = {**dict.fromkeys(made, 1), **(amounts or {})}
        self._numbers: dict[Formula, int] = {}
        self._formulas: list[Formula] = []
        self._truth: list[bool] = []
        self._reached: list[int] = []
        self._needed: list[int] = []
        self._parents: list[list[tuple[int, int]]] = []
        self._leaves: dict[Any, list[int]] = {}
        self._kept: dict[int, tuple[Any, int]] = {}  # by its identity what keeps a total, and the total's place
        self._totals: list[Exact] = []
        self._added: dict[Any, list[tuple[int, Exact]]] = {}

    @property
    def size(self) -> int:
        """How many formulas were asked about, with all that they are made of."""
        return len(self._formulas)

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds."""
        if isinstance(condition, bool):
            return condition
        if condition not in self._numbers:
            for formula in with_nested((condition,)):
                if formula not in self._numbers:
                    self._add(formula)
        return self._truth[self._numbers[condition]]

    def value(self, number: Quantity) -> Exact:
        """What a number is."""
        if isinstance(number, (int, Fraction)):
            return number
        form = as_linear(number)
        return (
            form.constant
            + sum(weight for formula, weight in form.terms.items() if self.holds(formula))
            + self._total(form, form.amounts.items())
        )

    def units(self, name: Any) -> int:
        """How much of a decision or an amount is made."""
        return self._units.get(name, 0)

    def decide(self, name: Any, units: int) -> None:
        """Decide one thing: how much is made of it (1 or 0 where it is made or not)."""
        more = units - self._units.get(name, 0)
        self._units[name] = units
        for place, weight in self._added.get(name, ()):
            self._totals[place] += weight * more
        turned = [place for place in self._leaves.get(name, ()) if self._truth[place] is not self._leaf(place)]
        stack = turned
        while stack:
            place = stack.pop()
            truth = self._truth[place] = not self._truth[place]
            for parent, weight in self._parents[place]:
                if self._needed[parent] < 0:  # a number in it is worked out anew
                    if (self._leaf(parent) is not self._truth[parent]) is not (parent in stack):
                        _toggle(stack, parent)
                    continue
                before = self._reached[parent] >= self._needed[parent]
                self._reached[parent] += weight if truth else -weight
                if (self._reached[parent] >= self._needed[parent]) is not before:
                    _toggle(stack, parent)

    def decide_all(self, made: Iterable[Any], amounts: Mapping[Any, int]) -> None:
        """Decide everything."""
        wanted = {**dict.fromkeys(made, 1), **amounts}
        for name in [*wanted, *(each for each in self._units if each not in wanted)]:
            units = wanted.get(name, 0)
            if units != self._units.get(name, 0):
                self.decide(name, units)

    def _add(self, formula: Formula) -> None:
        """Take note of a formula; those it is made of are known."""
        place = len(self._formulas)
        self._numbers[formula] = place
        self._formulas.append(formula)
        self._parents.append([])
        match formula:
            case Atom() | AmountAtLeast():
                for name in _names(formula):
                    self._leaves.setdefault(name, []).append(place)
                if isinstance(formula, AmountAtLeast):
                    for each in formulas_in(formula.amount):
                        self._parents[self._numbers[each]].append((place, 0))
                self._needed.append(-1)
                self._reached.append(0)
                self._truth.append(self._leaf(place))
                return
            case Reaches():
                terms, needed = formula.terms, formula.bound
            case Negation():
                terms, needed = ((formula.operand, -1),), 0
            case _:
                terms = tuple((each, 1) for each in operands(formula))
                needed = len(terms) if isinstance(formula, Conjunction) else 1
        reached = 0
        for each, weight in terms:
            number = self._numbers[each]
            self._parents[number].append((place, weight))
            reached += weight if self._truth[number] else 0
        self._needed.append(needed)
        self._reached.append(reached)
        self._truth.append(reached >= needed)

    def _leaf(self, place: int) -> bool:
        match self._formulas[place]:
            case Atom(name=name):
                return self._units.get(name, 0) > 0
            case AmountAtLeast(amount=amount, least=least, strict=strict):
                value = self._amount(amount)
                return bool(value > least) if strict else bool(value >= least)
            case other:
                raise TypeError(other)

    def _total(self, of: Any, amounts: Collection[tuple[Amount, Exact]]) -> Exact:
        """The sum of weights times amounts, which are those of some number."""
        known = self._kept.get(id(of))
        if known is not None:
            return self._totals[known[1]]
        found = sum(weight * self._amount(each) for each, weight in amounts)
        if len(amounts) >= MANY and not any(isinstance(each.name, Derived) for each, _ in amounts):
            place = len(self._totals)
            self._kept[id(of)] = of, place
            self._totals.append(found)
            for each, weight in amounts:
                self._added.setdefault(each.name, []).append((place, weight))
        return found

    def _amount(self, amount: Amount) -> Exact:
        match amount.name:
            case Sum(terms=terms, amounts=amounts):
                return sum(weight for formula, weight in terms if self.holds(formula)) + self._total(
                    amount.name, amounts
                )
            case OnlyIf(condition=condition, number=number):
                return self.value(number) if self.holds(condition) else 0
            case Chosen(cases=cases):
                return next((self.value(number) for condition, number in cases if self.holds(condition)), 0)
            case Extreme(kind=kind, operands=several):
                return (max if kind == "max" else min)(self.value(each) for each in several)
            case Multiple(number=number, mode=mode, step=step):
                return rounded(self.value(number), mode, step) / step
            case Quotient(dividend=dividend, divisor=divisor):
                by = self.value(divisor)
                return Fraction(self.value(dividend)) / by if by else 0
            case Product(left=left, right=right):
                return self.value(left) * self.value(right)
            case Placed(needed=needed, people=people):
                able = [[self.holds(each) for each in person] for person in people]
                return sum(needed) - sum(missing for _, missing in placing(needed, able))
            case _:
                return self._units.get(amount.name, 0)


def _toggle(stack: list[int], place: int) -> None:
    """What is to turn, and turns again before it was looked at, stays as it is."""
    if place in stack:
        stack.remove(place)
    else:
        stack.append(place)


def numbers_in(amount: Amount) -> Iterator[Condition | Quantity]:
    """What an amount is directly worked out from; nothing if it is open by itself."""
    match amount.name:
        case Sum(terms=terms, amounts=amounts):
            yield Linear(0, dict(terms), dict(amounts))
        case OnlyIf(condition=condition, number=number):
            yield from (condition, number)
        case Chosen(cases=cases):
            for each in cases:
                yield from each
        case Extreme(operands=several):
            yield from several
        case Multiple(number=number):
            yield number
        case Quotient(dividend=one, divisor=other) | Product(left=one, right=other):
            yield from (one, other)
        case Placed(people=people):
            yield from dict.fromkeys(each for person in people for each in person)
        case _:
            return


@lru_cache(maxsize=100_000)
def _parts_of(amount: Amount) -> tuple[tuple[Formula, ...], tuple[Amount, ...]]:
    """The formulas that an amount is worked out from, and the amounts that are open by themselves; formulas are not
    looked into."""
    formulas: dict[Formula, None] = {}
    open_ones: dict[Amount, None] = {}
    for part in numbers_in(amount):
        match part:
            case Formula():
                formulas[part] = None
            case Linear(terms=terms, amounts=amounts):
                formulas.update(dict.fromkeys(terms))
                for each in amounts:
                    below = _parts_of(each)
                    formulas.update(dict.fromkeys(below[0]))
                    open_ones.update(dict.fromkeys(below[1]))
            case Stairs(steps=steps):
                formulas.update((condition, None) for _, condition in steps)
            case _:
                pass
    if not isinstance(amount.name, Derived):
        open_ones[amount] = None
    return tuple(formulas), tuple(open_ones)


def formulas_in(amount: Amount) -> tuple[Formula, ...]:
    """The formulas that an amount is worked out from, however deep; formulas themselves are not looked into."""
    return _parts_of(amount)[0]


def amounts_in(amount: Amount) -> tuple[Amount, ...]:
    """The amounts that one is worked out from, or it itself, if it is open by itself; formulas are not looked into."""
    return _parts_of(amount)[1]


def _names(formula: Atom | AmountAtLeast) -> Iterable[Any]:
    if isinstance(formula, Atom):
        return (formula.name,)
    return [each.name for each in amounts_in(formula.amount)]


def with_nested(roots: Iterable[Condition]) -> Iterator[Formula]:
    """Every formula below the roots, those in numbers as well, each once, and what each is made of before it."""
    seen: set[Formula] = set()
    stack: list[tuple[Formula, bool]] = [(root, False) for root in roots if isinstance(root, Formula)]
    while stack:
        formula, expanded = stack.pop()
        if expanded:
            yield formula
        elif formula not in seen:
            seen.add(formula)
            stack.append((formula, True))
            below = formulas_in(formula.amount) if isinstance(formula, AmountAtLeast) else operands(formula)
            stack.extend((each, False) for each in below if each not in seen)


def has_numbers(condition: Condition) -> bool:
    """Whether a condition asks for sums of amounts, or for numbers that are worked out from others."""
    return any(
        isinstance(formula, AmountAtLeast) and isinstance(formula.amount.name, Derived)
        for formula in with_nested((condition,))
    )


_LOCK = threading.Lock()


@lru_cache(maxsize=4)
def _kept(_: Formula) -> Valuation:
    return Valuation()


def holds(root: Condition, made: Iterable[Any], amounts: Mapping[Any, int]) -> bool:
    """The truth of a condition over decisions only. (What is worked out for one condition is kept while it is tried
    with one choice after the other.)"""
    if isinstance(root, bool):
        return root
    with _LOCK:
        valuation = _kept(root)
        valuation.decide_all(made, amounts)
        return valuation.holds(root)


def value_at(number: Quantity, made: Iterable[Any], amounts: Mapping[Any, int]) -> Exact:
    """The number when these decisions are taken and the amounts are so much (those missing are 0)."""
    return Valuation(made, amounts).value(number)

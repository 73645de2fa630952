"""Conditions and numbers with some of what is open in them settled."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attain_engine.open.comparing import at_least, more_than
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    conjunction,
    disjunction,
    negation,
)
from attain_engine.open.derived import (
    Chosen,
    Extreme,
    Multiple,
    OnlyIf,
    Placed,
    Product,
    Quotient,
    Sum,
    placed,
    rounded,
    rounded_number,
)
from attain_engine.open.linear import (
    Exact,
    Linear,
    Quantity,
    Stairs,
    of_amount,
    scale,
    total,
    weighted,
)
from attain_engine.open.stairs import chosen, extreme, has_few_values, is_of_its_own, mapped, possible_values, times

MOST_VALUES = 2_000
"""A divisor or factor that is open has so many values at the most."""


class Substitution:
    """Puts something in the place of atoms and amounts. Both are asked of what is open by itself; None leaves it as it
    is. A number that is worked out from others is worked out again."""

    def __init__(
        self,
        atom: Callable[[Atom], Condition | None],
        amount: Callable[[Amount], Quantity | None],
    ) -> None:
        self._atom = atom
        self._amount = amount
        self._conditions: dict[Formula, Condition] = {}
        self._amounts: dict[Amount, Quantity] = {}

    def condition(self, condition: Condition) -> Condition:
        """The condition with what is settled in it put in its place."""
        if isinstance(condition, bool):
            return condition
        made = self._conditions
        stack = [condition]
        while stack:  # below what was made nothing is looked at again: the conditions of numbers lie within each other
            formula = stack[-1]
            waiting = [] if formula in made else [each for each in formula.below if each not in made]
            if waiting:
                stack += waiting
                continue
            if formula not in made:
                made[formula] = self._again(formula)
            stack.pop()
        return made[condition]

    def _again(self, formula: Formula) -> Condition:
        made = self._conditions
        if formula.below and all(made[each] is each for each in formula.below):
            return formula
        match formula:
            case Atom():
                settled = self._atom(formula)
                return formula if settled is None else settled
            case AmountAtLeast(amount=amount, least=least, strict=strict):
                number = self.of(amount)
                return more_than(number, least) if strict else at_least(number, least)
            case Negation(operand=operand):
                return negation(made[operand])
            case Conjunction(operands=operands):
                return conjunction(made[each] for each in operands)
            case Disjunction(operands=operands):
                return disjunction(made[each] for each in operands)
            case Reaches(terms=terms, bound=bound):
                return at_least(weighted((made[each], weight) for each, weight in terms), bound)
            case _:
                raise TypeError(formula)

    def number(self, number: Quantity) -> Quantity:
        """The number with what is settled in it put in its place."""
        match number:
            case Linear(constant=constant, terms=terms, amounts=amounts):
                formulas = weighted((self.condition(formula), weight) for formula, weight in terms.items())
                return total((constant, formulas, *(scale(self.of(each), weight) for each, weight in amounts.items())))
            case Stairs(base=base, steps=steps):
                best: Exact = base
                kept: list[tuple[Exact, Formula]] = []
                for value, condition in steps:
                    reached = self.condition(condition)
                    if reached is True:
                        best, kept = value, []
                    elif isinstance(reached, Formula):
                        kept.append((value, reached))
                return Stairs(best, tuple(kept)) if kept else best
            case _:
                return number

    def of(self, amount: Amount) -> Quantity:
        """What an amount becomes."""
        known = self._amounts.get(amount)
        if known is None:
            known = self._amounts[amount] = self._worked_out(amount)
        return known

    def _worked_out(self, amount: Amount) -> Quantity:
        match amount.name:
            case Sum(terms=terms, amounts=amounts):
                formulas = weighted((self.condition(formula), weight) for formula, weight in terms)
                return total((formulas, *(scale(self.of(each), weight) for each, weight in amounts)))
            case OnlyIf(condition=condition, number=number):
                return times(self.condition(condition), self.number(number))
            case Chosen(cases=cases):
                return chosen((self.condition(condition), self.number(number)) for condition, number in cases)
            case Extreme(kind=kind, operands=operands):
                return extreme(kind, [self.number(each) for each in operands])
            case Multiple(number=number, mode=mode, step=step):
                again = self.number(number)
                if is_of_its_own(again):
                    return scale(rounded_number(again, mode, step), 1 / Fraction(step))
                return mapped(again, lambda value: rounded(value, mode, step) / step)
            case Quotient(dividend=dividend, divisor=divisor):
                return self._of_two(
                    amount, dividend, divisor, lambda one, by: scale(one, 1 / Fraction(by)) if by else 0
                )
            case Product(left=left, right=right):
                return self._of_two(amount, left, right, scale)
            case Placed(needed=needed, people=people):
                return placed(needed, [[self.condition(each) for each in person] for person in people])
            case _:
                settled = self._amount(amount)
                return of_amount(amount) if settled is None else settled

    def _of_two(
        self, amount: Amount, left: Quantity, right: Quantity, function: Callable[[Quantity, Exact], Quantity]
    ) -> Quantity:
        one, other = self.number(left), self.number(right)
        if not has_few_values(other, MOST_VALUES):
            again = type(amount.name).of(one, other)
            return of_amount(Amount("unknown", again, amount.low, amount.high, amount.whole))
        return chosen((condition, function(one, value)) for condition, value in possible_values(other, MOST_VALUES))

"""A problem as an integer program: amounts are whole numbers, not taken unit by unit.

A formula of the condition, which is in normal form, has a column that is 1 only if the formula holds: negations are at
the leaves, so nothing needs the other direction. A number has, where more of it helps, a column that is no greater than
it, and where less of it helps, one that is no less. So the plans are just the solutions, as far as choices go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

from attain_compiler.asp import TooLarge
from attain_compiler.frozen import frozen
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
    subformulas,
)
from attain_engine.open.normal_form import parts
from attain_engine.optimise.digits import Digits, digits_of, digits_rows
from attain_engine.optimise.encode import unit_of
from attain_engine.optimise.numbers import Numbers
from attain_engine.optimise.problem import Choice, Exact, Objective
from attain_engine.optimise.reduce.symmetry import After
from attain_engine.optimise.thresholds import Ladder, ladders
from attain_engine.solve.rows import Affine, Rows

MOST_ENTRIES = 20_000_000
"""A program of more numbers than this is refused: it would take more memory than there is."""

MOST_STEPS = 2_000
"""So many units of one choice may take months each at the most."""


@frozen
class IntegerProgram:
    """The rows; the column of each choice; for each objective that any choice adds to, what one unit of the solver is
    worth in it and, where its totals are too large for the solver, the digits that it is written in."""

    rows: Rows
    columns: Mapping[Any, int]
    objectives: tuple[Objective, ...]
    units: Mapping[Objective, Fraction]
    digits: Mapping[Objective, Digits]

    def read(self, values: Sequence[float]) -> dict[Any, int]:
        """How much of each choice a solution uses."""
        found = {name: round(values[column]) for name, column in self.columns.items()}
        return {name: units for name, units in found.items() if units > 0}


def integer_program(
    condition: Formula,
    choices: Sequence[Choice],
    objectives: Sequence[Objective],
    budget: Exact | None = None,
    orders: Sequence[After] = (),
) -> IntegerProgram:
    """The program of a condition in normal form over some choices, of which alike ones are used in order. Raises
    TooLarge and TooFine."""
    writer = _Writer(choices)
    writer.orders(orders)
    return writer.write(condition, objectives, budget)


class _Writer:
    def __init__(self, choices: Sequence[Choice]) -> None:
        self.rows = Rows()
        self.choices = choices
        self.columns: dict[Any, int] = {}
        self.used: dict[Any, int] = {}
        self.claims: dict[Formula, Affine] = {}
        self.numbers = Numbers(self.rows, self.claim, self.column)
        for choice in choices:
            high = 1 if choice.amount is None else choice.amount.high
            column = self.columns[choice.name] = self.rows.column(0, high)
            self.used[choice.name] = column
            if choice.amount is not None and high > 1 and (choice.cost_once or choice.changes or choice.days_once):
                used = self.used[choice.name] = self.rows.column(0, 1)
                self.rows.at_least({used: high, column: -1}, 0)

    def write(self, condition: Formula, objectives: Sequence[Objective], budget: Exact | None) -> IntegerProgram:
        roots = parts(condition)
        self._ladders(roots)
        for root in roots:
            self._require(root)
        if budget is not None:
            self.rows.reaches(Affine(self._cost(), Fraction(0)).times(Fraction(-1)), -Fraction(budget))
        kept = tuple(each for each in objectives if any(choice.weight(each, _most(choice)) for choice in self.choices))
        units: dict[Objective, Fraction] = {}
        digits: dict[Objective, Digits] = {}
        for each in kept:
            terms, units[each] = self._time() if each == "time" else self._total(each)
            digits[each] = digits_of(self.rows, terms)
            self.rows.objectives += digits_rows(self.rows, terms, digits[each])
        if self.rows.entries > MOST_ENTRIES:
            raise TooLarge(f"the plan's program has more than {MOST_ENTRIES} numbers; give fewer choices")
        return IntegerProgram(self.rows, self.columns, kept, units, digits)

    def orders(self, orders: Sequence[After]) -> None:
        """Of alike choices, which are used only after which; amounts are left out, which only leaves more plans."""
        for after in orders:
            members = [self.choices[place] for place in (*after.later, *after.earlier)]
            if all(each.amount is None for each in members):
                earlier = {self.columns[self.choices[place].name]: 1 for place in after.earlier}
                for place in after.later:
                    self.rows.at_least({**earlier, self.columns[self.choices[place].name]: -1}, 0)

    # ------------------------------------------------------------ conditions

    def column(self, amount: Amount) -> int:
        """The column of an amount that is decided."""
        return self.columns[amount.name]

    def _require(self, root: Formula) -> None:
        match root:
            case Reaches():
                self.rows.reaches(self._sum(root.terms), Fraction(root.bound))
            case Conjunction():
                for each in root.operands:
                    self._require(each)
            case Disjunction():
                self.rows.reaches(self._sum([(each, 1) for each in root.operands]), Fraction(1))
            case _:
                self.rows.reaches(self.claim(root), Fraction(1))

    def claim(self, condition: Condition) -> Affine:
        """What is 1 only if a condition in normal form holds, and may be 1 whenever it does."""
        if isinstance(condition, bool):
            return Affine({}, Fraction(condition))
        for formula in subformulas((condition,)):
            if formula not in self.claims:
                self.claims[formula] = self._claim(formula)
        return self.claims[condition]

    def _claim(self, formula: Formula) -> Affine:
        match formula:
            case Atom():
                return Affine({self.columns[formula.name]: Fraction(1)}, Fraction(0))
            case Negation(operand=Atom() as atom):
                return Affine({self.columns[atom.name]: Fraction(-1)}, Fraction(1))
            case AmountAtLeast():
                return self.numbers.reaches(formula, True)
            case Negation(operand=AmountAtLeast() as level):
                return self.numbers.reaches(level, False)
            case Conjunction():
                column = self.rows.column(0, 1)
                for each in formula.operands:
                    self.rows.reaches(self.claims[each].plus(column, -1), Fraction(0))
                return Affine({column: Fraction(1)}, Fraction(0))
            case Disjunction():
                column = self.rows.column(0, 1)
                terms = self._sum([(each, 1) for each in formula.operands])
                self.rows.reaches(terms.plus(column, -1), Fraction(0))
                return Affine({column: Fraction(1)}, Fraction(0))
            case Reaches():
                column = self.rows.column(0, 1)
                self.rows.reaches(self._sum(formula.terms).plus(column, -formula.bound), Fraction(0))
                return Affine({column: Fraction(1)}, Fraction(0))
            case _:
                raise TypeError(formula)

    def _sum(self, terms: Sequence[tuple[Formula, int]]) -> Affine:
        total: dict[int, Fraction] = {}
        constant = Fraction(0)
        for each, weight in terms:
            claim = self.claim(each)
            constant += weight * claim.constant
            for column, factor in claim.terms.items():
                total[column] = total.get(column, Fraction(0)) + weight * factor
        return Affine(total, constant)

    def _ladders(self, roots: Sequence[Formula]) -> None:
        """Sums that are asked for several bounds are one row."""
        below = [each for root in roots for each in subformulas((root,)) if each is not root]
        for ladder in ladders(dict.fromkeys(below)):
            if len(ladder.rungs) > 1 and not any(rung in self.claims for rung, _ in ladder.rungs):
                self._ladder(ladder)

    def _ladder(self, ladder: Ladder) -> None:
        total = self._sum(ladder.terms)
        before: tuple[int | None, int] = (None, 0)
        for rung, bound in ladder.rungs:
            column = self.rows.column(0, 1)
            total = total.plus(column, before[1] - bound)
            if before[0] is not None:
                self.rows.at_least({before[0]: 1, column: -1}, 0)
            before = column, bound
            self.claims[rung] = Affine({column: Fraction(1)}, Fraction(0))
        self.rows.reaches(total, Fraction(0))

    # ------------------------------------------------------------ objectives

    def _cost(self) -> dict[int, Fraction]:
        terms: dict[int, Fraction] = {}
        for choice in self.choices:
            once = Fraction(choice.cost_once)
            if once:
                used = self.used[choice.name]
                terms[used] = terms.get(used, Fraction(0)) + once
            each = Fraction(choice.cost_each)
            if each:
                column = self.columns[choice.name]
                terms[column] = terms.get(column, Fraction(0)) + each
        return terms

    def _total(self, objective: Objective) -> tuple[dict[int, int], Fraction]:
        if objective == "cost":
            exact = self._cost()
        else:
            exact = {self.used[each.name]: Fraction(each.changes) for each in self.choices if each.changes}
        unit = unit_of(exact.values())
        return {column: int(weight / unit) for column, weight in exact.items()}, unit

    def _time(self) -> tuple[dict[int, int], Fraction]:
        """The days of the longest, which are a column of their own."""
        counted = [each for each in self.choices if each.days(_most(each))]
        in_steps = [each for each in counted if _most(each) > 1 and each.days_by_unit is not None]
        unit = 1 if in_steps else gcd(*(days for each in counted for days in _once_and_each(each)))
        column = self.rows.column(0, max(each.days(_most(each)) for each in counted) // unit)
        for each in counted:
            terms = {column: 1}
            if each in in_steps:
                terms |= self._steps(each)
            else:
                once, more = _once_and_each(each)
                for of, days in ((self.used[each.name], once), (self.columns[each.name], more)):
                    terms[of] = terms.get(of, 0) - days // unit
            self.rows.at_least(terms, 0)
        return {column: 1}, Fraction(unit)

    def _steps(self, choice: Choice) -> dict[int, int]:
        """By how much each further unit of a choice makes it longer, where that is not always as much (months differ).
        Each has a column, which is 1 where so many units are made."""
        most = _most(choice)
        if most > MOST_STEPS:
            raise TooLarge(f"a change that may be made {most:,} times takes months each time; give it fewer")
        terms: dict[int, int] = {}
        for number in range(1, most + 1):
            step = self.rows.column(0, 1)
            self.rows.at_least({step: most - number + 1, self.columns[choice.name]: -1}, 1 - number)
            terms[step] = choice.days(number - 1) - choice.days(number)
        return terms


def _once_and_each(choice: Choice) -> tuple[int, int]:
    """The days of a choice as a whole and for each unit, where these are always as many."""
    return (choice.days(1), 0) if _most(choice) == 1 else (choice.days_once, choice.days_each)


def _most(choice: Choice) -> int:
    return 1 if choice.amount is None else int(choice.amount.high)

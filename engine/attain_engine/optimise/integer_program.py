"""A problem as an integer program: amounts are whole numbers, not taken unit by unit.

A formula of the condition, which is in normal form, has a column that is 1 only if the formula holds: negations are at
the leaves, so nothing needs the other direction. A number has, where more of it helps, a column that is no greater than
it, and where less of it helps, one that is no less. So the plans are just the solutions, as far as choices go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Any, TypeAlias

from attain_compiler.asp import TooLarge
from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Derived,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    negation,
    operands,
    subformulas,
)
from attain_engine.open.derived import Product, Quotient
from attain_engine.open.linear import as_linear
from attain_engine.open.normal_form import normal_form, parts
from attain_engine.open.valuation import numbers_in
from attain_engine.optimise.digits import Digits, digits_of, digits_rows
from attain_engine.optimise.encode import unit_of
from attain_engine.optimise.numbers import Numbers
from attain_engine.optimise.problem import Choice, Exact, Objective
from attain_engine.optimise.thresholds import ladders
from attain_engine.solve.deadline import look
from attain_engine.solve.rows import Affine, Rows

MOST_ENTRIES = 20_000_000
"""A program of more numbers than this is refused: it would take more memory than there is."""

MOST_STEPS = 2_000
"""So many units of one choice may take months each at the most."""


Uses: TypeAlias = frozenset[tuple[Any, Exact]]
"""What a formula is part of: other formulas, or numbers, said by what is worked out from them and the place in that
(None: it must hold). With its weight where these are sums, else 0."""


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
) -> IntegerProgram:
    """The program of a condition in normal form over some choices. Raises TooLarge and TooFine."""
    return _Writer(choices).write(condition, objectives, budget)


class _Writer:
    def __init__(self, choices: Sequence[Choice]) -> None:
        self.rows = Rows()
        self.choices = choices
        self.columns: dict[Any, int] = {}
        self.used: dict[Any, int] = {}
        self.claims: dict[Formula, Affine] = {}
        self.exclusive: Mapping[Formula, frozenset[int]] = {}
        """Of each decision, the numbers of the parts of the condition by which it excludes others."""
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
        self.exclusive = _exclusive(roots)
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
                terms = self._sum([(each, 1) for each in formula.operands])
                if frozenset.intersection(*(self.exclusive.get(each, frozenset()) for each in formula.operands)):
                    return terms  # no more than one of them holds
                column = self.rows.column(0, 1)
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
            look()
            claim = self.claim(each)
            constant += weight * claim.constant
            for column, factor in claim.terms.items():
                total[column] = total.get(column, Fraction(0)) + weight * factor
        return Affine(total, constant)

    def _ladders(self, roots: Sequence[Formula]) -> None:
        """Numbers that are asked for several bounds, sums or amounts, are one row for all of them: taken bound by
        bound, half of one bound would be as good as all of another half as high."""
        used = _uses(roots)
        for ladder in ladders(each for each, uses in used.items() if any(of is not None for of, _ in uses)):
            if len(ladder.rungs) > 1 and not any(rung in self.claims for rung, _ in ladder.rungs):
                self._ladder(self._sum(ladder.terms), ladder.rungs, used)
        for amount, levels in _levels(used).items():
            if len(levels) > 1:
                column = Affine({self.columns[amount.name]: Fraction(1)}, Fraction(0))
                self._ladder(column, [(each, each.least) for each in levels], used)

    def _ladder(self, total: Affine, rungs: Sequence[tuple[Formula, int]], used: Mapping[Formula, Uses]) -> None:
        """The bounds that a total reaches. Some that follow one another at the same distance, and that count the same
        wherever they are asked for, are one column: how many of them are reached."""
        full: tuple[int, int] | None = None  # the column before, and what it is when all of its bounds are reached
        for several, step in _runs(rungs, used):
            column = self.rows.column(0, len(several))
            total = total.plus(column, -step)
            if full is not None:
                some = column
                if len(several) > 1:
                    some = self.rows.column(0, 1)
                    self.rows.at_least({some: len(several), column: -1}, 0)
                self.rows.at_least({full[0]: 1, some: -full[1]}, 0)
            full = column, len(several)
            # Together they are the column: it stands for the first of them, and the others add nothing.
            for each in several:
                self.claims[each] = Affine({}, Fraction(0))
            self.claims[several[0]] = Affine({column: Fraction(1)}, Fraction(0))
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


def _exclusive(roots: Sequence[Formula]) -> dict[Formula, frozenset[int]]:
    """For each decision the places of those roots that say that at most one of several is made, it among them."""
    found: dict[Formula, set[int]] = {}
    for place, root in enumerate(roots):
        match root:
            case Disjunction(operands=(Negation(), Negation())):
                excluded = root.operands
            case Reaches() if root.bound == len(root.terms) - 1 and all(weight == 1 for _, weight in root.terms):
                excluded = tuple(each for each, _ in root.terms)
            case _:
                continue
        if all(isinstance(each, Negation) and isinstance(each.operand, Atom) for each in excluded):
            for each in excluded:
                found.setdefault(each.below[0], set()).add(place)
    return {formula: frozenset(places) for formula, places in found.items()}


def _uses(roots: Sequence[Formula]) -> dict[Formula, Uses]:
    """What each formula is directly part of; those in numbers are taken as they are claimed, in normal form."""
    found: dict[Formula, list[tuple[Any, Exact]]] = {root: [(None, 0)] for root in dict.fromkeys(roots)}
    numbers: set[tuple[Amount, bool]] = set()
    stack = list(reversed(found))
    seen: set[Formula] = set()
    while stack:
        look()
        formula = stack.pop()
        if formula in seen:
            continue
        seen.add(formula)
        parts: Iterable[tuple[Condition, Any, Exact]]
        match formula:
            case Reaches():
                parts = [(each, formula, weight) for each, weight in formula.terms]
            case AmountAtLeast():
                parts = _counted(formula.amount, True, numbers)
            case Negation(operand=AmountAtLeast() as level):
                found.setdefault(level, []).append((formula, 0))
                parts = _counted(level.amount, False, numbers)
            case _:
                parts = [(each, formula, 0) for each in operands(formula)]
        for part, of, weight in parts:
            if isinstance(part, Formula):
                found.setdefault(part, []).append((of, weight))
                stack.append(part)
    return {formula: frozenset(uses) for formula, uses in found.items()}


def _counted(amount: Amount, up: bool, seen: set[tuple[Amount, bool]]) -> Iterator[tuple[Condition, Any, Exact]]:
    """What is claimed to say that an amount is great enough (`up`), or small enough; of what number each is part, and
    its weight in it (0 where it is no term of a sum). What was said of amounts seen before is not said again."""
    stack = [(amount, up)]
    while stack:
        amount, up = stack.pop()
        if (amount, up) in seen:
            continue
        seen.add((amount, up))
        of = amount.name
        by_value = isinstance(of, Quotient | Product)
        for place, part in enumerate(numbers_in(amount)):
            if isinstance(part, bool | Formula):
                yield from ((normal_form(each), (of, place), 0) for each in (part, negation(part)))
                continue
            form = as_linear(part)
            for way in (True, False) if by_value else (up,):
                for term, weight in form.terms.items():
                    look()
                    claimed = normal_form(term if way is (weight > 0) else negation(term))
                    yield claimed, (of, place, way), 0 if by_value else weight
                stack.extend((each, way is (weight > 0)) for each, weight in form.amounts.items())


def _levels(used: Mapping[Formula, Uses]) -> dict[Amount, list[AmountAtLeast]]:
    """The levels that are asked for of each amount that is decided, rising."""
    found: dict[Amount, list[AmountAtLeast]] = {}
    for formula, uses in used.items():
        if not isinstance(formula, AmountAtLeast) or isinstance(formula.amount.name, Derived):
            continue
        if not all(isinstance(of, Negation) for of, _ in uses):
            found.setdefault(formula.amount, []).append(formula)
    return {amount: sorted(levels, key=lambda each: each.least) for amount, levels in found.items()}


def _runs(rungs: Sequence[tuple[Formula, int]], used: Mapping[Formula, Uses]) -> Iterator[tuple[list[Formula], int]]:
    """Bounds that rise, in runs of which each may be one column, with the distance from one to the next."""
    run: list[Formula] = []
    step = before = 0
    for formula, bound in rungs:
        if run and bound - before == step and _counts_alike(used[run[0]], used[formula]):
            run.append(formula)
        else:
            if run:
                yield run, step
            run, step = [formula], bound - before
        before = bound
    yield run, step


def _counts_alike(one: Uses, other: Uses) -> bool:
    """Whether two formulas are terms of the same sums alone, with the same weights."""
    return one == other and all(weight for _, weight in one)


def _once_and_each(choice: Choice) -> tuple[int, int]:
    """The days of a choice as a whole and for each unit, where these are always as many."""
    return (choice.days(1), 0) if _most(choice) == 1 else (choice.days_once, choice.days_each)


def _most(choice: Choice) -> int:
    return 1 if choice.amount is None else int(choice.amount.high)

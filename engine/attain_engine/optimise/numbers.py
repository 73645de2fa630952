"""The numbers of an integer program: where more of a number helps, a column that is no greater, where less of it does,
one that is no less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from attain_engine.open.conditions import Amount, AmountAtLeast, Condition, Formula, negation
from attain_engine.open.derived import Chosen, Extreme, Multiple, OnlyIf, Placed, Product, Quotient, Sum
from attain_engine.open.linear import Exact, Linear, Quantity, Stairs, TooFine, as_linear, range_of, scale
from attain_engine.open.normal_form import normal_form
from attain_engine.open.stairs import possible_values
from attain_engine.solve.rows import Affine, Rows

MOST_VALUES = 300
"""A divisor or factor that is decided may have so many values at the most."""

_ZERO = Fraction(0)


class Numbers:
    """Writes numbers into rows, each once for either direction."""

    def __init__(self, rows: Rows, claim: Callable[[Condition], Affine], column: Callable[[Amount], int]) -> None:
        """`claim` gives what is 1 only if a condition in normal form holds, `column` the column of an amount that is
        open by itself."""
        self._rows = rows
        self._claim = claim
        self._column = column
        self._made: dict[tuple[Amount, bool], Affine] = {}

    def reaches(self, level: AmountAtLeast, sign: bool) -> Affine:
        """What is 1 only if the amount reaches its least (with `sign`), or only if it does not."""
        number, bound = self._of(level.amount, sign), Fraction(level.least)
        steps, fine = bound / grain(level.amount), grain(level.amount)
        if sign:
            bound = fine * (steps.__floor__() + 1 if level.strict else steps.__ceil__())
        else:  # its negative reaches the negative of the greatest value that does not
            number = number.times(Fraction(-1))
            bound = -fine * (steps.__floor__() if level.strict else steps.__ceil__() - 1)
        low, high = (each + number.constant for each in self._rows.span(number.terms))
        if low >= bound:
            return Affine({}, Fraction(1))
        if high < bound:
            return Affine({}, _ZERO)
        column = self._rows.column(0, 1)
        self._rows.reaches(number.plus(column, low - bound), Fraction(low))
        return Affine({column: Fraction(1)}, _ZERO)

    def number(self, number: Quantity, up: bool) -> Affine:
        """What is no greater than a number (`up`), or no less than it, and may be just that."""
        form = as_linear(number)
        found = Affine({}, Fraction(form.constant))
        for formula, weight in form.terms.items():
            found = found.add(self._truth(formula, up is (weight > 0)).times(Fraction(weight)))
        for amount, weight in form.amounts.items():
            found = found.add(self._of(amount, up is (weight > 0)).times(Fraction(weight)))
        return found

    def _truth(self, formula: Formula, up: bool) -> Affine:
        if up:
            return self._claim(normal_form(formula))
        return self._claim(normal_form(negation(formula))).times(Fraction(-1)).add(Affine({}, Fraction(1)))

    def _of(self, amount: Amount, up: bool) -> Affine:
        known = self._made.get((amount, up))
        if known is None:
            known = self._made[amount, up] = self._written(amount, up)
        return known

    def _written(self, amount: Amount, up: bool) -> Affine:
        match amount.name:
            case Sum(terms=terms, amounts=amounts):
                return self.number(Linear(0, dict(terms), dict(amounts)), up)
            case OnlyIf(condition=condition, number=number):
                return self._chosen(amount, [(condition, number), (negation(condition), 0)], up)
            case Chosen(cases=cases):
                return self._chosen(amount, list(cases), up)
            case Extreme(kind=kind, operands=several):
                if (kind == "min") is up:
                    column = self._value(amount)
                    for each in several:
                        self._bounded(column, self.number(each, up), up)
                    return column
                return self._one_of(amount, [(None, each) for each in several], up)
            case Multiple(number=number):
                return self._rounded(amount, number, up)
            case Quotient(dividend=dividend, divisor=divisor):
                divisors = possible_values(divisor, MOST_VALUES)
                shares = [(this, scale(dividend, 1 / Fraction(by)) if by else 0) for this, by in divisors]
                return self._chosen(amount, shares, up)
            case Product(left=left, right=right):
                factors = possible_values(right, MOST_VALUES)
                return self._chosen(amount, [(this, scale(left, by)) for this, by in factors], up)
            case Placed(needed=needed, people=people):
                return self._filled(amount, needed, people) if up else self._covered(amount, needed, people)
            case _:
                return Affine({self._column(amount): Fraction(1)}, _ZERO)

    def _filled(self, amount: Amount, needed: Sequence[int], people: Iterable[Sequence[Condition]]) -> Affine:
        """A column of places that are filled by a flow from people to roles: people who can have the same roles flow
        together."""
        flows: list[Affine] = [Affine({}, _ZERO) for _ in needed]
        for able, number in Counter(map(tuple, people)).items():
            given = Affine({}, _ZERO)
            for role, condition in enumerate(able):
                if condition is False:
                    continue
                flow = self._rows.column(0, min(number, needed[role]))
                if condition is not True:
                    allowed = self._claim(normal_form(condition)).times(Fraction(min(number, needed[role])))
                    self._rows.reaches(allowed.plus(flow, -1), _ZERO)
                flows[role] = flows[role].plus(flow, 1)
                given = given.plus(flow, 1)
            self._rows.reaches(given.times(Fraction(-1)), Fraction(-number))
        filled = Affine({}, _ZERO)
        for need, flow_ in zip(needed, flows, strict=True):
            places = self._rows.column(0, need)
            self._rows.reaches(flow_.plus(places, -1), _ZERO)
            filled = filled.plus(places, 1)
        column = self._value(amount)
        self._bounded(column, filled, True)
        return column

    def _covered(self, amount: Amount, needed: Sequence[int], people: Iterable[Sequence[Condition]]) -> Affine:
        """A column of no fewer places than can be filled: those of some roles, and one for each of the people who can
        have another role (Kőnig: with the right roles these are no more)."""
        roles = [self._rows.column(0, 1) for _ in needed]
        cover = Affine(dict(zip(roles, map(Fraction, needed), strict=True)), _ZERO)
        for able, number in Counter(map(tuple, people)).items():
            person = self._rows.column(0, 1)
            for role, condition in zip(roles, able, strict=True):
                if condition is not False:
                    can = Affine({}, Fraction(1)) if condition is True else self._truth(condition, False)
                    either = Affine({role: Fraction(1), person: Fraction(1)}, _ZERO)
                    self._rows.reaches(either.add(can.times(Fraction(-1))), _ZERO)
            cover = cover.plus(person, number)
        column = self._value(amount)
        self._bounded(column, cover, False)
        return column

    def _value(self, amount: Amount) -> Affine:
        """A column for an amount, between its ends; counted in its grain."""
        unit = grain(amount)
        if amount.low is None or amount.high is None:
            raise TooFine(amount)
        low, high = Fraction(amount.low) / unit, Fraction(amount.high) / unit
        column = self._rows.column(low.__floor__(), high.__ceil__())
        return Affine({column: unit}, _ZERO)

    def _bounded(self, column: Affine, by: Affine, up: bool, free: Affine | None = None) -> None:
        """That a column is no greater (`up`), or no less, than something: where `free` is 1 or more, anything."""
        row = by.add(column.times(Fraction(-1))) if up else column.add(by.times(Fraction(-1)))
        if free is not None:
            low = self._rows.span(row.terms)[0] + row.constant
            if low >= 0:
                return
            row = row.add(free.times(Fraction(-low)))
        self._rows.reaches(row, _ZERO)

    def _chosen(self, amount: Amount, cases: list[tuple[Condition, Quantity]], up: bool) -> Affine:
        if len(cases) == 2 and up and cases[1][1] == 0 and range_of(cases[0][1])[0] is not None:
            low, _ = range_of(cases[0][1])
            if low is not None and low >= 0:  # so much at the most where the condition holds, else nothing
                column = self._value(amount)
                self._bounded(column, self.number(cases[0][1], up), up)
                claim = self._claim(normal_form(cases[0][0]))
                self._bounded(column, claim.times(Fraction(amount.high)), up)
                return column
        return self._one_of(amount, list(cases), up)

    def _one_of(self, amount: Amount, cases: Iterable[tuple[Condition | None, Quantity]], up: bool) -> Affine:
        """A column bounded by one of several numbers, which must be the one whose condition holds (None: any)."""
        column = self._value(amount)
        picked = Affine({}, _ZERO)
        for condition, number in cases:
            pick = self._rows.column(0, 1)
            picked = picked.plus(pick, 1)
            if condition is not None:
                self._rows.reaches(self._claim(normal_form(condition)).plus(pick, -1), _ZERO)
            free = Affine({pick: Fraction(-1)}, Fraction(1))
            self._bounded(column, self.number(number, up), up, free)
        self._rows.reaches(picked, Fraction(1))
        return column

    def _rounded(self, amount: Amount, number: Quantity, up: bool) -> Affine:
        """A column of steps: no more than a number is rounded to, or no fewer."""
        of: Multiple = amount.name
        step, fine = Fraction(of.step), grain_of(number)
        value = self.number(number, up)
        column = self._value(amount)
        match of.mode:
            case "down":
                room = Affine({}, _ZERO if up else step - fine)
            case "up":
                room = Affine({}, step - fine if up else _ZERO)
            case "half even":
                # just between two steps it is the even one: an odd one is not reached from there
                odd = self._rows.column(0, 1)
                half = self._rows.column(*(end // 2 for end in self._ends(column)))
                self._equal(column.plus(half, -2).plus(odd, -1))
                room = Affine({odd: -fine}, step / 2)
            case _:
                # just between two steps it is the one further from 0
                outside = self._rows.column(0, 1)
                free = Affine({outside: Fraction(-1)}, Fraction(1))
                self._bounded(Affine({}, _ZERO), value, up, free)
                room = Affine({outside: fine}, step / 2 - fine)
        self._bounded(column.times(step), value.add(room if up else room.times(Fraction(-1))), up)
        return column

    def _ends(self, column: Affine) -> tuple[int, int]:
        (place,) = column.terms
        return self._rows.range(place)

    def _equal(self, zero: Affine) -> None:
        """That something is 0."""
        self._rows.reaches(zero, _ZERO)
        self._rows.reaches(zero.times(Fraction(-1)), _ZERO)


def grain(amount: Amount) -> Fraction:
    """A number of which an amount is a whole multiple, whatever is decided."""
    match amount.name:
        case Sum(terms=terms, amounts=amounts):
            return grain_of(Linear(0, dict(terms), dict(amounts)))
        case OnlyIf(number=number):
            return grain_of(number)
        case Chosen(cases=cases):
            return common(grain_of(number) for _, number in cases)
        case Extreme(operands=several):
            return common(grain_of(each) for each in several)
        case Quotient(dividend=dividend, divisor=divisor):
            values = [Fraction(by) for _, by in possible_values(divisor, MOST_VALUES) if by]
            return common(grain_of(dividend) / abs(by) for by in values)
        case Product(left=left, right=right):
            return grain_of(left) * grain_of(right)
        case _:
            return Fraction(1)


def grain_of(number: Quantity) -> Fraction:
    """A number of which another is a whole multiple, whatever is decided."""
    match number:
        case Linear(constant=constant, terms=terms, amounts=amounts):
            weights = [Fraction(each) for each in (constant, *terms.values())]
            return common((*weights, *(Fraction(weight) * grain(amount) for amount, weight in amounts.items())))
        case Stairs(base=base, steps=steps):
            return common(Fraction(value) for value in (base, *(value for value, _ in steps)))
        case _:
            return Fraction(1, Fraction(number).denominator)


def common(numbers: Iterable[Fraction]) -> Fraction:
    """The greatest number of which all are whole multiples (1 if all are 0)."""

    def of_two(one: Fraction, other: Fraction) -> Fraction:
        scaling = lcm(one.denominator, other.denominator)
        return Fraction(gcd(int(one * scaling), int(other * scaling)), scaling)

    found: Exact = reduce(of_two, (abs(each) for each in numbers), _ZERO)
    return Fraction(found) or Fraction(1)

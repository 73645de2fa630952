"""Linear rows over whole-number columns: what HiGHS is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm

from attain_compiler.frozen import frozen

LARGEST_COEFFICIENT = 100_000
"""HiGHS's tolerance for whole numbers is 1e-6: with this a row is wrong by 0.1 at most, and rows here are whole."""

LARGEST_IN_ONE = 20_000
"""A row with a larger coefficient is written in digits."""

_DIGIT = 2**10
"""The base of the digits."""


@frozen
class Affine:
    """`sum of weight * column + constant`."""

    terms: Mapping[int, Fraction]
    constant: Fraction

    def plus(self, column: int, weight: int | Fraction) -> Affine:
        """The same with so much more of a column."""
        return Affine({**self.terms, column: self.terms.get(column, Fraction(0)) + weight}, self.constant)

    def times(self, factor: Fraction) -> Affine:
        """The same times a number."""
        return Affine({column: weight * factor for column, weight in self.terms.items()}, self.constant * factor)

    def add(self, other: Affine) -> Affine:
        """The sum of the two."""
        terms = dict(self.terms)
        for column, weight in other.terms.items():
            terms[column] = terms.get(column, Fraction(0)) + weight
        return Affine(terms, self.constant + other.constant)


@dataclass(slots=True)
class Rows:
    """`low <= sum of coefficient * column <= high` for each row; None: no end. Columns are whole: 0 or 1, or between
    the `ends` given for them."""

    columns: int = 0
    rows: list[tuple[dict[int, int], int | None, int | None]] = field(default_factory=list)
    ends: dict[int, tuple[int, int]] = field(default_factory=dict)
    objectives: tuple[tuple[dict[int, int], int], ...] = ()
    """For each objective, most important first: coefficients and a constant to add."""
    entries: int = 0
    """How many coefficients the rows that were added by `at_least` have."""

    def column(self, low: int, high: int) -> int:
        """A new column that lies between two whole numbers."""
        self.columns += 1
        if (low, high) != (0, 1):
            self.ends[self.columns - 1] = low, high
        return self.columns - 1

    def range(self, column: int) -> tuple[int, int]:
        """Between which numbers a column lies."""
        return self.ends.get(column, (0, 1))

    def span(self, terms: Mapping[int, int | Fraction]) -> tuple[int | Fraction, int | Fraction]:
        """Between which numbers the sum of terms lies."""
        low: int | Fraction = 0
        high: int | Fraction = 0
        for column, weight in terms.items():
            least, most = self.range(column)
            low += weight * (least if weight > 0 else most)
            high += weight * (most if weight > 0 else least)
        return low, high

    def reaches(self, sum_: Affine, bound: Fraction) -> None:
        """`sum >= bound`."""
        need = bound - sum_.constant
        scaling = lcm(need.denominator, *(weight.denominator for weight in sum_.terms.values()))
        terms = {column: int(weight * scaling) for column, weight in sum_.terms.items() if weight}
        self.at_least(terms, int(need * scaling))

    def at_least(self, terms: Mapping[int, int], low: int) -> None:
        """`sum of terms >= low`, exactly, however large the numbers are: what is too large for HiGHS is written in
        digits, as one carries in writing."""
        terms = {column: weight for column, weight in terms.items() if weight}
        if low <= self.span(terms)[0]:
            return
        common = gcd(*terms.values())
        if common > 1:
            terms, low = {column: weight // common for column, weight in terms.items()}, -(-low // common)
        if max(map(abs, terms.values()), default=0) > LARGEST_IN_ONE:
            # low halves: sum of l * x - base * carry >= v; high halves: sum of h * x + carry >= u. Any carry between
            # the two shows that the sum is large enough, and u less the high halves is one if it is.
            low_halves = {column: weight % _DIGIT for column, weight in terms.items() if weight % _DIGIT}
            need = low % _DIGIT
            least, most = self.span(low_halves)
            carry = self.column(int((least - need) // _DIGIT), int((most - need) // _DIGIT))
            self._append({**low_halves, carry: -_DIGIT}, need)
            high_halves = {column: weight // _DIGIT for column, weight in terms.items() if weight // _DIGIT}
            self.at_least({**high_halves, carry: 1}, low // _DIGIT)
            return
        self._append(terms, low)

    def _append(self, terms: dict[int, int], low: int) -> None:
        self.rows.append((terms, low, None))
        self.entries += len(terms)

    def largest(self) -> int:
        """The largest coefficient of a row."""
        return max((abs(number) for terms, _, _ in self.rows for number in terms.values()), default=0)

    def largest_sum(self) -> int:
        """The largest bound of a row, or sum that its terms can have."""
        most = 0
        for terms, low, high in self.rows:
            most = max(most, abs(low or 0), abs(high or 0), *map(abs, map(int, self.span(terms))))
        return most

    def most(self, terms: Mapping[int, int], constant: int) -> int:
        """The largest total that an objective can have."""
        return sum(abs(weight) * max(map(abs, self.range(column))) for column, weight in terms.items()) + abs(constant)

    def largest_cost(self) -> int:
        """The largest total that any objective can have."""
        return max((self.most(*each) for each in self.objectives), default=0)

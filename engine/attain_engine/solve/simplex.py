"""Whether numbers can keep to linear bounds together, in exact arithmetic, and if not, which bounds stand in the way.

The simplex method for solvers that work modulo theories (Dutertre and de Moura 2006): each form that is bounded is a
variable of its own, defined by a row; variables are moved until all keep to their bounds, by Bland's rule, which ends.
Strict bounds are bounds with an infinitely small part. Whole numbers are branched over. clingo's own integers wrap and
HiGHS computes with floats, so neither can say what is certain.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.solve.deadline import is_past

Exact: TypeAlias = int | Fraction
Core: TypeAlias = frozenset[Hashable]
"""The reasons of bounds that cannot all be kept to."""

MOST_BRANCHES = 2_000
"""So many times a whole number is branched over at the most, for one question."""

IN_ANY_ORDER = 100
"""So many times the variable that is furthest beyond its bounds is mended; then the first one is: that is sure to
end."""

DEEPEST = 200
"""So many branches may lie within each other."""


class TooManyBranches(Exception):
    """Whole numbers would have to be tried one by one for longer than anybody waits."""


class Value(NamedTuple):
    """A number, and how many infinitely small parts it lies above that (below, if negative)."""

    number: Exact
    small: Exact


@frozen
class Bound:
    """`variable >= value` (or `<=`), and the reason why."""

    variable: int
    value: Exact
    upper: bool
    strict: bool
    reason: Hashable


_Side: TypeAlias = "dict[int, tuple[Value, Hashable]]"
_BRANCH = object()


class Simplex:
    """Variables 0, 1, ..., of which some are whole, and others are forms over those before."""

    def __init__(self, whole: Iterable[bool], forms: Mapping[int, Mapping[int, Exact]]) -> None:
        """`whole` says of each variable whether it is a whole number; `forms` are, for a variable that is a form, the
        weights of the others in it (none of which is a form itself)."""
        self.whole = tuple(whole)
        self._rows: dict[int, dict[int, int]] = {}
        self._scale: dict[int, int] = {}
        """`scale * variable = sum of weight * other` for each variable that a row defines, in whole numbers without a
        common divisor: far cheaper to work with than fractions."""
        for variable, form in forms.items():
            weights = {each: Fraction(weight) for each, weight in form.items()}
            scale = lcm(*(weight.denominator for weight in weights.values()))
            self._rows[variable] = {each: int(weight * scale) for each, weight in weights.items()}
            self._scale[variable] = scale
        self._values = [Value(0, 0)] * len(self.whole)
        """Of a variable that a row defines, `scale` times its value."""
        self._lower: _Side = {}
        self._upper: _Side = {}
        self._branches = self._depth = 0
        self.until: float | None = None
        """When it gives up, as `time.monotonic` tells the time."""

    def conflict(self, bounds: Iterable[Bound]) -> Core | None:
        """The reasons of some of the bounds that cannot be kept to together; None if all can: then `solution` has
        numbers that do. Raises TooManyBranches, after `until` as well."""
        self._lower, self._upper = {}, {}
        for bound in bounds:
            core = self._bounded(bound)
            if core is not None:
                return core
        self._branches = self._depth = 0
        return self._whole_conflict()

    def solution(self) -> list[Fraction]:
        """Numbers that keep to the bounds that were asked about last."""
        small = Fraction(1)
        values = [self._value(each) for each in range(len(self.whole))]
        for variable, value in enumerate(values):
            for side, sign in ((self._lower, 1), (self._upper, -1)):
                if variable in side:
                    end = side[variable][0]
                    room, excess = (value.number - end.number) * sign, (end.small - value.small) * sign
                    if excess > 0 and room > 0:
                        small = min(small, Fraction(room) / excess)
        return [Fraction(value.number + small * value.small) for value in values]

    def _value(self, variable: int) -> Value:
        value, scale = self._values[variable], self._scale.get(variable, 1)
        if scale == 1:
            return value
        return Value(Fraction(value.number) / scale, Fraction(value.small) / scale)

    # ------------------------------------------------------------ bounds

    def _bounded(self, bound: Bound) -> Core | None:
        """Add a bound. Nothing is moved but what no row defines."""
        side, other = (self._upper, self._lower) if bound.upper else (self._lower, self._upper)
        sign = -1 if bound.upper else 1
        end = Value(_plain(bound.value), sign if bound.strict else 0)
        known = side.get(bound.variable)
        if known is not None and (known[0] <= end if bound.upper else known[0] >= end):
            return None
        opposite = other.get(bound.variable)
        if opposite is not None and (opposite[0] > end if bound.upper else opposite[0] < end):
            return frozenset((opposite[1], bound.reason))
        side[bound.variable] = (end, bound.reason)
        value = self._values[bound.variable]
        if bound.variable not in self._rows and (value > end if bound.upper else value < end):
            self._move(bound.variable, end)
        return None

    def _move(self, variable: int, to: Value) -> None:
        """Give a variable that no row defines a value, and those that depend on it theirs."""
        before = self._values[variable]
        number, small = to.number - before.number, to.small - before.small
        self._values[variable] = to
        for basic, row in self._rows.items():
            weight = row.get(variable)
            if weight:
                value = self._values[basic]
                self._values[basic] = Value(value.number + weight * number, value.small + weight * small)

    # ------------------------------------------------------------ rational numbers

    def _conflict(self) -> Core | None:
        pivots = 0
        while True:
            broken = self._broken(by_most=pivots < IN_ANY_ORDER)
            if broken is None:
                return None
            if is_past(self.until):
                raise TooManyBranches
            pivots += 1
            too_low = self._beyond(broken) < 0
            row = self._rows[broken]
            entering = next((each for each in sorted(row) if self._can_move(each, (row[each] > 0) is too_low)), None)
            if entering is None:
                reasons = {(self._lower if too_low else self._upper)[broken][1]}
                for each, weight in row.items():
                    side = self._upper if (weight > 0) is too_low else self._lower
                    reasons.add(side[each][1])
                return frozenset(reasons)
            self._pivot(broken, entering, (self._lower if too_low else self._upper)[broken][0])

    def _broken(self, *, by_most: bool) -> int | None:
        """A variable that a row defines and that is beyond its bounds: the first one, by which it ends, or the one that
        is furthest beyond, which ends sooner for the most part."""
        beyond = [each for each in self._rows if self._beyond(each)]
        if not beyond:
            return None
        return max(beyond, key=lambda each: (self._excess(each), -each)) if by_most else min(beyond)

    def _beyond(self, variable: int) -> int:
        """-1 if a variable that a row defines lies below its bounds, 1 if above."""
        value, scale = self._values[variable], self._scale[variable]
        low, high = self._lower.get(variable), self._upper.get(variable)
        if low is not None:
            number = low[0].number * scale
            if value.number < number or (value.number == number and value.small < low[0].small * scale):
                return -1
        if high is not None:
            number = high[0].number * scale
            if value.number > number or (value.number == number and value.small > high[0].small * scale):
                return 1
        return 0

    def _excess(self, variable: int) -> int:
        """By about how much a variable lies beyond its bounds, as a power of two: which one is chosen decides
        nothing."""
        value, scale = self._values[variable].number, self._scale[variable]
        low, high = self._lower.get(variable), self._upper.get(variable)
        below = low[0].number * scale - value if low is not None else 0
        above = value - high[0].number * scale if high is not None else 0
        most = max(below, above)
        return int(most).bit_length() - scale.bit_length() if most > 0 else -(1 << 30)

    def _can_move(self, variable: int, up: bool) -> bool:
        end = (self._upper if up else self._lower).get(variable)
        return end is None or (self._values[variable] < end[0] if up else self._values[variable] > end[0])

    def _pivot(self, leaving: int, entering: int, to: Value) -> None:
        """Let the row define `entering` in place of `leaving`, which gets a value of its own."""
        row, scale = self._rows.pop(leaving), self._scale.pop(leaving)
        weight = row.pop(entering)
        sign = 1 if weight > 0 else -1  # weight * entering = scale * leaving - the others
        solved = {each: -sign * other for each, other in row.items()}
        solved[leaving] = sign * scale
        self._values[leaving] = to
        self._define(entering, solved, abs(weight))
        scale, solved = self._scale[entering], self._rows[entering]
        for variable, other in self._rows.items():
            factor = other.pop(entering, 0)
            if not factor:
                continue
            common = gcd(factor, scale)
            factor, by = factor // common, scale // common
            if by != 1:
                for each in other:
                    other[each] *= by
            for each, share in solved.items():
                total = other.get(each, 0) + factor * share
                if total:
                    other[each] = total
                else:
                    other.pop(each, None)
            self._define(variable, other, self._scale[variable] * by)

    def _define(self, variable: int, row: dict[int, int], scale: int) -> None:
        """Let a row define a variable, without what its numbers have in common."""
        common = gcd(scale, *row.values())
        if common > 1:
            for each in row:
                row[each] //= common
            scale //= common
        number: Exact = 0
        small: Exact = 0
        for each, weight in row.items():
            value = self._values[each]
            number += weight * value.number
            if value.small:
                small += weight * value.small
        self._rows[variable], self._scale[variable] = row, scale
        self._values[variable] = Value(number, small)

    # ------------------------------------------------------------ whole numbers

    def _whole_conflict(self) -> Core | None:
        core = self._conflict()
        if core is not None:
            return core
        split = next((each for each, whole in enumerate(self.whole) if whole and self._is_split(each)), None)
        if split is None:
            return None
        self._branches += 1
        if self._branches > MOST_BRANCHES or self._depth > DEEPEST:
            raise TooManyBranches
        value = self._value(split)
        floor = value.number.__floor__() - (value.number.denominator == 1 and value.small < 0)
        below = self._branch(Bound(split, floor, upper=True, strict=False, reason=_BRANCH))
        if below is None or _BRANCH not in below:
            return below
        above = self._branch(Bound(split, floor + 1, upper=False, strict=False, reason=_BRANCH))
        if above is None or _BRANCH not in above:
            return above
        return (below | above) - {_BRANCH}

    def _is_split(self, variable: int) -> bool:
        value = self._value(variable)
        return value.number.denominator != 1 or value.small != 0

    def _branch(self, bound: Bound) -> Core | None:
        lower, upper = dict(self._lower), dict(self._upper)
        own = (bound.variable, bound.upper, self._branches, bound.value)
        core = self._bounded(Bound(bound.variable, bound.value, bound.upper, strict=False, reason=own))
        if core is None:
            self._depth += 1
            core = self._whole_conflict()
            self._depth -= 1
        if core is None:
            return None
        self._lower, self._upper = lower, upper
        return (core - {own}) | {_BRANCH} if own in core else core


def _plain(value: Exact) -> Exact:
    """A whole number as an int."""
    return int(value) if value.denominator == 1 else value

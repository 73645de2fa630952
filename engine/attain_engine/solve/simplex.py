"""Whether numbers can keep to linear bounds together, in exact arithmetic, and if not, which bounds stand in the way.

The simplex method for solvers that work modulo theories (Dutertre and de Moura 2006): each form that is bounded is a
variable of its own, defined by a row; variables are moved until all keep to their bounds, by Bland's rule, which ends.
Strict bounds are bounds with an infinitely small part. Whole numbers are branched over. clingo's own integers wrap and
HiGHS computes with floats, so neither can say what is certain.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from attain_compiler.frozen import frozen

Exact: TypeAlias = int | Fraction
Core: TypeAlias = frozenset[Hashable]
"""The reasons of bounds that cannot all be kept to."""

MOST_BRANCHES = 2_000
"""So many times a whole number is branched over at the most, for one question."""

DEEPEST = 200
"""So many branches may lie within each other."""


class TooManyBranches(Exception):
    """Whole numbers would have to be tried one by one for longer than anybody waits."""


class Value(NamedTuple):
    """A number, and how many infinitely small parts it lies above that (below, if negative)."""

    number: Fraction
    small: Fraction


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
        self._rows: dict[int, dict[int, Fraction]] = {
            variable: {each: Fraction(weight) for each, weight in form.items()} for variable, form in forms.items()
        }
        self._values = [Value(Fraction(0), Fraction(0))] * len(self.whole)
        self._lower: _Side = {}
        self._upper: _Side = {}
        self._branches = self._depth = 0

    def conflict(self, bounds: Iterable[Bound]) -> Core | None:
        """The reasons of some of the bounds that cannot be kept to together; None if all can: then `solution` has
        numbers that do. Raises TooManyBranches."""
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
        for variable, value in enumerate(self._values):
            for side, sign in ((self._lower, 1), (self._upper, -1)):
                if variable in side:
                    end = side[variable][0]
                    room, excess = (value.number - end.number) * sign, (end.small - value.small) * sign
                    if excess > 0 and room > 0:
                        small = min(small, room / excess)
        return [value.number + small * value.small for value in self._values]

    # ------------------------------------------------------------ bounds

    def _bounded(self, bound: Bound) -> Core | None:
        """Add a bound. Nothing is moved but what no row defines."""
        side, other = (self._upper, self._lower) if bound.upper else (self._lower, self._upper)
        sign = -1 if bound.upper else 1
        end = Value(Fraction(bound.value), Fraction(sign if bound.strict else 0))
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
        while True:
            broken = min((each for each in self._rows if self._beyond(each)), default=None)
            if broken is None:
                return None
            too_low = self._beyond(broken) < 0
            row = self._rows[broken]
            entering = next((each for each in sorted(row) if self._can_move(each, (row[each] > 0) is too_low)), None)
            if entering is None:
                reasons = {(self._lower if too_low else self._upper)[broken][1]}
                for each, weight in row.items():
                    side = self._upper if (weight > 0) is too_low else self._lower
                    reasons.add(side[each][1])
                return frozenset(reasons)
            end = (self._lower if too_low else self._upper)[broken][0]
            self._pivot(broken, entering)
            self._move(broken, end)

    def _beyond(self, variable: int) -> int:
        """-1 if a variable lies below its bounds, 1 if above."""
        value = self._values[variable]
        low, high = self._lower.get(variable), self._upper.get(variable)
        if low is not None and value < low[0]:
            return -1
        return 1 if high is not None and value > high[0] else 0

    def _can_move(self, variable: int, up: bool) -> bool:
        end = (self._upper if up else self._lower).get(variable)
        return end is None or (self._values[variable] < end[0] if up else self._values[variable] > end[0])

    def _pivot(self, leaving: int, entering: int) -> None:
        """Let the row define `entering` in place of `leaving`."""
        row = self._rows.pop(leaving)
        weight = row.pop(entering)
        solved = {each: -other / weight for each, other in row.items()}
        solved[leaving] = 1 / weight
        for other in self._rows.values():
            factor = other.pop(entering, None)
            if factor:
                for each, share in solved.items():
                    total = other.get(each, Fraction(0)) + factor * share
                    if total:
                        other[each] = total
                    else:
                        other.pop(each, None)
        self._rows[entering] = solved

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
        value = self._values[split]
        floor = value.number.__floor__() - (value.number.denominator == 1 and value.small < 0)
        below = self._branch(Bound(split, floor, upper=True, strict=False, reason=_BRANCH))
        if below is None or _BRANCH not in below:
            return below
        above = self._branch(Bound(split, floor + 1, upper=False, strict=False, reason=_BRANCH))
        if above is None or _BRANCH not in above:
            return above
        return (below | above) - {_BRANCH}

    def _is_split(self, variable: int) -> bool:
        value = self._values[variable]
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

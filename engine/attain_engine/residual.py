"""What is left of a condition or a number once everything fixed has been worked out: the residual.

Conditions are `True`, `False` or a `Formula` over what is open: decisions (the changes of a plan) and unknowns. Numbers
are exact (`int`, `Fraction`) or a `Linear` form: a constant, plus weights on formulas that hold, plus weights on
whole-number variables. Formulas are hash-consed: two that are built alike are the same object, so identity is equality
and what is shared stays shared. Formulas are acyclic.

Nothing here knows of policies, clingo or optimisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, TypeAlias

Exact: TypeAlias = int | Fraction
Condition: TypeAlias = "bool | Formula"
Number: TypeAlias = "int | Fraction | Linear"


class Formula:
    """A condition that is not settled. Build formulas with the functions below only."""

    __slots__ = ("key", "number")
    _known: ClassVar[dict[tuple[Any, ...], Formula]] = {}

    key: tuple[Any, ...]
    number: int

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.key[1:]!r}"


class Atom(Formula):
    """Something open that is true or false. `name` identifies it: a decision (a change is made, with its amount at least
    1) or an unknown. `kind` is `decision` or `unknown`."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        return str(self.key[1])

    @property
    def name(self) -> Any:
        return self.key[2]


class Negation(Formula):
    __slots__ = ()

    @property
    def operand(self) -> Formula:
        return self.key[1]  # type: ignore[no-any-return]


class Conjunction(Formula):
    __slots__ = ()

    @property
    def operands(self) -> tuple[Formula, ...]:
        return self.key[1]  # type: ignore[no-any-return]


class Disjunction(Formula):
    __slots__ = ()

    @property
    def operands(self) -> tuple[Formula, ...]:
        return self.key[1]  # type: ignore[no-any-return]


class Reaches(Formula):
    """`sum of weight * formula >= bound`: weights are whole, positive, at most `bound`, and without a common divisor;
    the operands are distinct. Variables have been replaced by formulas (see `AmountAtLeast`)."""

    __slots__ = ()

    @property
    def terms(self) -> tuple[tuple[Formula, int], ...]:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def bound(self) -> int:
        return self.key[2]  # type: ignore[no-any-return]


class AmountAtLeast(Formula):
    """`variable >= least`, with low < least <= high (ends as far as they are known)."""

    __slots__ = ()

    @property
    def variable(self) -> Amount:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def least(self) -> int:
        return self.key[2]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number that is open, from `low` to `high` (None: no known end), in steps of `step` of its unit.

    `kind` is `decision` (how often a change is made; low is 0) or `unknown`.
    """

    kind: str
    name: Any
    low: int | None
    high: int | None

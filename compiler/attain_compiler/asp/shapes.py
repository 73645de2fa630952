"""How the value of a declaration stands in its predicate, and what an expression is compiled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from attain_compiler.asp.depends import Variant
from attain_compiler.asp.rules import Term
from attain_compiler.asp.units import Exact, Mixed, Ratio
from attain_compiler.frozen import frozen

Value: TypeAlias = Term | Exact | Ratio | Mixed
"""A value in a rule: a number with its unit, or anything else as a term."""

Form = Literal["flag", "term", "exact", "ratio", "mixed"]
"""`flag`: no argument, the atom holds or not. `term` and `exact`: one, the last. `ratio`: numerator and divisor.
`mixed`: steps, rest, divisor."""


@frozen
class Shape:
    """A predicate, the form of its value, and (of numbers) the unit and the intervals of its columns."""

    predicate: str
    form: Form
    unit: int = 1
    ends: tuple[tuple[int, int], ...] = ()
    opens: str | None = None
    """The predicate that says for which arguments something unknown was read, where that can be."""


@frozen
class Scope:
    """What an expression is compiled in: the value of each variable, the date (None: the day of the assessment), and
    the exclusions in force."""

    values: Mapping[int, Value]
    now: Term | None = None
    inside: frozenset[str] = frozenset()
    raw: bool = False

    def binding(self, number: int, value: Value) -> Scope:
        return Scope({**self.values, number: value}, self.now, self.inside, self.raw)

    def at(self, now: Term) -> Scope:
        return Scope(self.values, now, self.inside, self.raw)

    def under(self, variant: Variant) -> Scope:
        return Scope(self.values, self.now, variant.inside, variant.raw)


COLUMNS: Mapping[Form, int] = {"flag": 0, "term": 1, "exact": 1, "ratio": 2, "mixed": 3}
"""How many arguments a value takes."""

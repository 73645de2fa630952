"""The bounds of a measure in the rules: what is outside them has no value, and what reads it is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.rules import Atom, Relation
from attain_compiler.asp.shapes import Value
from attain_compiler.asp.units import Exact, Mixed, Ratio, compared, constant
from attain_compiler.model import program as model


def may_leave(measure: model.Measure, values: Sequence[Value | None]) -> bool:
    """Whether a measure that comes to one of these values may be outside its bounds."""
    return any(_beyond(relation, end, each) for relation, end in _ends(measure) for each in values)


def keep(c: Compiler, measure: model.Measure, opens: Atom, value: Exact | Ratio | Mixed, body: Body) -> None:
    """Write that `opens` holds where the value of a measure, which the body has, is outside its bounds."""
    for relation, end in _ends(measure):
        if _beyond(relation, end, value):
            c.open_where(opens, (*body.literals(), compared(value, relation, constant(end))))


def _ends(measure: model.Measure) -> Iterator[tuple[Relation, int | Fraction]]:
    ends: tuple[tuple[Relation, object], ...] = (("<", measure.low), (">", measure.high))
    for relation, end in ends:
        if isinstance(end, int | Fraction):
            yield relation, end


def _beyond(relation: Relation, end: int | Fraction, value: Value | None) -> bool:
    """Whether a value may be beyond an end."""
    if not isinstance(value, Exact):
        return isinstance(value, Ratio | Mixed)
    return value.low < end * value.unit if relation == "<" else value.high > end * value.unit

"""Values in predicates: a rule for each way in which something has a value, and how it is read again."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.rules import Atom, Term
from attain_compiler.asp.shapes import Form, Shape, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio, at, ratio
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import COUNT, Quantity

LARGEST_ARGUMENT = 20_000_000
"""A number that is an argument is at most so many units (else what it is an argument of has no rule form there)."""


@frozen
class Found:
    """One way, written: the arguments of the head, the body, and the value."""

    args: tuple[Term, ...]
    body: Body
    value: Value | None


def heads(c: Compiler, name: str, found: Sequence[Found], opens: Atom | None, least: int = 1) -> Shape:
    """Write a rule for each way, all values in one form and unit; what the predicate then looks like."""
    numeric = [each.value for each in found if isinstance(each.value, Exact | Ratio | Mixed)]
    form: Form
    unit = 1
    ends: tuple[tuple[int, int], ...] = ()
    columns: list[tuple[Term, ...]] = []
    if not numeric:
        form = "flag" if all(each.value is None for each in found) else "term"
        columns = [() if each.value is None else (_term(each.value),) for each in found]
    elif all(isinstance(each, Exact) for each in numeric):
        form = "exact"
        unit = common_unit([least, *(each.unit for each in numeric if isinstance(each, Exact))])
        values = [at(each, unit) for each in numeric if isinstance(each, Exact)]
        columns = [(each.term,) for each in values]
        ends = ((min(each.low for each in values), max(each.high for each in values)),)
    elif len(numeric) == 1 and isinstance(numeric[0], Mixed):
        form, mixed = "mixed", numeric[0]
        unit = mixed.steps.unit
        three = (mixed.steps, mixed.rest, mixed.divisor)
        columns = [tuple(each.term for each in three)]
        ends = tuple((each.low, each.high) for each in three)
    else:
        form = "ratio"
        pairs = [ratio(each) for each in numeric]
        columns = [(each.numerator.term, each.divisor.term) for each in pairs]
        ends = (
            (min(each.numerator.low for each in pairs), max(each.numerator.high for each in pairs)),
            (1, max(each.divisor.high for each in pairs)),
        )
    for each, last in zip(found, columns, strict=True):
        c.derive(Atom(name, (*each.args, *last)), each.body, opens)
    return Shape(name, form, unit, ends)


def common_unit(units: Sequence[int]) -> int:
    """The least common multiple."""
    return lcm(1, *units)


def _term(value: Value) -> Term:
    if isinstance(value, Exact | Ratio | Mixed):
        raise NoRuleForm("a number stands where something else is needed")
    return value


def read(shape: Shape, args: Sequence[Term], body: Body, *, cheap: bool = False) -> Value:
    """The value of an atom, in variables of its own."""
    names = {"term": ("V",), "exact": ("V",), "ratio": ("N", "D"), "mixed": ("S", "N", "D"), "flag": ()}[shape.form]
    variables = tuple(body.fresh(each) for each in names)
    binds = frozenset(each.name for each in variables)
    body.add(Atom(shape.predicate, (*args, *variables)), cheap=cheap, binds=binds)
    if shape.opens is not None:
        body.unknown(Atom(shape.opens, tuple(args)))
    return seen(shape, variables)


def seen(shape: Shape, variables: Sequence[Term]) -> Value:
    """The value that these terms, the last of a predicate, stand for."""
    match shape.form:
        case "exact":
            return Exact(variables[0], shape.unit, *shape.ends[0])
        case "ratio":
            return Ratio(Exact(variables[0], 1, *shape.ends[0]), Exact(variables[1], 1, *shape.ends[1]))
        case "mixed":
            return Mixed(
                Exact(variables[0], shape.unit, *shape.ends[0]),
                Exact(variables[1], 1, *shape.ends[1]),
                Exact(variables[2], 1, *shape.ends[2]),
            )
        case _:
            return variables[0]


def unit_of_formal(formal: model.Formal) -> int:
    """The unit in which a number is an argument."""
    return 1 if isinstance(formal.type, Quantity) and formal.type.kind == "count" else 100


def formal_value(formal: model.Formal, term: Term) -> Value:
    """A parameter as a value."""
    if isinstance(formal.type, Quantity):
        return Exact(term, unit_of_formal(formal), -LARGEST_ARGUMENT, LARGEST_ARGUMENT)
    return term


def as_value(binder: model.Binder, term: Term) -> Value:
    """What a binder's variable is worth, given by a term."""
    if isinstance(binder.type, Quantity):
        unit = 1 if binder.type.kind == "count" else 100
        return Exact(term, unit, -LARGEST_ARGUMENT, LARGEST_ARGUMENT)
    return term


def whole_term(binder: model.Binder, value: Value) -> Term:
    """The term for a binder's value, the other way round."""
    if isinstance(value, Exact):
        return at(value, 1 if binder.type == COUNT else 100).term
    return _term(value)


def numeric(value: Value) -> Exact | Ratio | Mixed:
    """A value that is a number."""
    if not isinstance(value, Exact | Ratio | Mixed):
        raise NoRuleForm("something else stands where a number is needed")
    return value

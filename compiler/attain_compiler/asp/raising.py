"""What the units of changes add to a number: `x_raised(...,By,C,I)` says that each unit of the change C adds By.

Where one change alone may raise a number, it is read with what that adds; where several may, what they add is a sum.
"""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.asp.names import Names, plain
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Element,
    Literal_,
    Negation,
    Number,
    Operation,
    Rule,
    Term,
    Variable,
)
from attain_compiler.frozen import frozen

NAMES = ("By", "C", "I", "K", "N", "More")
"""The variables of what is written here."""


@frozen
class Added:
    """What is added (None: nothing) where the literals hold."""

    literals: tuple[Literal_, ...]
    more: Term | None


def before(names: Names, record: str, field: str) -> str:
    """The predicate of a field's values before anything is added to them."""
    return names.predicate(record, f"_{plain(field)}_before")


def raises(names: Names, record: str, field: str) -> str:
    """The predicate of what each unit of a change adds to a field."""
    return names.predicate(record, f"_{plain(field)}_raised")


def raised(names: Names, measure: str) -> str:
    """The predicate of what each unit of a change adds to a measure."""
    return names.predicate(measure, "_raised")


def unit_of(predicate: str, what: Sequence[Term]) -> tuple[Literal_, ...]:
    """That a unit K of a change C, which adds By, is made."""
    change, unit = Variable("C"), Variable("K")
    return Atom(predicate, (*what, Variable("By"), change, Variable("I"))), Atom("unit", (change, unit))


def ways(predicate: str, what: Sequence[Term], *, several: bool) -> tuple[list[Rule], list[Added]]:
    """How a number comes to have what is added to it, and the rules that this needs. `what` is raised, by the units of
    more than one change if `several`; `predicate` says by how much. The values of `what` are in variables of their own,
    none of which is one of NAMES."""
    by, change, more = Variable("By"), Variable("C"), Variable("More")
    if several:
        elements = (Element((by, change, Variable("I"), Variable("K")), unit_of(predicate, what)),)
        return [], [Added((Aggregate(more, "=", "sum", elements),), more)]
    number, anything = Variable("N"), Variable("_")
    raised = Atom(predicate, (*what, by, change, anything))
    any_ = Atom(f"has_{predicate}", tuple(what))
    rule = Rule(any_, is_raised(predicate, what))
    return [rule], [
        Added((Negation(any_),), None),
        Added((raised, Atom("done", (change, number))), Operation("*", by, number)),
    ]


def is_raised(predicate: str, what: Sequence[Term]) -> tuple[Literal_, ...]:
    """That something is raised."""
    anything, change = Variable("_"), Variable("C")
    return Atom(predicate, (*what, anything, change, anything)), is_made(change)


def is_made(change: Term) -> Atom:
    """That a change is made, in whatever number of units."""
    return Atom("unit", (change, Number(1)))

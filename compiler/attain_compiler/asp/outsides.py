"""A condition whose truth enters a program from outside: what is remembered of it."""

from __future__ import annotations

from attain_compiler.asp.depends import Variant
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import Type


@frozen
class Parameter:
    """An argument: variable `number` of the declaration, its type, and (of numbers) the unit it is printed in."""

    number: int
    name: str
    type: Type
    unit: int


@frozen
class Outside:
    """A condition from outside. Its facts are `predicate(date?, arguments)` where it holds, and `open_predicate(...)`
    where something unknown decides; the date is there if `takes_date`. It is meant under the exclusions of `variant`;
    where it depends on the date and takes none, on the day of the assessment. `reason` says why it is here."""

    predicate: str
    expression: model.Expression
    parameters: tuple[Parameter, ...]
    takes_date: bool
    dated: bool
    variant: Variant
    reason: str
    designation: str = ""
    kind: str = "condition"
    """`condition`; of a designation: the `tracks` there are, or those that others surpass (`beaten`)."""

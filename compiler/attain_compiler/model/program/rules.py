"""Definitions, measures and reports, and what leaves rows out."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.model.program.declared import Declared
from attain_compiler.model.program.expressions import Expression, Node
from attain_compiler.model.types import EntityType, Type, Value


@frozen
class Formal(Node):
    """A formal parameter; it is variable `number`, counted from 0. A definition that asks itself for earlier values of
    it has no value below `low`."""

    number: int
    name: str
    type: Type
    low: Value | None = None


@frozen
class Define(Declared):
    """`recursive`: its body asks it again (`SelfCall`), for an earlier value of the parameter that has a `low`. Where
    none has, more that holds never makes less hold in it, and the least that fits is meant."""

    parameters: tuple[Formal, ...]
    type: Type
    body: Expression
    recursive: bool = False

    @property
    def back(self) -> Formal | None:
        """The parameter along which it goes back."""
        return next((each for each in self.parameters if each.low is not None), None)


@frozen
class Exclusion(Declared):
    """Rows of `record` (variable 0) for which `condition` holds are left out of every aggregate and quantifier over the
    record, or, where `measures` is not empty, only inside those measures. `title` is the reason to report.

    `condition` is judged as if nothing were excluded, neither of this record nor of another."""

    record: str
    row: Formal
    measures: tuple[str, ...]
    condition: Expression


@frozen
class Measure(Declared):
    parameters: tuple[Formal, ...]
    type: Type
    low: Value | None
    high: Value | None
    body: Expression


@frozen
class Report(Declared):
    """`parameters`: as those of a designation; where an entity is among them, a whole program has them as well, and
    the report shows a value for each of the identifiers."""

    type: Type
    body: Expression
    parameters: tuple[Formal, ...] = ()


def of_what_facts_name(parameters: tuple[Formal, ...]) -> bool:
    """Whether only facts say for what there is one: an entity is among the parameters."""
    return any(isinstance(each.type, EntityType) for each in parameters)

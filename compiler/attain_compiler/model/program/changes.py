"""Changes: what can be done, what it does, costs and takes."""

from __future__ import annotations

from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model.program.declared import Declared
from attain_compiler.model.program.expressions import Expression, Node, Variable
from attain_compiler.model.program.rules import Formal


@frozen
class Adds(Node):
    record: str
    values: tuple[tuple[str, Expression], ...]


@frozen
class Removes(Node):
    row: Variable


@frozen
class Sets(Node):
    row: Variable
    field: str
    value: Expression


@frozen
class RaisesField(Node):
    row: Variable
    field: str
    by: Expression


@frozen
class RaisesMeasure(Node):
    measure: str
    arguments: tuple[Expression, ...]
    by: Expression


Effect: TypeAlias = Adds | Removes | Sets | RaisesField | RaisesMeasure


@frozen
class Cost(Node):
    amount: Expression
    each: bool


@frozen
class Takes(Node):
    duration: Expression
    each: bool


@frozen
class Pace(Node):
    """At most `number` units start in one calendar `month` or `year`, or are under way `at a time`; with `parameter`
    (its number) for each of its values. `plan`: in the whole plan, for each of them."""

    number: Expression
    span_of: str
    parameter: int | None


@frozen
class Change(Declared):
    """`amount` is the Formal of `n`, the number of units, where the change has `by low to high` (None: one unit, once);
    every effect happens n times, each time with identifiers of its own for `new`. `limit` is how many units there may
    be in a whole plan, `paces` what else limits them."""

    parameters: tuple[Formal, ...]
    amount: Formal | None
    low: Expression | None
    high: Expression | None
    condition: Expression | None
    effects: tuple[Effect, ...]
    costs: tuple[Cost, ...]
    takes: tuple[Takes, ...]
    limit: Expression | None
    paces: tuple[Pace, ...] = ()

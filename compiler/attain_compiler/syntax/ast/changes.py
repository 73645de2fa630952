"""Changes, what they do, cost and take, as written."""

from __future__ import annotations

from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import Expression
from attain_compiler.syntax.ast.head import Notes, Parameter
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class FieldValue(Node):
    field: Name
    value: Expression


@frozen
class Adds(Node):
    """`adds Certificate { holder: p, ... }`."""

    record: Name
    values: tuple[FieldValue, ...]


@frozen
class Removes(Node):
    """`removes u`, where `u` is a row parameter of the change."""

    row: Name


@frozen
class Sets(Node):
    """`sets u.trial to no`."""

    row: Name
    field: Name
    value: Expression


@frozen
class Raises(Node):
    """`raises net_adds(t) by 1` (a measure), `raises u.active_users by 1` (a field); `lowers x by E` raises by -E."""

    target: Expression
    by: Expression


Effect: TypeAlias = Adds | Removes | Sets | Raises


@frozen
class Cost(Node):
    """`cost 12_000 USD each` (`each`: for every unit of the amount) or `cost 165 USD` (once)."""

    amount: Expression
    each: bool


@frozen
class Takes(Node):
    duration: Expression
    each: bool


@frozen
class Limit(Node):
    """`at most 10`, `at most 2 each month for each p`, `at most 1 at a time`: `span_of` is `plan`, `month`, `year` or
    `at a time`; `parameter` is that of `for each`."""

    number: Expression
    span_of: str
    parameter: Name | None


@frozen
class Change(Node):
    """What an organisation can do. `low` and `high` are the ends of `by A to B`, `limits` are its `at most`."""

    name: Name
    parameters: tuple[Parameter, ...]
    low: Expression | None
    high: Expression | None
    title: Text | None
    condition: Expression | None
    effects: tuple[Effect, ...]
    costs: tuple[Cost, ...]
    takes: tuple[Takes, ...]
    limits: tuple[Limit, ...]
    notes: Notes

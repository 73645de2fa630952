"""Examples and claims."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field

from attain_compiler.frozen import frozen
from attain_compiler.model.program.declared import Declared
from attain_compiler.model.program.designations import Designation
from attain_compiler.model.program.expressions import Constant, Expression, Node
from attain_compiler.model.types import Value
from attain_compiler.source import Span


@frozen
class GivenValue(Node):
    """A measure or define (its id) fixed for these arguments."""

    target: str
    arguments: tuple[Value, ...]
    value: Value


@frozen
class GivenRows(Node):
    """Rows of a record, as field name to value; a field that is missing is left out. `places` are where they stand."""

    record: str
    rows: tuple[Mapping[str, Value], ...]
    places: tuple[Span, ...] = field(compare=False, repr=False)


@frozen
class PlannedStep(Node):
    """What a plan should do: make the change `change` (its id) for these arguments (None: for any) `times` times in all
    (None: at least once)."""

    change: str
    arguments: tuple[Value, ...] | None
    times: int | None


@frozen
class PlanExpected(Node):
    """What an example expects of the best plan: its `cost`, its `steps`, or neither of them: that there is no plan.
    `designation` (its id) and `tier` are what is to be reached, perhaps on one `track`, or `amount`, a designation made
    of one amount; None: what a plan of the policy reaches by itself."""

    designation: str | None
    tier: str | None
    cost: Constant | None
    steps: tuple[PlannedStep, ...]
    amount: Designation | None = None
    track: Constant | None = None


@frozen
class Example(Declared):
    """One case of an example (an example with `for each` becomes several, `title` with the values put in).

    `closed`: tables that are not given are empty; otherwise what they hold is unknown.
    """

    on: datetime.date | None
    readings: tuple[tuple[str, str], ...]
    values: tuple[GivenValue, ...]
    rows: tuple[GivenRows, ...]
    closed: bool
    expectations: tuple[Expression, ...]
    plans: tuple[PlanExpected, ...] = ()


@frozen
class Claim(Declared):
    condition: Expression
    implies: Expression | None

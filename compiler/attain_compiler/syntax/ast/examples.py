"""Examples and claims, as written."""

from __future__ import annotations

from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.changes import FieldValue
from attain_compiler.syntax.ast.expressions import DateLiteral, Expression
from attain_compiler.syntax.ast.head import Notes
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class GivenValue(Node):
    """`given growth(enterprise, dpor) = 2_000`."""

    target: Expression
    value: Expression


@frozen
class GivenRows(Node):
    """`given Usage { tenant: "a", ... }`, or a table of rows under `given Usage`: one tuple of field values a row.
    `also`: beside those of the example that this one is like (`given also`)."""

    record: Name
    rows: tuple[tuple[FieldValue, ...], ...]
    also: bool


@frozen
class GivenNothingElse(Node):
    """`given nothing else`: the tables that are not mentioned are empty."""


Given: TypeAlias = GivenValue | GivenRows | GivenNothingElse


@frozen
class ReadingChoice(Node):
    """`reading maximum_for_developers is printed`."""

    reading: Name
    alternative: Name


@frozen
class PlanTarget(Node):
    """`for cloud at least gold`, `for status(smb)`, `for benefit at least 200 USD`: then `sign` is `at least`."""

    designation: Name
    arguments: tuple[Expression, ...] | None
    tier: Name | None
    sign: str = ""
    amount: Expression | None = None


@frozen
class Planned(Node):
    """`win_customers(smb) 66 times`; without arguments for all of them together, without a number at least once."""

    change: Name
    arguments: tuple[Expression, ...] | None
    times: Expression | None


@frozen
class PlanCosts(Node):
    """`expect plan costs 373_980 USD`."""

    target: PlanTarget | None
    amount: Expression


@frozen
class PlanHas(Node):
    """`expect plan has win_customers(smb) 66 times, hire`."""

    target: PlanTarget | None
    steps: tuple[Planned, ...]


@frozen
class NoPlan(Node):
    """`expect no plan`."""

    target: PlanTarget | None


PlanExpectation: TypeAlias = PlanCosts | PlanHas | NoPlan


@frozen
class Example(Node):
    """`columns` and `cases` come from `for each (n, s) in (10, 0), (11, 1)`; without it there is one case. `like` is
    the title of the example that this one builds on."""

    title: Text
    like: Text | None
    on: DateLiteral | None
    readings: tuple[ReadingChoice, ...]
    columns: tuple[Name, ...]
    cases: tuple[tuple[Expression, ...], ...]
    givens: tuple[Given, ...]
    expectations: tuple[Expression, ...]
    plans: tuple[PlanExpectation, ...]
    notes: Notes


@frozen
class Claim(Node):
    """`claim maximum of pci is 100`, `claim pci is gold implies pci at least silver`."""

    title: Text | None
    condition: Expression
    implies: Expression | None
    notes: Notes

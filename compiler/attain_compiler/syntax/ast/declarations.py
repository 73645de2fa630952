"""Declarations and what they are made of, as written."""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.expressions import Binder, DateLiteral, Expression, SetLiteral
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class Notes(Node):
    """What people read: `source S4-06, "the text"`, `recovered from "..."`, `because "..."`, `advice "..."`."""

    sources: tuple[Name | Text, ...] = ()
    because: Text | None = None
    advice: Text | None = None
    recovered: tuple[Text, ...] = ()


@frozen
class TypeName(Node):
    """`count`, `money USD a month`, `set of Area`, `date or never`, `Track or none`, `count?`; `name` is the word."""

    name: Name
    currency: Name | None = None
    period: str = ""
    element: TypeName | None = None
    or_never: bool = False
    optional: bool = False
    or_none: bool = False


@frozen
class Parameter(Node):
    """A formal parameter: `t Track`, `u Usage`, `n count`; `y count from 2015` of what goes back so far."""

    name: Name
    type: TypeName
    low: Expression | None = None


@frozen
class Import(Node):
    """`import people as p`: the declarations of `people.attain`, as `p.NAME`; `amends`: as the file's own."""

    module: Name
    called: Name | None = None
    amends: bool = False


@frozen
class Policy(Node):
    """The header. A file without one that is imported by others is a `library` (`is_library`)."""

    name: Name
    title: Text | None
    is_library: bool
    force_from: DateLiteral | None
    force_to: DateLiteral | None
    notes: Notes


@frozen
class EnumValue(Node):
    """`teams_calling "Teams Phone calls" aka "Teams calling", "Teams calls"`."""

    name: Name
    title: Text | None
    synonyms: tuple[Text, ...]
    notes: Notes


@frozen
class Enum(Node):
    name: Name
    title: Text | None
    values: tuple[EnumValue, ...]
    notes: Notes


@frozen
class Entity(Node):
    """`entity Person "Somebody who works for the organisation"`: a kind of identifier."""

    name: Name
    title: Text | None
    notes: Notes


@frozen
class Field(Node):
    """`paid_seats count 0 to 10_000_000`, `trial flag default no`."""

    name: Name
    type: TypeName
    low: Expression | None
    high: Expression | None
    default: Expression | None
    title: Text | None
    notes: Notes


@frozen
class Continues(Node):
    """`continues each month`, `each year` or `each day`: `every` is `month`, `year` or `day`."""

    every: str


@frozen
class Record(Node):
    """`unique` lists the fields that identify a row, once for each `unique` line; `single` says there is one row;
    `continues` is there where the record says that its rows go on."""

    name: Name
    title: Text | None
    single: bool
    fields: tuple[Field, ...]
    unique: tuple[tuple[Name, ...], ...]
    continues: Continues | None
    notes: Notes


@frozen
class TableEntry(Node):
    """`smb csp 2_000`: the keys, then the value. `items` holds both, the value last; a key is a Reference or a Band,
    or the Word `otherwise`; the value `unknown "why"` is an Unpublished."""

    items: tuple[Expression | Unpublished | AsBefore, ...]


@frozen
class Unpublished(Node):
    """`unknown "no figure was published"` as the value of a parameter."""

    reason: Text


@frozen
class AsBefore(Node):
    """`without { a } with { b }` in a parameter of sets: the former set for the same keys, but for these values."""

    without: SetLiteral | None
    more: SetLiteral | None


@frozen
class TableRow(Node):
    """One line of a parameter: `[from DATE [to DATE]] entry, entry, ... [source ...]`; or a line below a date alone."""

    force_from: DateLiteral | None
    force_to: DateLiteral | None
    entries: tuple[TableEntry, ...]
    notes: Notes


@frozen
class Table(Node):
    """`parameter seats for Track band of count` and its rows."""

    name: Name
    title: Text | None
    keys: tuple[TypeName, ...]
    type: TypeName | None
    rows: tuple[TableRow, ...]
    notes: Notes


@frozen
class Alternative(Node):
    name: Name
    value: Expression | None
    title: Text | None
    default: bool
    notes: Notes


@frozen
class Reading(Node):
    """An ambiguity of the source, its alternatives and the default among them."""

    name: Name
    title: Text | None
    alternatives: tuple[Alternative, ...]
    notes: Notes


@frozen
class Define(Node):
    """`define eligible(u Usage, t Track)` and a condition; with `as TYPE`, a value of that type."""

    name: Name
    parameters: tuple[Parameter, ...]
    type: TypeName | None
    title: Text | None
    body: Expression
    notes: Notes


@frozen
class Excluded(Node):
    """`excluded Invoice i "recurring year" [from revenue, adds] when C`: named reason to leave a row out."""

    binder: Binder
    reason: Text
    measures: tuple[Name, ...]
    condition: Expression
    notes: Notes


@frozen
class Precedence(Node):
    """`precedence Credit c for each c.subscription by c.association` / `cpor over dpor over ...`."""

    binder: Binder
    group: tuple[Expression, ...]
    by: Expression
    order: tuple[Expression, ...]
    measures: tuple[Name, ...]
    notes: Notes


@frozen
class Measure(Node):
    name: Name
    parameters: tuple[Parameter, ...]
    type: TypeName
    low: Expression | None
    high: Expression | None
    title: Text | None
    body: Expression
    notes: Notes


@frozen
class Proportion(Node):
    """`in proportion to E full at F`."""

    value: Expression
    full: Expression


@frozen
class PerUnit(Node):
    """`4 points for each E`."""

    points: Expression
    value: Expression


@frozen
class AllOrNothing(Node):
    """`all or nothing when C`."""

    condition: Expression


@frozen
class Worth(Node):
    """`worth E`: any number of points, cut off at 0 and at the part's maximum."""

    value: Expression


@frozen
class BestFor(Node):
    """`best for a in S: SCORING`."""

    binder: Binder
    scoring: Scoring


@frozen
class BestOf(Node):
    """`best of` and a block of scorings."""

    scorings: tuple[Scoring, ...]


@frozen
class StepGate(Node):
    """`gate admins "Two administrators" C [worth N]`: what stands below counts only if C holds."""

    name: Name
    title: Text | None
    condition: Expression
    worth: Expression | None


@frozen
class Steps(Node):
    """`step by step` and a block of gates and scorings: the scorings add up, each only if all gates above it hold."""

    lines: tuple[StepGate | Scoring, ...]


Scoring: TypeAlias = Proportion | PerUnit | AllOrNothing | Worth | BestFor | BestOf | Steps


@frozen
class Part(Node):
    """`part usage_growth up to 30 SCORING [only if C [else N]]`."""

    name: Name
    title: Text | None
    maximum: Expression
    scoring: Scoring
    gate: Expression | None
    gate_else: Expression | None
    notes: Notes


@frozen
class Score(Node):
    name: Name
    parameters: tuple[Parameter, ...]
    out_of: Expression
    title: Text | None
    parts: tuple[Part, ...]
    notes: Notes


@frozen
class Require(Node):
    """`require total "At least 70 of 100 points" CONDITION`."""

    name: Name
    title: Text | None
    condition: Expression
    notes: Notes


@frozen
class Option(Node):
    """One way among several; the designation (or tier) needs one of its options."""

    name: Name
    title: Text | None
    requirements: tuple[Require, ...]
    notes: Notes


@frozen
class Tier(Node):
    """Tiers are written from the lowest to the highest."""

    name: Name
    title: Text | None
    requirements: tuple[Require, ...]
    options: tuple[Option, ...]
    notes: Notes


@frozen
class Tracks(Node):
    """`best for t in Track by capability(t)` (`by` given) or `any for t in Track`."""

    binder: Binder
    by: Expression | None


@frozen
class Designation(Node):
    """`designation status(a Area)`: one award for each value of its parameters."""

    name: Name
    parameters: tuple[Parameter, ...]
    title: Text | None
    tracks: Tracks | None
    requirements: tuple[Require, ...]
    options: tuple[Option, ...]
    tiers: tuple[Tier, ...]
    notes: Notes


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


@frozen
class Report(Node):
    """`report fee_due "Fee due at the renewal" as money USD` and a value: shown with every assessment, once for each
    value of its parameters."""

    name: Name
    parameters: tuple[Parameter, ...]
    title: Text | None
    type: TypeName
    body: Expression
    notes: Notes


Declaration: TypeAlias = (
    Policy | Import | Enum | Entity | Record | Table | Reading | Define | Excluded | Precedence | Measure | Score
    | Designation | Change | Example | Claim | Report
)  # fmt: skip


@frozen
class Comment(Node):
    """`# ...` to the end of the line, `text` with the `#`."""

    text: str


@frozen
class File(Node):
    """One file: its declarations in order, and its comments in order (for the formatter)."""

    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = field(compare=False, default=())

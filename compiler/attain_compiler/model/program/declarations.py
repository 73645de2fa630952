"""Declarations: each with its id, its title and its notes, and with every name in it bound."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model.program.expressions import Binder, Constant, Expression, Node, Variable
from attain_compiler.model.types import DATE, MONTH, Type, Value
from attain_compiler.model.types import EnumValue as EnumConstant
from attain_compiler.source import Span


@frozen
class Notes:
    """`sources` are ids or quotations, as written. `recovered` says where a figure was found that its source lost."""

    sources: tuple[str, ...] = ()
    because: str = ""
    advice: str = ""
    recovered: tuple[str, ...] = ()


SHOWN = " shown"
"""What the id of a report has behind it that is a definition as well: two declarations of one name."""


@frozen
class Declared(Node):
    """A declaration: `id` is stable, `name` is its last part, `title` is for people (the name where none is given)."""

    id: str
    title: str
    notes: Notes

    @property
    def name(self) -> str:
        return name_of(self.id)


def name_of(id_: str) -> str:
    """The last part of an id, with the arguments of an award: `status(smb)` of `partners.status(smb)`."""
    name, parenthesis, arguments = id_.partition("(")
    return name.rpartition(".")[2].removesuffix(SHOWN) + parenthesis + arguments


def name_on(name: str, track: str) -> str:
    """A designation on a track, as it is written: `modern_work(smb)`, or `status(cloud, smb)` of `status(cloud)`."""
    return f"{name[:-1]}, {track})" if name.endswith(")") else f"{name}({track})"


@frozen
class EnumMember(Node):
    constant: EnumConstant
    title: str
    synonyms: tuple[str, ...]
    notes: Notes


@frozen
class Enum(Declared):
    members: tuple[EnumMember, ...]


@frozen
class Entity(Declared):
    pass


@frozen
class Field(Node):
    """A field of a record.

    `optional`: may be missing, then its value is unknown. `default`: its value where it is missing.
    `or_never`: a date that may be `never` (also where it is missing). Bounds are included.
    """

    name: str
    type: Type
    title: str
    optional: bool
    or_never: bool
    default: Value | None
    low: Value | None
    high: Value | None


@frozen
class Record(Declared):
    """`continues` says how the rows go on: where it is 1 or 12, the months after the newest one are those of so many
    months before; None: they do not. Where it is `daily`, each row stays as many days old as it is."""

    single: bool
    fields: tuple[Field, ...]
    unique: tuple[tuple[str, ...], ...]
    continues: int | None = None
    daily: bool = False

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    @property
    def month(self) -> Field:
        """The one month of a record that continues each month or year."""
        return next(each for each in self.fields if each.type == MONTH)

    @property
    def day(self) -> Field:
        """The one date of a record that continues each day."""
        return next(each for each in self.fields if each.type == DATE)


@frozen
class Unpublished:
    """The value of a parameter of which no figure is known, and why. Whatever depends on it is undetermined."""

    reason: str


@frozen
class Entry(Node):
    """One value of a table: in force on the dates from `force_from` to `force_to` (both included, None: open); each
    key is a value, a Band, or None (`otherwise`: any key that no other entry matches)."""

    force_from: datetime.date | None
    force_to: datetime.date | None
    keys: tuple[Value | None, ...]
    value: Value | Unpublished
    notes: Notes


@frozen
class Table(Declared):
    """A `parameter`. Of the entries that match keys and date, the one with the latest `force_from` counts; among those,
    one with fewer `otherwise` keys. None matching is an error when it is evaluated."""

    keys: tuple[Type, ...]
    type: Type
    entries: tuple[Entry, ...]


@frozen
class Alternative(Node):
    name: str
    title: str
    value: Value
    notes: Notes


@frozen
class Reading(Declared):
    type: Type
    alternatives: tuple[Alternative, ...]
    default: str


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
class Gate:
    """A gate of a part that is scored step by step. Its condition stands in the part's points, where it is judged; here
    it has its name and title for people."""

    name: str
    title: str
    condition: Expression
    puts: tuple[tuple[str, Expression], ...] = ()


@frozen
class Part(Node):
    """A part of a score. `points` is the whole of it: scoring, cut off at `maximum`, gates included (a Clamped,
    InProportion, Extreme, Aggregate or Case over them); `span` is the part as written. `puts`: see `Requirement`.
    `gates`: those of a part that is scored step by step, in order."""

    name: str
    title: str
    maximum: Expression
    points: Expression
    notes: Notes
    puts: tuple[tuple[str, Expression], ...] = ()
    gates: tuple[Gate, ...] = ()


@frozen
class Score(Declared):
    parameters: tuple[Formal, ...]
    out_of: Expression
    parts: tuple[Part, ...]


@frozen
class Requirement(Node):
    """`path` is its name with that of its tier and option before it: `total`, `gold.total`, `gold.reseller.revenue`.
    `puts` are the values that the title has in braces, by what is written there."""

    path: str
    title: str
    condition: Expression
    notes: Notes
    puts: tuple[tuple[str, Expression], ...] = ()


@frozen
class Option(Node):
    name: str
    title: str
    requirements: tuple[Requirement, ...]
    notes: Notes


@frozen
class Tier(Node):
    name: str
    title: str
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    notes: Notes


@frozen
class Tracks(Node):
    """The tracks a designation can be reached on: variable 0 of everything in it.

    With `by`, only a track with the greatest `by` counts (any of them where several are equal); without it, any track.
    """

    binder: Binder
    by: Expression | None


@frozen
class Designation(Declared):
    """Met, on a track, when all `requirements` hold and, if there are options, all of at least one option.

    With tiers (lowest first) the award is the highest tier whose own requirements (and one of its options) hold as
    well; the designation is met when there is an award.

    With `parameters` (variables 0, 1, ...; the track comes after them) it is a pattern of as many designations as they
    have values; a whole program has these instead (see `awards`).
    """

    tracks: Tracks | None
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    tiers: tuple[Tier, ...]
    parameters: tuple[Formal, ...] = ()


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


@frozen
class Report(Declared):
    """`parameters`: as those of a designation."""

    type: Type
    body: Expression
    parameters: tuple[Formal, ...] = ()


@frozen
class Policy(Declared):
    """The header of a module; `id` is the module's name."""

    is_library: bool
    force_from: datetime.date | None
    force_to: datetime.date | None

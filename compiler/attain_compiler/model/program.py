"""What a policy means: resolved, typed and desugared, keyed by stable ids.

How it differs from `syntax.ast`: every name is bound (a declaration's id, or a variable's number); every expression has
its type; imports are merged into one program; `no`, `every`, `within`, `x from A to B`, `each part of`, comparisons of
dates, precedence and mixed surface forms are gone, spelled with the few forms below. All later stages, the formatter
and the editor aside, read this and nothing else.

Ids are `module.name` (`modern_work.capability`). A condition is an expression of type flag.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from attain_compiler.model.types import EnumValue as EnumConstant
from attain_compiler.model.types import RecordType, Type, Value
from attain_compiler.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Node:
    span: Span = field(kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Typed(Node):
    """An expression; `type` is what its value is."""

    type: Type = field(kw_only=True)


# ---------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Constant(Typed):
    value: Value


@dataclass(frozen=True, slots=True)
class Variable(Typed):
    """A parameter or bound variable; `number` is unique within the declaration that binds it (0, 1, ... from its
    parameters on), `name` is for people."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class AssessmentDate(Typed):
    """The date of the assessment, or what `as of` put in its place."""


@dataclass(frozen=True, slots=True)
class FieldOf(Typed):
    """The field of a row: `row` has a RecordType."""

    row: Expression
    field: str


@dataclass(frozen=True, slots=True)
class SingleRow(Typed):
    """`the R`: the one row of a `single` record; its type is a RecordType."""


@dataclass(frozen=True, slots=True)
class NewEntity(Typed):
    """A fresh identifier, the same one throughout one unit of one change."""


@dataclass(frozen=True, slots=True)
class Lookup(Typed):
    """A parameter table's value for these keys, at the assessment date."""

    table: str
    keys: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ReadingValue(Typed):
    """The value of the chosen alternative; for a reading without values, the alternative itself as an enum value
    (its EnumType's id is the reading's id)."""

    reading: str


@dataclass(frozen=True, slots=True)
class DefineCall(Typed):
    define: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MeasureCall(Typed):
    measure: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class ScoreCall(Typed):
    """The total of a score, or the points of one `part`."""

    score: str
    arguments: tuple[Expression, ...]
    part: str | None = None


@dataclass(frozen=True, slots=True)
class MaximumOf(Typed):
    """The sum of the maxima of a score's parts."""

    score: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class StatusIs(Typed):
    """Whether a designation has a status.

    `requirement` (if any) is the path of a requirement: `total`, `gold.total`, `partner_option.revenue`;
    `track` (if any) is the track asked about, else the one the designation selects.
    `word` is `met`, `undetermined`, `exactly` (the award is `tier`, no higher one) or `at least` (`tier` or higher).
    `failed` and `is not` are a Not around it.
    """

    designation: str
    word: str
    tier: str | None = None
    requirement: str | None = None
    track: Expression | None = None


@dataclass(frozen=True, slots=True)
class Negative(Typed):
    operand: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic(Typed):
    """`+`, `-`, `*` on quantities; `/` likewise (no value where the divisor is 0)."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Shift(Typed):
    """A date or month (`anchor`) moved by a duration: `direction` is 1 (after) or -1 (before).

    Months shift by months only. See `Duration` for month ends. `never` stays `never`.
    """

    direction: int
    length: Expression
    anchor: Expression


@dataclass(frozen=True, slots=True)
class Compare(Typed):
    """`operator` is one of `==`, `!=`, `<`, `<=`, `>`, `>=`; the order ones only on quantities, dates, months and
    durations."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Contains(Typed):
    """`element in container`, where the container is a set or a band."""

    element: Expression
    container: Expression


@dataclass(frozen=True, slots=True)
class Not(Typed):
    operand: Expression


@dataclass(frozen=True, slots=True)
class And(Typed):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Typed):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AtLeast(Typed):
    """At least `least` of the items hold."""

    least: Expression
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class SetOf(Typed):
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Months(Typed):
    """The set of the months from `first` to `last`, both included."""

    first: Expression
    last: Expression


@dataclass(frozen=True, slots=True)
class Binder(Node):
    """A variable that runs over the rows of a record, the known identifiers of an entity, the values of an enum (the
    `type` says which) or, where `domain` is given, the elements of a set."""

    number: int
    name: str
    type: Type
    domain: Expression | None = None


@dataclass(frozen=True, slots=True)
class Exists(Typed):
    binder: Binder
    condition: Expression


@dataclass(frozen=True, slots=True)
class Aggregate(Typed):
    """`kind` is count, distinct, sum, min, max, average or median; `value` is absent for count only.

    min and max also stand for earliest and latest. Of nothing: count, distinct and sum are 0, the others have no value.
    """

    kind: str
    value: Expression | None
    binder: Binder
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class Extreme(Typed):
    """The least (`min`) or greatest (`max`) of the items."""

    kind: str
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Branch(Node):
    condition: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class Case(Typed):
    """The value of the first branch whose condition holds, else `otherwise`."""

    branches: tuple[Branch, ...]
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Fallback(Typed):
    """`value`, or `fallback` where the value does not exist (a division by 0, the least of nothing)."""

    value: Expression
    fallback: Expression


@dataclass(frozen=True, slots=True)
class AsOf(Typed):
    value: Expression
    when: Expression


@dataclass(frozen=True, slots=True)
class IsKnown(Typed):
    operand: Expression


@dataclass(frozen=True, slots=True)
class Rounded(Typed):
    """`mode` is `down` (towards minus infinity), `up`, `half up` (ties away from 0) or `half even`; `step` > 0."""

    value: Expression
    mode: str
    step: Expression


@dataclass(frozen=True, slots=True)
class DatePart(Typed):
    """`part` is `month` (of a date), `first day` or `last day` (of a month)."""

    part: str
    subject: Expression


@dataclass(frozen=True, slots=True)
class Elapsed(Typed):
    """How many whole `days`, `months` or `years` lie from `first` to `last` (negative if `last` is earlier)."""

    unit: str
    first: Expression
    last: Expression


@dataclass(frozen=True, slots=True)
class Role(Node):
    needed: Expression
    condition: Expression


@dataclass(frozen=True, slots=True)
class Allocation(Typed):
    """Whether disjoint sets of the binder's values exist, for each role at least `needed` that meet its condition."""

    binder: Binder
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Clamped(Typed):
    """`value`, cut off below at 0 and above at `maximum`. Only in scorings."""

    value: Expression
    maximum: Expression


@dataclass(frozen=True, slots=True)
class InProportion(Typed):
    """`maximum * value / full`, cut off at 0 and at `maximum`. `full` must be above 0. Only in scorings."""

    value: Expression
    full: Expression
    maximum: Expression


Expression: TypeAlias = (
    Constant | Variable | AssessmentDate | FieldOf | SingleRow | NewEntity | Lookup | ReadingValue | DefineCall
    | MeasureCall | ScoreCall | MaximumOf | StatusIs | Negative | Arithmetic | Shift | Compare | Contains | Not | And
    | Or | AtLeast | SetOf | Months | Exists | Aggregate | Extreme | Case | Fallback | AsOf | IsKnown | Rounded
    | DatePart | Elapsed | Allocation | Clamped | InProportion
)  # fmt: skip

# ---------------------------------------------------------------- declarations


@dataclass(frozen=True, slots=True)
class Notes:
    """`sources` are ids or quotations, as written."""

    sources: tuple[str, ...] = ()
    because: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Declared(Node):
    """A declaration: `id` is stable, `name` is its last part, `title` is for people (the name where none is given)."""

    id: str
    title: str
    notes: Notes

    @property
    def name(self) -> str:
        return self.id.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class EnumMember(Node):
    constant: EnumConstant
    title: str
    synonyms: tuple[str, ...]
    notes: Notes


@dataclass(frozen=True, slots=True)
class Enum(Declared):
    members: tuple[EnumMember, ...]


@dataclass(frozen=True, slots=True)
class Entity(Declared):
    pass


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Record(Declared):
    single: bool
    fields: tuple[Field, ...]
    unique: tuple[tuple[str, ...], ...]

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The value of a parameter of which no figure is known, and why. Whatever depends on it is undetermined."""

    reason: str


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """One value of a table: in force on the dates from `force_from` to `force_to` (both included, None: open); each
    key is a value, a Band, or None (`otherwise`: any key that no other entry matches)."""

    force_from: datetime.date | None
    force_to: datetime.date | None
    keys: tuple[Value | None, ...]
    value: Value | Unpublished
    notes: Notes


@dataclass(frozen=True, slots=True)
class Table(Declared):
    """A `parameter`. Of the entries that match keys and date, the one with the latest `force_from` counts; among those,
    one with fewer `otherwise` keys. None matching is an error when it is evaluated."""

    keys: tuple[Type, ...]
    type: Type
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Alternative(Node):
    name: str
    title: str
    value: Value
    notes: Notes


@dataclass(frozen=True, slots=True)
class Reading(Declared):
    type: Type
    alternatives: tuple[Alternative, ...]
    default: str


@dataclass(frozen=True, slots=True)
class Formal(Node):
    """A formal parameter; it is variable `number`, counted from 0."""

    number: int
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Define(Declared):
    parameters: tuple[Formal, ...]
    type: Type
    body: Expression


@dataclass(frozen=True, slots=True)
class Exclusion(Declared):
    """Rows of `record` (variable 0) for which `condition` holds are left out of every aggregate and quantifier over the
    record, or, where `measures` is not empty, only inside those measures. `title` is the reason to report."""

    record: str
    row: Formal
    measures: tuple[str, ...]
    condition: Expression


@dataclass(frozen=True, slots=True)
class Measure(Declared):
    parameters: tuple[Formal, ...]
    type: Type
    low: Value | None
    high: Value | None
    body: Expression


@dataclass(frozen=True, slots=True)
class Part(Node):
    """A part of a score. `points` is the whole of it: scoring, cut off at `maximum`, gates included (a Clamped,
    InProportion, Extreme, Aggregate or Case over them); `span` is the part as written."""

    name: str
    title: str
    maximum: Expression
    points: Expression
    notes: Notes


@dataclass(frozen=True, slots=True)
class Score(Declared):
    parameters: tuple[Formal, ...]
    out_of: Expression
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Requirement(Node):
    """`path` is its name with that of its tier and option before it: `total`, `gold.total`, `gold.reseller.revenue`."""

    path: str
    title: str
    condition: Expression
    notes: Notes


@dataclass(frozen=True, slots=True)
class Option(Node):
    name: str
    title: str
    requirements: tuple[Requirement, ...]
    notes: Notes


@dataclass(frozen=True, slots=True)
class Tier(Node):
    name: str
    title: str
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    notes: Notes


@dataclass(frozen=True, slots=True)
class Tracks(Node):
    """The tracks a designation can be reached on: variable 0 of everything in it.

    With `by`, only a track with the greatest `by` counts (any of them where several are equal); without it, any track.
    """

    binder: Binder
    by: Expression | None


@dataclass(frozen=True, slots=True)
class Designation(Declared):
    """Met, on a track, when all `requirements` hold and, if there are options, all of at least one option.

    With tiers (lowest first) the award is the highest tier whose own requirements (and one of its options) hold as
    well; the designation is met when there is an award.
    """

    tracks: Tracks | None
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Adds(Node):
    record: str
    values: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Removes(Node):
    row: Variable


@dataclass(frozen=True, slots=True)
class Sets(Node):
    row: Variable
    field: str
    value: Expression


@dataclass(frozen=True, slots=True)
class RaisesField(Node):
    row: Variable
    field: str
    by: Expression


@dataclass(frozen=True, slots=True)
class RaisesMeasure(Node):
    measure: str
    arguments: tuple[Expression, ...]
    by: Expression


Effect: TypeAlias = Adds | Removes | Sets | RaisesField | RaisesMeasure


@dataclass(frozen=True, slots=True)
class Cost(Node):
    amount: Expression
    each: bool


@dataclass(frozen=True, slots=True)
class Takes(Node):
    duration: Expression
    each: bool


@dataclass(frozen=True, slots=True)
class Change(Declared):
    """`amount` is the Formal of `n`, the number of units, where the change has `by low to high` (None: one unit, once);
    every effect happens n times, each time with identifiers of its own for `new`."""

    parameters: tuple[Formal, ...]
    amount: Formal | None
    low: Expression | None
    high: Expression | None
    condition: Expression | None
    effects: tuple[Effect, ...]
    costs: tuple[Cost, ...]
    takes: tuple[Takes, ...]
    limit: Expression | None


@dataclass(frozen=True, slots=True)
class GivenValue(Node):
    """A measure or define (its id) fixed for these arguments."""

    target: str
    arguments: tuple[Value, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class GivenRows(Node):
    """Rows of a record, as field name to value; a field that is missing is left out."""

    record: str
    rows: tuple[Mapping[str, Value], ...]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Claim(Declared):
    condition: Expression
    implies: Expression | None


@dataclass(frozen=True, slots=True)
class Report(Declared):
    type: Type
    body: Expression


@dataclass(frozen=True, slots=True)
class Policy(Declared):
    """The header of a module; `id` is the module's name."""

    is_library: bool
    force_from: datetime.date | None
    force_to: datetime.date | None


@dataclass(frozen=True, slots=True)
class Program:
    """Everything of one policy and what it imports, in order of declaration, by id.

    `main` is the id of the policy the program was compiled from. `files` are its sources, by path.
    """

    main: str
    files: Mapping[str, SourceFile]
    policies: Mapping[str, Policy]
    enums: Mapping[str, Enum]
    entities: Mapping[str, Entity]
    records: Mapping[str, Record]
    tables: Mapping[str, Table]
    readings: Mapping[str, Reading]
    defines: Mapping[str, Define]
    exclusions: Mapping[str, Exclusion]
    measures: Mapping[str, Measure]
    scores: Mapping[str, Score]
    designations: Mapping[str, Designation]
    changes: Mapping[str, Change]
    examples: Mapping[str, Example]
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]

    def exclusions_of(self, record: RecordType) -> tuple[Exclusion, ...]:
        return tuple(each for each in self.exclusions.values() if each.record == record.id)

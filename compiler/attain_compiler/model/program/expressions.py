"""Expressions: the few forms that every written one is spelled with, each with its type."""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model.types import FLAG, Type, Value
from attain_compiler.source import Span

ArithmeticOperator: TypeAlias = Literal["+", "-", "*", "/"]
Comparison: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
ExtremeKind: TypeAlias = Literal["min", "max"]
AggregateKind: TypeAlias = Literal["count", "distinct", "sum", "min", "max", "average", "median"]
RoundingMode: TypeAlias = Literal["down", "up", "half up", "half even"]
DatePartName: TypeAlias = Literal["month", "first day", "last day"]
ElapsedUnit: TypeAlias = Literal["days", "months", "years"]
StatusWord: TypeAlias = Literal["met", "undetermined", "exactly", "at least"]


@frozen
class Node:
    span: Span = field(kw_only=True, compare=False, repr=False)


@frozen
class Typed(Node):
    """An expression; `type` is what its value is."""

    type: Type = field(kw_only=True)


@frozen
class Constant(Typed):
    value: Value


@frozen
class Variable(Typed):
    """A parameter or bound variable; `number` is unique within the declaration that binds it (0, 1, ... from its
    parameters on), `name` is for people."""

    number: int
    name: str


@frozen
class AssessmentDate(Typed):
    """The date of the assessment, or what `as of` put in its place."""


@frozen
class FieldOf(Typed):
    """The field of a row: `row` has a RecordType."""

    row: Expression
    field: str


@frozen
class SingleRow(Typed):
    """`the R`: the one row of a `single` record; its type is a RecordType."""


@frozen
class NewEntity(Typed):
    """A fresh identifier for each unit of a change: one of its own for each place, or for each text that it is `called`
    by (empty: none)."""

    called: str


@frozen
class Lookup(Typed):
    """A parameter table's value for these keys, at the assessment date."""

    table: str
    keys: tuple[Expression, ...]


@frozen
class ReadingValue(Typed):
    """The value of the chosen alternative; for a reading without values, the alternative itself as an enum value
    (its EnumType's id is the reading's id)."""

    reading: str


@frozen
class DefineCall(Typed):
    define: str
    arguments: tuple[Expression, ...]


@frozen
class SelfCall(Typed):
    """A definition asked by its own body: see `Define`."""

    define: str
    arguments: tuple[Expression, ...]


@frozen
class MeasureCall(Typed):
    measure: str
    arguments: tuple[Expression, ...]


@frozen
class ScoreCall(Typed):
    """The total of a score, or the points of one `part`."""

    score: str
    arguments: tuple[Expression, ...]
    part: str | None = None


@frozen
class MaximumOf(Typed):
    """The sum of the maxima of a score's parts. `arguments` may be empty where the maxima do not depend on them."""

    score: str
    arguments: tuple[Expression, ...]


@frozen
class StatusIs(Typed):
    """Whether a designation has a status.

    `requirement` (if any) is the path of a requirement: `total`, `gold.total`, `partner_option.revenue`;
    `track` (if any) is the track asked about, else the one the designation selects.
    `word` is `met`, `undetermined`, `exactly` (the award is `tier`, no higher one) or `at least` (`tier` or higher).
    `failed` and `is not` are a Not around it. `arguments`, of a designation with parameters, are gone from a whole
    program: there is a designation for each of their values.
    """

    designation: str
    word: StatusWord
    tier: str | None = None
    requirement: str | None = None
    track: Expression | None = None
    arguments: tuple[Expression, ...] = ()


@frozen
class Negative(Typed):
    operand: Expression


@frozen
class Arithmetic(Typed):
    """`+`, `-`, `*` on quantities; `/` likewise (no value where the divisor is 0)."""

    operator: ArithmeticOperator
    left: Expression
    right: Expression


@frozen
class Shift(Typed):
    """A date or month (`anchor`) moved by a duration: `direction` is 1 (after) or -1 (before).

    Months shift by months only. See `Duration` for month ends. `never` stays `never`.
    """

    direction: int
    length: Expression
    anchor: Expression


@frozen
class Repeated(Typed):
    """`3 * 12 months`: a duration so many times; fewer than 0 times turns the direction of what is moved by it."""

    times: Expression
    length: Expression


@frozen
class Compare(Typed):
    """`operator` is one of `==`, `!=`, `<`, `<=`, `>`, `>=`; the order ones only on quantities, dates, months and
    durations."""

    operator: Comparison
    left: Expression
    right: Expression


@frozen
class Contains(Typed):
    """`element in container`, where the container is a set or a band."""

    element: Expression
    container: Expression


@frozen
class Not(Typed):
    operand: Expression


@frozen
class And(Typed):
    items: tuple[Expression, ...]


@frozen
class Or(Typed):
    items: tuple[Expression, ...]


@frozen
class AtLeast(Typed):
    """At least `least` of the items hold."""

    least: Expression
    items: tuple[Expression, ...]


@frozen
class SetOf(Typed):
    items: tuple[Expression, ...]


@frozen
class Range(Typed):
    """The set of the months, or days, from `first` to `last`, both included; the type says which."""

    first: Expression
    last: Expression


@frozen
class Binder(Node):
    """A variable that runs over the rows of a record, the known identifiers of an entity, the values of an enum (the
    `type` says which) or, where `domain` is given, the elements of a set."""

    number: int
    name: str
    type: Type
    domain: Expression | None = None


class Binding(Typed):
    """An expression with a variable of its own, which runs over something: its `binder` says over what. Whatever is so
    of all of them, those to come included, is said of this class."""

    __slots__ = ()
    binder: Binder

    def where(self) -> Expression | None:
        """What is asked of the values that it looks for; None where it takes all of them."""
        condition: Expression | None = getattr(self, "condition", None)
        return condition


@frozen
class Exists(Binding):
    binder: Binder
    condition: Expression


@frozen
class Aggregate(Binding):
    """`kind` is count, distinct, sum, min, max, average or median; `value` is absent for count only.

    min and max also stand for earliest and latest. Of nothing: count, distinct and sum are 0, the others have no value.
    """

    kind: AggregateKind
    value: Expression | None
    binder: Binder
    condition: Expression | None


Selecting: TypeAlias = Exists | Aggregate
"""A binding that looks at those of its values which meet one condition (None: at all of them)."""


@frozen
class Extreme(Typed):
    """The least (`min`) or greatest (`max`) of the items."""

    kind: ExtremeKind
    items: tuple[Expression, ...]


@frozen
class Branch(Node):
    condition: Expression
    value: Expression


@frozen
class Case(Typed):
    """The value of the first branch whose condition holds, else `otherwise`."""

    branches: tuple[Branch, ...]
    otherwise: Expression


@frozen
class Fallback(Typed):
    """`value`, or `fallback` where the value does not exist (a division by 0, the least of nothing)."""

    value: Expression
    fallback: Expression


@frozen
class AsOf(Typed):
    value: Expression
    when: Expression


@frozen
class IsKnown(Typed):
    operand: Expression


@frozen
class Rounded(Typed):
    """`mode` is `down` (towards minus infinity), `up`, `half up` (ties away from 0) or `half even`; `step` > 0."""

    value: Expression
    mode: RoundingMode
    step: Expression


@frozen
class DatePart(Typed):
    """`part` is `month` (of a date), `first day` or `last day` (of a month)."""

    part: DatePartName
    subject: Expression


@frozen
class Elapsed(Typed):
    """How many whole `days`, `months` or `years` lie from `first` to `last` (negative if `last` is earlier)."""

    unit: ElapsedUnit
    first: Expression
    last: Expression


@frozen
class Role(Node):
    needed: Expression
    condition: Expression


@frozen
class Share(Node):
    """At most so many elements may be in both of two roles, told by their places."""

    most: Expression
    first: int
    second: int


@frozen
class Allocation(Binding):
    """Whether disjoint sets of the binder's values exist, for each role at least `needed` that meet its condition; or,
    with a `value`, such whose values add up to `needed`. What is in both roles of a share counts in both."""

    binder: Binder
    roles: tuple[Role, ...]
    value: Expression | None = None
    shares: tuple[Share, ...] = ()

    def where(self) -> Expression:
        return Or(tuple(each.condition for each in self.roles), type=FLAG, span=self.span)


@frozen
class Clamped(Typed):
    """`value`, cut off below at 0 and above at `maximum`. Only in scorings."""

    value: Expression
    maximum: Expression


@frozen
class InProportion(Typed):
    """`maximum * value / full`, cut off at 0 and at `maximum`. `full` must be above 0. Only in scorings."""

    value: Expression
    full: Expression
    maximum: Expression


Expression: TypeAlias = (
    Constant | Variable | AssessmentDate | FieldOf | SingleRow | NewEntity | Lookup | ReadingValue | DefineCall
    | SelfCall | MeasureCall | ScoreCall | MaximumOf | StatusIs | Negative | Arithmetic | Shift | Repeated | Compare
    | Contains | Not | And | Or | AtLeast | SetOf | Range | Exists | Aggregate | Extreme | Case | Fallback | AsOf
    | IsKnown | Rounded | DatePart | Elapsed | Allocation | Clamped | InProportion
)  # fmt: skip

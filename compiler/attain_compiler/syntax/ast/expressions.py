"""Expressions: values and conditions, as written."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.syntax.ast.node import Name, Node, Text


@frozen
class Number(Node):
    """A bare number: `1_000`, `0.5`. `unit` is empty, or `%`, `points`, or a currency such as `USD`."""

    value: Fraction
    unit: str = ""


@frozen
class DateLiteral(Node):
    """`2022-10-03`."""

    value: date


@frozen
class MonthLiteral(Node):
    """`2022-10`: the months since the year 0, `year * 12 + month - 1`."""

    value: int


@frozen
class DurationLiteral(Node):
    """`90 days`, `6 weeks`, `12 months`, `2 years`: `unit` is `day`, `week`, `month` or `year`."""

    value: int
    unit: str


@frozen
class TextLiteral(Node):
    """A quoted text used as a value."""

    value: str


@frozen
class Word(Node):
    """A word that is a value by itself: `yes`, `no`, `never`, `assessment date`, `plan date`, `this month`,
    `last month`."""

    word: str


@frozen
class Reference(Node):
    """A name used as a value, perhaps qualified by its enum: `smb`, `Track.smb`."""

    name: Name
    qualifier: Name | None = None


@frozen
class Call(Node):
    """`net_adds(t, last month)`."""

    name: Name
    arguments: tuple[Expression, ...]


@frozen
class Member(Node):
    """`u.tenant`, `capability(t).usage_growth`, `modern_work.total`."""

    subject: Expression
    field: Name


@frozen
class TheRecord(Node):
    """`the Membership`: the one row of a record of which there is one."""

    record: Name


@frozen
class NewEntity(Node):
    """`new Tenant`: an identifier that no row has yet, another one wherever it stands; `new Tenant called "buyer"` is
    the same one wherever it stands with this text. Only in what a change adds."""

    entity: Name
    called: Text | None = None


@frozen
class SetLiteral(Node):
    """`{ cpor, dpor }`."""

    items: tuple[Expression, ...]


@frozen
class Range(Node):
    """`months from A to B`, `days from A to B`, both included, as a set; `unit` is `months` or `days`."""

    unit: str
    first: Expression
    last: Expression


@frozen
class Unary(Node):
    """`-x` (operator `-`) or `not x` (operator `not`)."""

    operator: str
    operand: Expression


@frozen
class Binary(Node):
    """`+ - * /`, and `before` / `after` (a duration before or after a date or month)."""

    operator: str
    left: Expression
    right: Expression


@frozen
class Connective(Node):
    """`a and b or c`, flat and in order; `operators[i]` stands between items i and i + 1. Mixed ones are an error
    later."""

    operators: tuple[str, ...]
    items: tuple[Expression, ...]


@frozen
class Block(Node):
    """`all of`, `any of`, `at least 2 of`, as a block or in parentheses. `kind` is `all`, `any` or `at least`."""

    kind: str
    items: tuple[Expression, ...]
    least: Expression | None = None


@frozen
class Comparison(Node):
    """`left OP right`, where OP is one of `is`, `is not`, `in`, `not in`, `at least`, `more than`, `at most`,
    `less than`, `earlier than`, `later than`, `on or before`, `on or after`."""

    operator: str
    left: Expression
    right: Expression


@frozen
class Band(Node):
    """`from 11 to 300`, `more than 300`, `at least 5`: as a parameter's value or key.

    A missing end is open; `*_included` says whether the end itself belongs to the band.
    """

    low: Expression | None
    high: Expression | None
    low_included: bool = True
    high_included: bool = True


@frozen
class Between(Node):
    """`x from A to B`, both included."""

    subject: Expression
    low: Expression
    high: Expression


@frozen
class Within(Node):
    """`x within the 12 months before D`; `direction` is `before` (D excluded), `to` (D included) or `after` (D
    excluded)."""

    subject: Expression
    length: Expression
    direction: str
    anchor: Expression


@frozen
class Known(Node):
    """`x is known` / `x is not known`."""

    subject: Expression
    negated: bool


@frozen
class Binder(Node):
    """`Usage u`, `Person p`, `Track t` (`domain` is a Name) or `a in associations(t)` (`domain` is an expression)."""

    variable: Name
    domain: Name | Expression


class Binding(Node):
    """What has a variable of its own, which its other parts may name: its `binder` says over what it runs."""

    __slots__ = ()
    binder: Binder


@frozen
class Quantifier(Binding):
    """`some R r where C`, `no R r where C`, `every R r [where C] has D`."""

    kind: str
    binder: Binder
    condition: Expression | None
    has: Expression | None = None


AVERAGES: Final = ("average", "median")
"""The kinds of `Aggregate` that lie somewhere among the values."""


@frozen
class Aggregate(Binding):
    """`count of R r where C` (no value), `distinct E among ...`, and `sum | min | max | average | median | earliest |
    latest of E among R r where C`; `best for a in S: E` is `max`, `least for a in S: E` is `min`."""

    kind: str
    value: Expression | None
    binder: Binder
    condition: Expression | None


@frozen
class FieldOfOne(Binding):
    """`the m.grade of Staff m where C`: the field of the one row that meets C; `value` is `m.grade`."""

    value: Member
    binder: Binder
    condition: Expression


@frozen
class Extreme(Node):
    """`greatest of (a, b)`, `least of (a, b)`, `latest of (a, b)`, `earliest of (a, b)`; `kind` is `max`, `min`,
    `latest` or `earliest`, as in an `Aggregate`."""

    kind: str
    items: tuple[Expression, ...]


@frozen
class CaseBranch(Node):
    """`VALUE when CONDITION`; the last branch, `VALUE otherwise`, has no condition."""

    value: Expression
    condition: Expression | None


@frozen
class Case(Node):
    """`by case` and its branches: the first whose condition holds."""

    branches: tuple[CaseBranch, ...]


@frozen
class Otherwise(Node):
    """`E else F`: F where E has no value (a division by 0, the least of nothing)."""

    value: Expression
    fallback: Expression


@frozen
class AsOf(Node):
    """`E as of D`: E with D as the assessment date."""

    value: Expression
    when: Expression


@frozen
class Rounded(Node):
    """`E rounded down to 0.5`; `mode` is `down`, `up`, `half up` or `half even`."""

    value: Expression
    mode: str
    step: Expression


@frozen
class DatePart(Node):
    """`month of D`, `year of D`, `month number of D`, `first day of M`, `last day of M`; `part` is the words before
    `of`."""

    part: str
    subject: Expression


@frozen
class Recurring(Node):
    """`last 1 March on or before D`, `first 1 March on or after D`: `which` is `last` or `first`."""

    which: str
    month: int
    day: int
    anchor: Expression


@frozen
class Elapsed(Node):
    """`number of days from A to B`; `unit` is `days`, `months` or `years`."""

    unit: str
    first: Expression
    last: Expression


@frozen
class EachPart(Node):
    """`each part of capability(t) more than 0`."""

    score: Expression
    operator: str
    bound: Expression


@frozen
class MaximumOf(Node):
    """`maximum of pci`: what the parts' maxima add up to."""

    score: Expression


@frozen
class AllocationRole(Node):
    """`2 with deployer(p)`, `30 with in_major(p) as major`."""

    needed: Expression
    condition: Expression
    name: Name | None


@frozen
class AllocationShare(Node):
    """`at most 2 in both major and minor`."""

    most: Expression
    first: Name
    second: Name


@frozen
class Allocation(Binding):
    """`each Person p once for` and its roles: disjoint people for every role; `each Passed p by p.units once for`: so
    many units of them."""

    binder: Binder
    value: Expression | None
    roles: tuple[AllocationRole, ...]
    shares: tuple[AllocationShare, ...]


@frozen
class Status(Node):
    """`modern_work is met`, `pci is gold`, `pci at least silver`, `modern_work.total is not met`.

    Written by the same grammar as a comparison; the parser makes this node only for the words `met`, `failed` and
    `undetermined`. (`pci is gold` is a Comparison; `model` sees that `pci` is a designation.)
    """

    subject: Expression
    word: str
    negated: bool


Expression: TypeAlias = (
    Number | DateLiteral | MonthLiteral | DurationLiteral | TextLiteral | Word | Reference | Call | Member | TheRecord
    | NewEntity | SetLiteral | Range | Unary | Binary | Connective | Block | Comparison | Band | Between | Within
    | Known | Quantifier | Aggregate | FieldOfOne | Extreme | Case | Otherwise | AsOf | Rounded | DatePart | Recurring
    | Elapsed | EachPart | MaximumOf | Allocation | Status
)  # fmt: skip

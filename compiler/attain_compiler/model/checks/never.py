"""The time to `never` has no value: where it may be asked for, something has to stand in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import DATE, MONTH, NEVER, NEVER_MONTH, SetType, Type, Value
from attain_compiler.model.walk import children, nodes

_KEEPS = (
    model.Arithmetic, model.Negative, model.Rounded, model.Extreme, model.Clamped, model.InProportion, model.AsOf,
    model.Case, model.Branch, model.Shift, model.Repeated, model.DatePart, model.Elapsed,
)  # fmt: skip
"""What has no value where a part of it has none: the `else` around it covers the part as well."""


def check(program: model.Program, findings: Findings) -> None:
    """Report each count of days, months or years from or to a date that may be `never`, unless `else` covers it."""
    dates: _Dates | None = None
    for owner, body in _bodies(program):
        for elapsed in _uncovered(body, covered=False):
            dates = dates or _Dates(program)  # few policies count the days between dates
            if dates.may_be_never(elapsed.first, owner) or dates.may_be_never(elapsed.last, owner):
                findings.error(
                    "may-have-no-value",
                    _without_value(program, elapsed),
                    elapsed.span,
                    "a date here may be `never`",
                    help="say what stands for it then, as in `... else 0`",
                )


def _without_value(program: model.Program, elapsed: model.Elapsed) -> str:
    """That there is no such number; of words that do not say so themselves (`year of c.ended`), as they stand."""
    file = program.files.get(elapsed.span.path)
    words = " ".join(file.slice(elapsed.span).split()) if file is not None else ""
    named = not words or words.startswith(("number of days", f"number of {elapsed.unit}"))
    if not named:
        return f"`{words}` has no value where the date is `never`"
    return f"the number of {elapsed.unit} to or from `never` has no value"


def _bodies(program: model.Program) -> Iterator[tuple[str, model.Node]]:
    """What is evaluated, with the declaration that it is part of."""
    for kind in (
        program.defines, program.measures, program.scores, program.designations, program.exclusions, program.changes,
        program.claims, program.reports, program.examples,
    ):  # fmt: skip
        yield from kind.items()
    for change in program.changes.values():
        for effect in change.effects:
            if isinstance(effect, model.Adds):
                yield from ((change.id, value) for _, value in effect.values)


def _uncovered(node: model.Node, *, covered: bool) -> Iterator[model.Elapsed]:
    if isinstance(node, model.Elapsed) and not covered:
        yield node
    for each in children(node):
        if isinstance(node, model.Fallback):
            yield from _uncovered(each, covered=covered or each is node.value)
        else:
            yield from _uncovered(each, covered=covered and isinstance(node, _KEEPS))


class _Dates:
    """Which dates and months may be `never`, by what they are declared and computed from."""

    def __init__(self, program: model.Program) -> None:
        self.program = program
        self.formals: dict[tuple[str, int], bool] = {}
        """The parameters, by declaration and number, to which a date that may be `never` is given."""
        self.defines: set[str] = set()
        """The definitions that may be `never`."""
        self.bound: set[tuple[str, int, str]] = set()
        """The variables that run over a set with a date that may be `never`, by declaration, number and name."""
        owners = [(owner, node) for owner, body in _bodies(program) for node in nodes(body)]
        calls = [(owner, *called) for owner, node in owners if (called := _called(node)) is not None]
        binders = [(owner, node) for owner, node in owners if isinstance(node, model.Binder) and _is_date(node.type)]
        changed = True
        while changed:
            changed = False
            for define in program.defines.values():
                known = not _is_date(define.type) or define.id in self.defines
                if not known and self.may_be_never(define.body, define.id):
                    self.defines.add(define.id)
                    changed = True
            for owner, target, arguments in calls:
                for number, argument in enumerate(arguments):
                    known = not _is_date(argument.type) or (target, number) in self.formals
                    if not known and self.may_be_never(argument, owner):
                        self.formals[target, number] = changed = True
            for owner, binder in binders:
                key = (owner, binder.number, binder.name)
                if key not in self.bound and binder.domain is not None and self.may_be_never(binder.domain, owner):
                    self.bound.add(key)
                    changed = True

    def may_be_never(self, expression: model.Expression, owner: str) -> bool:
        """Whether a date or month may be `never`, or one in a set of them."""
        program = self.program
        match expression:
            case model.Constant(value=value):
                return _is_never(value)
            case model.Variable(number=number, name=name):
                return self.formals.get((owner, number), False) or (owner, number, name) in self.bound
            case model.SetOf(items=items):
                return any(self.may_be_never(each, owner) for each in items)
            case model.FieldOf(row=row, field=field):
                record: Mapping[str, model.Record] = program.records
                return record[row.type.id].field(field).or_never  # type: ignore[union-attr]
            case model.Lookup(table=table):
                entries = program.tables[table].entries
                return any(not isinstance(each.value, model.Unpublished) and _is_never(each.value) for each in entries)
            case model.ReadingValue(reading=reading):
                return any(_is_never(each.value) for each in program.readings[reading].alternatives)
            case model.DefineCall(define=define) | model.SelfCall(define=define):
                return define in self.defines
            case model.Shift(anchor=inner) | model.DatePart(subject=inner) | model.AsOf(value=inner):
                return self.may_be_never(inner, owner)
            case model.Fallback(value=value, fallback=fallback):
                return self.may_be_never(value, owner) or self.may_be_never(fallback, owner)
            case model.Case(branches=branches, otherwise=otherwise):
                return any(self.may_be_never(each.value, owner) for each in branches) or self.may_be_never(
                    otherwise, owner
                )
            case model.Extreme(kind=kind, items=items):
                return (any if kind == "max" else all)(self.may_be_never(each, owner) for each in items)
            case model.Aggregate(value=value) if value is not None:
                return self.may_be_never(value, owner)
            case _:
                return False


def _called(node: model.Node) -> tuple[str, tuple[model.Expression, ...]] | None:
    match node:
        case model.DefineCall(define=target, arguments=arguments) | model.SelfCall(define=target, arguments=arguments):
            return target, arguments
        case model.MeasureCall(measure=target, arguments=arguments):
            return target, arguments
        case model.ScoreCall(score=target, arguments=arguments):
            return target, arguments
        case _:
            return None


def _is_date(type_: Type) -> bool:
    """Whether something is a date or month, or a set of them."""
    return (type_.element if isinstance(type_, SetType) else type_) in (DATE, MONTH)


def _is_never(value: Value) -> bool:
    if isinstance(value, frozenset):
        return any(_is_never(each) for each in value)
    return value == NEVER or (value == NEVER_MONTH and not isinstance(value, bool))

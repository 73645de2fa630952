"""What runs over rows, identifiers, enum values and sets: quantifiers, aggregates, allocations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.arithmetic import must_have_order, never_empty, nothing_of
from attain_compiler.model.expressions.none import present, where
from attain_compiler.model.program.expressions import AggregateKind
from attain_compiler.model.types import (
    COUNT,
    FLAG,
    NUMBER,
    OR_NONE,
    EntityType,
    EnumType,
    Quantity,
    RecordType,
    SetType,
    Type,
)
from attain_compiler.model.units import UNTYPED, described, is_broken, ordered, plain
from attain_compiler.model.walk import nodes
from attain_compiler.source import Span
from attain_compiler.syntax import ast

_KINDS: Final[dict[str, AggregateKind]] = {
    "count": "count",
    "distinct": "distinct",
    "sum": "sum",
    "average": "average",
    "median": "median",
    "min": "min",
    "least": "min",
    "earliest": "min",
    "max": "max",
    "greatest": "max",
    "latest": "max",
}


def binding(
    env: Env, node: ast.Quantifier | ast.Aggregate | ast.FieldOfOne | ast.Allocation, hint: Type | None
) -> model.Expression:
    """An expression with a variable of its own."""
    match node:
        case ast.Quantifier():
            return quantifier(env, node)
        case ast.Aggregate():
            return aggregate(env, node, hint)
        case ast.FieldOfOne():
            return field_of_one(env, node)
        case ast.Allocation():
            return allocation(env, node)


def bound(env: Env, node: ast.Binder) -> tuple[Env, model.Binder]:
    """The place inside a binder, and the binder."""
    env = env.uncovered()
    domain: model.Expression | None = None
    match node.domain:
        case ast.Name() as name:
            type_ = _type_named(env, name)
        case ast.Reference(name=name, qualifier=None) if _names_a_type(env, name):
            type_ = _type_named(env, name)
        case written:
            domain = env.typed(written)
            type_ = UNTYPED
            if isinstance(domain.type, SetType):
                type_ = domain.type.element
            elif not is_broken(domain.type):
                env.findings.error(
                    "type-mismatch",
                    f"a variable runs over a set, and this is {described(domain.type)}",
                    written.span,
                    f"this is {described(domain.type)}",
                    help="name a set, an enum, an entity or a record",
                )
    inside, local = env.bind(node.variable, type_)
    return inside, model.Binder(local.number, local.name, type_, domain, span=node.span)


def _names_a_type(env: Env, name: ast.Name) -> bool:
    declared = env.visible.declarations.get(name.text)
    return (
        name.text not in env.locals
        and name.text not in env.columns
        and declared is not None
        and isinstance(declared.written, ast.Enum | ast.Entity | ast.Record)
    )


def _type_named(env: Env, name: ast.Name) -> Type:
    """The type of the rows, identifiers or values that a name stands for."""
    declared = env.visible.declarations.get(name.text)
    kinds = (ast.Enum, ast.Entity, ast.Record)
    if declared is None or not isinstance(declared.written, kinds):
        if name.text not in env.visible.broken:
            known = env.visible.of_kind(*kinds)
            help_ = f"a set is named with `in`: `VARIABLE in {name.text}`" if declared is not None else ""
            message = f"no record, entity or enum is called `{name.text}`"
            env.findings.unknown(message, name.span, name.text, known, help=help_)
        return UNTYPED
    env.use(declared.id, name.span)
    match declared.written:
        case ast.Enum():
            return EnumType(declared.id)
        case ast.Entity():
            return EntityType(declared.id)
        case _:
            return RecordType(declared.id)


def quantifier(env: Env, node: ast.Quantifier) -> model.Expression:
    """`some`, `no`, `every`: none but `some` is left."""
    inside, binder = bound(env, node.binder)
    condition = (
        inside.condition(node.condition) if node.condition else model.Constant(True, type=FLAG, span=node.binder.span)
    )
    if node.kind == "every" and node.has is not None:
        has = where(inside, node.condition).condition(node.has)
        fails = model.Not(has, type=FLAG, span=has.span)
        broken = fails if node.condition is None else model.And((condition, fails), type=FLAG, span=node.span)
        return model.Not(model.Exists(binder, broken, type=FLAG, span=node.span), type=FLAG, span=node.span)
    exists = model.Exists(binder, condition, type=FLAG, span=node.span)
    return model.Not(exists, type=FLAG, span=node.span) if node.kind == "no" else exists


def aggregate(env: Env, node: ast.Aggregate, hint: Type | None) -> model.Expression:
    """`count of`, `distinct`, `sum of` and the others."""
    inside, binder = bound(env, node.binder)
    value = where(inside, node.condition).typed(node.value, hint) if node.value is not None else None
    condition = inside.condition(node.condition) if node.condition else None
    kind = _KINDS[node.kind]
    if kind == "distinct" and value is not None and isinstance(value.type, EnumType) and value.type.or_none:
        env.findings.error(
            "may-have-no-value",
            "`none` is no value to be counted",
            value.span,
            "this may be `none`",
            help=f"ask for rows that have one: `where {env.source.slice(value.span)} is not none`",
        )
    if kind in ("count", "distinct"):
        return model.Aggregate(kind, value, binder, condition, type=COUNT, span=node.span)
    assert value is not None
    assert node.value is not None
    type_ = value.type
    if kind in ("min", "max"):
        if not must_have_order(env, node.kind, node.value.span, type_):
            return env.broken(node.span)
    elif not isinstance(type_, Quantity) and not is_broken(type_):
        env.findings.error(
            "type-mismatch",
            f"there is no {kind} of {described(type_)}",
            node.value.span,
            f"this is {described(type_)}",
            help="only counts, numbers, points, percents and money have one",
        )
        return env.broken(node.span)
    if kind in ast.AVERAGES and plain(type_):
        type_ = NUMBER
    if kind == "sum" and type_ == COUNT:
        type_ = COUNT  # of years there is no sum that is one
    if kind != "sum" and not env.covered and not _surely_some(env, binder, condition):
        env.findings.error(
            "may-have-no-value",
            f"the {node.kind if node.kind not in ('min', 'max') else _BEST[node.kind]} of nothing has no value",
            node.span,
            "there may be none",
            help=f"say what stands for it then: `... else {nothing_of(type_)}` if nothing is worth so much",
        )
    return model.Aggregate(kind, value, binder, condition, type=type_, span=node.span)


_BEST = {"min": "least", "max": "greatest"}


def _surely_some(env: Env, binder: model.Binder, condition: model.Expression | None) -> bool:
    """Whether the binder runs over something whatever the facts are."""
    if condition is not None:
        return False
    if binder.domain is not None:
        return is_broken(binder.domain.type) or never_empty(env, binder.domain)
    return isinstance(binder.type, EnumType) or is_broken(binder.type)


def field_of_one(env: Env, node: ast.FieldOfOne) -> model.Expression:
    """`the m.grade of Staff m where C`: of what has an order the greatest of the one; of an enum the value that some
    row has, and `none` where there is no such row."""
    inside, binder = bound(env, node.binder)
    condition = inside.condition(node.condition)
    value = _field_of(inside, node, binder)
    if value is None or not _at_most_one(env, node, binder, condition):
        return env.broken(node.span)
    if isinstance(value.type, EnumType):
        return _value_of_one(env, node, binder, condition, value, value.type.base)
    if not ordered(value.type):
        asked = "" if value.type == FLAG else " is ..."
        env.findings.error(
            "type-mismatch",
            f"{described(value.type)} is asked for where the row is",
            node.value.span,
            f"this is {described(value.type)}",
            help=f"write `some {_words(env, node.binder.span)} where {_words(env, node.condition.span)} "
            f"and {_words(env, node.value.span)}{asked}`",
        )
        return env.broken(node.span)
    if not env.covered:
        env.findings.error(
            "may-have-no-value",
            "where there is no such row, this has no value",
            node.span,
            "there may be none",
            help=f"say what stands for it then: `... else {nothing_of(value.type)}` if nothing is worth so much",
        )
    return model.Aggregate("max", value, binder, condition, type=value.type, span=node.span)


def _field_of(inside: Env, node: ast.FieldOfOne, binder: model.Binder) -> model.FieldOf | None:
    """The field that is asked for, which is one of the row; else None, and that is reported."""
    value = inside.typed(node.value)
    if isinstance(value, model.FieldOf) and isinstance(value.row, model.Variable) and value.row.number == binder.number:
        return value
    if not is_broken(value.type):
        inside.findings.error(
            "not-single",
            f"this is no field of the row `{binder.name}`",
            node.value.span,
            help=f"write `the {binder.name}.FIELD of`, a field of what the condition is about",
        )
    return None


def _words(env: Env, span: Span) -> str:
    return " ".join(env.source.slice(span).split())


def _value_of_one(
    env: Env,
    node: ast.FieldOfOne,
    binder: model.Binder,
    condition: model.Expression,
    value: model.Expression,
    type_: EnumType,
) -> model.Expression:
    """By case: each value of the enum where some row has it."""
    branches: list[model.Branch] = []
    for member in env.heads.enums[type_.id].members:
        constant = model.Constant(member.constant, type=type_, span=node.span)
        has = model.Compare("==", value, constant, type=FLAG, span=node.span)
        both = model.And((condition, has), type=FLAG, span=node.span)
        branches.append(model.Branch(model.Exists(binder, both, type=FLAG, span=node.span), constant, span=node.span))
    or_none = EnumType(type_.id + OR_NONE)
    nothing = model.Constant(or_none.none, type=or_none, span=node.span)
    return model.Case(tuple(branches), nothing, type=present(env, or_none, node.span), span=node.span)


def _at_most_one(env: Env, node: ast.FieldOfOne, binder: model.Binder, condition: model.Expression) -> bool:
    """Whether the condition fixes all fields of some `unique` of the record; else what to write is reported."""
    assert isinstance(binder.type, RecordType)
    record = env.heads.records[binder.type.id]
    fixed = set(_fixed(condition, binder.number))
    if any(fixed.issuperset(fields) for fields in record.unique):
        return True
    needed = [" and ".join(f"{binder.name}.{each} is ..." for each in fields) for fields in record.unique]
    if record.single:
        help_ = f"write `the {record.name}.{node.value.field.text}`"
    elif needed:
        help_ = f"fix what it is told by: `where {'`, or `where '.join(needed)}`"
    else:
        help_ = f"say in `{record.name}` what no two rows have alike, as in `unique FIELD`, and fix it with `is`"
    env.findings.error(
        "not-single",
        f"there may be several rows of `{record.name}` that meet this",
        node.condition.span,
        secondary=(Label(env.heads.places[record.id], "declared here"),),
        help=help_,
    )
    return False


def _fixed(condition: model.Expression, variable: int) -> Iterator[str]:
    """The fields of a row that a condition gives one value, which is not told by the row."""
    match condition:
        case model.And(items=items):
            for each in items:
                yield from _fixed(each, variable)
        case model.Compare(operator="==", left=left, right=right):
            for one, other in ((left, right), (right, left)):
                match one:
                    case model.FieldOf(row=model.Variable(number=number), field=field) if (
                        number == variable
                        and not any(
                            isinstance(each, model.Variable) and each.number == variable for each in nodes(other)
                        )
                    ):
                        yield field
        case (
            model.FieldOf(row=model.Variable(number=number), field=field)
            | model.Not(operand=model.FieldOf(row=model.Variable(number=number), field=field))
        ) if number == variable:
            yield field
        case _:
            pass


def allocation(env: Env, node: ast.Allocation) -> model.Expression:
    """`each Person p once for` and its roles, by heads or by a quantity of each."""
    inside, binder = bound(env, node.binder)
    value = inside.typed(node.value) if node.value is not None else None
    if value is not None and not isinstance(value.type, Quantity) and not is_broken(value.type):
        env.findings.error(
            "type-mismatch",
            f"what adds up is a quantity, not {described(value.type)}",
            value.span,
            help="name what each of them counts, as in `by p.units`",
        )
    kind = COUNT if value is None else value.type
    roles = tuple(
        model.Role(env.uncovered().wanted(each.needed, kind), inside.condition(each.condition), span=each.span)
        for each in node.roles
    )
    shares = _shares(env, node)
    return model.Allocation(binder, roles, value, shares, type=FLAG, span=node.span)


def _shares(env: Env, node: ast.Allocation) -> tuple[model.Share, ...]:
    """The lines that may share, by their places."""
    places: dict[str, int] = {}
    for number, role in enumerate(node.roles):
        if role.name is not None and places.setdefault(role.name.text, number) != number:
            env.findings.error(
                "duplicate-name", f"two lines are called `{role.name.text}`", role.name.span, help="rename one of them"
            )
    found: list[model.Share] = []
    for each in node.shares:
        most = env.uncovered().wanted(each.most, COUNT)
        for name in (each.first, each.second):
            if name.text not in places:
                message = f"no line above is called `{name.text}`"
                help_ = "give the line a name, as in `30 with in_major(p) as major`"
                env.findings.unknown(message, name.span, name.text, tuple(places), help=help_)
        one, other = places.get(each.first.text, -1), places.get(each.second.text, -1)
        if one == other and one >= 0:
            env.findings.error(
                "duplicate-name", "a line shares with another one", each.second.span, help="name two lines"
            )
        found.append(model.Share(most, one, other, span=each.span))
    return tuple(found)

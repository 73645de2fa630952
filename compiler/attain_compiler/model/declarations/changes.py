"""Changes: what an organisation can do, what it costs and how long it takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import folded, reversed_ends
from attain_compiler.model.declarations.notes import notes, template, title
from attain_compiler.model.declarations.signatures import formals, inside
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.names import arguments_for, record_named
from attain_compiler.model.expressions.none import where_possible
from attain_compiler.model.types import COUNT, DURATION, EntityType, EnumType, Quantity, RecordType, Type, Value
from attain_compiler.model.units import described, is_broken
from attain_compiler.model.walk import nodes
from attain_compiler.source import Span
from attain_compiler.syntax import ast


def change(env: Env, id_: str, node: ast.Change) -> model.Change:
    parameters = _parameters(env, node)
    body = inside(dataclasses.replace(env, planning=True), parameters, tuple(each.name for each in node.parameters))
    amount: model.Formal | None = None
    if node.low is not None and node.high is not None:
        amount = model.Formal(next(body.numbers), "n", COUNT, span=node.low.span.to(node.high.span))
    condition = body.condition(node.condition) if node.condition is not None else None
    body = where_possible(body, node.condition)
    low, high = _ends(body, node)
    _check_title(env, node, parameters, amount)
    effects = tuple(effect for effect in (_effect(body, each) for each in node.effects) if effect is not None)
    if not node.effects:
        env.findings.error(
            "nothing-changes",
            f"`{node.name.text}` has no effect",
            node.name.span,
            help="say what it does: `adds R { ... }`, `removes r`, `sets r.f to E`, `raises ... by E`",
        )
    if amount is not None:
        _check_units_differ(env, effects, high)
    whole, paces = _limits(body, node.limits, parameters)
    return model.Change(
        id_,
        title(node.title, node.name),
        notes(node.notes),
        parameters,
        amount,
        low,
        high,
        condition,
        effects,
        tuple(model.Cost(_money(body, each.amount), each.each, span=each.span) for each in node.costs),
        tuple(model.Takes(body.wanted(each.duration, DURATION), each.each, span=each.span) for each in node.takes),
        whole[0] if whole else None,
        paces,
        span=node.span,
    )


def _parameters(env: Env, node: ast.Change) -> tuple[model.Formal, ...]:
    parameters = formals(env, node.parameters)
    for formal, written in zip(parameters, node.parameters, strict=True):
        if not isinstance(formal.type, RecordType | EntityType | EnumType) and not is_broken(formal.type):
            env.findings.error(
                "type-mismatch",
                f"a change cannot be tried for every value of {described(formal.type)}",
                written.type.span,
                help="parameters of a change are rows, identifiers or enum values; a number is `by A to B`",
            )
    return parameters


def _ends(body: Env, node: ast.Change) -> tuple[model.Expression | None, model.Expression | None]:
    """The least and the most units that a change comes in."""
    low = body.wanted(node.low, COUNT) if node.low is not None else None
    high = body.wanted(node.high, COUNT) if node.high is not None else None
    if node.low is not None and node.high is not None:
        first, last = (folded(low) if low else None), (folded(high) if high else None)
        if low is not None:
            _not_negative(body, low)
        if first is not None and last is not None and reversed_ends(first, last):
            body.findings.error(
                "bounds-reversed",
                "the most is less than the least",
                node.high.span,
                secondary=(Label(node.low.span, "the least"),),
                help="write the smaller number first",
            )
    return low, high


def _check_title(env: Env, node: ast.Change, parameters: tuple[model.Formal, ...], amount: model.Formal | None) -> None:
    """The title names only what there is, and the number of units where there may be several."""
    placeholders: dict[str, Type | None] = {each.name: each.type for each in parameters}
    if amount is not None:
        if "n" in placeholders:
            formal = next(each for each in parameters if each.name == "n")
            env.findings.error(
                "shadowed-name",
                "`n` is the number of units of this change",
                formal.span,
                help="give the parameter another name",
            )
        placeholders["n"] = COUNT
    template(env, node.title, placeholders)
    if amount is not None and node.title is not None and "{n}" not in node.title.value:
        env.findings.warning(
            "title-differs",
            "the title does not say how many: plans of different sizes read alike",
            node.title.span,
            help="put the number of units into it, as in `Win {n} customers`",
        )


def _check_units_differ(env: Env, effects: Sequence[model.Effect], high: model.Expression | None) -> None:
    """The units of a change add rows that differ in what is `unique`: by a `new` identifier, as all else is alike that
    is known."""
    most = folded(high) if high is not None else None
    if isinstance(most, int) and most < 2:
        return
    for effect in effects:
        if not isinstance(effect, model.Adds):
            continue
        record, values = env.heads.records[effect.record], dict(effect.values)
        unknown = {each.name for each in record.fields if each.may_be_missing}.difference(values)
        for unique in record.unique:
            if not unknown.isdisjoint(unique):  # each may be another
                continue
            told = [each for field in unique if field in values for each in nodes(values[field])]
            if not any(isinstance(each, model.NewEntity) for each in told):
                fields = " and ".join(f"`{each}`" for each in unique)
                env.findings.warning(
                    "units-alike",
                    f"two units add rows of `{record.name}` that are alike in {fields}, which is `unique`: "
                    "the change can be made once",
                    effect.span,
                    secondary=(Label(env.heads.places[record.id], "its record"),),
                    help="add a `new` identifier, take what differs as a parameter of the change (a row, an "
                    "identifier, a value of an enum), or raise a field of one row",
                )
                break


def _limits(
    body: Env, limits: Sequence[ast.Limit], parameters: Sequence[model.Formal]
) -> tuple[list[model.Expression], tuple[model.Pace, ...]]:
    """How many units there may be in a whole plan, and what else limits them."""
    whole: list[model.Expression] = []
    paces: list[model.Pace] = []
    numbers = {each.name: each.number for each in parameters}
    for each in limits:
        number = body.wanted(each.number, COUNT)
        if each.parameter is not None and each.parameter.text not in numbers:
            name = each.parameter
            body.findings.unknown(f"no parameter is called `{name.text}`", name.span, name.text, numbers)
        elif each.parameter is None and each.span_of == "plan":
            whole.append(number)
        else:
            place = numbers[each.parameter.text] if each.parameter else None
            paces.append(model.Pace(number, each.span_of, place, span=each.span))
    return whole, tuple(paces)


def _money(env: Env, node: ast.Expression) -> model.Expression:
    amount = env.typed(node)
    money = isinstance(amount.type, Quantity) and amount.type.kind == "money" and not amount.type.period
    if not money and not is_broken(amount.type):
        env.findings.error(
            "unit-mismatch" if isinstance(amount.type, Quantity) else "type-mismatch",
            f"a cost is money, and this is {described(amount.type)}",
            node.span,
            f"this is {described(amount.type)}",
            help="say for how long: `... * 12 months`"
            if isinstance(amount.type, Quantity) and amount.type.period
            else "write the currency, as in `165 USD`",
        )
    _not_negative(env, amount)
    return amount


def _not_negative(env: Env, number: model.Expression) -> None:
    """Report a cost or a number of units below 0: plans would get cheaper by doing more."""
    value = folded(number)
    if isinstance(value, int | Fraction) and value < 0:
        env.findings.error("out-of-bounds", "this must be 0 or more", number.span, help="write a value of 0 or more")


def _effect(env: Env, node: ast.Effect) -> model.Effect | None:
    match node:
        case ast.Adds():
            return _adds(env, node)
        case ast.Removes(row=row):
            variable = _row(env, row)
            return model.Removes(variable, span=node.span) if variable else None
        case ast.Sets(row=row, field=field, value=value):
            variable = _row(env, row)
            found = _field_of(env, variable, field) if variable else None
            if variable is None or found is None:
                env.typed(value)
                return None
            label = Label(found.span, "the field is declared here")
            wanted = env.wanted(value, found.type, label)
            within_bounds(env, value.span, found, folded(wanted))
            return model.Sets(variable, found.name, wanted, span=node.span)
        case ast.Raises():
            return _raises(env, node)


def _row(env: Env, name: ast.Name) -> model.Variable | None:
    """The row parameter of this name."""
    local = env.locals.get(name.text)
    if local is None:
        env.findings.unknown(f"no parameter is called `{name.text}`", name.span, name.text, env.locals)
        return None
    if not isinstance(local.type, RecordType):
        if not is_broken(local.type):
            env.findings.error(
                "type-mismatch",
                f"only a row can be changed, and `{name.text}` is {described(local.type)}",
                name.span,
                secondary=(Label(local.span, "declared here"),),
                help="take a row as parameter of the change",
            )
        return None
    return model.Variable(local.number, local.name, type=local.type, span=name.span)


def _field_of(env: Env, row: model.Variable, name: ast.Name) -> model.Field | None:
    assert isinstance(row.type, RecordType)
    record = env.heads.records[row.type.id]
    found = next((each for each in record.fields if each.name == name.text), None)
    if found is None:
        no_field(env, record, name)
    return found


def no_field(env: Env, record: model.Record, name: ast.Name) -> None:
    env.findings.unknown(
        f"no field `{name.text}` on `{record.name}`",
        name.span,
        name.text,
        [each.name for each in record.fields],
        (Label(env.heads.places[record.id], "its fields are declared here"),),
    )


def _adds(env: Env, node: ast.Adds) -> model.Effect | None:
    record = record_named(env, node.record)
    env = dataclasses.replace(env, adding=True)
    if record is None:
        for each in node.values:
            env.typed(each.value)
        return None
    fields = {each.name: each for each in record.fields}
    values: dict[str, model.Expression] = {}
    for each in node.values:
        field = fields.get(each.field.text)
        if field is None:
            no_field(env, record, each.field)
            env.typed(each.value)
            continue
        twice(env, each, values)
        label = Label(field.span, "the field is declared here")
        values[field.name] = env.wanted(each.value, field.type, label)
        within_bounds(env, each.value.span, field, folded(values[field.name]))
    missing_fields(env, record, values, node.record.span)
    return model.Adds(record.id, tuple(values.items()), span=node.span)


def within_bounds(env: Env, written: Span, field: model.Field, value: Value | None) -> None:
    """Report a value that no row may have; None is one that is not known yet."""
    if value is None:
        return
    below = field.low is not None and reversed_ends(field.low, value)
    above = field.high is not None and reversed_ends(value, field.high)
    if below or above:
        env.findings.error(
            "out-of-bounds",
            f"`{env.source.slice(written)}` is {'below' if below else 'above'} the bounds of `{field.name}`",
            written,
            secondary=(Label(field.span, "the field is declared here"),),
            help="no facts may hold such a value: change it, or the bounds of the field",
        )


def twice(env: Env, node: ast.FieldValue, values: Mapping[str, object]) -> None:
    """Report a field that has a value already."""
    if node.field.text in values:
        env.findings.error(
            "duplicate-name", f"`{node.field.text}` is given twice", node.field.span, help="leave one of them out"
        )


def missing_fields(env: Env, record: model.Record, given: Collection[str], span: Span) -> None:
    """Report the fields that a row of the record must have, and this one has not."""
    missing = [each for each in record.fields if each.name not in given and not each.optional and each.default is None]
    if missing:
        names = ", ".join(f"`{each.name}`" for each in missing)
        env.findings.error(
            "missing-field",
            f"this row of `{record.name}` has no {names}",
            span,
            secondary=tuple(Label(each.span, "declared here, without a default") for each in missing[:3]),
            help=f"add `{missing[0].name}: ...`, or declare the field with `?` or `default`",
        )


def _raises(env: Env, node: ast.Raises) -> model.Effect | None:
    match node.target:
        case ast.Member(subject=ast.Reference(name=name, qualifier=None), field=field) if name.text in env.locals:
            row = _row(env, name)
            found = _field_of(env, row, field) if row else None
            if row is None or found is None:
                env.typed(node.by)
                return None
            if not isinstance(found.type, Quantity) and not is_broken(found.type):
                env.findings.error(
                    "type-mismatch",
                    f"only a quantity can be raised, and `{found.name}` is {described(found.type)}",
                    field.span,
                    secondary=(Label(found.span, "declared here"),),
                    help=f"write `sets {name.text}.{found.name} to ...`",
                )
                return None
            by = env.wanted(node.by, found.type, Label(found.span, "the field is declared here"))
            return model.RaisesField(row, found.name, by, span=node.span)
        case ast.Reference(name=name, qualifier=None):
            arguments: tuple[ast.Expression, ...] = ()
        case ast.Call(name=name, arguments=arguments):
            pass
        case _:
            env.typed(node.by)
            env.findings.error(
                "not-raisable",
                "only a measure or a field of a row can be raised",
                node.target.span,
                help=_raisable(node.target),
            )
            return None
    return _raises_measure(env, node, name, arguments)


def _raisable(target: ast.Expression) -> str:
    match target:
        case ast.Member(subject=ast.TheRecord(record=record), field=field):
            return (
                f"let the row be a parameter of the change, `(r {record.text})`, and write `raises r.{field.text} by`"
            )
        case _:
            return "name a measure, or a field of a row that is a parameter of the change"


def _raises_measure(
    env: Env, node: ast.Raises, name: ast.Name, arguments: tuple[ast.Expression, ...]
) -> model.Effect | None:
    declared = env.visible.declarations.get(name.text)
    head = env.heads.values.get(declared.id) if declared else None
    if declared is None or head is None or head.kind != "measure":
        env.typed(node.by)
        if declared is not None:
            env.findings.error(
                "not-raisable",
                f"`{name.text}` is a {declared.kind}: only a measure or a field of a row can be raised",
                node.target.span,
                secondary=(Label(declared.span, "declared here"),),
                help="raise the measure that it depends on",
            )
        elif name.text not in env.visible.broken:
            known = env.visible.of_kind(ast.Measure)
            env.findings.unknown(f"no measure is called `{name.text}`", name.span, name.text, known)
        return None
    env.use(head.id, name.span)
    given = arguments_for(env, head, arguments, name.span)
    by = env.wanted(node.by, head.type, Label(head.span, "the measure is declared here"))
    return model.RaisesMeasure(head.id, given, by, span=node.span)

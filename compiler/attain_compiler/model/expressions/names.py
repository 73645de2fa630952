"""What a name means: a variable, a declaration, a value of an enum; a call; a field of a row, a part of a score."""

from __future__ import annotations

from dataclasses import replace

from attain_compiler.diagnostics.model import Fix, Label
from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.none import NONE, field_of_row, present
from attain_compiler.model.expressions.said import SAID
from attain_compiler.model.heads import Head
from attain_compiler.model.scope import Declared, ValueName
from attain_compiler.model.types import DATE, MONTH, EntityType, EnumType, EnumValue, RecordType, SetType, Type
from attain_compiler.model.units import described, is_broken
from attain_compiler.source import Span
from attain_compiler.syntax import ast


def reference(env: Env, node: ast.Reference, hint: Type | None) -> model.Expression:
    """A bare name, in order: a variable, a declaration without parameters, a value of the enum that is expected."""
    if node.qualifier is not None:
        return qualified(env, node.qualifier, node.name, node.span)
    name = node.name.text
    if name in env.columns:
        _must_be_the_column(env, node)
        return replace(env, columns={}, locals={}).typed(env.columns[name], hint)
    local = env.locals.get(name)
    if local is not None:
        return model.Variable(local.number, name, type=local.type, span=node.span)
    values = env.visible.values.get(name, ())
    declared = env.visible.declarations.get(name)
    enum = hint.base if isinstance(hint, EnumType) else None
    chosen = next((each for each in values if enum is not None and each.enum == enum.id), None)
    if declared is not None:
        head = env.heads.values.get(declared.id)
        if chosen is None or (head is not None and head.type == hint and not head.formals):
            return _declared(env, declared, node, hint)
    if name == NONE and isinstance(hint, EnumType) and hint.or_none:
        return model.Constant(hint.none, type=hint, span=node.span)
    if chosen is not None:
        return enum_value(env, chosen, node.span)
    if len({each.enum for each in values}) > 1:
        return _ambiguous(env, node, values)
    if values:
        return enum_value(env, values[0], node.span)
    return unknown(env, node, hint)


def _must_be_the_column(env: Env, node: ast.Reference) -> None:
    """Report the name of a column that is also that of a value of the policy, where either may stand. Where something
    is given (`given sold = sold`) a constant stands, and so the column."""
    declared = env.visible.declarations.get(node.name.text)
    head = env.heads.values.get(declared.id) if declared is not None else None
    if declared is None or head is None or head.formals or env.giving:
        return
    env.findings.error(
        "shadowed-name",
        f"`{node.name.text}` may be the column or the {declared.kind} here",
        node.span,
        secondary=(Label(declared.span, f"the {declared.kind} is declared here"),),
        help="give the column another name",
    )


def enum_value(env: Env, value: ValueName, span: Span) -> model.Expression:
    env.use(value.enum, span)
    return model.Constant(EnumValue(value.enum, value.name), type=EnumType(value.enum), span=span)


_NOTHING = frozenset({"unknown", "missing", "given", "empty", "null", "nothing", "blank", "undefined", "unset"})


def _ambiguous(env: Env, node: ast.Reference, values: tuple[ValueName, ...]) -> model.Expression:
    owners = [each.enum.rpartition(".")[2] for each in values]
    env.findings.error(
        "ambiguous-value",
        f"`{node.name.text}` is a value of {' and of '.join(f'`{each}`' for each in owners)}",
        node.span,
        secondary=tuple(Label(each.span, f"a value of `{owner}`") for each, owner in zip(values, owners, strict=True)),
        help=f"say which is meant: `{owners[0]}.{node.name.text}`",
    )
    return env.broken(node.span)


def unknown(env: Env, node: ast.Reference, hint: Type | None) -> model.Expression:
    """Report a name that means nothing, unless it belongs to something that could not be read."""
    name = node.name.text
    if name in env.visible.broken or env.visible.hides_values or (hint is not None and is_broken(hint)):
        return env.broken(node.span)
    if isinstance(hint, EnumType):
        enum = env.heads.enums.get(hint.base.id)
        here = [value for value, each in env.visible.values.items() if any(one.enum == hint.base.id for one in each)]
        secondary = (Label(env.heads.places[enum.id], "its values are declared here"),) if enum else ()
        help_ = f"where there may be none, the field says so: `{hint} or none`" if name == NONE else ""
        if name in _NOTHING:
            help_ = "of what may be missing ask `is not known`; that there is no value, and it is known, is `is none`"
        known = [*here, *env.locals]
        env.findings.unknown(f"no value `{name}` in `{hint}`", node.span, name, known, secondary, help_)
        return env.broken(node.span)
    known = [*env.locals, *env.columns, *env.visible.declarations, *env.visible.values]
    meant = _in_a_row(env, name)
    if name in SAID and name not in known and not meant:
        env.findings.error("unknown-name", f"nothing is called `{name}`", node.span, f"write {SAID[name]}")
    elif meant or (name == "n" and env.planning):
        help_ = "" if meant else "how often stands in texts only, as `{n}`: what a change does is done so many times"
        label = f"did you mean `{meant}`?" if meant else ""
        fix = Fix(node.span, meant, f"change `{name}` to `{meant}`", certain=False) if meant else None
        env.findings.error("unknown-name", f"nothing is called `{name}`", node.span, label, (), help_, fix)
    else:
        env.findings.unknown(f"nothing is called `{name}`", node.span, name, known)
    return env.broken(node.span)


def _in_a_row(env: Env, name: str) -> str:
    """The field of this name of a row that is bound here, as it is written; of several rows, of the last."""
    rows = [(each.name, each.type.id) for each in env.locals.values() if isinstance(each.type, RecordType)]
    has = [row for row, record in rows if any(each.name == name for each in env.heads.records[record].fields)]
    return f"{has[-1]}.{name}" if has else ""


def _declared(env: Env, declared: Declared, node: ast.Reference, hint: Type | None) -> model.Expression:
    env.use(declared.id, node.span)
    head = env.heads.values.get(declared.id)
    if head is not None:
        return called(env, head, (), node.span, node.span)
    enum = env.heads.enums.get(declared.id)
    if enum is not None and isinstance(hint, SetType):
        return model.SetOf(env.heads.all_of(enum), type=SetType(EnumType(enum.id)), span=node.span)
    return not_a_value(env, declared, node.span)


def not_a_value(env: Env, declared: Declared, span: Span) -> model.Expression:
    """Report a declaration that stands where a value must stand."""
    helps = {
        "designation": f"ask for its status: `{declared.name} is met`",
        "enum": f"name one of its values, as in `{declared.name}.VALUE`",
        "record": f"ask about its rows: `count of {declared.name} x where ...`",
        "entity": f"bind one: `some {declared.name} x where ...`",
    }
    if isinstance(declared.written, ast.Record) and declared.written.single:
        helps["record"] = f"ask for a field of its one row: `the {declared.name}.FIELD`"
    article = "an" if declared.kind in ("enum", "entity") else "a"
    env.findings.error(
        "not-a-value",
        f"`{declared.name}` is {article} {declared.kind}, not a value",
        span,
        secondary=(Label(declared.span, "declared here"),),
        help=helps.get(declared.kind, ""),
    )
    return env.broken(span)


def call(env: Env, node: ast.Call) -> model.Expression:
    """`net_adds(t, last month)`: a parameter, define, measure or score for these arguments."""
    name = node.name.text
    declared = env.visible.declarations.get(name)
    if declared is None and name in SAID and name not in env.locals and name not in env.visible.broken:
        env.findings.error("unknown-name", f"nothing is called `{name}`", node.name.span, f"write {SAID[name]}")
        return env.broken(node.span)
    if declared is None:
        for each in node.arguments:
            env.typed(each)
        if name not in env.visible.broken:
            callable_ = [each for each, one in env.visible.declarations.items() if one.id in env.heads.values]
            if name in env.locals:
                env.findings.error(
                    "not-a-value",
                    f"`{name}` is a variable: it takes no arguments",
                    node.name.span,
                    secondary=(Label(env.locals[name].span, "declared here"),),
                )
            else:
                env.findings.unknown(f"nothing is called `{name}`", node.name.span, name, callable_)
        return env.broken(node.span)
    env.use(declared.id, node.name.span)
    head = env.heads.values.get(declared.id)
    if head is None:
        return not_a_value(env, declared, node.span)
    return called(env, head, node.arguments, node.span, node.name.span)


def called(
    env: Env, head: Head, arguments: tuple[ast.Expression, ...], span: Span, name: Span, part: str | None = None
) -> model.Expression:
    """The value of something declared, for these arguments."""
    given = arguments_for(env, head, arguments, name)
    type_ = present(env, head.type, span)
    match head.kind:
        case "parameter":
            return model.Lookup(head.id, given, type=type_, span=span)
        case "reading":
            return model.ReadingValue(head.id, type=head.type, span=span)
        case "define" if head.id == env.owner:
            return model.SelfCall(head.id, given, type=type_, span=span)
        case "define":
            return model.DefineCall(head.id, given, type=type_, span=span)
        case "measure":
            return model.MeasureCall(head.id, given, type=head.type, span=span)
        case _:
            return model.ScoreCall(head.id, given, part, type=head.type, span=span)


def arguments_for(
    env: Env, head: Head, arguments: tuple[ast.Expression, ...], name: Span
) -> tuple[model.Expression, ...]:
    """The arguments of a call, as many as there are parameters and each of its type."""
    number, given_number = len(head.formals), len(arguments)
    if given_number != number:
        takes = "no arguments" if not number else "1 argument" if number == 1 else f"{number} arguments"
        but = f"{given_number or 'none'} {'is' if given_number < 2 else 'are'} given"
        env.findings.error(
            "wrong-arguments",
            f"`{head.name}` takes {takes}, and {but}",
            name,
            secondary=(Label(head.span, "declared here"),),
            help=f"write `{head.call_shape()}`",
        )
    given: list[model.Expression] = []
    for position, each in enumerate(arguments):
        if position >= len(head.formals):
            env.uncovered().typed(each)
            continue
        formal = head.formals[position]
        given.append(env.uncovered().wanted(each, formal.type, Label(formal.span, "its parameter is declared here")))
    return tuple(given)


def member(env: Env, node: ast.Member) -> model.Expression:
    """A value of an enum, the points of a part, a field of a row."""
    match node.subject:
        case ast.Reference(name=name, qualifier=None) if name.text not in env.locals and name.text not in env.columns:
            declared = env.visible.declarations.get(name.text)
            if declared is not None and isinstance(declared.written, ast.Enum | ast.Reading):
                return qualified(env, name, node.field, node.span)
            found = _part(env, declared, (), node)
        case ast.Call(name=name, arguments=arguments):
            found = _part(env, env.visible.declarations.get(name.text), arguments, node)
        case _:
            found = None
    return found or _field(env, env.typed(node.subject), node.field, node.span)


def qualified(env: Env, owner: ast.Name, value: ast.Name, span: Span) -> model.Expression:
    """`Track.smb`."""
    declared = env.visible.declarations.get(owner.text)
    if declared is None:
        if owner.text not in env.visible.broken:
            enums = env.visible.of_kind(ast.Enum, ast.Reading)
            env.findings.unknown(f"no enum is called `{owner.text}`", owner.span, owner.text, enums)
        return env.broken(span)
    values = [name for name, each in env.visible.values.items() if any(one.enum == declared.id for one in each)]
    if value.text in values:
        env.use(declared.id, owner.span)
        constant = EnumValue(declared.id, value.text)
        return model.Constant(constant, type=EnumType(declared.id), span=span)
    secondary = (Label(declared.span, f"`{owner.text}` is declared here"),)
    env.findings.unknown(f"no value `{value.text}` in `{owner.text}`", value.span, value.text, values, secondary)
    return env.broken(span)


def _part(
    env: Env, declared: Declared | None, arguments: tuple[ast.Expression, ...], node: ast.Member
) -> model.Expression | None:
    """The points of a part of a score; None where the subject is something else."""
    if declared is None or not isinstance(declared.written, ast.Score | ast.Designation):
        return None
    env.use(declared.id, node.subject.span)
    if isinstance(declared.written, ast.Designation):
        env.findings.error(
            "not-a-value",
            f"`{env.source.slice(node.span)}` is a requirement, not a value",
            node.span,
            secondary=(Label(declared.span, "its designation is declared here"),),
            help=f"ask for its status: `{env.source.slice(node.span)} is met`",
        )
        return env.broken(node.span)
    head = env.heads.values.get(declared.id)
    if head is None:
        return env.broken(node.span)
    if node.field.text not in head.parts:
        env.findings.unknown(
            f"no part `{node.field.text}` in `{declared.name}`",
            node.field.span,
            node.field.text,
            head.parts,
            (Label(declared.span, "its parts are declared here"),),
        )
    return called(env, head, arguments, node.span, node.subject.span, node.field.text)


def _field(env: Env, row: model.Expression, field: ast.Name, span: Span) -> model.Expression:
    if is_broken(row.type):
        return env.broken(span)
    if not isinstance(row.type, RecordType):
        env.findings.error(
            "type-mismatch",
            f"only rows have fields, and this is {described(row.type)}",
            field.span,
            secondary=(Label(row.span, f"this is {described(row.type)}"),),
            help="an identifier is only a name: ask for the rows that hold it, as in `some R r where r.field is it`"
            if isinstance(row.type, EntityType)
            else "write `year of D`, `month of D` or `month number of D`"
            if row.type in (DATE, MONTH)
            else "",
        )
        return env.broken(span)
    record = env.heads.records[row.type.id]
    declared = next((each for each in record.fields if each.name == field.text), None)
    if declared is None:
        env.findings.unknown(
            f"no field `{field.text}` on `{record.name}`",
            field.span,
            field.text,
            [each.name for each in record.fields],
            (Label(env.heads.places[record.id], "its fields are declared here"),),
            f"write {SAID[field.text]}" if field.text in SAID else "",
        )
        return env.broken(span)
    return field_of_row(env, model.FieldOf(row, field.text, type=declared.type, span=span))


def the_record(env: Env, node: ast.TheRecord) -> model.Expression:
    """`the Membership`: the row of a record of which there is one."""
    record = record_named(env, node.record)
    if record is None:
        return env.broken(node.span)
    if not record.single:
        env.findings.error(
            "not-single",
            f"there may be many rows of `{record.name}`",
            node.span,
            secondary=(Label(env.heads.places[record.id], "declared here"),),
            help="declare it with `one row`, or say which rows: `some R r where ...`",
        )
    return model.SingleRow(type=RecordType(record.id), span=node.span)


def record_named(env: Env, name: ast.Name) -> model.Record | None:
    """The record of this name; None where there is none, which is reported."""
    declared = env.visible.declarations.get(name.text)
    if declared is not None and declared.id in env.heads.records:
        env.use(declared.id, name.span)
        return env.heads.records[declared.id]
    if declared is not None:
        env.findings.error(
            "not-a-record",
            f"`{name.text}` is not a record",
            name.span,
            secondary=(Label(declared.span, "declared here"),),
        )
    elif name.text not in env.visible.broken:
        records = env.visible.of_kind(ast.Record)
        said = f"write {SAID[name.text]}" if name.text in SAID else ""
        env.findings.unknown(f"no record is called `{name.text}`", name.span, name.text, records, help=said)
    return None


def new_entity(env: Env, node: ast.NewEntity) -> model.Expression:
    """`new Tenant`: only in what a change adds."""
    if not env.adding:
        env.findings.error(
            "plan-only",
            "`new` makes an identifier only in what a change adds",
            node.span,
            help="use it inside `adds RECORD { ... }`",
        )
    declared = env.visible.declarations.get(node.entity.text)
    if declared is not None and declared.id in env.heads.entities:
        env.use(declared.id, node.entity.span)
        called = node.called.value if node.called is not None else ""
        return model.NewEntity(called, type=EntityType(declared.id), span=node.span)
    if node.entity.text not in env.visible.broken:
        entities = env.visible.of_kind(ast.Entity)
        env.findings.unknown(f"no entity is called `{node.entity.text}`", node.entity.span, node.entity.text, entities)
    return env.broken(node.span)

"""Examples: each case of a `for each` becomes an example of its own, with constants for everything that is given."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import constant
from attain_compiler.model.declarations.changes import missing_fields, no_field, twice, within_bounds
from attain_compiler.model.declarations.likeness import in_order, likes_of, on_base
from attain_compiler.model.declarations.notes import filled, notes, template
from attain_compiler.model.declarations.planned import plan_expected
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.names import arguments_for, record_named
from attain_compiler.model.types import EnumType, RecordType, Value
from attain_compiler.model.units import described
from attain_compiler.source import Span
from attain_compiler.syntax import ast

MOST_VALUES = 200_000
"""How much all the cases of one `for each` may give and expect together."""


def examples(env: Env, module: str, nodes: Sequence[ast.Example]) -> Iterator[model.Example]:
    """The examples of a module, each for as many as it stands for. One that is like another has what that one gives,
    but for what it gives itself."""
    likes = likes_of(env, nodes)
    bases = {id(each) for each in likes.values()}
    built: dict[int, tuple[model.Example, ...]] = {}
    for each in in_order(env, nodes, likes):
        like = likes.get(id(each))
        base = built.get(id(like), ()) if like is not None else ()
        built[id(each)] = _examples(env, each, base[0] if base else None, built_on=id(each) in bases)
    numbers = itertools.count(1)
    for each in nodes:
        for example in built[id(each)]:
            yield dataclasses.replace(example, id=f"{module}.example_{next(numbers)}")


def _examples(env: Env, node: ast.Example, base: model.Example | None, *, built_on: bool) -> tuple[model.Example, ...]:
    """The examples that one stands for, without their numbers. One that others are `built_on` may expect nothing."""
    if not (node.expectations or node.plans or built_on):
        env.findings.error(
            "nothing-expected",
            "the example expects nothing",
            node.title.span,
            help="add a line `expect CONDITION`",
        )
    template(env, node.title, {each.text: None for each in node.columns})
    _columns(env, node)
    readings = _readings(env, node)
    found: list[model.Example] = []
    if len(node.cases) * _size(node) > MOST_VALUES:
        env.findings.error(
            "too-long",
            f"the cases of this example give more than {MOST_VALUES:_} values in all",
            node.title.span,
            help="make several examples of it, each with fewer cases",
        )
        return ()
    for case in node.cases if node.columns else ((),):
        if len(case) != len(node.columns):
            continue
        columns = {name.text: value for name, value in zip(node.columns, case, strict=True)}
        shown = {name: " ".join(env.source.slice(value.span).split()) for name, value in columns.items()}
        place = dataclasses.replace(env, columns=columns, numbers=itertools.count())
        found.append(_case(place, node, filled(node.title.value, shown), readings, base))
    return tuple(found)


def _size(node: ast.Example) -> int:
    """How much one case gives and expects."""
    fields = sum(len(row) for given in node.givens if isinstance(given, ast.GivenRows) for row in given.rows)
    return len(node.givens) + len(node.expectations) + len(node.plans) + fields


def _columns(env: Env, node: ast.Example) -> None:
    places: dict[str, ast.Name] = {}
    for name in node.columns:
        first = places.setdefault(name.text, name)
        if first is not name:
            env.findings.error(
                "duplicate-name",
                f"two columns are called `{name.text}`",
                name.span,
                secondary=(Label(first.span, "the first one"),),
                help="rename one of them",
            )


def _readings(env: Env, node: ast.Example) -> tuple[tuple[str, str], ...]:
    """The readings that the example chooses."""
    found: list[tuple[str, str]] = []
    for each in node.readings:
        declared = env.visible.declarations.get(each.reading.text)
        if declared is None or not isinstance(declared.written, ast.Reading):
            if each.reading.text not in env.visible.broken:
                known = env.visible.of_kind(ast.Reading)
                message = f"no reading is called `{each.reading.text}`"
                env.findings.unknown(message, each.reading.span, each.reading.text, known)
            continue
        env.use(declared.id, each.reading.span)
        names = [one.name.text for one in declared.written.alternatives]
        if each.alternative.text not in names:
            env.findings.unknown(
                f"`{declared.name}` has no alternative `{each.alternative.text}`",
                each.alternative.span,
                each.alternative.text,
                names,
                (Label(declared.span, "declared here"),),
            )
        found.append((declared.id, each.alternative.text))
    return tuple(found)


def _case(
    env: Env, node: ast.Example, title: str, readings: tuple[tuple[str, str], ...], base: model.Example | None
) -> model.Example:
    values: dict[tuple[str, tuple[Value, ...]], model.GivenValue] = {}
    rows: list[model.GivenRows] = []
    beside: set[str] = set()
    closed = False
    giving = dataclasses.replace(env, giving=True)
    for given in node.givens:
        match given:
            case ast.GivenValue():
                value = _value(giving, given)
                if value is not None:
                    _given_once(env, values.setdefault((value.target, value.arguments), value), value)
            case ast.GivenRows():
                table = _rows(giving, given)
                if table is not None:
                    rows.append(table)
                    _beside(env, node, given, table, base)
                    if given.also:
                        beside.add(table.record)
            case ast.GivenNothingElse():
                closed = True
    expectations = tuple(env.condition(each) for each in node.expectations)
    example = model.Example(
        "",
        title,
        notes(node.notes),
        node.on.value if node.on else None,
        readings,
        tuple(values.values()),
        tuple(rows),
        closed,
        expectations,
        tuple(found for found in (plan_expected(env, each) for each in node.plans) if found is not None),
        span=node.span,
    )
    return example if base is None else on_base(example, base, beside)


def _beside(
    env: Env, node: ast.Example, given: ast.GivenRows, table: model.GivenRows, base: model.Example | None
) -> None:
    """Report rows that are to stand beside those of no other example, and a second row of what has one."""
    if not given.also:
        return
    if node.like is None:
        env.findings.error(
            "not-given",
            "`given also` adds to the rows of another example, and this example is like no other",
            given.span,
            help='write `given`, or say which example this one is like: `example "..." like "..."`',
        )
    record = env.heads.records[table.record]
    before = [each for each in base.rows if each.record == table.record and each.rows] if base is not None else []
    if record.single and before and table.rows:
        env.findings.error(
            "not-single",
            f"there is one row of `{record.name}`",
            given.record.span,
            secondary=(Label(before[0].span, "the other example gives it here"),),
            help="write `given` for a row that stands instead of it",
        )


def _given_once(env: Env, first: model.GivenValue, value: model.GivenValue) -> None:
    """Report a value that is given for arguments for which one is given already."""
    if first is not value:
        env.findings.error(
            "given-twice",
            "this value is given already",
            value.span,
            secondary=(Label(first.span, "the first time"),),
            help="leave one of them out",
        )


def _value(env: Env, node: ast.GivenValue) -> model.GivenValue | None:
    """`given growth(enterprise, dpor) = 2_000`: a measure or define, for constant arguments."""
    match node.target:
        case ast.Reference(name=name, qualifier=None):
            arguments: tuple[ast.Expression, ...] = ()
        case ast.Call(name=name, arguments=arguments):
            pass
        case other:
            env.findings.error(
                "not-given",
                "only measures, definitions and rows can be given",
                other.span,
                help="write `given MEASURE(...) = VALUE`, or `given RECORD { ... }`",
            )
            return None
    declared = env.visible.declarations.get(name.text)
    head = env.heads.values.get(declared.id) if declared else None
    if declared is None or head is None or head.kind not in ("measure", "define"):
        if declared is not None:
            helps = {
                "reading": f"write `reading {name.text} is ALTERNATIVE`",
                "record": f"write `given {name.text} {{ ... }}`",
            }
            env.findings.error(
                "not-given",
                f"`{name.text}` is a {declared.kind}: only measures, definitions and rows can be given",
                name.span,
                secondary=(Label(declared.span, "declared here"),),
                help=helps.get(declared.kind, "give what it depends on"),
            )
        elif name.text not in env.visible.broken:
            known = env.visible.of_kind(ast.Measure, ast.Define)
            env.findings.unknown(f"no measure or definition is called `{name.text}`", name.span, name.text, known)
        return None
    env.use(head.id, name.span)
    label = Label(head.span, "declared here")
    if len(arguments) != len(head.formals):
        arguments_for(env, head, arguments, name.span)
        return None
    found: list[Value] = []
    for written, formal in zip(arguments, head.formals, strict=True):
        if isinstance(formal.type, RecordType):
            env.findings.error(
                "not-given",
                f"`{head.name}` depends on {described(formal.type)}, and rows have no names here",
                written.span,
                secondary=(label,),
                help="give the rows that it looks at",
            )
            return None
        argument = constant(env, written, formal.type, Label(formal.span, "its parameter is declared here"))
        if argument is None:
            return None
        found.append(argument)
    value = constant(env, node.value, head.type, label)
    return None if value is None else model.GivenValue(head.id, tuple(found), value, span=node.span)


def _is_left_out(env: Env, written: ast.Expression, field: model.Field) -> bool:
    """Whether a row is said to lack a field that may be missing: `unknown`, where that is no name of a value."""
    while isinstance(written, ast.Reference) and written.qualifier is None and written.name.text in env.columns:
        env, written = dataclasses.replace(env, columns={}), env.columns[written.name.text]
    match written:
        case ast.Reference(name=ast.Name(text="unknown"), qualifier=None) if field.optional:
            values = env.visible.values.get("unknown", ())
            return "unknown" not in env.visible.declarations and field.type not in [EnumType(v.enum) for v in values]
        case _:
            return False


def _rows(env: Env, node: ast.GivenRows) -> model.GivenRows | None:
    """`given Usage { ... }`, or a table of rows."""
    record = record_named(env, node.record)
    if record is None:
        return None
    fields = {each.name: each for each in record.fields}
    rows: list[dict[str, Value]] = []
    places: list[Span] = []
    for written in node.rows:
        row: dict[str, Value] = {}
        for each in written:
            field = fields.get(each.field.text)
            if field is None:
                no_field(env, record, each.field)
                continue
            twice(env, each, row)
            if _is_left_out(env, each.value, field):
                continue
            value = constant(env, each.value, field.type, Label(field.span, "the field is declared here"))
            row[field.name] = 0 if value is None else value
            if value is not None:
                within_bounds(env, each.value.span, field, value)
        span = written[0].span.to(written[-1].span) if written else node.record.span
        missing_fields(env, record, row, span)
        rows.append(row)
        places.append(span)
    if record.single and len(rows) > 1:
        env.findings.error(
            "not-single",
            f"there is one row of `{record.name}`",
            node.record.span,
            secondary=(Label(env.heads.places[record.id], "declared with `one row`"),),
            help="give one row",
        )
    return model.GivenRows(record.id, tuple(rows), tuple(places), span=node.span)

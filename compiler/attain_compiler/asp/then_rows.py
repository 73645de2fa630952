"""Rows and identifiers as they are once a plan is carried out: `x_then`, by what the changes do to the rows of x."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attain_compiler.asp import changes as written
from attain_compiler.asp import raising
from attain_compiler.asp.body import Body
from attain_compiler.asp.expressions import ExpressionCompiler
from attain_compiler.asp.names import plain
from attain_compiler.asp.profile import Profile
from attain_compiler.asp.rows import order_of
from attain_compiler.asp.rules import (
    Atom,
    Block,
    Comparison,
    Literal_,
    Negation,
    Operation,
    Rule,
    Symbol,
    Term,
    Variable,
)
from attain_compiler.asp.units import NoRuleForm, constant
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, Quantity, SetType, Value

ELSEWHERE = "_elsewhere"
"""Facts: the identifiers of an entity that are not in rows alone (the policy names them, a given measure does)."""


def raised_alone(program: model.Program, touched: Mapping[str, Sequence[model.Effect]]) -> Iterator[str]:
    """The fields (`record.field`) that have a value whatever is done, and to which changes add and do nothing else."""
    for record, effects in touched.items():
        for field in written.altered(effects):
            own = [each for each in effects if isinstance(each, model.Sets | model.RaisesField) and each.field == field]
            optional = program.records[record].field(field).optional
            if not optional and all(isinstance(each, model.RaisesField) for each in own):
                yield f"{record}.{field}"


def after(
    c: ExpressionCompiler,
    then: Profile,
    touched: Mapping[str, Sequence[model.Effect]],
    asked: frozenset[tuple[str, int]],
) -> Iterator[Block]:
    """The rows of each record that changes touch. `asked` are the predicates that the rules of the policy only read."""
    for record_id, effects in touched.items():
        record = c.program.records[record_id]
        rules = [
            *_rows(c, then, record, effects),
            *_before(c, record, effects, asked),
            *_bounds(c, then, record, effects),
        ]
        notes = ("the rows once the plan is carried out",)
        yield Block(f"{record.name}, then", None, notes, tuple(rules))


def _rows(
    c: ExpressionCompiler, then: Profile, record: model.Record, effects: Sequence[model.Effect]
) -> Iterator[Rule]:
    order = order_of(c, record.id)
    row = Variable("Row")
    naming = Body()
    naming.names.update(dict.fromkeys(("Row", "V", "W", *raising.NAMES), 1))
    columns: dict[str, Term] = {name: naming.fresh(name) for name in order}
    before = Atom(c.predicate_of(record.id), (row, *columns.values()))
    body: list[Literal_] = [before]
    changed = dict(columns)
    gone = Atom(written.removed(c, record.id), (row,))
    removes = any(isinstance(each, model.Removes) for each in effects)
    for field in written.altered(effects):
        value, new = Variable("V"), naming.fresh(f"new_{field}")
        place = c.names.predicate(record.id, f"_{plain(field)}_then")
        only = Atom(c.predicate_of(record.id), (row, *(value if name == field else Variable("_") for name in order)))
        setters = any(isinstance(each, model.Sets) and each.field == field for each in effects)
        raisers = any(isinstance(each, model.RaisesField) and each.field == field for each in effects)
        is_set = written.sets(c, record.id, field)
        unset = (Negation(Atom(f"has_{is_set}", (row,))),) if setters else ()
        if setters:
            other = Variable("W")
            yield Rule(Atom(f"has_{is_set}", (row,)), (Atom(is_set, (row, Variable("_"))),))
            yield Rule(Atom(place, (row, value)), (Atom(is_set, (row, value)),))
            twice = (Atom(is_set, (row, value)), Atom(is_set, (row, other)), Comparison(value, "<", other))
            yield Rule(None, twice)
        if raisers:
            predicate = raising.raises(c.names, record.id, field)
            anything = raising.is_raised(predicate, (row,))
            known = (Comparison(value, "!=", Symbol("unknown")),) if record.field(field).optional else ()
            rules, ways = raising.ways(predicate, (row,), several=f"{record.id}.{field}" in then.several)
            yield from rules
            for way in ways:
                if way.more is None:
                    yield Rule(Atom(place, (row, value)), (only, *unset, *way.literals))
                else:
                    total = Operation("+", value, way.more)
                    yield Rule(Atom(place, (row, total)), (only, *known, *unset, *way.literals))
            if setters:
                yield Rule(None, (Atom(is_set, (row, Variable("_"))), *anything))
            if removes:
                yield Rule(None, (gone, *anything))
        else:
            yield Rule(Atom(place, (row, value)), (only, *unset))
        if setters and removes:
            yield Rule(None, (gone, Atom(is_set, (row, Variable("_")))))
        body.append(Atom(place, (row, new)))
        changed[field] = new
    if changed != columns:
        body[0] = Atom(
            before.predicate,
            (row, *(Variable("_") if changed[name] != value else value for name, value in columns.items())),
        )
    if removes:
        body.append(Negation(gone))
    yield Rule(Atom(written.then(c, record.id), (row, *changed.values())), tuple(body))
    if any(isinstance(each, model.Adds) for each in effects):
        all_ = (row, *columns.values())
        yield Rule(Atom(written.then(c, record.id), all_), (Atom(written.added(c, record.id), all_),))


def _before(
    c: ExpressionCompiler, record: model.Record, effects: Sequence[model.Effect], asked: frozenset[tuple[str, int]]
) -> Iterator[Rule]:
    """The values of fields before anything is added to them, where a sum asks for them."""
    order, row, value = order_of(c, record.id), Variable("Row"), Variable("V")
    for field in written.altered(effects):
        name = raising.before(c.names, record.id, field)
        if (name, 2) not in asked:
            continue
        columns = (row, *(value if each == field else Variable("_") for each in order))
        yield Rule(Atom(name, (row, value)), (Atom(c.predicate_of(record.id), columns),))
        if any(isinstance(each, model.Adds) for each in effects):
            yield Rule(Atom(name, (row, value)), (Atom(written.added(c, record.id), columns),))


def _bounds(
    c: ExpressionCompiler, then: Profile, record: model.Record, effects: Sequence[model.Effect]
) -> Iterator[Rule]:
    """What is added or changed keeps to the bounds of its fields; what is added repeats no row."""
    order = order_of(c, record.id)
    name = written.then(c, record.id)
    adds = [each for each in effects if isinstance(each, model.Adds)]
    altered = tuple(written.altered(effects))
    row = Variable("Row")
    for field in record.fields:
        value = Variable("V")
        columns = tuple(value if each == field.name else Variable("_") for each in order)
        known: tuple[Literal_, ...] = (Comparison(value, "!=", Symbol("unknown")),) if field.optional else ()
        for bound, relation in ((field.high, ">"), (field.low, "<")):
            if bound is None:
                continue
            limit = _bound(c, then, record, field, bound)
            over = (*known, Comparison(value, relation, limit))  # type: ignore[arg-type]
            if adds:
                yield Rule(None, (Atom(written.added(c, record.id), (Variable("_"), *columns)), *over))
            if field.name in altered:
                for made in _changed(c, record, field.name, effects, row):
                    yield Rule(None, (*made, Atom(name, (row, *columns)), *over))
    if not adds:
        return
    for keys in record.unique:
        if set(keys) & set(altered):
            raise NoRuleForm(f"a change alters what tells rows of `{record.name}` apart")
        other = Variable("Other")
        naming = Body()
        naming.names.update(dict.fromkeys(("Row", "Other"), 1))
        variables = {key: naming.fresh(key) for key in keys}
        columns = tuple(variables.get(each, Variable("_")) for each in order)
        known = tuple(Comparison(variables[key], "!=", Symbol("unknown")) for key in keys if record.field(key).optional)
        yield Rule(
            None,
            (
                Atom(written.added(c, record.id), (row, *columns)), Atom(name, (other, *columns)),
                Comparison(other, "!=", row), *known,
            ),
        )  # fmt: skip


def _changed(
    c: ExpressionCompiler, record: model.Record, field: str, effects: Sequence[model.Effect], row: Term
) -> Iterator[tuple[Literal_, ...]]:
    if any(isinstance(each, model.Sets) and each.field == field for each in effects):
        yield (Atom(written.sets(c, record.id, field), (row, Variable("_"))),)
    if any(isinstance(each, model.RaisesField) and each.field == field for each in effects):
        yield raising.is_raised(raising.raises(c.names, record.id, field), (row,))


def _bound(c: ExpressionCompiler, then: Profile, record: model.Record, field: model.Field, bound: Value) -> Term:
    if isinstance(field.type, Quantity):
        unit = then.column(record.id, field.name).unit
        found = constant(bound, unit)  # type: ignore[arg-type]
        if found.unit != unit:
            raise NoRuleForm(f"`{field.name}` has a bound in finer steps than its numbers")
        return found.term
    return c.plain_term(bound, field.type)


# ---------------------------------------------------------------- identifiers


def entities(program: model.Program, touched: Mapping[str, Sequence[model.Effect]]) -> list[str]:
    found: dict[str, None] = {}
    for record in touched:
        for field in program.records[record].fields:
            if isinstance(field.type, SetType) and isinstance(field.type.element, EntityType):
                raise NoRuleForm(f"a change touches rows with a set of identifiers (`{field.name}`)")
            if isinstance(field.type, EntityType):
                found[field.type.id] = None
    return list(found)


def identifiers(
    c: ExpressionCompiler, touched: Mapping[str, Sequence[model.Effect]], entities: Sequence[str]
) -> Iterator[Block]:
    for entity in entities:
        each = Variable("X")
        head = Atom(written.then(c, entity), (each,))
        rules = [Rule(head, (Atom(c.names.predicate(entity, ELSEWHERE), (each,)),))]
        for record in c.program.records.values():
            order = order_of(c, record.id)
            for field in record.fields:
                if isinstance(field.type, SetType) and field.type.element == EntityType(entity):
                    raise NoRuleForm(f"identifiers that a plan may add stand in sets (`{record.name}.{field.name}`)")
                if field.type != EntityType(entity):
                    continue
                name = written.then(c, record.id) if record.id in touched else c.predicate_of(record.id)
                columns = tuple(each if name_ == field.name else Variable("_") for name_ in order)
                known = (Comparison(each, "!=", Symbol("unknown")),) if field.optional else ()
                rules.append(Rule(head, (Atom(name, (Variable("_"), *columns)), *known)))
        yield Block(
            f"{c.program.entities[entity].name}, then",
            None,
            ("the identifiers once the plan is carried out",),
            tuple(rules),
        )

"""A policy as a plan program: its changes as choices, what they do to rows and measures, and the goal to reach.

The rules of the policy stand as they are, over the rows and measures that the chosen changes leave: `x_then` takes the
place of the record x, so that one reading serves assessing and planning. Whether a change is possible, what it costs
and what it does is said of the facts as they are now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from attain_compiler.asp import changes as written
from attain_compiler.asp import raising
from attain_compiler.asp.body import Body
from attain_compiler.asp.designations import name_of_constant
from attain_compiler.asp.expressions import ExpressionCompiler
from attain_compiler.asp.from_model import Compiled, blocks_of, open_predicates, partly_derived, rules_of
from attain_compiler.asp.names import plain
from attain_compiler.asp.profile import Profile
from attain_compiler.asp.rows import order_of
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Block,
    Choice,
    Comparison,
    Literal_,
    Minimize,
    Negation,
    Operation,
    Rule,
    RuleProgram,
    Statement,
    Symbol,
    Term,
    Variable,
    head_atom,
)
from attain_compiler.asp.units import NoRuleForm, constant
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, Quantity, SetType, Value

NOW = "_now"
SHOWN = (("done", 2), ("met", 1), ("award", 2))
ELSEWHERE = "_elsewhere"
"""Facts: the identifiers of an entity that are not in rows alone (the policy names them, a given measure does)."""


@frozen
class Planned:
    """`rules` without the frame (choice and minimization) that is the same for all policies. `compiled` is the policy
    alone, over the rows as they are then; its `rules` are those of `rules`, so that facts for all of them are given.
    `possible` are the rules of changes alone, over the facts as they are. `money` is the unit of costs; `entities` are
    those whose identifiers a plan may change."""

    rules: RuleProgram
    compiled: Compiled
    possible: RuleProgram
    money: int
    entities: tuple[str, ...]


def plan_rules(
    program: model.Program,
    now: Profile,
    then: Profile,
    goals: Sequence[tuple[model.Designation, str | None]],
    changes: Sequence[model.Change],
) -> Planned:
    """The plan program that reaches the goals (designations, each at least at a tier). `now` is the profile of the
    facts, `then` that of the facts with whatever changes may add. Raises NoRuleForm where it would not be exact."""
    touched = written.touched(changes)
    compiled = rules_of(
        program,
        then,
        [designation for designation, _ in goals],
        changed=frozenset((*touched, *then.raised, *_raised_alone(program, touched))),
    )
    c = ExpressionCompiler(program, now)
    c.names = compiled.names
    money = written.money_unit(c, changes)
    writer = written.ChangeWriter(c, then, money)
    for change in changes:
        try:
            writer.write(change)
        except NoRuleForm as why:
            raise NoRuleForm(f"`{change.name}`: {why}") from why
    for each in (*compiled.outsides, *c.outsides):
        raise NoRuleForm(f"something comes from outside the rules, and cannot follow a plan: {each.reason}")
    entities = _entities(program, touched)
    after = [*_after(c, then, touched, frozenset(compiled.rules.open_predicates)), *_identifiers(c, touched, entities)]
    renamed = {c.names.predicate(record): written.then(c, record) for record in (*touched, *entities)}
    policy = [_renamed(each, renamed) for each in compiled.rules.blocks]
    own = _apart(blocks_of(c), compiled.rules.blocks)
    first = [each for each in own if each.span in [change.span for change in changes]]
    rest = [replace(each, title=f"{each.title}, as the facts are now", span=None) for each in own if each not in first]
    blocks = (*first, *rest, *after, *policy, *(_goal(compiled, *each) for each in goals))
    shown = tuple(each for each in SHOWN if each[0] == "done" or each in compiled.rules.shown)
    rules = RuleProgram(compiled.rules.header, blocks, open_predicates(blocks), partly_derived(blocks), shown)
    alone = tuple(blocks_of(c))
    possible = RuleProgram((), alone, open_predicates(alone), partly_derived(alone), ())
    return Planned(rules, replace(compiled, rules=rules), possible, money, tuple(entities))


# ---------------------------------------------------------------- rows as they are then


def _raised_alone(program: model.Program, touched: Mapping[str, Sequence[model.Effect]]) -> Iterator[str]:
    """The fields (`record.field`) that have a value whatever is done, and to which changes add and do nothing else."""
    for record, effects in touched.items():
        for field in written.altered(effects):
            own = [each for each in effects if isinstance(each, model.Sets | model.RaisesField) and each.field == field]
            optional = program.records[record].field(field).optional
            if not optional and all(isinstance(each, model.RaisesField) for each in own):
                yield f"{record}.{field}"


def _after(
    c: ExpressionCompiler,
    then: Profile,
    touched: Mapping[str, Sequence[model.Effect]],
    asked: frozenset[tuple[str, int]],
) -> Iterator[Block]:
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


def _entities(program: model.Program, touched: Mapping[str, Sequence[model.Effect]]) -> list[str]:
    found: dict[str, None] = {}
    for record in touched:
        for field in program.records[record].fields:
            if isinstance(field.type, SetType) and isinstance(field.type.element, EntityType):
                raise NoRuleForm(f"a change touches rows with a set of identifiers (`{field.name}`)")
            if isinstance(field.type, EntityType):
                found[field.type.id] = None
    return list(found)


def _identifiers(
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


# ---------------------------------------------------------------- apart


_STANDING = ("holds", "common", "option", "tier", "reached")
"""What stands between a requirement and a designation that is met."""


def _goal(compiled: Compiled, designation: model.Designation, tier: str | None) -> Block:
    """That the designation is reached, whatever is open: by the rules of its standing, over the requirements that
    surely hold."""
    name = Symbol(name_of_constant(compiled.names, designation))
    dated = compiled.depends.takes_date(designation)
    suffix, on = ("_on", (Variable("Today"),)) if dated else ("", ())
    surely = {f"{each}{suffix}": f"{each}_surely" for each in _STANDING}
    track, path = Variable("Track"), Variable("R")

    def atom(predicate: str, *args: Term) -> Atom:
        return Atom(f"{predicate}{suffix}", (*on, name, *args))

    holds = atom("holds", track, path)
    rules: list[Statement] = [Rule(Atom("holds_surely", holds.arguments), (holds, Negation(atom("open", track, path))))]
    for block in compiled.rules.blocks:
        for each in block.statements:
            head = head_atom(each) if isinstance(each, Rule) else None
            if head is None or head.predicate not in surely or head.predicate == f"holds{suffix}":
                continue
            if name in head.arguments[: len(on) + 1]:
                rules.append(_statement(each, surely))
    last = Atom("common_surely", (*on, name, track))
    if tier is not None:
        last = Atom("reached_surely", (*on, name, track, Symbol(plain(tier))))
    today = (Atom("today", on),) if dated else ()
    rules += [
        Rule(Atom("goal", (name,)), (*today, atom("counts", track), last)),
        Rule(None, (Negation(Atom("goal", (name,))),)),
        Rule(None, (*today, atom("open", Variable("_"), Symbol("by")))),
        Rule(None, (*today, atom("open", Variable("_"), Symbol("tracks")))),
    ]
    if tier is None and designation.tiers:
        lowest = Symbol(plain(designation.tiers[0].name))
        rules[-4] = Rule(Atom("goal", (name,)), (*today, atom("counts", track), Atom(
            "reached_surely", (*on, name, track, lowest))))  # fmt: skip
    title = f"the goal: {designation.name}" + (f", {tier} or higher" if tier else "")
    return Block(title, None, ("what is not known is not relied on",), tuple(rules))


def _apart(own: Sequence[Block], policy: Sequence[Block]) -> list[Block]:
    """The blocks of what is said of the facts as they are, where the policy's rules say the same of other rows: what
    both have in the same rules stands once, the rest of the first gets names of its own."""
    ours, theirs = _by_predicate(own), _by_predicate(policy)
    same = {
        name for name, rules in ours.items() if theirs.get(name) == rules and all(not _body(each) for each in rules)
    }
    names = {name for name, _ in (ours.keys() & theirs.keys()) - same}
    taken = {name for name, _ in (*ours, *theirs)}
    mapping = {}
    for name in sorted(names):
        new = f"{name}{NOW}"
        while new in taken:
            new += "_"
        mapping[name] = new
    kept = []
    for block in own:
        statements = [each for each in block.statements if not (isinstance(each, Rule) and _signature(each) in same)]
        if statements:
            kept.append(_renamed(replace(block, statements=tuple(statements)), mapping))
    return kept


def _by_predicate(blocks: Sequence[Block]) -> dict[tuple[str, int], set[Statement]]:
    found: dict[tuple[str, int], set[Statement]] = {}
    for block in blocks:
        for each in block.statements:
            if isinstance(each, Rule) and (signature := _signature(each)) is not None:
                found.setdefault(signature, set()).add(each)
    return found


def _signature(rule: Rule) -> tuple[str, int] | None:
    head = head_atom(rule)
    return None if head is None else (head.predicate, len(head.arguments))


def _body(statement: Statement) -> tuple[Literal_, ...]:
    return statement.condition if isinstance(statement, Minimize) else statement.body


def _renamed(block: Block, names: Mapping[str, str]) -> Block:
    return replace(block, statements=tuple(_statement(each, names) for each in block.statements))


def _statement(each: Statement, names: Mapping[str, str]) -> Statement:
    if isinstance(each, Minimize):
        return replace(each, condition=tuple(_literal(one, names) for one in each.condition))
    head = each.head
    if isinstance(head, Choice):
        head = Choice(_atom(head.atom, names))
    elif head is not None:
        head = _atom(head, names)
    return Rule(head, tuple(_literal(one, names) for one in each.body))


def _literal(literal: Literal_, names: Mapping[str, str]) -> Literal_:
    match literal:
        case Atom():
            return _atom(literal, names)
        case Negation(atom=atom):
            return Negation(_atom(atom, names))
        case Aggregate(elements=elements):
            inner = tuple(replace(e, condition=tuple(_literal(one, names) for one in e.condition)) for e in elements)
            return replace(literal, elements=inner)
        case _:
            return literal


def _atom(atom: Atom, names: Mapping[str, str]) -> Atom:
    return replace(atom, predicate=names.get(atom.predicate, atom.predicate))

"""Rows, their fields and what leaves them out; what a quantifier or aggregate runs over."""

from __future__ import annotations

from attain_compiler.asp import dates, enums, tables
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.names import plain
from attain_compiler.asp.rules import Atom, Comparison, Negation, Number, Operation, Pool, Rule, Symbol, Term, Variable
from attain_compiler.asp.shapes import Scope, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio, exact, together
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, EntityType, EnumType, Quantity, RecordType, SetType


def order_of(c: Compiler, record: str) -> tuple[str, ...]:
    """The fields of a record, in the order of its atoms."""
    return tuple(each.name for each in c.program.records[record].fields)


def field(c: Compiler, expression: model.FieldOf, body: Body, scope: Scope, *, checked: bool = True) -> Value:
    """The value of a field. Unless it is asked whether it is known, a missing one is no value, and is reported."""
    assert isinstance(expression.row.type, RecordType)
    record = expression.row.type.id
    row = c.term(expression.row, body, scope)
    declared = c.program.records[record].field(expression.field)
    column = c.profile.column(record, expression.field)
    if isinstance(declared.type, Quantity) and checked and not column.fits:
        raise NoRuleForm(f"`{declared.name}` has numbers that are too large or too fine")
    if isinstance(declared.type, SetType) and checked:
        raise NoRuleForm(f"`{declared.name}` is a set")
    order = order_of(c, record)
    if checked and declared.may_be_missing and c.profile.may_miss(record, expression.field):
        variable = _known(c, record, declared, row, body)
    else:
        atom = body.row(c.predicate_of(record), row, order)
        found = atom.fields.get(expression.field)
        variable = found or body.fresh(expression.field)
        atom.fields[expression.field] = variable
    if isinstance(declared.type, Quantity):
        return exact(variable, column.unit, column.low, column.high)
    return variable


def _known(c: Compiler, record: str, declared: model.Field, row: Term, body: Body) -> Variable:
    """The value of a field that may be missing: from the rows in which it is not, so that nothing calculates with
    `unknown`."""
    predicate, order = c.predicate_of(record), order_of(c, record)
    name = c.names.predicate(record, f"_{plain(declared.name)}_known")
    number, value = Variable("Row"), Variable("V")

    def columns(said: Term) -> tuple[Term, ...]:
        return tuple(said if each == declared.name else Variable("_") for each in order)

    known = Comparison(value, "!=", Symbol("unknown"))
    c.spans.setdefault(record, c.program.records[record].span)
    c.rule(Rule(Atom(name, (number, value)), (Atom(predicate, (number, *columns(value))), known)), record)
    body.unknown(Atom(predicate, (row, *columns(Symbol("unknown")))), last=False)
    for entry in body.all():
        found = entry.literal
        if isinstance(found, Atom) and found.predicate == name and found.arguments[0] == row:
            return found.arguments[1]  # type: ignore[return-value]
    variable = body.fresh(declared.name)
    body.fact(Atom(name, (row, variable)), unsure=True)
    return variable


def has_gaps(c: Compiler, expression: model.FieldOf) -> bool:
    """Whether rows may lack the value in the facts that the rules are for."""
    assert isinstance(expression.row.type, RecordType)
    record = expression.row.type.id
    declared = c.program.records[record].field(expression.field)
    return declared.may_be_missing and c.profile.may_miss(record, declared.name)


def may_miss(c: Compiler, expression: model.FieldOf) -> bool:
    """Whether the value, or its row, may be missing in the facts that the rules are for."""
    assert isinstance(expression.row.type, RecordType)
    return c.profile.may_be_absent(expression.row.type.id) or has_gaps(c, expression)


def single(c: Compiler, expression: model.SingleRow, body: Body) -> Term:
    """The one row of a record."""
    assert isinstance(expression.type, RecordType)
    record = expression.type.id
    if c.program.exclusions_of(expression.type):
        raise NoRuleForm("the one row of a record of which rows are excluded")
    given(c, record, body)
    return Number(1)


def given(c: Compiler, record: str, body: Body) -> None:
    """Report what rests on rows that were not given."""
    if c.profile.may_be_absent(record):
        body.unknown(Atom("not_given", (Symbol(c.predicate_of(record)),)), last=False, rows=True)


# ---------------------------------------------------------------- binders


def bind(c: Compiler, binder: model.Binder, body: Body, scope: Scope) -> Scope:
    """Let the binder's variable run over its rows, identifiers, values or elements."""
    variable = body.fresh(binder.name)
    bound: Value = variable
    names = frozenset((variable.name,))
    match binder:
        case model.Binder(domain=model.Range(first=first, last=last)):
            if first.type == DATE and dates.days_between(first, last) is None:
                raise NoRuleForm("it runs over many days")
            low, high = c.term(first, body, scope), c.term(last, body, scope)
            body.add(Comparison(variable, "=", Operation("..", low, high)), cheap=True, binds=names)
        case model.Binder(domain=model.SetOf(items=items)):
            bound = _one_of([c.value(each, body, scope) for each in items], variable, body)
        case model.Binder(domain=model.Constant(value=frozenset() as values)):
            found = [c.constant(each, binder.type) for each in sorted(values, key=str)]
            bound = _one_of(found, variable, body)
        case model.Binder(domain=model.Lookup() as lookup):
            bound = tables.elements(c, lookup, variable, body, scope)
        case model.Binder(domain=model.Variable() as given_set) if not isinstance(binder.type, Quantity):
            atom = Atom("member", (c.term(given_set, body, scope), variable))
            body.add(atom, cheap=True, binds=names)
        case model.Binder(domain=None, type=RecordType(id=record)):
            _rows(c, record, variable, body, scope)
        case model.Binder(domain=None, type=EntityType(id=entity)):
            strangers(c, entity, body)
            body.fact(Atom(c.predicate_of(entity), (variable,)))
        case model.Binder(domain=None, type=EnumType(id=enum)):
            body.fact(Atom(enums.enum(c, enum), (variable,)))
        case _:
            raise NoRuleForm("it runs over a set that is worked out")
    if isinstance(binder.type, Quantity) and not isinstance(bound, Exact):
        raise NoRuleForm("it runs over numbers of no fixed unit")
    return scope.binding(binder.number, bound)


def _one_of(found: list[Value], variable: Variable, body: Body) -> Value:
    names = frozenset((variable.name,))
    if found and all(isinstance(each, Exact) for each in found):
        unit, numbers = together(*(each for each in found if isinstance(each, Exact)))
        body.add(Comparison(variable, "=", pool([each.term for each in numbers])), cheap=True, binds=names)
        return exact(variable, unit, min(each.low for each in numbers), max(each.high for each in numbers))
    if any(isinstance(each, Exact | Ratio | Mixed) for each in found) or not found:
        raise NoRuleForm("it runs over fractions")
    body.add(Comparison(variable, "=", pool(found)), cheap=True, binds=names)  # type: ignore[arg-type]
    return variable


def pool(items: list[Term]) -> Term:
    """One of the terms."""
    return items[0] if len(items) == 1 else Pool(tuple(items))


def size(c: Compiler, binder: model.Binder) -> int:
    """How many elements a binder runs over at the most."""
    match binder:
        case model.Binder(domain=model.Range(first=first, last=last)) if first.type == DATE:
            return dates.days_between(first, last) or dates.MOST_DAYS
        case model.Binder(domain=model.Range(first=first, last=last)):
            return dates.months_between(first, last)
        case model.Binder(domain=model.SetOf(items=items)):
            return len(items)
        case model.Binder(domain=model.Constant(value=frozenset() as values)):
            return len(values)
        case model.Binder(domain=model.Lookup(table=table)):
            entries = c.program.tables[table].entries
            return max((len(each.value) for each in entries if isinstance(each.value, frozenset)), default=0)
        case model.Binder(domain=model.Variable(), type=EnumType(id=enum)):
            return len(enums.members(c, enum))
        case model.Binder(domain=None, type=RecordType(id=record)):
            return c.profile.rows_of(record)
        case model.Binder(domain=None, type=EntityType(id=entity)):
            return c.profile.identifiers_of(entity)
        case model.Binder(domain=None, type=EnumType(id=enum)):
            return len(enums.members(c, enum))
        case _:
            raise NoRuleForm("it runs over a set that is worked out")


def strangers(c: Compiler, entity: str, body: Body) -> None:
    """Report that identifiers of an entity may be missing: fields that name one, records that were not given."""
    for record in c.program.records.values():
        for each in record.fields:
            if isinstance(each.type, EntityType) and each.type.id == entity:
                given(c, record.id, body)
                if each.may_be_missing and c.profile.may_miss(record.id, each.name):
                    order = order_of(c, record.id)
                    columns = (Symbol("unknown") if name == each.name else Variable("_") for name in order)
                    body.unknown(Atom(c.predicate_of(record.id), (Variable("_"), *columns)), last=False, rows=True)


def _rows(c: Compiler, record: str, variable: Variable, body: Body, scope: Scope) -> None:
    given(c, record, body)
    limits = [
        each
        for each in c.program.exclusions_of(RecordType(record))
        if not each.measures or scope.inside & set(each.measures)
    ]
    opens = _counted(c, record, limits, variable, body, scope) if limits and not scope.raw else None
    body.row(c.predicate_of(record), variable, order_of(c, record), bind=True)
    if opens is not None:  # whatever row it is, not one that is counted: it may be one of which that is not known
        body.unknown(opens, last=False)


def _counted(
    c: Compiler, record: str, limits: list[model.Exclusion], variable: Variable, body: Body, scope: Scope
) -> Atom | None:
    """The rows that these exclusions leave: not cheap (see `demand`); and what tells of which that is not known."""
    dated = any(c.depends.takes_date(each) for each in limits)
    measures = sorted({plain(name.rpartition(".")[2]) for each in limits for name in each.measures})
    suffix = "_counted" + (f"_in_{'_'.join(measures)}" if measures else "")
    key = ("counted", record, tuple(each.id for each in limits))
    name = c.names.predicate(record, suffix, key=key)
    opens = f"open_{name}"
    if c.known(key) is None:
        c.remember(key, name)
        on = Variable("On")
        row = Variable("Row")
        last = limits[-1].id
        out = Body()
        if dated:
            out.fact(Atom(f"in_{name}", (on,)))
        out.fact(Atom(c.predicate_of(record), (row, *(Variable("_") for _ in order_of(c, record)))))
        for each in limits:
            takes_date = c.depends.takes_date(each)
            excluded = _excluded(c, each)
            own = (on, row) if takes_date else (row,)
            if takes_date:
                c.rule(Rule(Atom(f"in_{excluded}", (on,)), (Atom(f"in_{name}", (on,)),)), each.id)
            out.add(Negation(Atom(excluded, own)))
            if c.opened(excluded):
                out.unknown(Atom(f"open_{excluded}", own))
        head = (on, row) if dated else (row,)
        c.derive(Atom(name, head), out, Atom(opens, head), last)
    args: tuple[Term, ...] = (variable,)
    if dated:
        now = c.now(body, scope)
        c.demand(name, (now,), body, limits[-1].id)
        args = (now, variable)
    body.add(Atom(name, args), binds=frozenset((variable.name,)), unsure=True)
    return Atom(opens, args) if c.opened(name) else None


def _excluded(c: Compiler, exclusion: model.Exclusion) -> str:
    """The predicate of the rows that an exclusion leaves out, judged as if nothing were excluded."""
    name = c.names.predicate(exclusion.id, "_excludes")
    if c.known(("excludes", exclusion.id)) is None:
        c.remember(("excludes", exclusion.id), name)
        c.block.append(exclusion.id)
        c.spans[exclusion.id] = exclusion.span
        try:
            for way in c.ways(exclusion.condition):
                body = Body()
                now: Term | None = None
                if c.depends.takes_date(exclusion):
                    now = body.fresh("On")
                    body.fact(Atom(f"in_{name}", (now,)))
                row = body.fresh(exclusion.row.name)
                body.row(c.predicate_of(exclusion.record), row, order_of(c, exclusion.record))
                way(body, Scope({exclusion.row.number: row}, now, frozenset(), True))
                args = (row,) if now is None else (now, row)
                c.derive(Atom(name, args), body, Atom(f"open_{name}", args))
        finally:
            c.block.pop()
    return name

"""Changes: which can be made on the facts as they are, what they cost and take, and what they do to rows and measures.

`change(C,Least,Most)` for each combination of parameters that is possible; C is the change with its arguments
(`take(3)`, where 3 is the number of a row). What is made is `unit(C,K)`, the first, second, ... unit of it, and
`done(C,N)`, N of them and no more. What is done to rows is said of a predicate of its own, `x_then`: the rows of x once
the plan is carried out. What each unit adds to a field or measure is said of the facts as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import lcm

from attain_compiler.asp import enums
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.names import plain
from attain_compiler.asp.profile import Profile
from attain_compiler.asp.raising import is_made, raised, raises
from attain_compiler.asp.rows import order_of
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Element,
    Function,
    Number,
    Rule,
    Symbol,
    Term,
    Variable,
)
from attain_compiler.asp.shapes import Scope
from attain_compiler.asp.units import Exact, NoRuleForm, at
from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, EntityType, EnumType, Quantity, RecordType, Value

MADE = "open_change"
"""What a change rests on is not known: `open_change(C)`."""


class ChangeWriter:
    """Writes the rules of changes. `c` compiles for the facts as they are; `then` is the profile of the facts with
    whatever the changes may add, in whose units rows and measures are once the plan is carried out."""

    def __init__(self, c: Compiler, then: Profile, money: int) -> None:
        self.c = c
        self.then = then
        self.money = money
        """Costs are in 1/money of the currency."""

    def write(self, change: model.Change) -> None:
        """Write one change. Raises NoRuleForm where something of it has no exact form."""
        self.c.block.append(change.id)
        self.c.spans[change.id] = change.span
        try:
            self._possible(change)
            for index, cost in enumerate(change.costs):
                self._cost(change, index, cost)
            for index, takes in enumerate(change.takes):
                self._takes(change, index, takes)
            for index, effect in enumerate(change.effects):
                self._effect(change, index, effect)
            self._limit(change)
        finally:
            self.c.block.pop()

    # ------------------------------------------------------------ whether it can be made

    def _possible(self, change: model.Change) -> None:
        c = self.c
        for way in [None] if change.condition is None else c.ways(change.condition):
            body, scope, made = self._start(change)
            for formal in change.parameters:
                variable = scope.values[formal.number]
                assert isinstance(variable, Variable)
                match formal.type:
                    case RecordType(id=record):
                        body.row(c.predicate_of(record), variable, order_of(c, record), bind=True)
                    case EntityType(id=entity):
                        body.fact(Atom(c.predicate_of(entity), (variable,)))
                    case EnumType(id=enum):
                        body.fact(Atom(enums.enum(c, enum), (variable,)))
                    case _:
                        raise NoRuleForm(f"`{change.name}` runs over something else than rows, identifiers or an enum")
            if way is not None:
                way(body, scope)
            least = Number(1) if change.low is None else self._whole(change.low, body, scope)
            most = Number(1) if change.high is None else self._whole(change.high, body, scope)
            c.derive(Atom("change", (made, least, most)), body, Atom(MADE, (made,)))

    def _whole(self, expression: model.Expression, body: Body, scope: Scope) -> Term:
        value = self.c.value(expression, body, scope)
        if not isinstance(value, Exact) or value.unit != 1:
            raise NoRuleForm("a change is made in amounts that need not be whole")
        return value.term

    def _start(self, change: model.Change) -> tuple[Body, Scope, Term]:
        """A body in which the parameters are variables, and the term of the change."""
        body = Body()
        variables = [body.fresh(each.name) for each in change.parameters]
        values: dict[int, object] = {each.number: var for each, var in zip(change.parameters, variables, strict=True)}
        return body, Scope(values), term_of(change, variables)  # type: ignore[arg-type]

    def _possibly(self, change: model.Change) -> tuple[Body, Scope, Term]:
        """The same where the change can be made."""
        body, scope, made = self._start(change)
        body.fact(Atom("change", (made, Variable("_"), Variable("_"))))
        return body, scope, made

    def _made(self, change: model.Change) -> tuple[Body, Scope, Term]:
        """The same where the change is made."""
        body, scope, made = self._start(change)
        body.fact(is_made(made))
        return body, scope, made

    # ------------------------------------------------------------ what it costs and takes

    def _cost(self, change: model.Change, index: int, cost: model.Cost) -> None:
        predicate = "cost_each" if cost.each else "cost"
        for way in self.c.ways(cost.amount):
            body, scope, made = self._possibly(change)
            value = way(body, scope)
            if not isinstance(value, Exact):
                raise NoRuleForm(f"`{change.name}` costs a fraction")
            amount = at(value, self.money).term
            self.c.derive(Atom(predicate, (made, Number(index + 1), amount)), body, Atom(MADE, (made,)))

    def _takes(self, change: model.Change, index: int, takes: model.Takes) -> None:
        predicate = "takes_each" if takes.each else "takes"
        for way in self.c.ways(takes.duration):
            body, scope, made = self._possibly(change)
            value = way(body, scope)
            if value is None or not isinstance(value, Function | Variable | Symbol):
                raise NoRuleForm(f"`{change.name}` takes a time that has no term")
            self.c.derive(Atom(predicate, (made, Number(index + 1), value)), body, Atom(MADE, (made,)))

    # ------------------------------------------------------------ what it does

    def _effect(self, change: model.Change, index: int, effect: model.Effect) -> None:
        c = self.c
        raising = isinstance(effect, model.RaisesField | model.RaisesMeasure)
        body, scope, made = self._possibly(change) if raising else self._made(change)
        opens = Atom(MADE, (made,))
        match effect:
            case model.Adds(record=record):
                self._adds(change, index, effect)
                if c.program.records[record].single:
                    c.rule(Rule(None, (is_made(made),)))
            case model.Removes(row=row):
                assert isinstance(row.type, RecordType)
                this = c.term(row, body, scope)
                c.derive(Atom(removed(c, row.type.id), (this,)), body, opens)
                if c.program.records[row.type.id].single:
                    c.rule(Rule(None, (is_made(made),)))
            case model.Sets(row=row, field=field, value=value):
                assert isinstance(row.type, RecordType)
                this = c.term(row, body, scope)
                declared = c.program.records[row.type.id].field(field)
                new = self._column(row.type.id, declared, value, body, scope)
                c.derive(Atom(sets(c, row.type.id, field), (this, new)), body, opens)
            case model.RaisesField(row=row, field=field, by=by):
                assert isinstance(row.type, RecordType)
                this = c.term(row, body, scope)
                unit = self.then.column(row.type.id, field).unit
                more = self._number(by, unit, body, scope)
                c.derive(Atom(raises(c.names, row.type.id, field), (this, more, made, Number(index + 1))), body, opens)
            case model.RaisesMeasure(measure=measure, arguments=arguments, by=by):
                declared_ = c.program.measures[measure]
                args = []
                for formal, argument in zip(declared_.parameters, arguments, strict=True):
                    given = c.value(argument, body, scope)
                    unit = 1 if isinstance(formal.type, Quantity) and formal.type.kind == "count" else 100
                    args.append(at(given, unit).term if isinstance(given, Exact) else given)
                if any(not isinstance(each, Term) for each in args):
                    raise NoRuleForm("a fraction is an argument of what is raised")
                more = self._number(by, self.then.raised[measure].unit, body, scope)
                head = Atom(raised(c.names, measure), (*args, more, made, Number(index + 1)))  # type: ignore[arg-type]
                c.derive(head, body, opens)

    def _adds(self, change: model.Change, index: int, effect: model.Adds) -> None:
        c = self.c
        body, scope, made = self._start(change)
        same = [each for each in change.effects if isinstance(each, model.Adds)]
        parts: list[Term] = [made]
        if change.amount is None:
            body.fact(is_made(made))
        else:
            unit = body.fresh("K")
            body.fact(Atom("unit", (made, unit)))
            parts.append(unit)
        if len(same) > 1:
            parts.append(Number(index + 1))
        row = Function("new", tuple(parts))
        given = dict(effect.values)
        columns: list[Term] = []
        for field in c.program.records[effect.record].fields:
            if field.name in given:
                columns.append(self._column(effect.record, field, given[field.name], body, scope, tuple(parts)))
            elif field.default is not None:
                columns.append(self._constant(effect.record, field, field.default))
            else:
                columns.append(Number(NEVER.toordinal()) if field.or_never else Symbol("unknown"))
        c.derive(Atom(added(c, effect.record), (row, *columns)), body, Atom(MADE, (made,)))

    def _column(
        self,
        record: str,
        field: model.Field,
        expression: model.Expression,
        body: Body,
        scope: Scope,
        parts: tuple[Term, ...] = (),
    ) -> Term:
        """The value of a field, in the unit of its column once the plan is carried out."""
        if isinstance(expression, model.NewEntity):
            assert isinstance(expression.type, EntityType)
            return Function("new", (*parts, Symbol(plain(expression.type.id.rpartition(".")[2]))))
        if isinstance(field.type, Quantity):
            return self._number(expression, self.then.column(record, field.name).unit, body, scope)
        value = self.c.value(expression, body, scope)
        if not isinstance(value, Term):
            raise NoRuleForm(f"`{field.name}` is set to a number")
        return value

    def _constant(self, record: str, field: model.Field, value: Value) -> Term:
        found = self.c.constant(value, field.type)
        return at(found, self.then.column(record, field.name).unit).term if isinstance(found, Exact) else found  # type: ignore[return-value]

    def _number(self, expression: model.Expression, unit: int, body: Body, scope: Scope) -> Term:
        value = self.c.value(expression, body, scope)
        if not isinstance(value, Exact):
            raise NoRuleForm("a change adds a fraction")
        return at(value, unit).term

    def _limit(self, change: model.Change) -> None:
        if change.limit is None:
            return
        c = self.c
        body = Body()
        most = self._whole(change.limit, body, Scope({}))
        unit = body.fresh("K")
        variables = [body.fresh(each.name) for each in change.parameters]
        made = term_of(change, variables)
        elements = (Element((unit, *variables), (Atom("unit", (made, unit)),)),)
        c.rule(Rule(None, (*body.literals(), Aggregate(most, "<", "count", elements))))


def money_unit(c: Compiler, changes: Sequence[model.Change]) -> int:
    """The unit in which every cost is whole."""
    units = [1]
    for change in changes:
        for cost in change.costs:
            mark = c.mark()
            c.block.append(change.id)
            for way in c.ways(cost.amount):
                value = way(Body(), Scope({each.number: Variable(f"X{each.number}") for each in change.parameters}))
                units.append(value.unit if isinstance(value, Exact) else 1)
            c.block.pop()
            c.back(mark)
    return lcm(*units)


def term_of(change: model.Change, arguments: Sequence[Term]) -> Term:
    """A change with its arguments, as a term."""
    name = plain(change.name)
    name = f"{name}_" if name == "not" else name
    return Function(name, tuple(arguments)) if arguments else Symbol(name)


def then(c: Compiler, record: str) -> str:
    """The predicate of a record's rows (an entity's identifiers) once the plan is carried out."""
    return c.names.predicate(record, "_then")


def added(c: Compiler, record: str) -> str:
    """The predicate of the rows that changes add."""
    return c.names.predicate(record, "_added")


def removed(c: Compiler, record: str) -> str:
    """The predicate of the rows that a change removes."""
    return c.names.predicate(record, "_removed")


def sets(c: Compiler, record: str, field: str) -> str:
    """The predicate of what a field is set to."""
    return c.names.predicate(record, f"_{plain(field)}_set")


def touched(changes: Sequence[model.Change]) -> dict[str, list[model.Effect]]:
    """The records that changes touch, with what they do."""
    found: dict[str, list[model.Effect]] = {}
    for change in changes:
        for effect in change.effects:
            match effect:
                case model.Adds(record=record):
                    found.setdefault(record, []).append(effect)
                case model.Removes(row=row) | model.Sets(row=row) | model.RaisesField(row=row):
                    assert isinstance(row.type, RecordType)
                    found.setdefault(row.type.id, []).append(effect)
                case _:
                    pass
    return found


def altered(effects: Sequence[model.Effect]) -> Iterator[str]:
    """The fields that are set or raised."""
    yield from dict.fromkeys(each.field for each in effects if isinstance(each, model.Sets | model.RaisesField))

"""The world in which candidates are open: rows that may be there or not, fields and measures that may be raised."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER
from attain_compiler.model.walk import nodes
from attain_engine.evaluate import Evaluator, World, numbers
from attain_engine.evaluate.known import value_is_known
from attain_engine.evaluate.missing import LeftOpen
from attain_engine.evaluate.values import OPEN, Cases, compare, merged, unknown_of
from attain_engine.evaluate.world import identifiers_in
from attain_engine.facts.model import UNKNOWN, NewIdentifier, Row
from attain_engine.open import quantities
from attain_engine.open.conditions import Amount, Condition, Formula, conjunction, disjunction, either, negation
from attain_engine.open.quantities import Linear
from attain_engine.plan.candidates import Candidate, scaled, settled
from attain_engine.plan.effects import varies
from attain_engine.plan.kept_apart import apart
from attain_engine.plan.reads import reads
from attain_engine.solve.deadline import look


@frozen
class Opened:
    """The open world, and what the changes must keep to: limits, bounds of fields, changes that exclude each other.
    `altered` has the rows that changes alter, each with what stands for it in the world."""

    world: World
    constraints: tuple[Condition, ...]
    altered: Mapping[Row, Row]


At: TypeAlias = Callable[[Candidate], tuple[Evaluator, tuple[Any, ...]]]
"""The evaluator of the facts on the day a candidate is done, by which its effects are worked out, and its arguments as
they are then."""

Touched: TypeAlias = Callable[[Candidate, Row], Sequence[Row]]
"""The rows of the world that a candidate changes when it changes a row of the facts."""

Later: TypeAlias = Callable[[Row], Sequence[Row]]
"""A row that is added, with those that repeat it."""


def open_world(
    evaluator: Evaluator,
    chosen: Sequence[Candidate],
    at: At | None = None,
    touched: Touched = lambda _, row: (row,),
    later: Later = lambda row: (row,),
    blurred: frozenset[tuple[str, str]] = frozenset(),
    any_order: bool = False,
    since: datetime.date | None = None,
    between: Callable[[Candidate], tuple[Evaluator, Evaluator]] | None = None,
) -> Opened:
    """The world of `evaluator` with these candidates open, as it is once those that are made are done. What they write
    into `blurred` fields is taken for unknown: between what it is on the days of two evaluators, where these are given
    and it only rises from day to day. In `any_order` two of them may set one field. Where they may be done on any day
    `since` one, by how much they raise something is unknown if it depends on that day."""
    at = at or (lambda candidate: (evaluator, candidate.arguments))
    return _Opening(evaluator, at, touched, later, blurred, any_order, since, between).run(chosen)


def added_row(evaluator: Evaluator, effect: model.Adds, candidate: Candidate, unit: int, values: Sequence[Any]) -> Row:
    """The row that one unit of a candidate adds."""
    evaluator.fresh = partial(_made, evaluator, candidate, unit)
    given = {field: evaluator.found(expression, values) for field, expression in effect.values}
    complete: dict[str, Any] = {}
    for field in evaluator.program.records[effect.record].fields:
        if field.name in given:
            complete[field.name] = given[field.name]
        elif field.default is not None:
            complete[field.name] = field.default
        else:
            complete[field.name] = NEVER if field.or_never else UNKNOWN
    return Row(effect.record, complete)


def _made(evaluator: Evaluator, candidate: Candidate, unit: int, expression: model.NewEntity) -> NewIdentifier:
    """What a `new` stands for in one unit of a candidate: an identifier that nobody has."""
    entity: str = expression.type.id  # type: ignore[union-attr]
    every = (
        node.called or node.span
        for effect in candidate.change.effects
        if isinstance(effect, model.Adds)
        for _, expression in effect.values
        for node in nodes(expression)
        if isinstance(node, model.NewEntity)
    )
    which = list(dict.fromkeys(every)).index(expression.called or expression.span)
    name = f"new {entity.rpartition('.')[2]} {candidate.change.name}-{candidate.index + 1}-{unit}"
    name += f"-{which + 1}" if which else ""
    while evaluator.is_identifier(entity, name):
        name += "'"
    return NewIdentifier(name)


def _within(field: model.Field, value: Any) -> Iterator[Condition]:
    """That a value keeps to the bounds of its field."""
    if field.high is not None:
        yield compare("<=", value, field.high)
    if field.low is not None:
        yield compare(">=", value, field.low)


def rises(value: model.Expression) -> bool:
    """Whether a date only rises with the day: the assessment date, moved by what is always the same."""
    while isinstance(value, model.Shift) and isinstance(value.length, model.Constant):
        value = value.anchor
    return isinstance(value, model.AssessmentDate)


def _either(made: Condition, new: Any, old: Any) -> Any:
    """`new` where a change is made, else `old`. What is not known stays apart: once it is set it matters no more."""
    if isinstance(new, bool | Formula) and isinstance(old, bool | Formula):
        return either(made, new, old)
    olds = old.alternatives if isinstance(old, Cases) else ((True, old),)
    if not any(isinstance(each, Linear) and quantities.unknown_amounts(each) for _, each in olds):
        return merged([(made, new), (negation(made), old)])
    return Cases(((made, new), *((conjunction((negation(made), this)), each) for this, each in olds)))


def _raised(value: Any, more: Any) -> Any:
    """A value raised; the cases of one that may be unknown stay apart."""
    if isinstance(value, Cases):
        return Cases(tuple((condition, numbers.arithmetic("+", each, more)) for condition, each in value.alternatives))
    return numbers.arithmetic("+", value, more)


class _Opening:
    def __init__(
        self,
        evaluator: Evaluator,
        at: At,
        touched: Touched,
        later: Later,
        blurred: frozenset[tuple[str, str]],
        any_order: bool,
        since: datetime.date | None,
        between: Callable[[Candidate], tuple[Evaluator, Evaluator]] | None,
    ) -> None:
        self.since = since
        self.between = between
        self.any_order = any_order
        self.blurred = blurred
        self.evaluator = evaluator
        self.at = at
        self.touched = touched
        self.later = later
        self.constraints: list[Condition] = []
        self.added: dict[str, list[tuple[Row, Condition]]] = {}
        self.present: dict[Row, Condition] = {}
        self.fields: dict[Row, dict[str, Any]] = {}
        self.setters: dict[tuple[Row, str], list[tuple[Condition, Any, Any]]] = {}
        self.told: dict[tuple[Row, str], Condition] = {}
        self.raisers: dict[tuple[Row, str], list[Condition]] = {}
        self.known: dict[tuple[Row, str], Condition] = {}
        self.raised: dict[tuple[str, tuple[Any, ...]], Any] = {}
        self.altered: dict[Row, Row] = {}

    def run(self, chosen: Sequence[Candidate]) -> Opened:
        effects = [(candidate, effect) for candidate in chosen for effect in candidate.change.effects]
        # In the order in which they are done; at one moment a field is set before it is raised.
        effects.sort(key=lambda each: (each[0].moment, isinstance(each[1], model.RaisesField)))
        for candidate, effect in effects:
            look()
            self._open(candidate, effect)
        self._limits(chosen)
        self._exclusive()
        tables = self._tables()
        self._unique(tables)
        world = self.evaluator.world
        identifiers = identifiers_in(self.evaluator.program, tables, world.values)
        return Opened(
            World(tables, world.values, identifiers, self.raised, self.known),
            tuple(each for each in self.constraints if each is not True),
            self.altered,
        )

    def _open(self, candidate: Candidate, effect: model.Effect) -> None:
        arguments = candidate.arguments
        then, given_then = self.at(candidate)
        match effect:
            case model.Adds():
                rows = self.added.setdefault(effect.record, [])
                for unit in range(1, candidate.most + 1):
                    added = added_row(then, effect, candidate, unit, given_then)
                    added = self._blurred(added, candidate, unit, effect)
                    rows.extend((each, candidate.unit(unit)) for each in self.later(added))
                    self._lawful(added, candidate.unit(unit))
                self._not_the_one_row(effect.record, candidate)
            case model.Removes(row=row):
                self._not_the_one_row(arguments[row.number].record, candidate)
                gone = candidate.unit(1)
                for this in self.touched(candidate, arguments[row.number]):
                    self.present[this] = conjunction((self.present.get(this, True), negation(gone)))
            case model.Sets(row=row, field=field, value=value):
                made = candidate.unit(1)
                new = then.found(value, given_then)
                if (effect.row.type.id, field) in self.blurred:  # type: ignore[union-attr]
                    new = self._unknown(effect.row.type.id, field, candidate, 1, value)  # type: ignore[union-attr]
                for this in self.touched(candidate, arguments[row.number]):
                    old = self._field(this, field)
                    self.fields.setdefault(this, {})[field] = _either(made, new, old)
                    self.setters.setdefault((this, field), []).append((made, new, candidate.moment))
                    self._told(this, field, made, value_is_known(new, value))
            case model.RaisesField(row=row, field=field, by=by):
                more = self._more(then, candidate, by, given_then)
                for this in self.touched(candidate, arguments[row.number]):
                    raised = _raised(self._field(this, field), more)
                    if (effect.row.type.id, field) in self.blurred:  # type: ignore[union-attr]
                        unknown = self._unknown(effect.row.type.id, field, candidate, 1, None)  # type: ignore[union-attr]
                        raised = _either(candidate.unit(1), unknown, self._field(this, field))
                    self.fields.setdefault(this, {})[field] = raised
                    self.raisers.setdefault((this, field), []).append(candidate.unit(1))
            case model.RaisesMeasure(measure=measure, arguments=given, by=by):
                change = candidate.change
                key = (measure, tuple(settled(then, change, each, given_then) for each in given))
                more = self._more(then, candidate, by, given_then)
                self.raised[key] = quantities.add(self.raised.get(key, 0), more)

    def _told(self, row: Row, field: str, made: Condition, told: Condition) -> None:
        """That a field is known once it is set to what is `told`; where it is not set, as before."""
        before = self.told.get((row, field), row.values[field] is not UNKNOWN)
        if self.any_order:
            self.told[row, field] = disjunction((conjunction((made, told)), before))
        else:
            self.told[row, field] = either(made, told, before)

    def _blurred(self, row: Row, candidate: Candidate, unit: int, effect: model.Adds) -> Row:
        given = dict(effect.values)
        unknown = {
            field: self._unknown(row.record, field, candidate, unit, given.get(field))
            for field, value in row.values.items()
            if (row.record, field) in self.blurred and (field in given or value not in (UNKNOWN, NEVER))
        }
        return Row(row.record, {**row.values, **unknown}, row.origin) if unknown else row

    def _more(self, then: Evaluator, candidate: Candidate, by: model.Expression, arguments: Sequence[Any]) -> Any:
        """By how much a candidate raises something; not known where that depends on a day that is left open."""
        if self.since is not None and varies(self.since, reads(self.evaluator, (by,))):
            name = LeftOpen(("whenever it is done", by, candidate.name), is_known=False)
            return quantities.of_amount(Amount("unknown", name, None, None))
        return scaled(candidate, settled(then, candidate.change, by, arguments))

    def _unknown(self, record: str, field: str, candidate: Candidate, unit: int, value: model.Expression | None) -> Any:
        """What a candidate writes into a field, whenever it is done."""
        type_ = self.evaluator.program.records[record].field(field).type
        low = high = None
        if self.between is not None and value is not None and rises(value):
            low, high = (each.found(value, candidate.arguments) for each in self.between(candidate))
            if low == high:
                return low
        sure = value is not None and (rises(value) or isinstance(value, model.Constant))
        name = LeftOpen(("whenever it is done", record, field, candidate.name, unit), sure)
        return unknown_of(type_, name, low, high, members=self.evaluator.members(type_))

    def _field(self, row: Row, field: str) -> Any:
        changed = self.fields.get(row, {})
        if field in changed:
            return changed[field]
        value = row.values[field]
        return self.evaluator.cell(row, field) if value is UNKNOWN else value

    def _limits(self, chosen: Sequence[Candidate]) -> None:
        """`at most N` of all that is made of one change."""
        by_change: dict[str, list[Candidate]] = {}
        for candidate in chosen:
            by_change.setdefault(candidate.change.id, []).append(candidate)
        for of_one in by_change.values():
            limit = of_one[0].change.limit
            if limit is not None:
                units = quantities.total(candidate.quantity() for candidate in of_one)
                most = settled(self.evaluator, of_one[0].change, limit, ())
                self.constraints.append(quantities.compare("<=", units, most))
        for candidate in chosen:
            change = candidate.change
            if change.low is not None and candidate.amount is not None:
                low = ceil(settled(self.evaluator, change, change.low, candidate.arguments))
                if low > 1:  # none at all, or at least so many
                    some = candidate.unit(1)
                    self.constraints.append(negation(conjunction((some, negation(candidate.unit(low))))))

    def _lawful(self, row: Row, made: Condition) -> None:
        """A row that is added keeps to the bounds of its fields."""
        for field in self.evaluator.program.records[row.record].fields:
            value = row.values[field.name]
            if value is not UNKNOWN:
                for bound in _within(field, value):
                    self.constraints.append(disjunction((negation(made), bound)))

    def _not_the_one_row(self, record: str, candidate: Candidate) -> None:
        """Of a record of one row there is one, after a plan as before."""
        if self.evaluator.program.records[record].single:
            self.constraints.append(negation(candidate.unit(1)))

    def _exclusive(self) -> None:
        """A field is not set to two values at one moment, nor touched in a row that is removed."""
        for setters in () if self.any_order else self.setters.values():
            moments: dict[Any, list[tuple[Condition, Any]]] = {}
            for condition, value, moment in setters:
                moments.setdefault(moment, []).append((condition, value))
            for same in moments.values():
                if len(same) > 1 and (len({value for _, value in same}) > 1 or isinstance(same[0][1], OPEN)):
                    made = quantities.weighted((condition, 1) for condition, _ in same)
                    self.constraints.append(quantities.compare("<=", made, 1))
        for place in (*self.setters, *self.raisers):
            gone = self.present.get(place[0])
            if gone is not None:
                touching = [condition for condition, *_ in self.setters.get(place, ())]
                touching += self.raisers.get(place, ())
                self._not_both(touching, (negation(gone),))

    def _not_both(self, these: Sequence[Condition], those: Sequence[Condition]) -> None:
        self.constraints.append(negation(conjunction((disjunction(these), disjunction(those)))))

    def _tables(self) -> dict[str, list[tuple[Row, Condition]]]:
        tables: dict[str, list[tuple[Row, Condition]]] = {}
        program = self.evaluator.program
        for record, rows in self.evaluator.world.tables.items():
            opened: list[tuple[Row, Condition]] = []
            for row, present in rows:
                changed = self.fields.get(row)
                condition = conjunction((present, self.present.get(row, True)))
                if changed:
                    before, row = row, Row(row.record, {**row.values, **changed}, row.origin)
                    self.altered[before] = row
                    self._changed(program.records[record], before, row, tuple(changed))
                opened.append((row, condition))
            tables[record] = opened
        for record, rows_added in self.added.items():
            if record in tables:
                tables[record].extend(rows_added)
        return tables

    def _changed(self, record: model.Record, before: Row, after: Row, changed: tuple[str, ...]) -> None:
        """What is changed keeps to its bounds, and is known once it is set."""
        for field in changed:
            setters = self.setters.get((before, field), ())
            touched = disjunction((*(made for made, *_ in setters), *self.raisers.get((before, field), ())))
            for bound in _within(record.field(field), after.values[field]):
                self.constraints.append(disjunction((negation(touched), bound)))
            if (before, field) in self.told:
                self.known[after, field] = self.told[before, field]

    def _unique(self, tables: dict[str, list[tuple[Row, Condition]]]) -> None:
        """Rows that a change adds, or changes in what identifies them, must not repeat what identifies another row. In
        any order it is open what a field comes to: then that is said of what is not changed only."""
        changed = {} if self.any_order else {after: self.fields[before] for before, after in self.altered.items()}
        for record, rows in tables.items():
            added = {row for row, _ in self.added.get(record, ())}
            for fields in self.evaluator.program.records[record].unique:
                touched = {row for row, _ in rows if row in added or not changed.get(row, {}).keys().isdisjoint(fields)}
                if touched:
                    self.constraints.extend(apart(rows, fields, touched, any_order=self.any_order))

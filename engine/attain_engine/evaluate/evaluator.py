"""The evaluator: calls, tables, rows, and what is unknown. Expressions are in `expressions`, aggregates in
`aggregates`.

Every declaration's body is compiled to a closure `(frame, context) -> value` when it is first used; `frame` holds its
variables. Calls are remembered for each context (date, exclusions in force), rows are found by index.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import Band, EntityType, EnumType, EnumValue, Quantity
from attain_compiler.source import Span
from attain_engine.evaluate.aggregates import Allowance
from attain_engine.evaluate.values import OPEN, Cases, compare, contains, lifted, merged, unknown_of
from attain_engine.evaluate.world import Context, World
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, conjunction, negation, unknown
from attain_engine.open.whatever import certain

Closure: TypeAlias = Callable[[list[Any], Context], Any]


class EvaluationProblem(Exception):
    """The policy cannot be evaluated on these facts: `code` of the catalogue, message, place and help."""

    def __init__(self, code: str, message: str, span: Span, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.help = help


class NotGiven(Exception):
    """A record was needed whose rows were not given."""

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record


class Evaluator:
    """Evaluates a program in a world on a date, with a choice of readings (the defaults where none is named)."""

    def __init__(
        self,
        program: model.Program,
        world: World,
        date: datetime.date,
        readings: Mapping[str, str] | None = None,
    ) -> None:
        from attain_engine.evaluate.expressions import Compiler

        self.program = program
        self.world = world
        self.date = date
        chosen = {reading.id: reading.default for reading in program.readings.values()} | dict(readings or {})
        self.readings = {
            reading.id: next(each.value for each in reading.alternatives if each.name == chosen[reading.id])
            for reading in program.readings.values()
        }
        self._compiler = Compiler(self)
        self._bodies: dict[int, tuple[Closure, int, model.Expression]] = {}
        self._contexts: dict[tuple[datetime.date, frozenset[str], bool], Context] = {}
        self._limited = frozenset(measure for each in program.exclusions.values() for measure in each.measures)
        self.fresh: Mapping[str, str] = {}
        """The identifiers that `new` stands for, by entity: set while the effects of a change are worked out."""
        self.allowance = Allowance()
        self._fixed = {identifier for identifier, _ in (*world.values, *world.raised)}
        self._cells: dict[tuple[Row, str], Any] = {}
        self._identifiers: dict[str, list[tuple[Any, Condition]]] = {}
        self.context = self.context_for(date, frozenset(), False)

    # ------------------------------------------------------------ what callers ask

    def value(self, expression: model.Expression, arguments: Sequence[Any] = ()) -> Any:
        """The value of an expression whose free variables are 0, 1, ... in order."""
        body, size = self.closure_of(expression)
        return body([*arguments, *[None] * (size - len(arguments))], self.context)

    def found(self, expression: model.Expression, arguments: Sequence[Any] = ()) -> Any:
        """The value of an expression; what rests on rows that were not given is unknown."""
        try:
            return self.value(expression, arguments)
        except NotGiven as missing:
            name = ("rows", missing.record, expression.span, tuple(arguments))
            return unknown_of(expression.type, name, members=self.members(expression.type))

    def condition(self, expression: model.Expression, arguments: Sequence[Any] = ()) -> Condition:
        """The truth of a condition; what rests on rows that were not given is unknown."""
        truth: Condition = self.found(expression, arguments)
        return truth

    def measure(self, identifier: str, arguments: Sequence[Any]) -> Any:
        """The value of a measure."""
        return self.call_measure(self.program.measures[identifier], tuple(arguments), self.context)

    # ------------------------------------------------------------ contexts, rows, cells

    def context_for(self, date: datetime.date, inside: frozenset[str], unfiltered: bool) -> Context:
        key = (date, inside, unfiltered)
        context = self._contexts.get(key)
        if context is None:
            apart = date != self.date or bool(inside) or unfiltered
            context = self._contexts[key] = Context(date, inside, unfiltered, apart=apart)
        return context

    def rows(self, record: str, context: Context) -> list[tuple[Row, Condition]]:
        """The rows of a record that count in a context, each with the condition on which it does."""
        known = context.tables.get(record)
        if known is not None:
            return known
        given = self.world.tables.get(record)
        if given is None:
            raise NotGiven(record)
        rows: list[tuple[Row, Condition]] = []
        exclusions = [] if context.unfiltered else self._exclusions(record, context)
        for row, present in given:
            condition = present
            for exclusion in exclusions:
                out = self.excludes(exclusion, row, context)
                if out is not False:
                    condition = conjunction((condition, negation(out)))
                    if condition is False:
                        break
            if condition is not False:
                rows.append((row, condition))
        context.tables[record] = rows
        return rows

    def _exclusions(self, record: str, context: Context) -> list[model.Exclusion]:
        return [
            each
            for each in self.program.exclusions.values()
            if each.record == record and (not each.measures or context.inside.intersection(each.measures))
        ]

    def excludes(self, exclusion: model.Exclusion, row: Row, context: Context) -> Condition:
        """Whether an exclusion leaves a row out. Decided among all rows, excluded or not."""
        outside = self.context_for(context.date, context.inside, True)
        key = (exclusion.id, row)
        known = outside.calls.get(key)
        if known is None:
            body, size = self.closure_of(exclusion.condition)
            known = outside.calls[key] = body([row, *[None] * (size - 1)], outside)
        return known  # type: ignore[no-any-return]

    def indexed(
        self, record: str, fields: tuple[str, ...], context: Context
    ) -> tuple[dict[Any, list[tuple[Row, Condition]]], list[tuple[Row, Condition]]]:
        """The rows of a record by the values of some fields, and apart those where such a value is not settled."""
        key = (record, fields)
        known = context.rows.get(key)
        if known is None:
            index: dict[Any, list[tuple[Row, Condition]]] = {}
            loose: list[tuple[Row, Condition]] = []
            for item in self.rows(record, context):
                values = tuple(item[0].values[name] for name in fields)
                if any(value is UNKNOWN or isinstance(value, OPEN) for value in values):
                    loose.append(item)
                else:
                    index.setdefault(values, []).append(item)
            known = context.rows[key] = (index, loose)
        return known

    def cell(self, row: Row, field: str) -> Any:
        """The value of a field that was missing and has no default: unknown."""
        known = self._cells.get((row, field))
        if known is None:
            declared = self.program.records[row.record].field(field)
            known = self._cells[row, field] = unknown_of(
                declared.type, ("field", row, field), declared.low, declared.high, self.members(declared.type)
            )
        return known

    def members(self, type_: Any) -> list[EnumValue]:
        """The values of an enum type (of a reading without values, its alternatives)."""
        if not isinstance(type_, EnumType):
            return []
        enum = self.program.enums.get(type_.id)
        if enum is not None:
            return [member.constant for member in enum.members]
        return [each.value for each in self.program.readings[type_.id].alternatives]  # type: ignore[misc]

    def identifiers(self, entity: str) -> list[tuple[Any, Condition]]:
        """The known identifiers of an entity. They are not known where a record that could name more was not given."""
        for record in self.program.records.values():
            names = any(isinstance(field.type, EntityType) and field.type.id == entity for field in record.fields)
            if names and record.id not in self.world.tables:
                raise NotGiven(record.id)
        known = self._identifiers.get(entity)
        if known is None:
            settled = self.world.identifiers.get(entity, ())
            known = self._identifiers[entity] = [*settled, *self._strangers(entity)]
        return known

    def _strangers(self, entity: str) -> Iterator[tuple[Any, Condition]]:
        """Where a field that would name an identifier is missing: one that may be none of those that are known."""
        for record in self.program.records.values():
            for field in record.fields:
                if isinstance(field.type, EntityType) and field.type.id == entity:
                    for row, present in self.world.tables.get(record.id, ()):
                        if row.values[field.name] is UNKNOWN:
                            stranger = self.cell(row, field.name)
                            yield stranger, conjunction((present, unknown(("a stranger", stranger))))

    def single(self, record: str, context: Context, span: Span) -> Row:
        """The one row of a record."""
        rows = self.rows(record, context)
        if not rows:
            raise NotGiven(record)
        return rows[0][0]

    # ------------------------------------------------------------ calls

    def closure_of(self, expression: model.Expression) -> tuple[Closure, int]:
        """The closure of an expression and the size of its frame."""
        known = self._bodies.get(id(expression))
        if known is None:
            # The expression is kept as well, so that no other object can come to have its identity.
            known = self._bodies[id(expression)] = (*self._compiler.body(expression), expression)
        return known[0], known[1]

    def call_define(self, define: model.Define, arguments: tuple[Any, ...], context: Context) -> Any:
        key = (define.id, arguments)
        try:
            return context.calls[key]
        except KeyError:
            pass
        fixed = self.world.values.get(key)
        if fixed is not None:
            result: Any = fixed
        elif any(isinstance(each, Cases) for each in arguments):
            result = lifted(lambda *each: self.call_define(define, each, context), arguments)
        elif define.id in self._fixed and any(isinstance(each, OPEN) for each in arguments):
            name = ("argument", define.id, arguments, *context.mark)
            result = unknown_of(define.type, name, members=self.members(define.type))
        else:
            body, size = self.closure_of(define.body)
            try:
                result = body([*arguments, *[None] * (size - len(arguments))], context)
            except NotGiven as missing:
                if context.measuring:
                    raise
                name = ("rows", missing.record, define.id, arguments, *context.mark)
                result = unknown_of(define.type, name, members=self.members(define.type))
        context.calls[key] = result
        return result

    def call_measure(self, measure: model.Measure, arguments: tuple[Any, ...], context: Context) -> Any:
        key = (measure.id, arguments)
        try:
            return context.calls[key]
        except KeyError:
            pass
        if any(isinstance(each, Cases) for each in arguments):
            return lifted(lambda *each: self.call_measure(measure, each, context), arguments)
        if measure.id in self._fixed and any(isinstance(each, OPEN) for each in arguments):
            # The arguments may be those for which a value was given.
            name = ("argument", measure.id, arguments, *context.mark)
            return unknown_of(measure.type, name, measure.low, measure.high)
        result: Any = self.world.values.get(key)
        if result is None:
            body, size = self.closure_of(measure.body)
            inner = context
            if measure.id in self._limited and measure.id not in context.inside:
                inner = self.context_for(context.date, context.inside | {measure.id}, context.unfiltered)
            inner.measuring += 1
            try:
                result = body([*arguments, *[None] * (size - len(arguments))], inner)
            except NotGiven as missing:
                name = ("measure", measure.id, arguments, missing.record, *context.mark)
                result = unknown_of(measure.type, name, measure.low, measure.high)
            finally:
                inner.measuring -= 1
        raised = self.world.raised.get(key)
        if raised is not None:
            result = quantities.add(result, raised)
        context.calls[key] = result
        return result

    def lookup(self, table: model.Table, keys: tuple[Any, ...], context: Context, span: Span) -> Any:
        """The value of a parameter for these keys on the context's date."""
        memo = ("lookup", table.id, keys)
        try:
            return context.calls[memo]
        except KeyError:
            pass
        if any(isinstance(key, Cases) for key in keys):
            result = lifted(lambda *each: self._entry(table, each, context, span, maybe=True), keys)
        else:
            result = self._entry(table, keys, context, span)
        context.calls[memo] = result
        return result

    def _entry(
        self, table: model.Table, keys: tuple[Any, ...], context: Context, span: Span, *, maybe: bool = False
    ) -> Any:
        """The value for these keys. With `maybe` they are only some that unknown ones could be: where there is no entry
        for those, the value is unknown; where there is none for what the keys are, that is a mistake."""
        in_force = [
            entry
            for entry in table.entries
            if (entry.force_from is None or entry.force_from <= context.date)
            and (entry.force_to is None or context.date <= entry.force_to)
        ]
        in_force.sort(
            key=lambda entry: (
                -(entry.force_from or datetime.date.min).toordinal(),
                sum(key is None for key in entry.keys),
            )
        )
        rest: Condition = True
        found: list[tuple[Condition, Any]] = []
        for entry in in_force:
            matches = conjunction(
                _matches(wanted, key) for wanted, key in zip(entry.keys, keys, strict=True) if wanted is not None
            )
            if matches is False:
                continue
            found.append((conjunction((rest, matches)), self._entry_value(table, entry, keys)))
            rest = conjunction((rest, negation(matches)))
            if rest is False:
                break
        if maybe or any(isinstance(key, OPEN) for key in keys):
            if certain(negation(rest)).condition is not True:
                name = ("no entry", table.id, keys, context.date)
                found.append((rest, unknown_of(table.type, name, members=self.members(table.type))))
        elif rest is not False:
            shown = ", ".join(str(key) for key in keys)
            raise EvaluationProblem(
                "no-entry",
                f"`{table.name}` has no entry for ({shown}) on {context.date.isoformat()}"
                if keys
                else f"`{table.name}` has no value on {context.date.isoformat()}",
                span,
                "add the entry, or an `otherwise`, or assess on a date for which there is one",
            )
        return merged(found)

    def _entry_value(self, table: model.Table, entry: model.Entry, keys: tuple[Any, ...]) -> Any:
        if isinstance(entry.value, model.Unpublished):
            name = ("unpublished", table.id, keys, entry.value.reason, entry.force_from)
            return unknown_of(table.type, name, members=self.members(table.type))
        return entry.value

    # ------------------------------------------------------------ scores

    def part(self, score: model.Score, part: model.Part, arguments: tuple[Any, ...], context: Context) -> Any:
        """The points of one part of a score."""
        key = ("part", score.id, part.name, arguments)
        try:
            return context.calls[key]
        except KeyError:
            pass
        body, size = self.closure_of(part.points)
        try:
            result = body([*arguments, *[None] * (size - len(arguments))], context)
        except NotGiven as missing:
            maximum = self.maximum(score, part, arguments, context)
            name = ("part", score.id, part.name, arguments, missing.record, *context.mark)
            result = unknown_of(Quantity("points"), name, 0, maximum)
        context.calls[key] = result
        return result

    def maximum(self, score: model.Score, part: model.Part, arguments: tuple[Any, ...], context: Context) -> Any:
        """The most points that one part of a score can give."""
        body, size = self.closure_of(part.maximum)
        return body([*arguments, *[None] * (size - len(arguments))], context)

    def score(self, score: model.Score, arguments: tuple[Any, ...], context: Context) -> Any:
        """The points of a whole score."""
        if any(isinstance(each, Cases) for each in arguments):
            return lifted(lambda *each: self.score(score, each, context), arguments)
        key = ("total", score.id, arguments)
        known = context.calls.get(key)
        if known is None:
            parts = (self.part(score, part, arguments, context) for part in score.parts)
            known = context.calls[key] = quantities.total(parts)
        return known


def _matches(wanted: Any, key: Any) -> Condition:
    return contains(key, wanted) if isinstance(wanted, Band) else compare("==", key, wanted)

"""What an evaluation goes on: the rows, cells and identifiers of a world, and what has been worked out so far.

A program's expressions are compiled to closures once (`Bodies`), whatever the organisation. A closure is called with a
`Frame`, its variables, and a `Context`, which leads to the `State` of one evaluation: a world, a date, readings.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.named import named_identifiers
from attain_compiler.model.types import EntityType, EnumType, EnumValue, Type
from attain_compiler.model.walk import nodes
from attain_engine.evaluate.indexes import Rows
from attain_engine.evaluate.missing import Mark, MissingField, NoAnswerFound, Place
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.values import Found, compare, unknown_of
from attain_engine.evaluate.variables import frame_size, free_variables, place_of
from attain_engine.evaluate.work import Work
from attain_engine.evaluate.world import World
from attain_engine.facts.model import UNKNOWN, NewIdentifier, Row
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation, unknown

Frame: TypeAlias = list[Any]
Closure: TypeAlias = "Callable[[Frame, Context], Any]"
Compile: TypeAlias = Callable[[model.Expression], Closure]

MISSING: Final = object()
"""What a memory answers where it has nothing."""


class Bodies:
    """The closures of one program, each made when it is first needed."""

    __slots__ = ("_closures", "_free", "_make", "_places", "_read", "limited", "local", "named", "program")

    def __init__(self, program: model.Program, make: Callable[[Bodies, model.Expression], Closure]) -> None:
        self.program = program
        self._make = make
        self._closures: dict[int, tuple[Closure, int, model.Expression]] = {}
        self._free: dict[int, tuple[tuple[int, ...], model.Node]] = {}
        self._places: dict[int, tuple[Place, model.Node]] = {}
        self._read: dict[int, tuple[tuple[model.Table | model.Define, ...], model.Node]] = {}
        self.limited = frozenset(measure for each in program.exclusions.values() for measure in each.measures)
        """The measures that some exclusion is limited to."""
        self.local = frozenset(
            each.id for each in program.exclusions.values() if _of_the_row_alone(program, each.condition)
        )
        """The exclusions that are decided by the row alone, whatever the date and the other rows are."""
        self.named = named_identifiers(program)
        """The identifiers of each entity that the policy itself names."""

    def read_by(self, node: model.Node) -> tuple[model.Table | model.Define, ...]:
        """The tables and definitions that a declaration reads, itself or through definitions, in order."""
        known = self._read.get(id(node))
        if known is None:
            known = self._read[id(node)] = (tuple(_read(self.program, node)), node)
        return known[0]

    def free_in(self, expression: model.Node) -> tuple[int, ...]:
        """The variables of an expression that are bound outside it, in order."""
        known = self._free.get(id(expression))
        if known is None:
            known = self._free[id(expression)] = (free_variables(expression), expression)
        return known[0]

    def place_of(self, expression: model.Node) -> Place:
        """The place of an expression, by which what it gives is named where that is not known."""
        known = self._places.get(id(expression))
        if known is None:
            known = self._places[id(expression)] = (place_of(expression), expression)
        return known[0]

    def closure_of(self, expression: model.Expression) -> tuple[Closure, int]:
        """The closure of an expression and the size of its frame."""
        known = self._closures.get(id(expression))
        if known is None:
            size = frame_size(expression)
            # The expression is kept as well, so that no other object can come to have its identity.
            known = self._closures[id(expression)] = (self._make(self, expression), size, expression)
        return known[0], known[1]


def _read(program: model.Program, node: model.Node) -> Iterator[model.Table | model.Define]:
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        for each in nodes(waiting.pop()):
            match each:
                case model.Lookup(table=identifier) if identifier not in seen:
                    seen.add(identifier)
                    yield program.tables[identifier]
                case model.DefineCall(define=identifier) if identifier not in seen:
                    seen.add(identifier)
                    yield program.defines[identifier]
                    waiting.append(program.defines[identifier].body)
                case _:
                    pass


def _nothing_new(expression: model.NewEntity) -> NewIdentifier:
    raise RuntimeError(f"`new` outside a change, at {expression.span}")


def _of_the_row_alone(program: model.Program, condition: model.Expression) -> bool:
    for node in nodes(condition):
        match node:
            case (
                model.AssessmentDate() | model.Lookup() | model.MeasureCall() | model.ScoreCall() | model.MaximumOf()
                | model.StatusIs() | model.Binding() | model.SingleRow() | model.AsOf()
            ):  # fmt: skip
                return False
            case model.DefineCall(define=define):
                if not _of_the_row_alone(program, program.defines[define].body):
                    return False
            case _:
                pass
    return True


class Context:
    """What an evaluation depends on beside its arguments, with what has been worked out under it.

    `date` is the assessment date, or what `as of` put in its place; `inside` are the measures being evaluated that some
    exclusion is limited to; `unfiltered` is set while an exclusion is decided: then nothing is excluded.
    `beyond` has those of measures that unknowns would lead out of their bounds, as they would be without these.
    `mark` is part of the names of what is unknown: on another date it may be something else. It is empty for the
    assessment date itself, with nothing limited. `calls` are the values of measures, parts, scores and designations,
    `memos` those of each definition and parameter by what it was asked for, `settled` those of expressions that
    depend on nothing but the context. `left_out` has, for each row that was asked about, the exclusion that leaves
    it out if any does, and whether that is certain.
    """

    __slots__ = (
        "beyond", "calls", "date", "inside", "left_out", "mark", "measuring", "memos", "settled", "state", "tables",
        "unfiltered",
    )  # fmt: skip

    def __init__(
        self, state: State, date: datetime.date, inside: frozenset[str], unfiltered: bool, *, apart: bool
    ) -> None:
        self.state = state
        self.date = date
        self.inside = inside
        self.unfiltered = unfiltered
        self.mark: Mark = ((date, inside, unfiltered),) if apart else ()
        self.calls: dict[Any, Any] = {}
        self.beyond: dict[Any, Any] = {}
        self.memos: defaultdict[str, dict[Any, Any]] = defaultdict(dict)
        self.settled: dict[object, Any] = {}
        self.left_out: dict[Row, tuple[model.Exclusion | None, bool]] = {}
        self.tables: dict[str, Rows] = {}
        self.measuring = 0

    def at(self, date: datetime.date) -> Context:
        """The same on another date."""
        return self.state.context_for(date, self.inside, self.unfiltered)


class State:
    """One evaluation of a program: in a world, on a date, with a choice of readings (the defaults where none is
    named)."""

    def __init__(
        self, bodies: Bodies, world: World, date: datetime.date, readings: Mapping[str, str] | None = None
    ) -> None:
        program = bodies.program
        self.program = program
        self.bodies = bodies
        self.world = world
        self.date = date
        chosen = {reading.id: reading.default for reading in program.readings.values()} | dict(readings or {})
        self.readings: dict[str, Any] = {
            reading.id: next(each.value for each in reading.alternatives if each.name == chosen[reading.id])
            for reading in program.readings.values()
        }
        self.fresh: Callable[[model.NewEntity], NewIdentifier] = _nothing_new
        """The identifier that a `new` stands for: set while the effects of a change are worked out."""
        self.work = Work(sum(len(rows) for rows in world.tables.values()))
        self.open_without_answer: frozenset[str] = frozenset()
        """The definitions that are unknown where they cannot be worked out, whatever asks for them."""
        self.problems: list[NoAnswer] = []
        """What could not be worked out so far, each once."""
        self._noted: set[tuple[object, ...]] = set()
        self.fixed = {identifier for identifier, _ in (*world.values, *world.raised)}
        self._contexts: dict[tuple[datetime.date, frozenset[str], bool], Context] = {}
        self._cells: dict[tuple[Row, str], Found] = {}
        self._identifiers: dict[str, list[tuple[Found, Condition]]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._shared: dict[tuple[str, tuple[str, ...]], Rows] = {}
        self.context = self.context_for(date, frozenset(), False)

    # ------------------------------------------------------------ contexts and bodies

    def context_for(self, date: datetime.date, inside: frozenset[str], unfiltered: bool) -> Context:
        key = (date, inside, unfiltered)
        context = self._contexts.get(key)
        if context is None:
            apart = date != self.date or bool(inside) or unfiltered
            context = self._contexts[key] = Context(self, date, inside, unfiltered, apart=apart)
        return context

    def context_of(self, mark: Mark) -> Context:
        """The context of what was asked under a mark (see `missing.Mark`)."""
        return self.context_for(*mark[0]) if mark else self.context

    def contexts(self) -> tuple[Context, ...]:
        """The contexts so far, each with what was called in it."""
        return tuple(self._contexts.values())

    def run(self, expression: model.Expression, arguments: tuple[Found, ...], context: Context) -> Any:
        """The value of an expression whose free variables are 0, 1, ... in order."""
        body, size = self.bodies.closure_of(expression)
        return body([*arguments, *[None] * (size - len(arguments))], context)

    def without_answer(
        self, problem: NoAnswer, what: str | Place, arguments: tuple[Found, ...], context: Context
    ) -> NoAnswerFound:
        """Remember that a value cannot be worked out; the name of what is then unknown."""
        told = (problem.message, problem.span, problem.rows)
        if told not in self._noted:
            self._noted.add(told)
            self.problems.append(problem)
        return NoAnswerFound(problem.message, problem.rows, what, arguments, context.mark)

    # ------------------------------------------------------------ rows

    def rows(self, record: str, context: Context) -> Rows:
        """The rows of a record that count in a context."""
        known = context.tables.get(record)
        if known is None:
            known = context.tables[record] = self._rows(record, context)
        return known

    def _rows(self, record: str, context: Context) -> Rows:
        given = self.world.tables.get(record)
        if given is None:
            raise NotGiven(record)
        exclusions = [] if context.unfiltered else self._exclusions(record, context)
        # Contexts in which the same exclusions hold, whatever the date, have the same rows.
        shared = all(each.id in self.bodies.local for each in exclusions)
        key = (record, tuple(each.id for each in exclusions))
        if shared and key in self._shared:
            return self._shared[key]
        if not exclusions:
            return Rows(list(given))
        kept: list[tuple[Row, Condition]] = []
        outs = [self._excluding(each, context) for each in exclusions]
        for row, present in given:
            condition = present
            for excluded in outs:
                out = excluded(row)
                if out is not False:
                    condition = conjunction((condition, negation(out)))
                    if condition is False:
                        break
            if condition is not False:
                kept.append((row, condition))
        rows = Rows(kept)
        if shared:
            self._shared[key] = rows
        return rows

    def _exclusions(self, record: str, context: Context) -> list[model.Exclusion]:
        return [
            each
            for each in self.program.exclusions.values()
            if each.record == record and (not each.measures or context.inside.intersection(each.measures))
        ]

    def excludes(self, exclusion: model.Exclusion, row: Row, context: Context) -> Condition:
        """Whether an exclusion leaves a row out. Decided among all rows, excluded or not."""
        return self._excluding(exclusion, context)(row)

    def _excluding(self, exclusion: model.Exclusion, context: Context) -> Callable[[Row], Condition]:
        body, size = self.bodies.closure_of(exclusion.condition)
        others = [None] * (size - 1)
        local = exclusion.id in self.bodies.local
        outside = self.context if local else self.context_for(context.date, context.inside, True)

        def excluded(row: Row) -> Condition:
            key = (exclusion.id, row)
            truth: Condition | None = outside.calls.get(key)
            if truth is None:
                try:
                    truth = body([row, *others], outside)
                except NoAnswer as problem:
                    truth = unknown(self.without_answer(problem, exclusion.id, (row,), outside))
                outside.calls[key] = truth
            return truth

        return excluded

    def single(self, record: str, context: Context) -> Row:
        """The one row of a record."""
        rows = self.rows(record, context).items
        if not rows:
            raise NotGiven(record)
        return rows[0][0]

    def cell(self, row: Row, field: str) -> Found:
        """The value of a field that was missing and has no default: unknown."""
        known = self._cells.get((row, field))
        if known is None:
            declared = self.program.records[row.record].field(field)
            known = self._cells[row, field] = unknown_of(
                declared.type, MissingField(row, field), declared.low, declared.high, self.members(declared.type)
            )
        return known

    # ------------------------------------------------------------ what a variable can be

    def members(self, type_: Type) -> list[EnumValue]:
        """The values of an enum type (of a reading without values, its alternatives)."""
        if not isinstance(type_, EnumType):
            return []
        enum = self.program.enums.get(type_.id)
        if enum is not None:
            return [member.constant for member in enum.members]
        values = (each.value for each in self.program.readings[type_.id].alternatives)
        return [value for value in values if isinstance(value, EnumValue)]

    def identifiers(self, entity: str) -> list[tuple[Found, Condition]]:
        """What a variable over an entity runs over: the identifiers that occur in the facts and those that the policy
        names. They are not known where a record that could name more was not given."""
        for record in self.program.records.values():
            names = any(isinstance(field.type, EntityType) and field.type.id == entity for field in record.fields)
            if names and record.id not in self.world.tables:
                raise NotGiven(record.id)
        known = self._identifiers.get(entity)
        if known is None:
            settled = self.known_identifiers(entity)
            known = self._identifiers[entity] = [*settled, *self._strangers(entity, settled)]
        return known

    def known_identifiers(self, entity: str) -> list[tuple[str, Condition]]:
        """The identifiers that occur in the facts and those that the policy names, each with the condition on which it
        is one."""
        named = self.bodies.named[entity]
        found = dict(self.world.identifiers.get(entity, ())) | dict.fromkeys(named, True)
        return list(found.items())

    def is_identifier(self, entity: str, name: str) -> bool:
        """Whether the facts or the policy name this identifier."""
        known = self._names.get(entity)
        if known is None:
            known = self._names[entity] = frozenset(each for each, _ in self.known_identifiers(entity))
        return name in known

    def _strangers(self, entity: str, settled: Sequence[tuple[Found, Condition]]) -> Iterator[tuple[Found, Condition]]:
        """Where a field that would name an identifier is missing: that one, where it is none of those before it."""
        known = list(settled)
        for record in self.program.records.values():
            for field in record.fields:
                if isinstance(field.type, EntityType) and field.type.id == entity:
                    for row, present in self.world.tables.get(record.id, ()):
                        if row.values[field.name] is UNKNOWN:
                            stranger = self.cell(row, field.name)
                            same = [conjunction((there, compare("==", stranger, each))) for each, there in known]
                            known.append((stranger, conjunction((present, negation(disjunction(same))))))
                            yield known[-1]

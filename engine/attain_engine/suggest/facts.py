"""Facts that bring something about: open ones, and what a completion makes of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, RecordType, Simple
from attain_engine.compare.editions import Edition, Editions
from attain_engine.compare.opening import Opening, Settling, opened
from attain_engine.compare.sides import OpenValues, Sides
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.missing import IsValue, MeasureNotGiven, MissingField, RowsNotGiven
from attain_engine.evaluate.state import Bodies
from attain_engine.evaluate.values import NO_VALUE, Named
from attain_engine.evaluate.world import World, identifiers_in
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.facts.possible import is_possible
from attain_engine.open.conditions import Amount, Condition
from attain_engine.open.unknowns import open_parts
from attain_engine.solve.certain import Completion
from attain_engine.suggest.questions import Question


@frozen
class Way:
    """How facts are open: as values (no `rows`), or as so many rows of each record. With `dated` those have dates that
    are given, so that what is asked as of such a date is known; with `given` measures have values beside the rows, but
    for the one that is asked."""

    rows: int
    dated: bool = False
    given: bool = False


class OpenFacts:
    """The open facts of a program: as values of its measures, and of the definitions that rest on rows, or as rows.
    `program` is what is asked about them."""

    def __init__(self, program: model.Program) -> None:
        edition = Edition.of(program, {})
        self._editions = Editions(edition, edition)
        self._sides = Sides(self._editions, frozenset())
        # Which value of an enum is the last one matters: it is what an open one is if it is none of the others.
        self.program = replace(program, enums=self._sides.programs["head"].enums)
        self._reached: dict[str, frozenset[str]] = {}
        self._openings: dict[Any, Opening] = {}
        self.singles = {each.id for each in program.records.values() if each.single}

    def reached(self, identifier: str) -> frozenset[str]:
        """A declaration and all that it rests on."""
        if identifier not in self._reached:
            self._reached[identifier] = frozenset(self._editions.reached({identifier}))
        return self._reached[identifier]

    def reached_before(self, identifier: str, ends: frozenset[str]) -> frozenset[str]:
        """A declaration and what it rests on, on the way to these ends."""
        return frozenset(each.removesuffix(" rows") for each in self._editions.reached_before({identifier}, ends))

    def records(self, identifier: str) -> frozenset[str]:
        """The records that a declaration looks at, of which there may be several rows."""
        looked_at = {each.removesuffix(" rows") for each in self.reached(identifier) if each.endswith(" rows")}
        define = self.program.defines.get(identifier)
        about = {each.type.id for each in define.parameters if isinstance(each.type, RecordType)} if define else set()
        return frozenset((looked_at | about) - self.singles)

    def opening(self, question: Question, on: datetime.date, way: Way) -> Opening:
        """Open rows of what a question rests on, and the one row of each record that has one."""
        sizes = self._sizes(question, way)
        key = (tuple(sizes.items()), on, way)
        if key not in self._openings:
            self._openings[key] = opened(self._sides, on, sizes, self._dates(sizes, on) if way.dated else {})
        return self._openings[key]

    def has_dates(self, question: Question, way: Way) -> bool:
        """Whether some of these rows have a date."""
        return bool(self._dates(self._sizes(question, way), datetime.date.min))

    def _sizes(self, question: Question, way: Way) -> dict[str, int]:
        records = self.records(question.owner) if way.rows else frozenset[str]()
        singles = {each.removesuffix(" rows") for each in self.reached(question.owner)} & self.singles
        return {**dict.fromkeys(sorted(records), way.rows), **dict.fromkeys(sorted(singles), 1)}

    def _dates(self, records: Iterable[str], on: datetime.date) -> Mapping[tuple[str, str], datetime.date]:
        """The dates that rows of these records always have: those of the assessment."""
        return {
            (record, field.name): on
            for record in records
            for field in self.program.records[record].fields
            if field.type == Simple("date") and not field.or_never and not field.optional
        }

    def evaluator(
        self,
        question: Question,
        on: datetime.date,
        opening: Opening,
        bodies: Bodies,
        way: Way,
        readings: Mapping[str, str],
    ) -> Evaluator:
        """The program with these open facts. Without rows, what is asked is worked out and all else is given."""
        measures, defines = frozenset(self.program.measures), self._sides.open_defines
        tables: dict[str, Any] = dict(opening.tables)
        computed = measures if way.rows and not way.given else measures & {question.owner}
        given = frozenset[str]() if way.rows else defines - {question.owner}
        for record in self.program.records if way.rows else ():
            tables.setdefault(record, ())
        values = OpenValues(self.program, computed, given, {})
        identifiers = identifiers_in(self.program, tables, {})
        for argument, formal in zip(question.arguments, self._entities(question), strict=False):
            if formal:
                identifiers.setdefault(formal, []).append((argument, True))
        world = World(tables, values, identifiers, {}, opening.known)
        return Evaluator(self.program, world, on, readings, bodies)

    def _entities(self, question: Question) -> list[str]:
        declared = (
            self.program.defines.get(question.owner)
            or self.program.measures.get(question.owner)
            or self.program.scores.get(question.owner)
        )
        formals = declared.parameters if declared is not None else ()
        return [each.type.id if isinstance(each.type, EntityType) else "" for each in formals]

    def settled(
        self, question: Question, conditions: Iterable[Condition], found: Completion, opening: Opening, way: Way
    ) -> Facts | None:
        """The facts that a completion says; None where it settles something that facts cannot say."""
        values: dict[tuple[str, tuple[Any, ...]], Any] = {}
        for part in open_parts(conditions):
            match part.name:
                case MeasureNotGiven(measure=identifier, arguments=arguments, mark=()):
                    type_ = self.program.measures[identifier].type
                case RowsNotGiven(asked=str() as entity) if entity in self.program.entities:
                    continue  # whether others are identifiers as well is said by the rows
                case RowsNotGiven(asked=str() as identifier, arguments=arguments, mark=()):
                    type_ = self.program.defines[identifier].type
                case IsValue(value=value) if value is NO_VALUE:  # there are no rows; an example cannot say that alone
                    if part.name in found.holding:
                        return None
                    continue
                case IsValue(
                    of=MeasureNotGiven(measure=identifier, arguments=arguments)
                    | RowsNotGiven(asked=str() as identifier, arguments=arguments),
                    value=value,
                ):
                    if part.name in found.holding:
                        values[identifier, arguments] = value
                    else:
                        values.setdefault((identifier, arguments), self._last(value.enum))
                    continue
                case MeasureNotGiven() | RowsNotGiven():
                    return None
                case IsValue(of=MissingField()) | MissingField():
                    continue
                case _:
                    continue
            if any(isinstance(each, Row | frozenset) for each in arguments):  # nothing that an example can name
                return None
            if isinstance(part, Amount):
                values[identifier, arguments] = found.number(part, is_date=type_ == Simple("date"))
            else:
                values[identifier, arguments] = part.name in found.holding
        names = {Fraction(Named.of(each).order): each for each in question.arguments if isinstance(each, str)}
        tables = Settling(self._sides, found, names).rows(opening)
        return Facts("an example", {name: tuple(rows) for name, rows in tables.items()}, values, bool(way.rows))

    def _last(self, enum: str) -> Any:
        return self.program.enums[enum].members[-1].constant


Part: TypeAlias = "tuple[str, tuple[Any, ...]] | Row"
"""Something that facts say: a value, by its key, or a row."""


def parts(facts: Facts) -> tuple[Part, ...]:
    """The values and the rows of facts."""
    return (*facts.values, *(row for rows in facts.tables.values() for row in rows))


def without(facts: Facts, part: Part) -> Facts:
    """The facts but for one part of them."""
    if not isinstance(part, Row):
        return replace(facts, values={each: value for each, value in facts.values.items() if each != part})
    tables = {name: tuple(each for each in rows if each is not part) for name, rows in facts.tables.items()}
    return replace(facts, tables={name: each for name, each in tables.items() if each})


def exchanged(facts: Facts, instead: Mapping[Any, Any]) -> Facts:
    """The facts with other values in the place of some, wherever they stand."""

    def other(value: Any) -> Any:
        return instead.get(value, value)

    values = {(each, tuple(map(other, arguments))): value for (each, arguments), value in facts.values.items()}
    tables = {
        record: tuple(Row(each.record, {name: other(value) for name, value in each.values.items()}) for each in rows)
        for record, rows in facts.tables.items()
    }
    return Facts(facts.organisation, tables, values, facts.closed)


def can_be_written(program: model.Program, facts: Facts) -> bool:
    """Whether an example can give these facts: a field without a default, that is not optional, has a value, and facts
    like these would not be refused."""
    for record, rows in facts.tables.items():
        for row in rows:
            for field in program.records[record].fields:
                missing = row.values.get(field.name, UNKNOWN) is UNKNOWN
                if missing and not field.optional and field.default is None:
                    return False
    return is_possible(program, facts)

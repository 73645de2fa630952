"""The facts as an interpreter sees them: rows, their fields, identifiers; what is unknown is asked of a `Chooser`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from attain_compiler.model import program as model
from attain_compiler.model.named import named_identifiers
from attain_compiler.model.types import NEVER, EntityType, SetType, Type, Value
from attain_engine.facts.model import UNKNOWN, Facts


class NoValueError(Exception):
    """The expression has no value: a division by 0, the least of nothing. `else` says what stands for it."""


class NotAllowedError(NoValueError):
    """The facts do not allow a value: no entry of a parameter, full points at 0, a date outside the calendar, a measure
    outside its bounds. No `else` stands for it: what was asked for is unknown."""


class OutsideBoundsError(NotAllowedError):
    """A measure is outside its bounds. It may be anything: the facts are wrong, or the bounds are."""


class UnknownReachedError(Exception):
    """The value depends on something that the facts leave unknown."""


@dataclass(frozen=True, slots=True, order=True)
class RowId:
    """A row is the same as itself only, whatever its fields are."""

    record: str
    number: int


Fields = Mapping[str, object]


class Chooser(Protocol):
    """Says what the unknown parts of the facts are, the same each time it is asked."""

    def field(self, row: RowId, field: model.Field) -> Value: ...

    def rows(self, record: model.Record) -> tuple[Fields, ...]: ...

    def entry(self, table: model.Table, number: int) -> Value: ...

    def instead(self, trouble: NotAllowedError, asked: object, type_: Type, low: Any = None, high: Any = None) -> Any:
        """What stands for a value that the facts do not allow, of this type and within these bounds."""


class NothingChosen:
    """The chooser for closed and complete facts."""

    def field(self, row: RowId, field: model.Field) -> Value:
        raise UnknownReachedError(f"{row.record}.{field.name} of row {row.number}")

    def rows(self, record: model.Record) -> tuple[Fields, ...]:
        raise UnknownReachedError(record.id)

    def entry(self, table: model.Table, number: int) -> Value:
        raise UnknownReachedError(f"{table.id}, entry {number}")

    def instead(
        self, trouble: NotAllowedError, asked: object, type_: Type, low: Any = None, high: Any = None
    ) -> NoReturn:
        raise trouble


class World:
    def __init__(self, program: model.Program, facts: Facts, chooser: Chooser) -> None:
        self.program = program
        self.facts = facts
        self.chooser = chooser
        self._rows: dict[str, tuple[RowId, ...]] = {}

    def rows(self, record: str) -> tuple[RowId, ...]:
        if record not in self._rows:
            self._rows[record] = tuple(RowId(record, number) for number in range(len(self._table(record))))
        return self._rows[record]

    def _table(self, record: str) -> tuple[Fields, ...]:
        if record in self.facts.tables:
            return tuple(row.values for row in self.facts.tables[record])
        return () if self.facts.closed else self.chooser.rows(self.program.records[record])

    def given(self, row: RowId, name: str) -> Value | None:
        """The field's value as far as the facts and the record's defaults say it; None where it is unknown."""
        field = self.program.records[row.record].field(name)
        value = self._table(row.record)[row.number].get(name, UNKNOWN)
        if value is not UNKNOWN:
            return value  # type: ignore[return-value]
        if field.default is not None:
            return field.default
        return NEVER if field.or_never else None

    def value(self, row: RowId, name: str) -> Value:
        value = self.given(row, name)
        return self.chooser.field(row, self.program.records[row.record].field(name)) if value is None else value

    def fixed(self, target: str, arguments: tuple[object, ...]) -> Value | None:
        """The value that the facts give for a measure or define, if they do."""
        return self.facts.values.get((target, arguments))  # type: ignore[arg-type]

    def identifiers(self, entity: str) -> tuple[str, ...]:
        """All identifiers of the entity that occur in a field of a row or in an argument of a given value, and those
        that the policy names."""
        found: set[str] = set()
        for record in self.program.records.values():
            for field in record.fields:
                if _mentions(field.type, entity):
                    for row in self.rows(record.id):
                        found |= _texts(self.value(row, field.name))
        for target, arguments in self.facts.values:
            declared = self.program.measures.get(target) or self.program.defines[target]
            for formal, argument in zip(declared.parameters, arguments, strict=True):
                if _mentions(formal.type, entity):
                    found |= _texts(argument)
        return tuple(sorted(found.union(named_identifiers(self.program)[entity])))


def _mentions(type_: Type, entity: str) -> bool:
    return type_ == EntityType(entity) or (isinstance(type_, SetType) and _mentions(type_.element, entity))


def _texts(value: object) -> set[str]:
    return {value} if isinstance(value, str) else set(value) if isinstance(value, frozenset) else set()

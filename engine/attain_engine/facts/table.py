"""One table of rows: what holds for it however it was written. Missing values, rows alike, and records of one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Field, Record
from attain_compiler.model.types import Value
from attain_engine.facts.model import UNKNOWN, Origin, Row, Unknown
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.slot import Slot, as_written, field_slot
from attain_engine.facts.spelling import listed, quoted


@frozen
class Column:
    """A field of the record. `missing` is the value where none is written; None where one must be."""

    slot: Slot
    missing: Value | Unknown | None

    @property
    def name(self) -> str:
        return self.slot.name


def column_of(field: Field) -> Column:
    slot = field_slot(field)
    if field.default is not None:
        return Column(slot, field.default)
    if field.or_never:
        return Column(slot, slot.never)
    return Column(slot, UNKNOWN if field.optional else None)


@frozen
class _Key:
    """A `unique` line of the record: the fields, what takes their values from a row, and where each was first seen."""

    fields: tuple[str, ...]
    of: Callable[[Mapping[str, Value | Unknown]], object]
    known: dict[object, Origin]


class Table:
    """The rows of one record, as they come in; `problems` is everything that is wrong with them, `remarks` what is
    doubtful. `last` is the number of the last row that was looked at, good or not. `spots` are the letters of the
    columns of a sheet, by field."""

    def __init__(self, record: Record, file: str, sheet: str = "", after: Table | None = None) -> None:
        """`after`: another table of the record, whose rows come before these."""
        self.record = record
        self.file = file
        self.sheet = sheet
        self.columns = tuple(column_of(field) for field in record.fields)
        self.rows: list[Row] = []
        self.problems: list[FactsProblem] = []
        self.remarks: list[FactsProblem] = []
        self.spots: Mapping[str, str] = {}
        self._id, self._name = record.id, record.name
        self._keys: tuple[_Key, ...] = (
            tuple(_Key(fields, itemgetter(*fields), {}) for fields in record.unique) if after is None else after._keys
        )
        self.last: int = 0 if after is None else after.last

    def add(self, values: dict[str, Value | Unknown], row: int, line: int | None = None) -> None:
        """Take a row that has a value for every field."""
        origin = Origin(self.file, self._name, row, line, self.sheet)
        for key in self._keys:
            mark = key.of(values)
            first = key.known.setdefault(mark, origin)
            if first is not origin and not any(values[name] is UNKNOWN for name in key.fields):
                self._refuse_twin(key.fields, values, origin, first)
        self.rows.append(Row(self._id, values, origin))

    def refuse(
        self,
        code: str,
        message: str,
        help_line: str = "",
        *,
        row: int | None = None,
        line: int | None = None,
        field: str = "",
        value: str | None = None,
        rule: str = "",
        column: str = "",
    ) -> None:
        """Note a mistake in this table."""
        name, sheet, column = self.record.name, self.sheet, column or self.spots.get(field, "")
        self.problems.append(
            FactsProblem(code, message, self.file, name, row, line, field, value, rule, help_line, sheet, column)
        )

    def remark(
        self,
        code: str,
        message: str,
        help_line: str,
        *,
        row: int | None = None,
        line: int | None = None,
        field: str = "",
        column: str = "",
    ) -> None:
        """Note a doubt about this table."""
        self.remarks.append(
            FactsProblem(
                code,
                message,
                self.file,
                self.record.name,
                row,
                line,
                field,
                help=help_line,
                sheet=self.sheet,
                column=column or self.spots.get(field, ""),
                severity="warning",
            )
        )

    def refuse_missing(self, name: str, row: int, line: int | None = None, column: str = "") -> None:
        """Note that a row has no value for a field that needs one."""
        slot = next(column.slot for column in self.columns if column.name == name)
        self.refuse(
            "facts-missing-value",
            f"{quoted(name)} is missing",
            "write its value; only a field with `?`, `default`, `or never` or `or none` may be left out",
            row=row,
            line=line,
            field=name,
            rule=slot.rule,
            column=column,
        )

    def check_number_of_rows(self) -> None:
        """A record of one row has one row. To be called when all rows are in."""
        if not self.record.single or self.problems:
            return
        rule = f"there is one row of `{self.record.name}`"
        if not self.rows:
            self.refuse(
                "facts-one-row",
                f"`{self.record.name}` has no row",
                "write its row, or leave the table out if nothing of it is known",
                rule=rule,
            )
        for extra in self.rows[1:]:
            if extra.origin is not None:
                self.refuse(
                    "facts-one-row",
                    f"`{self.record.name}` has more than one row",
                    "keep the one that is right",
                    row=extra.origin.row,
                    line=extra.origin.line,
                    rule=rule,
                )

    def _refuse_twin(
        self, fields: tuple[str, ...], values: dict[str, Value | Unknown], origin: Origin, first: Origin
    ) -> None:
        types = {field.name: field.type for field in self.record.fields}
        written = ", ".join(as_written(value, types[name]) for name in fields if (value := values[name]) is not UNKNOWN)
        self.refuse(
            "facts-not-unique",
            f"the row has the same {listed(fields)} as {first.name}",
            "remove one of the two rows, or correct what tells them apart",
            row=origin.row,
            line=origin.line,
            field=", ".join(fields),
            value=written,
            rule=f"no two rows of `{self.record.name}` are alike in {listed(fields)}",
            column=self.spots.get(fields[0], ""),
        )

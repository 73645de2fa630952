"""The mapping beside the facts, `attain-facts.toml`: read, and checked against the policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from attain_compiler.model.program import Record
from attain_compiler.model.types import Quantity, SetType, Simple, Type
from attain_engine.facts.files import irregular, read_text
from attain_engine.facts.from_text import read_identifier
from attain_engine.facts.headers import folded
from attain_engine.facts.mapping import MAPPING_FILE, NO_MAPPING, FactsMapping, FieldMapping, TableMapping
from attain_engine.facts.mapping_text import NotAMapping, Written, WrittenField, WrittenTable, written_mapping
from attain_engine.facts.problem import FactsProblem, Refusal
from attain_engine.facts.spelling import did_you_mean, listed, quoted
from attain_engine.facts.style import LENGTHS, MULTIPLES, Style, date_format
from attain_engine.facts.vocabulary import Vocabulary

LARGEST = 1_000_000


def read_mapping(folder: Path, vocabulary: Vocabulary) -> tuple[FactsMapping, list[FactsProblem]]:
    """The mapping in a folder (one that says nothing, where there is none), and every mistake in it."""
    path = folder / MAPPING_FILE
    if irregular(path) is None and not path.exists():
        return NO_MAPPING, []
    text = read_text(path, LARGEST)
    if isinstance(text, FactsProblem):
        return NO_MAPPING, [text]
    return mapping_of(text, str(path), vocabulary)


def mapping_of(text: str, file: str, vocabulary: Vocabulary) -> tuple[FactsMapping, list[FactsProblem]]:
    """The mapping that a text holds, and every mistake in it."""
    problems: list[FactsProblem] = []

    def refuse(place: str, message: str, fix: str, value: str | None = None) -> None:
        problems.append(FactsProblem("facts-bad-mapping", message, file, field=place, value=value, help=fix))

    try:
        whole = written_mapping(text)
    except NotAMapping as found:
        for place, message, fix in found.mistakes:
            refuse(place, message, fix)
        return NO_MAPPING, problems

    tables: dict[str, TableMapping] = {}
    for name, table in whole.tables.items():
        record = vocabulary.record(name)
        if record is None:
            refuse(f"tables.{name}", f"no record {quoted(name)}", did_you_mean(name, vocabulary.records))
            continue
        fields: dict[str, FieldMapping] = {}
        by_name = {field.name: field for field in record.fields}
        for field_name, field in table.fields.items():
            place = f"tables.{name}.fields.{field_name}"
            if field_name not in by_name:
                refuse(place, f"no field {quoted(field_name)} on `{record.name}`", did_you_mean(field_name, by_name))
                continue
            for message, fix in _mistakes(field, by_name[field_name].type):
                refuse(place, message, fix)
            fields[field_name] = FieldMapping(
                field.header or "", field.value, _style(field, table, whole), field.alike or ""
            )
        for message, fix in _same_headers(record, fields):
            refuse(f"tables.{name}", message, fix)
        for message, fix in _mistakes_in_sources(record, table.sources):
            refuse(f"tables.{name}.from", message, fix)
        for message, fix in _mistakes_in_headers(table):
            refuse(f"tables.{name}.header", message, fix)
        tables[record.id] = TableMapping(
            tuple(table.sources),
            () if table.header is None or isinstance(table.header, dict) else _rows(table.header),
            frozenset(folded(each) for each in table.ignore),
            frozenset(folded(each) for each in table.ignore_rows),
            fields,
            _style(table, whole),
            {folded(source): _rows(each) for source, each in table.header.items()}
            if isinstance(table.header, dict)
            else {},
        )
    if whole.organisation is not None and isinstance(name_read := read_identifier(whole.organisation), Refusal):
        refuse("organisation", name_read.message, name_read.help or "write its name in quotes")
    for place, part in (("", whole), *((f"tables.{name}.", each) for name, each in whole.tables.items())):
        for message, fix in _written_mistakes(part):
            refuse(place.rstrip("."), message, fix)
    ignored = frozenset(folded(each) for each in whole.ignore)
    base = _style(whole)
    return FactsMapping(file, tables, ignored, whole.organisation or "", whole.as_of, whole.closed, base), problems


def _style(*parts: Written) -> Style:
    """How something is written: each thing as the first of the parts that says it."""

    def said(name: str) -> Any:
        return next((value for part in parts if (value := getattr(part, name, None)) is not None), None)

    decimal, thousands = said("decimal"), said("thousands")
    date = said("date")
    field = parts[0] if isinstance(parts[0], WrittenField) else WrittenField.model_construct(unit=None, values={})
    return Style(
        decimal or ("," if thousands == "." else "." if thousands else ""),
        thousands or "",
        False,
        date_format(date) if date else None,
        said("time") is not None,
        said("day") is not None,
        field.unit or "",
        dict(field.values) or None,
    )


def _written_mistakes(part: Written) -> Iterator[tuple[str, str]]:
    if part.decimal and part.decimal == part.thousands:
        yield f"`{part.decimal}` cannot stand before decimals and between thousands", "say which of the two it is"
    if part.date is not None and date_format(part.date) is None:
        yield (
            f"{quoted(part.date)} is no format of dates",
            "write it in YYYY, MM or M or MMM, DD or D, as in `DD.MM.YYYY`; years have four digits",
        )


def _mistakes(field: WrittenField, of: Type) -> Iterator[tuple[str, str]]:
    yield from _written_mistakes(field)
    if field.value is not None and field.header is not None:
        yield "a field has `value` or `from`, not both", "remove one of them"
    element = of.element if isinstance(of, SetType) else of
    units = _units(element)
    is_mark = isinstance(element, Quantity) and element.kind == "money" and not _is_currency(field.unit or "")
    if field.unit is not None and field.unit not in units and not is_mark:
        allowed = f"write {listed(units, 'or')}" if units else "remove it: values of this type have no unit"
        yield f"{quoted(field.unit)} is no unit of {element}", allowed
    form = date_format(field.date) if field.date else None
    if form is not None and element == Simple("date") and not form.has_day:
        yield f"{quoted(form.text)} has no day", "a date has one"


def _units(of: Type) -> tuple[str, ...]:
    match of:
        case Quantity(kind="percent"):
            return ("%",)
        case Quantity(kind="money", currency=currency):
            return (currency, *MULTIPLES)
        case Quantity():
            return tuple(MULTIPLES)
        case Simple(kind="duration"):
            return LENGTHS
        case _:
            return ()


def _is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def _mistakes_in_sources(record: Record, sources: list[str]) -> Iterator[tuple[str, str]]:
    if len({folded(each) for each in sources}) < len(sources):
        yield f"a place with rows of `{record.name}` is named twice", "name each once"
    if record.single and len(sources) > 1:
        yield f"there is one row of `{record.name}`, and it is in one place", "name the one that is right"


def _rows(written: int | list[int]) -> tuple[int, ...]:
    return (written,) if isinstance(written, int) else tuple(written)


def _mistakes_in_headers(table: WrittenTable) -> Iterator[tuple[str, str]]:
    for written in table.header.values() if isinstance(table.header, dict) else [table.header or 1]:
        rows = _rows(written)
        if any(row >= after for row, after in pairwise(rows)):
            fix = f"write `[{', '.join(map(str, sorted(set(rows))))}]`"
            yield "the rows of a header are named from the top, each once", fix
    if isinstance(table.header, dict):
        known = {folded(each) for each in table.sources}
        for source in table.header:
            if folded(source) not in known:
                fix = did_you_mean(source, table.sources) or "name them in `from`, or give one row as a number"
                yield f"{quoted(source)} is none of the places that `from` names", fix


def _same_headers(record: Record, fields: Mapping[str, FieldMapping]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for name, each in fields.items():
        if each.header and first.setdefault(folded(each.header), name) != name:
            other = first[folded(each.header)]
            yield (
                f"`{other}` and `{name}` of `{record.name}` are both from {quoted(each.header)}",
                "each column is one field",
            )

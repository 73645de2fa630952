"""What a mapping that is there already says, for a proposal that builds on it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Record
from attain_engine.facts.cells import CannotRead
from attain_engine.facts.files import irregular, read_text
from attain_engine.facts.guess import Line
from attain_engine.facts.headers import folded
from attain_engine.facts.mapping import MAPPING_FILE, NO_MAPPING, FactsMapping
from attain_engine.facts.mapping_file import LARGEST, mapping_of
from attain_engine.facts.mapping_text import Written, WrittenField, WrittenMapping, WrittenTable, written_mapping
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.sources import Source
from attain_engine.facts.spelling import toml_text
from attain_engine.facts.vocabulary import Vocabulary

_NOTHING = WrittenTable()


@frozen
class Said:
    """`written` is the mapping as it stands in the file, `mapping` what it means, and `tables` what it says of each
    record, by id, with the name by which it calls it."""

    written: WrittenMapping
    mapping: FactsMapping
    tables: Mapping[str, tuple[str, WrittenTable]]

    def table(self, record: Record) -> WrittenTable:
        return self.tables.get(record.id, ("", _NOTHING))[1]

    def named(self, record: Record, sources: Sequence[Source]) -> list[Source]:
        """The sources that it names for a record, of those that are there."""
        names = [folded(each) for each in self.table(record).sources]
        found = sorted(
            (each for each in sources if folded(each.name) in names), key=lambda each: names.index(folded(each.name))
        )
        return [self.headed(record, each) for each in found]

    def missing(self, record: Record, sources: Sequence[Source]) -> list[str]:
        """The names of sources that it names for a record, and that are not there."""
        there = {folded(each.name) for each in sources}
        return [each for each in self.table(record).sources if folded(each) not in there]

    def header(self, record: Record, source: Source) -> int | None:
        """The place of the row (the last, of several) that it says has the headers; None where it says nothing, or
        there is no such row."""
        rows = self.mapping.table(record.id).at(source.name).header
        return next((at for at, (line, _) in enumerate(source.rows) if line == rows[-1]), None) if rows else None

    def headed(self, record: Record, source: Source) -> Source:
        """The source with the rows of its headers read together as it says."""
        rows = self.mapping.table(record.id).at(source.name).header
        place = self.header(record, source)
        if place is None:
            return source
        return replace(source, groups={place: [at for at, (line, _) in enumerate(source.rows) if line in rows]})

    def ignores(self, source: Source) -> bool:
        return folded(source.name) in self.mapping.ignored

    def lines(self) -> Iterator[Line]:
        """What it says of the facts as a whole, but for what is not read."""
        yield from _lines(self.written, ("organisation", "as_of", "closed", *Written.model_fields))


def said_beside(path: Path, vocabulary: Vocabulary) -> Said:
    """The mapping beside the facts at a path, or one that says nothing. Raises `CannotRead` where it has mistakes."""
    file = (path if path.is_dir() else path.parent) / MAPPING_FILE
    if irregular(file) is None and not file.exists():
        return Said(WrittenMapping(), NO_MAPPING, {})
    text = read_text(file, LARGEST)
    if isinstance(text, FactsProblem):
        raise CannotRead(text)
    mapping, problems = mapping_of(text, str(file), vocabulary)
    if problems:
        raise CannotRead(problems[0])
    written = written_mapping(text)
    named = ((name, table, vocabulary.record(name)) for name, table in written.tables.items())
    return Said(written, mapping, {record.id: (name, table) for name, table, record in named if record is not None})


def format_said(table: WrittenTable) -> list[Line]:
    """How it says that the cells of a table are written."""
    return list(_lines(table, tuple(Written.model_fields)))


def field_said(field: WrittenField) -> list[Line]:
    """What it says of a field, but for the meanings of single values."""
    return list(_lines(field, ("from", "value", "unit", *Written.model_fields, "alike")))


def values_said(field: WrittenField) -> list[Line]:
    """The meanings of values, as it says them."""
    return [Line(f"{toml_text(text)} = {toml_text(meant)}") for text, meant in field.values.items()]


def key_of(line: Line) -> str:
    """The key that a line gives a value to."""
    return line.text.lstrip("# ").partition(" = ")[0]


def _lines(part: Written, keys: Sequence[str]) -> Iterator[Line]:
    held = part.model_dump(by_alias=True, exclude_unset=True)
    yield from (Line(f"{key} = {as_toml(held[key])}") for key in keys if key in held)


def as_toml(value: object) -> str:
    """A value of a mapping as TOML."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | datetime.date():
            return str(value)
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{toml_key(key)} = {as_toml(each)}' for key, each in value.items())} }}"
        case _:
            return toml_text(str(value))


def toml_key(name: str) -> str:
    """A name as a key of TOML."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_text(name)

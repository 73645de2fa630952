"""A proposal of a mapping: which sheet is which record, which header which field, and how values are written.

What matches but for case and spaces needs no mapping. What is only likely is said to be; what has to be decided is a
comment with a question, and its first answer is the one that fits best by what stands in the cells. A mapping that is
there already is built on: what it says is so, and stands in the proposal again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from attain_compiler.model.program import Program, Record
from attain_compiler.model.types import FLAG
from attain_engine.facts.cells import cell_text
from attain_engine.facts.guess import Line, format_lines, value_lines
from attain_engine.facts.header_rows import rows_said
from attain_engine.facts.headers import folded, matched
from attain_engine.facts.mapping import MAPPING_FILE
from attain_engine.facts.mapping_text import WrittenField
from attain_engine.facts.matching import Match, fit_of, left_of, matches_of, suggested
from attain_engine.facts.said import Said, as_toml, field_said, format_said, key_of, said_beside, toml_key, values_said
from attain_engine.facts.sources import Source, sources_of
from attain_engine.facts.spelling import is_like_none_of, toml_text
from attain_engine.facts.table import Column, column_of
from attain_engine.facts.vocabulary import Vocabulary, vocabulary_of


def propose(program: Program, path: Path) -> tuple[str, int]:
    """The mapping as TOML, and how many things are left to decide. Raises `CannotRead`, also where the mapping that is
    there has mistakes."""
    vocabulary = vocabulary_of(program)
    sources = sources_of(vocabulary, path)
    said = said_beside(path, vocabulary)
    matches, asked = matches_of(vocabulary, said, sources)
    every = {match.record.id: match for match in (*matches, *asked)}
    open_records = len(every) < len(vocabulary.records) or bool(asked)
    left = [each for each in left_of([*matches, *asked], sources) if not said.ignores(each)]
    whole = [*said.lines(), *_ignored(vocabulary, said.written.ignore, left, open_records)]
    lines = [*whole, Line("")] if whole else []
    for record in vocabulary.records.values():
        if record.id in every:
            lines += _Table(vocabulary, said, every[record.id], sources).lines()
        elif record.id in said.tables:
            lines += _said_alone(said, record)
    lines += [
        Line(f"# nothing was found for the record {name}: nothing is known of it\n")
        for name, record in vocabulary.records.items()
        if record.id not in every
    ]
    built_on = ", and builds on what it says\n# (its comments are not kept)" if said.mapping.file else ""
    head = (
        f"# What `attain facts map` proposes for {path.name}{built_on}. Look at it, decide on the lines with `?`,\n"
        f"# and save it as {MAPPING_FILE}.\n\n"
    )
    text = "\n".join(line.written for line in lines)
    return head + text.rstrip() + "\n", sum(bool(line.why) for line in lines)


def _ignored(vocabulary: Vocabulary, said: Sequence[str], left: Sequence[Source], open_records: bool) -> Iterator[Line]:
    """The sources that are not read. One that looks like a table is asked about as long as some record has none, and
    whenever it is nearly called like one."""
    doubtful = [
        each.name
        for each in left
        if (open_records and each.likely_header is not None) or not is_like_none_of(each.name, vocabulary.records)
    ]
    line = f"ignore = {as_toml([*said, *(each.name for each in left)])}"
    if said and (doubtful or not left):
        yield Line(f"ignore = {as_toml(list(said))}")
    if left:
        instead = ", with the line above" if said and doubtful else ""
        yield Line(line, f"these are not read{instead}" if doubtful else "", "not read")


def _said_alone(said: Said, record: Record) -> Iterator[Line]:
    """What the mapping says of a record of which nothing was found."""
    key, table = said.tables[record.id]
    yield Line(f"[tables.{toml_key(key)}]")
    for name in ("from", "header", "ignore", "ignore_rows"):
        held = table.model_dump(by_alias=True, exclude_unset=True)
        if name in held:
            one = held[name][0] if name == "from" and len(held[name]) == 1 else held[name]
            yield Line(f"{name} = {as_toml(one)}")
    yield from (*format_said(table), Line(""))
    for name, field in table.fields.items():
        yield from _field_lines(key, name, field_said(field), values_said(field))


def _field_lines(table: str, field: str, lines: Sequence[Line], values: Sequence[Line]) -> Iterator[Line]:
    place = f"tables.{toml_key(table)}.fields.{toml_key(field)}"
    if lines:
        yield from (Line(f"[{place}]"), *lines, Line(""))
    if values:
        yield from (Line(f"[{place}.values]"), *values, Line(""))


class _Table:
    """What the proposal says of one record."""

    def __init__(self, vocabulary: Vocabulary, said: Said, match: Match, sources: Sequence[Source]) -> None:
        self.vocabulary, self.said, self.match, self.sources = vocabulary, said, match, sources
        self.record = match.record
        self.written = said.table(match.record)
        self.key = said.tables.get(match.record.id, (vocabulary.names[match.record.id], None))[0]
        self.suggested = {name: number for name, (number, _) in suggested(vocabulary, match).items()}
        self.unread = [header for number, header in enumerate(match.headers) if match.is_free(number)]

    def lines(self) -> Iterator[Line]:
        match = self.match
        yield Line(f"[tables.{toml_key(self.key)}]")
        if _is_turned(match) and self.record.id not in self.said.tables:
            advice = "put them side by side, as headers with one row below"
            yield Line(f"the fields in {toml_text(match.source.name)} stand one below the other", advice)
            yield Line("")
            return
        yield from self._source_lines()
        yield from self._header_lines()
        yield from self._columns_not_read()
        found = [each.total for each, _ in match.places if each.total]
        rows = list(dict.fromkeys([*self.written.ignore_rows, *found]))
        if rows:
            new = {folded(each) for each in found} - {folded(each) for each in self.written.ignore_rows}
            yield Line(f"ignore_rows = {as_toml(rows)}", remark="likely" if new else "")
        yield from (*format_said(self.written), Line(""))
        for field in self.record.fields:
            yield from self._of_field(column_of(field))

    def _of_field(self, column: Column) -> Iterator[Line]:
        match, name = self.match, column.name
        written = self.written.fields.get(name) or WrittenField()
        lines = field_said(written)
        values = values_said(written)
        number = match.columns.get(name, (self.suggested.get(name), False))[0]
        if written.header is not None and name not in match.columns:
            asked = self._which_column(column, number)
            why = f"there is no {toml_text(written.header)}; {asked.why}"
            lines = [replace(asked, why=why), *(each for each in lines if key_of(each) != "from")]
        elif match.wants(name) and (number is not None or column.missing is None):
            lines.append(self._which_column(column, number))
        elif name in match.columns and not match.columns[name][1]:
            lines.append(Line(f"from = {toml_text(match.headers[match.columns[name][0]])}", remark="likely"))
        if number is not None:
            cells = match.cells(number)
            style = self.said.mapping.table(self.record.id).style(name, match.source.in_doubt)
            kept = {key_of(each) for each in lines}
            spellings = self.vocabulary.spellings
            lines += [each for each in format_lines(column.slot, cells, spellings, style) if key_of(each) not in kept]
            values += value_lines(column.slot, cells, spellings, style)
            blank = any(not cell_text(cell).strip() for cell in cells)
            if blank and column.slot.type == FLAG and column.missing is None and "" not in written.values:
                values.append(Line('"" = "no"', "there are empty cells: is no meant"))
        yield from _field_lines(self.key, name, lines, values)

    def _source_lines(self) -> Iterator[Line]:
        match = self.match
        names = [each.name for each, _ in match.places]
        line = f"from = {as_toml(names if match.others else names[0])}"
        if self.written.sources:
            missing = self.said.missing(self.record, self.sources)
            held = self.written.sources
            if len(missing) == len(held):
                yield Line(line, f"in place of {', '.join(map(toml_text, missing))}, which is not there")
            else:
                why = f"{', '.join(map(toml_text, missing))} is not there" if missing else ""
                yield Line(f"from = {as_toml(held if len(held) > 1 else held[0])}", why)
        elif match.among:
            yield Line(line, f"which has it, if any: {', '.join(map(toml_text, match.among))}")
        elif match.others:
            yield Line(line, "they have the same headers: do the rows of all of them count")
        elif not match.named:
            yield Line(line, remark="likely")

    def _header_lines(self) -> Iterator[Line]:
        """The row of the headers, or that of each source where they differ."""
        moved = self.written.sources and self.said.missing(self.record, self.sources)
        if self.written.header is not None and not moved:
            yield Line(f"header = {as_toml(self.written.model_dump()['header'])}")
            return
        rows = {each.name: each.header_lines(place) for each, place in self.match.places if place}
        if len(rows) == len(self.match.places) and len(set(rows.values())) == 1:
            (one,) = set(rows.values())
            yield Line(f"header = {rows_said(one)}", remark="likely" if len(one) > 1 else "")
        elif rows:
            why = "with the line above" if not self.written.sources else ""
            written = {name: list(each) if len(each) > 1 else each[0] for name, each in rows.items()}
            yield Line(f"header = {as_toml(written)}", why)

    def _columns_not_read(self) -> Iterator[Line]:
        headers = {self.match.headers[each] for each in self.suggested.values()}
        said = self.written.ignore
        read = {folded(self.match.headers[number]) for number, _ in self.match.columns.values()}
        new = [header for header in self.unread if header not in headers and folded(header) not in read]
        for header in dict.fromkeys(header for header in self.unread if folded(header) in read):
            yield Line(f"two columns {toml_text(header)}", "which one counts: give the other another header")
        if said:
            yield Line(f"ignore = {as_toml(said)}")
        if new:
            instead = ", with those above" if said else ""
            yield Line(f"ignore = {as_toml([*said, *new])}", f"these columns are not read{instead}")

    def _which_column(self, column: Column, number: int | None) -> Line:
        """The question which column has a field; the answer that fits best is written out."""
        match = self.match
        fitting = [
            header
            for at, header in enumerate(match.headers)
            if header in self.unread and fit_of(self.vocabulary, column, match.cells(at), match.source.in_doubt)
        ]
        if number is None and not self.unread:
            return Line('from = "..."', 'no column is left: name one, or give all rows one `value = "..."`')
        choice = "..." if number is None else match.headers[number]
        listed = sorted(fitting or self.unread, key=lambda header: header != choice)
        return Line(f"from = {toml_text(choice)}", f"which column has it: {', '.join(map(toml_text, listed))}")


def _is_turned(match: Match) -> bool:
    """Whether the names of the fields of a record of one row stand in the first column instead of in a header."""
    names = [field.name for field in match.record.fields]
    first = [cell_text(cells[0]).strip() for _, cells in match.source.rows if cells]
    found = sum(matched(text, names) is not None for text in first if text)
    return match.record.single and found > max(1, len(match.columns))

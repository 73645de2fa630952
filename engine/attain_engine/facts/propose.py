"""A proposal of a mapping: which sheet is which record, which header which field, and how values are written.

What matches but for case and spaces needs no mapping. What is only likely is said to be; what has to be decided is a
comment with a question, and its first answer is the one that fits best by what stands in the cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program, Record
from attain_compiler.model.types import DATE, FLAG, TEXT, EntityType, EnumType
from attain_engine.facts.cells import Cell, cell_text
from attain_engine.facts.folder import file_names
from attain_engine.facts.guess import LIKE, Line, enum_likeness, fits, format_lines, value_lines
from attain_engine.facts.headers import folded, matched
from attain_engine.facts.mapping import MAPPING_FILE
from attain_engine.facts.slot import Slot
from attain_engine.facts.sources import HEADER_WITHIN, Source, sources_of
from attain_engine.facts.spelling import closest, toml_text
from attain_engine.facts.table import Column, column_of
from attain_engine.facts.tables_file import record_of
from attain_engine.facts.vocabulary import Vocabulary, vocabulary_of


@frozen
class _Match:
    """A record and the source it was found in: the place of its header among the rows, and the column of each field
    (with whether that is certain). `others` are sources with the same headers, with the places of these; `among` the
    sources that it may be in, where which one is to be decided."""

    record: Record
    source: Source
    header: int
    columns: Mapping[str, tuple[int, bool]]
    by_name: bool
    others: tuple[tuple[Source, int], ...] = ()
    among: tuple[str, ...] = ()

    @property
    def headers(self) -> list[str]:
        return self.source.headers(self.header)

    def cells(self, number: int) -> list[Cell]:
        """The cells of a column, of all sources."""
        found = self.source.column(self.header, number)
        header = folded(self.headers[number])
        for source, place in self.others:
            names = [folded(each) for each in source.headers(place)]
            found += source.column(place, names.index(header)) if header in names else []
        return found


def propose(program: Program, path: Path) -> tuple[str, int]:
    """The mapping as TOML, and how many things are left to decide. Raises `CannotRead`."""
    vocabulary = vocabulary_of(program)
    sources = sources_of(vocabulary, path)
    matches = [*_with_others(_matched(vocabulary, sources), sources)]
    asked = _asked(vocabulary, [match.record.id for match in matches], _left(matches, sources))
    every = {match.record.id: match for match in (*matches, *asked)}
    open_records = len(every) < len(vocabulary.records) or bool(asked)
    lines = list(_ignored(_left([*matches, *asked], sources), open_records))
    for record in vocabulary.records.values():
        if record.id in every:
            lines += _table_lines(vocabulary, every[record.id])
    lines += [
        Line(f"# nothing was found for the record {name}: nothing is known of it\n")
        for name, record in vocabulary.records.items()
        if record.id not in every
    ]
    head = (
        f"# What `attain facts map` proposes for {path.name}. Look at it, decide on the lines with `?`,\n"
        f"# and save it as {MAPPING_FILE}.\n\n"
    )
    text = "\n".join(line.written for line in lines)
    return head + text.rstrip() + "\n", sum(bool(line.why) for line in lines)


def _left(matches: Sequence[_Match], sources: Sequence[Source]) -> list[Source]:
    """The sources that are of no match."""
    taken = {each.name for match in matches for each in (match.source, *(one for one, _ in match.others))}
    return [each for each in sources if each.name not in taken]


def _ignored(left: Sequence[Source], open_records: bool) -> Iterator[Line]:
    """The sources that are not read. One that looks like a table is asked about as long as some record has none."""
    doubtful = [each.name for each in left if open_records and each.likely_header is not None]
    if left:
        listed = ", ".join(toml_text(each.name) for each in left)
        yield Line(f"ignore = [{listed}]", "these are not read" if doubtful else "", "not read")
        yield Line("")


def _matched(vocabulary: Vocabulary, sources: list[Source]) -> list[_Match]:
    """For each record the source that fits it best, no source twice; in the order of the policy."""
    found: list[tuple[int, _Match]] = []
    for name, record in vocabulary.records.items():
        for source in sources:
            stem = re.sub(r"\.(csv|parquet)$", "", source.name)
            by_name = record_of(stem, {name: record}) is not None
            near = by_name or closest(stem, (name, record.title, *file_names(name))) is not None
            headers = [
                (len(columns), -place, columns)
                for place in range(min(HEADER_WITHIN, len(source.rows)))
                if (columns := _columns(vocabulary, record, source, place))
            ]
            if not headers:
                continue
            fields, place, columns = max(headers, key=lambda each: each[:2])
            needed = sum(column_of(field).missing is None for field in record.fields)
            if near or 2 * fields >= max(needed, 2):
                score = 100 * fields // len(record.fields) + 150 * by_name + 60 * near
                found.append((score, _Match(record, source, -place, columns, by_name)))
    chosen: dict[str, _Match] = {}
    for _, match in sorted(found, key=lambda each: -each[0]):
        if match.record.id not in chosen and all(each.source.name != match.source.name for each in chosen.values()):
            chosen[match.record.id] = match
    return [chosen[record.id] for record in vocabulary.records.values() if record.id in chosen]


def _columns(vocabulary: Vocabulary, record: Record, source: Source, place: int) -> dict[str, tuple[int, bool]]:
    """The column of each field where this row is the header: first what is certain, then what is likely."""
    headers = source.headers(place)
    found: dict[str, tuple[int, bool]] = {}
    used: set[int] = set()

    def take(name: str, number: int, certain: bool) -> None:
        if name not in found and number not in used:
            found[name] = (number, certain)
            used.add(number)

    for number, header in enumerate(headers):
        name = matched(header, [field.name for field in record.fields]) or next(
            (field.name for field in record.fields if folded(field.title) == folded(header)), None
        )
        if name is not None and header:
            take(name, number, True)
    likely = sorted(
        (
            (-likeness, number, field.name)
            for field in record.fields
            for number, header in enumerate(headers)
            if (likeness := max(_likeness(header, field.name), _likeness(header, field.title))) >= 50
        ),
    )
    for _, number, name in likely:
        take(name, number, False)
    if found:
        for field in record.fields:
            if isinstance(field.type, EnumType) and field.name not in found:
                enum = vocabulary.spellings[field.type.id]
                for number in range(len(headers)):
                    if headers[number] and enum_likeness(enum, source.column(place, number)) >= LIKE:
                        take(field.name, number, False)
    return found


def _likeness(header: str, name: str) -> int:
    """How much the words of two names have in common, of 100."""
    one, other = (set(re.findall(r"[^\W_]+", text.casefold())) for text in (header, name))
    if not one or not other:
        return 0
    if closest(header, (name,), percent=80) is not None:
        return 90
    if other <= one:
        return 60
    return 100 * len(one & other) // len(one | other)


def _with_others(matches: Sequence[_Match], sources: Sequence[Source]) -> Iterator[_Match]:
    """The matches, each with the sources that are of none and have the same headers in the same place."""
    left = _left(matches, sources)
    for match in matches:
        others = [] if match.record.single else _same(match.source, match.header, left)
        left = [each for each in left if all(each is not other for other, _ in others)]
        yield replace(match, others=tuple(others))


def _same(source: Source, header: int, among: Sequence[Source]) -> list[tuple[Source, int]]:
    """The sources that have the headers of another, in the row that a mapping would name for both."""
    headers = source.headers(header)
    found = []
    for each in among:
        place = each.place_of(headers)
        if place is not None and (place == header == 0 or each.rows[place][0] == source.rows[header][0]):
            found.append((each, place))
    return found if sum(map(bool, headers)) > 1 else []


def _asked(vocabulary: Vocabulary, known: Sequence[str], left: Sequence[Source]) -> list[_Match]:
    """For records of which no name is found, the sources that fit by what stands in their cells: to be decided."""
    tables: list[tuple[Source, int, tuple[tuple[Source, int], ...]]] = []
    for each in left:
        header = each.likely_header
        if header is not None and not any(each is other for _, _, others in tables for other, _ in others):
            tables.append((each, header, tuple(_same(each, header, left[left.index(each) + 1 :]))))
    found: list[tuple[tuple[int, int, int], _Match]] = []
    for record in vocabulary.records.values():
        needed = [field.name for field in record.fields if column_of(field).missing is None]
        for source, header, others in tables if record.id not in known else ():
            match = _Match(record, source, header, {}, False, () if record.single else others)
            suggested = _suggested(vocabulary, match)
            fitting = {name for name, (_, fit) in suggested.items() if fit == _SURE}
            surely = len(fitting & set(needed))
            if fitting and 2 * surely >= len(needed):
                unread = sum(map(bool, match.headers)) - len(suggested)
                least_first = -len(suggested) - len(fitting), unread, -100 * surely // max(len(needed), 1)
                found.append((least_first, match))
    chosen: dict[str, _Match] = {}
    for _, match in sorted(found, key=lambda each: each[0]):
        if match.record.id not in chosen and all(match.source is not each.source for each in chosen.values()):
            names = [one.source.name for _, one in found if one.record is match.record]
            best_first = sorted(names, key=lambda name: name != match.source.name)
            chosen[match.record.id] = replace(match, among=tuple(best_first))
    return list(chosen.values())


_SURE = 3
_ALIKE = 60
"""A header and a name that are alike to so many per cent may be one."""


def _suggested(vocabulary: Vocabulary, match: _Match) -> dict[str, tuple[int, int]]:
    """For the fields that need a column and have none, and those with nearly the name of one, the column that fits
    best by its cells, and how well: each column once."""
    headers = match.headers
    taken = {number for number, _ in match.columns.values()}
    cells = {number: match.cells(number) for number, header in enumerate(headers) if header and number not in taken}
    pairs = []
    for order, field in enumerate(match.record.fields):
        column = column_of(field)
        for number, below in cells.items() if field.name not in match.columns else ():
            fit = _fit(vocabulary, column, below, match.source.in_doubt)
            alike = max(_ratio(headers[number], name) for name in (field.name, field.title))
            other_name, may_lack = alike < _ALIKE, column.missing is not None
            if fit and not (other_name and may_lack):
                texts = [text for cell in below if (text := cell_text(cell).strip())]
                # A name tells rows apart; of numbers, dates and values this says nothing.
                apart = 0 if fit == _SURE or isinstance(field.type, EnumType) else len(set(texts))
                pairs.append((-fit, other_name, len(below) - len(texts), -apart, -alike, order, number, field.name))
    found: dict[str, tuple[int, int]] = {}
    for fit, *_, number, name in sorted(pairs):
        if name not in found and all(number != other for other, _ in found.values()):
            found[name] = (number, -fit)
    return found


def _fit(vocabulary: Vocabulary, column: Column, cells: list[Cell], in_doubt: bool) -> int:
    """How well cells fit a field: `_SURE`, or less for texts and names, which nearly anything may be; 0 not at all."""
    slot = column.slot
    if not isinstance(slot.type, EnumType | EntityType) and slot.type != TEXT:
        return _SURE if fits(slot, cells, vocabulary.spellings, in_doubt) else 0
    texts = {cell_text(cell).strip() for cell in cells} - {""}
    if isinstance(slot.type, EnumType):
        if fits(slot, cells, vocabulary.spellings, in_doubt):
            return _SURE
        few = 2 * len(vocabulary.spellings[slot.type.id].names)
    else:
        few = len(texts)
    other = any(fits(Slot("", of), cells, vocabulary.spellings, in_doubt) for of in (DATE, FLAG))
    other = other or all(re.fullmatch(r"[\d.,' %-]+", text) for text in texts)
    return 0 if not texts or len(texts) > few else 1 if other else 2


def _ratio(header: str, name: str) -> int:
    return round(100 * SequenceMatcher(None, _bare(header), _bare(name)).ratio())


def _bare(text: str) -> str:
    """The letters of a name, without accents and not too many."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", folded(text[:100])) if not unicodedata.combining(each)
    )


def _table_lines(vocabulary: Vocabulary, match: _Match) -> Iterator[Line]:
    name = vocabulary.names[match.record.id]
    headers = match.headers
    suggested = {name: number for name, (number, _) in _suggested(vocabulary, match).items()}
    known = {number for number, _ in match.columns.values()}
    unread = [header for number, header in enumerate(headers) if header and number not in known]
    key = name if re.fullmatch(r"\w+", name, re.ASCII) else toml_text(name)
    yield Line(f"[tables.{key}]")
    if _is_turned(match):
        advice = "put them side by side, as headers with one row below"
        yield Line(f"the fields in {toml_text(match.source.name)} stand one below the other", advice)
        yield Line("")
        return
    yield from _source_lines(match)
    if match.header:
        yield Line(f"header = {match.source.rows[match.header][0] or 1}")
    ignored = [toml_text(header) for header in unread if header not in {headers[each] for each in suggested.values()}]
    if ignored:
        yield Line(f"ignore = [{', '.join(ignored)}]", "these columns are not read")
    totals = dict.fromkeys(each.total for each in (match.source, *(one for one, _ in match.others)) if each.total)
    if totals:
        yield Line(f"ignore_rows = [{', '.join(toml_text(each) for each in totals)}]", remark="likely")
    yield Line("")
    for field in match.record.fields:
        column = column_of(field)
        number = match.columns.get(field.name, (suggested.get(field.name), False))[0]
        lines: list[Line] = []
        if field.name not in match.columns and (field.name in suggested or column.missing is None):
            lines.append(_which_column(vocabulary, match, column, number, unread))
        elif number is not None and not match.columns[field.name][1]:
            lines.append(Line(f"from = {toml_text(headers[number])}", remark="likely"))
        values: list[Line] = []
        if number is not None:
            cells = match.cells(number)
            lines += format_lines(column.slot, cells, vocabulary.spellings, match.source.in_doubt)
            values = value_lines(column.slot, cells, vocabulary.spellings)
        if lines:
            yield from (Line(f"[tables.{key}.fields.{field.name}]"), *lines, Line(""))
        if values:
            yield from (Line(f"[tables.{key}.fields.{field.name}.values]"), *values, Line(""))


def _is_turned(match: _Match) -> bool:
    """Whether the names of the fields of a record of one row stand in the first column instead of in a header."""
    names = [field.name for field in match.record.fields]
    first = [cell_text(cells[0]).strip() for _, cells in match.source.rows if cells]
    found = sum(matched(text, names) is not None for text in first if text)
    return match.record.single and found > max(1, len(match.columns))


def _source_lines(match: _Match) -> Iterator[Line]:
    names = [match.source.name, *(each.name for each, _ in match.others)]
    said = f"[{', '.join(map(toml_text, names))}]" if match.others else toml_text(names[0])
    if match.among:
        yield Line(f"from = {said}", f"which has it, if any: {', '.join(map(toml_text, match.among))}")
    elif match.others:
        yield Line(f"from = {said}", "they have the same headers: do the rows of all of them count")
    elif not match.by_name:
        yield Line(f"from = {said}", remark="likely")


def _which_column(
    vocabulary: Vocabulary, match: _Match, column: Column, number: int | None, unread: Sequence[str]
) -> Line:
    """The question which column has a field; the answer that fits best is written out."""
    headers = match.headers
    fitting = [
        header
        for at, header in enumerate(headers)
        if header in unread and _fit(vocabulary, column, match.cells(at), match.source.in_doubt)
    ]
    if number is None and not unread:
        return Line('from = "..."', 'no column is left: name one, or give all rows one `value = "..."`')
    choice = "..." if number is None else headers[number]
    listed = sorted(fitting or unread, key=lambda header: header != choice)
    return Line(f"from = {toml_text(choice)}", f"which column has it: {', '.join(map(toml_text, listed))}")

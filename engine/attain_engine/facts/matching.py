"""Which table of a place with facts is which record, and which column which field: what is certain, what is likely."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Record
from attain_compiler.model.types import DATE, FLAG, TEXT, EntityType, EnumType
from attain_engine.facts.cells import HEADER_WITHIN, Cell, cell_text
from attain_engine.facts.folder import file_names
from attain_engine.facts.guess import LIKE, enum_likeness, fits
from attain_engine.facts.headers import folded, matched
from attain_engine.facts.said import Said
from attain_engine.facts.slot import Slot
from attain_engine.facts.sources import Source
from attain_engine.facts.spelling import closest
from attain_engine.facts.table import Column, column_of
from attain_engine.facts.tables_file import record_of
from attain_engine.facts.vocabulary import Vocabulary


@frozen
class Match:
    """A record and the source it was found in: the place of its header among the rows, and the column of each field
    (with whether that is certain). `named`: the mapping that is there, or the name of the source, says so. `others` are
    sources with the same headers, or those that the mapping names too, with the places of these; `among` the sources
    that it may be in, where which one is to be decided. `aside` are the fields that need no column and the headers,
    folded, of the columns that are not read, by the mapping that is there."""

    record: Record
    source: Source
    header: int
    columns: Mapping[str, tuple[int, bool]]
    named: bool
    others: tuple[tuple[Source, int], ...] = ()
    among: tuple[str, ...] = ()
    aside: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    @property
    def headers(self) -> list[str]:
        return self.source.headers(self.header)

    @property
    def places(self) -> tuple[tuple[Source, int], ...]:
        """Every source, with the place of its header."""
        return (self.source, self.header), *self.others

    def cells(self, number: int) -> list[Cell]:
        """The cells of a column, of all sources."""
        found = self.source.column(self.header, number)
        header = folded(self.headers[number])
        for source, place in self.others:
            names = [folded(each) for each in source.headers(place)]
            found += source.column(place, names.index(header)) if header in names else []
        return found

    def is_free(self, number: int) -> bool:
        """Whether a column has a header, is of no field yet, and is not left aside."""
        header = folded(self.headers[number])
        taken = any(number == column for column, _ in self.columns.values())
        return bool(header) and not taken and header not in self.aside[1]

    def wants(self, field: str) -> bool:
        """Whether a field has no column yet, and may need one."""
        return field not in self.columns and field not in self.aside[0]


def matches_of(vocabulary: Vocabulary, said: Said, sources: list[Source]) -> tuple[list[Match], list[Match]]:
    """The sources of records, by what the mapping says and by names; and, for records of which nothing is found so, by
    what stands in the cells: to be decided."""
    free = [each for each in sources if not said.ignores(each)]
    sure = [match for record in vocabulary.records.values() if (match := _said(vocabulary, said, record, free))]
    records = {name: each for name, each in vocabulary.records.items() if all(each is not one.record for one in sure)}
    left = left_of(sure, free)
    found = [*sure, *_with_others(_by_name(vocabulary, said, records, left), left)]
    return found, _by_cells(vocabulary, said, [match.record.id for match in found], left_of(found, free))


def left_of(matches: Sequence[Match], sources: Sequence[Source]) -> list[Source]:
    """The sources that are of no match."""
    taken = {each.name for match in matches for each, _ in match.places}
    return [each for each in sources if each.name not in taken]


def _aside(said: Said, record: Record) -> tuple[frozenset[str], frozenset[str]]:
    table = said.mapping.table(record.id)
    return frozenset(name for name, each in table.fields.items() if each.value is not None), table.ignored


def _said(vocabulary: Vocabulary, said: Said, record: Record, sources: Sequence[Source]) -> Match | None:
    """The record in the sources that the mapping names for it, if one of them is there and has a row."""
    found = []
    for source in said.named(record, sources):
        place = said.header(record, source)
        read = _header(vocabulary, said, record, source)
        if read is None and source.rows:
            read = place or source.likely_header or 0, {}
        if read is not None:
            found.append((source, *read))
    if not found:
        return None
    (source, header, columns), *others = found
    more = tuple((each, place) for each, place, _ in others)
    return Match(record, source, header, columns, True, more, aside=_aside(said, record))


def _by_name(
    vocabulary: Vocabulary, said: Said, records: Mapping[str, Record], sources: Sequence[Source]
) -> list[Match]:
    """For each record the source that fits it best, no source twice; in the order of the policy."""
    found: list[tuple[int, Match]] = []
    for name, record in records.items():
        for one in sources:
            source = said.headed(record, one)
            stem = re.sub(r"\.(csv|parquet)$", "", source.name)
            by_name = record_of(stem, {name: record}) is not None
            near = by_name or closest(stem, (name, record.title, *file_names(name))) is not None
            read = _header(vocabulary, said, record, source)
            if read is None:
                continue
            place, columns = read
            fields = len(columns)
            needed = sum(column_of(field).missing is None for field in record.fields)
            if near or 2 * fields >= max(needed, 2):
                score = 100 * fields // len(record.fields) + 150 * by_name + 60 * near
                found.append((score, Match(record, source, place, columns, by_name, aside=_aside(said, record))))
    chosen: dict[str, Match] = {}
    for _, match in sorted(found, key=lambda each: -each[0]):
        if match.record.id not in chosen and not any(_goes_with(match, each) for each in chosen.values()):
            chosen[match.record.id] = match
    return [chosen[record.id] for record in records.values() if record.id in chosen]


def _header(
    vocabulary: Vocabulary, said: Said, record: Record, source: Source
) -> tuple[int, dict[str, tuple[int, bool]]] | None:
    """The place of the row of the headers and the column of each field that has one: where the mapping says, else where
    most are found. None where none is found."""
    place = said.header(record, source)
    places = range(min(HEADER_WITHIN, len(source.rows))) if place is None else [place]
    read = [(at, columns) for at in places if (columns := _columns(vocabulary, said, record, source, at))]
    if not read:
        return None
    best, columns = max(read, key=lambda each: (len(each[1]), -each[0]))
    likely = source.likely_header
    if place is None and likely is not None and best > likely and not any(sure for _, sure in columns.values()):
        # A row of values may have one that is like a name; the headers are above it.
        return likely, _columns(vocabulary, said, record, source, likely)
    return best, columns


def _goes_with(match: Match, better: Match) -> bool:
    """Whether a source is of another record, or has its headers and not the name of one."""
    if match.source.name == better.source.name:
        return True
    return not match.named and not better.record.single and bool(_same(better.source, better.header, [match.source]))


def _columns(
    vocabulary: Vocabulary, said: Said, record: Record, source: Source, place: int
) -> dict[str, tuple[int, bool]]:
    """The column of each field where this row is the header: first what the mapping says, then what is certain, then
    what is likely."""
    headers = source.headers(place)
    mapped = said.mapping.table(record.id).fields
    constant, ignored = _aside(said, record)
    found: dict[str, tuple[int, bool]] = {}
    used = {number for number, header in enumerate(headers) if not header or folded(header) in ignored}

    def take(name: str, number: int, certain: bool) -> None:
        if name not in found and number not in used:
            found[name] = (number, certain)
            used.add(number)

    sought = {folded(each.header): name for name, each in mapped.items() if each.header}
    for number, header in enumerate(headers):
        if header and folded(header) in sought:
            used.discard(number)
            take(sought[folded(header)], number, True)
    fields = [each for each in record.fields if each.name not in constant and each.name not in sought.values()]
    for number, header in enumerate(headers):
        name = matched(header, [field.name for field in fields]) or next(
            (field.name for field in fields if folded(field.title) == folded(header)), None
        )
        if name is not None and header:
            take(name, number, True)
    likely = sorted(
        (
            (-likeness, number, field.name)
            for field in fields
            for number, header in enumerate(headers)
            if (likeness := max(_likeness(header, field.name), _likeness(header, field.title))) >= 50
        ),
    )
    for _, number, name in likely:
        take(name, number, False)
    if found:
        for field in fields:
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


def _with_others(matches: Sequence[Match], sources: Sequence[Source]) -> Iterator[Match]:
    """The matches, each with the sources that are of none and have the same headers."""
    left = left_of(matches, sources)
    for match in matches:
        others = [] if match.record.single else _same(match.source, match.header, left)
        left = [each for each in left if all(each is not other for other, _ in others)]
        yield replace(match, others=tuple(others))


def _same(source: Source, header: int, among: Sequence[Source]) -> list[tuple[Source, int]]:
    """The sources that have the headers of another, in whatever row."""
    headers = source.headers(header)
    if sum(map(bool, headers)) < 2:
        return []
    return [(each, place) for each in among if (place := each.place_of(headers)) is not None]


def _by_cells(vocabulary: Vocabulary, said: Said, known: Sequence[str], left: Sequence[Source]) -> list[Match]:
    tables: list[tuple[Source, int, tuple[tuple[Source, int], ...]]] = []
    for each in left:
        header = each.likely_header
        if header is not None and not any(each is other for _, _, others in tables for other, _ in others):
            tables.append((each, header, tuple(_same(each, header, left[left.index(each) + 1 :]))))
    found: list[tuple[tuple[int, int, int], Match]] = []
    for record in vocabulary.records.values():
        needed = [field.name for field in record.fields if column_of(field).missing is None]
        for source, header, others in tables if record.id not in known else ():
            more = () if record.single else others
            match = Match(record, source, header, {}, False, more, aside=_aside(said, record))
            fitted = suggested(vocabulary, match)
            fitting = {name for name, (_, fit) in fitted.items() if fit == _SURE}
            surely = len(fitting & set(needed))
            if fitting and 2 * surely >= len(needed):
                unread = sum(map(bool, match.headers)) - len(fitted)
                least_first = -len(fitted) - len(fitting), unread, -100 * surely // max(len(needed), 1)
                found.append((least_first, match))
    chosen: dict[str, Match] = {}
    for _, match in sorted(found, key=lambda each: each[0]):
        if match.record.id not in chosen and all(match.source is not each.source for each in chosen.values()):
            names = [one.source.name for _, one in found if one.record is match.record]
            best_first = sorted(names, key=lambda name: name != match.source.name)
            chosen[match.record.id] = replace(match, among=tuple(best_first))
    return list(chosen.values())


_SURE = 3
_ALIKE = 60
"""A header and a name that are alike to so many per cent may be one."""


def suggested(vocabulary: Vocabulary, match: Match) -> dict[str, tuple[int, int]]:
    """For the fields that need a column and have none, and those with nearly the name of one, the column that fits
    best by its cells, and how well: each column once."""
    headers = match.headers
    cells = {number: match.cells(number) for number in range(len(headers)) if match.is_free(number)}
    pairs = []
    for order, field in enumerate(match.record.fields):
        column = column_of(field)
        for number, below in cells.items() if match.wants(field.name) else ():
            fit = fit_of(vocabulary, column, below, match.source.in_doubt)
            alike = max(_ratio(headers[number], name) for name in (field.name, field.title))
            other_name, may_lack = alike < _ALIKE, column.missing is not None
            if fit and not (other_name and may_lack):
                texts = [text for cell in below if (text := cell_text(cell).strip())]
                # A name tells rows apart; of numbers, dates and values this says nothing.
                apart = 0 if fit == _SURE or isinstance(field.type, EnumType) else len(set(texts))
                named = 0 if other_name else -alike  # a few letters in common say nothing
                pairs.append((-fit, other_name, len(below) - len(texts), -apart, named, order, number, field.name))
    found: dict[str, tuple[int, int]] = {}
    for fit, *_, number, name in sorted(pairs):
        if name not in found and all(number != other for other, _ in found.values()):
            found[name] = (number, -fit)
    return found


def fit_of(vocabulary: Vocabulary, column: Column, cells: list[Cell], in_doubt: bool) -> int:
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
    other = other or all(re.fullmatch(r"[\d.,' %$€£¥-]+", text) for text in texts)
    return 0 if not texts or len(texts) > few else 1 if other else 2


def _ratio(header: str, name: str) -> int:
    return round(100 * SequenceMatcher(None, _bare(header), _bare(name)).ratio())


def _bare(text: str) -> str:
    """The letters of a name, without accents and not too many."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", folded(text[:100])) if not unicodedata.combining(each)
    )

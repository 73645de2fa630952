"""Facts from one file of many tables: the sheets of a workbook, or the tables of a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from attain_compiler.model.program import Record
from attain_engine.facts.cells import CannotRead, Grid
from attain_engine.facts.draft import Draft
from attain_engine.facts.files import shown_path
from attain_engine.facts.headers import folded
from attain_engine.facts.mapping import FactsMapping
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.spelling import did_you_mean, is_like_none_of, listed, quoted

LONGEST_SHEET_NAME = 31
"""A spreadsheet takes no longer name for a sheet; that of a record may be cut off there."""

NOT_READ = "readme"
"""Sheets and files whose names begin so, in small or capital letters, are for people."""


def read_workbook(draft: Draft, path: Path, mapping: FactsMapping) -> None:
    """Take every sheet that is of a record."""
    from attain_engine.facts.workbook import Workbook  # with it comes what reads zip archives

    try:
        with Workbook(path, shown_path(path)) as workbook:
            _take(draft, tuple(workbook.sheets), workbook.grid, shown_path(path), mapping, "sheet", workbook.hidden)
    except CannotRead as reason:
        draft.problems.append(reason.problem)


def read_database(draft: Draft, path: Path, mapping: FactsMapping, kind: str) -> None:
    """Take every table that is of a record; `kind` is `sqlite` or `duckdb`."""
    from attain_engine.facts.database import Database, DuckDb, Sqlite

    opened: Callable[[Path, str], Database] = Sqlite if kind == "sqlite" else DuckDb
    try:
        with opened(path, shown_path(path)) as database:
            _take(draft, database.tables, database.grid, shown_path(path), mapping, "table")
    except CannotRead as reason:
        draft.problems.append(reason.problem)


def record_of(name: str, records: Mapping[str, Record]) -> Record | None:
    """The record that a sheet or table is called after, but for case and spaces."""
    exact = records.get(name)
    if exact is not None:
        return exact
    same = [each for known, each in records.items() if folded(known) == folded(name)]
    same = same or [
        each
        for known, each in records.items()
        if len(name) == LONGEST_SHEET_NAME and folded(known[:LONGEST_SHEET_NAME]) == folded(name)
    ]
    return same[0] if len(same) == 1 else None


def not_a_record(
    kind: str, name: str, elsewhere: Record | None, called: Mapping[str, Record], mapping: FactsMapping
) -> tuple[str, str]:
    """What is wrong with a sheet, table or file that is nearly called like a record, or like one (`elsewhere`) whose
    rows the mapping takes from another place: the message, and what to do."""
    if elsewhere is None:
        return f"no record is called like the {kind} {quoted(name)}", did_you_mean(name, called)
    sources = listed(mapping.table(elsewhere.id).sources)
    message = f"the {kind} {quoted(name)} is called like a record, and the mapping takes its rows from {sources}"
    return message, f"name {quoted(name)} in `from`, too, or in `ignore`"


def _take(
    draft: Draft,
    names: tuple[str, ...],
    grid_of: Callable[[str], Grid],
    file: str,
    mapping: FactsMapping,
    kind: str,
    hidden: frozenset[str] = frozenset(),
) -> None:
    called = draft.vocabulary.records
    for record, name in _chosen(draft, names, file, mapping, kind, hidden):
        said = mapping.table(record.id).at(name)
        if record.id in draft.tables and not said.sources:
            message = f"there are two {kind}s for `{record.name}`"
            draft.problems.append(
                FactsProblem("facts-given-twice", message, file, record.name, help="keep one", sheet=name)
            )
            continue
        if name in hidden:
            draft.remarks.append(
                FactsProblem(
                    "facts-hidden-sheet",
                    f"the sheet {quoted(name)} is hidden, and its rows count",
                    file,
                    record.name,
                    help="show it, or remove it if it is not meant",
                    sheet=name,
                    severity="warning",
                )
            )
        draft.take_grid(record, grid_of(name), said)
    if not draft.tables and not draft.problems:
        fix = f"call a {kind} like a record, such as {quoted(next(iter(called), 'Employee'))}, or write a mapping"
        message = f"no {kind} is called like a record of the policy"
        draft.problems.append(FactsProblem("facts-unknown-record", message, file, help=fix))


def _chosen(
    draft: Draft, names: tuple[str, ...], file: str, mapping: FactsMapping, kind: str, hidden: frozenset[str]
) -> list[tuple[Record, str]]:
    """The record of each sheet or table that is read: as the mapping says, else by its name."""
    called = draft.vocabulary.records
    chosen: list[tuple[Record, str]] = []
    sought: set[str] = set()
    for record_id, source in [(each, source) for each, said in mapping.tables.items() for source in said.sources]:
        record = draft.vocabulary.program.records[record_id]
        found = [name for name in names if name == source] or [name for name in names if folded(name) == folded(source)]
        if len(found) == 1:
            chosen.append((record, found[0]))
            sought.add(found[0])
        else:
            message = f"there is no {kind} {quoted(source)}, which the mapping names"
            fix = did_you_mean(source, names) or "correct the mapping"
            draft.problems.append(FactsProblem("facts-unknown-record", message, file, record.name, help=fix))
    elsewhere = {record_id for record_id, said in mapping.tables.items() if said.sources}
    free = {name: record for name, record in called.items() if record.id not in elsewhere}
    for name in names:
        if name in sought or folded(name) in mapping.ignored or folded(name).startswith(NOT_READ):
            continue
        record_here = record_of(name, free)
        if record_here is not None:
            chosen.append((record_here, name))
        elif is_like_none_of(name, called):
            draft.unused.append(f"{name} (hidden)" if name in hidden else name)
        else:
            message, fix = not_a_record(kind, name, record_of(name, called), called, mapping)
            draft.problems.append(FactsProblem("facts-unknown-record", message, file, name, help=fix, sheet=name))
    return chosen

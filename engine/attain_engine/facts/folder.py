"""Facts from a folder: a table for each record, CSV or Parquet, and perhaps `organisation.json` beside them."""

from __future__ import annotations

from pathlib import Path

from attain_compiler.model.program import Record
from attain_engine.facts.cells import CannotRead
from attain_engine.facts.csv_table import record_grid
from attain_engine.facts.draft import Draft
from attain_engine.facts.files import irregular, read_text
from attain_engine.facts.headers import folded
from attain_engine.facts.json_file import read_file
from attain_engine.facts.mapping import MAPPING_FILE, NO_MAPPING, FactsMapping, TableMapping
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.spelling import did_you_mean, is_like_none_of, quoted
from attain_engine.facts.tables_file import not_a_record
from attain_engine.facts.vocabulary import snake_case

ORGANISATION_FILE = "organisation.json"
"""The file of a folder with what is not a table: the organisation's name, the date of the facts, values given."""


def read_folder(draft: Draft, folder: Path, mapping: FactsMapping = NO_MAPPING) -> None:
    """Take every table of the folder. A file that is not one is a mistake, except hidden ones and `README`s."""
    called = draft.vocabulary.records
    sources = _sources(draft, mapping)
    elsewhere = {record_id for record_id, said in mapping.tables.items() if said.sources}
    records = {
        f"{each}{suffix}": [record]
        for name, record in called.items()
        if record.id not in elsewhere
        for each in file_names(name)
        for suffix in TABLES
    } | sources
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        draft.problems.append(
            FactsProblem(
                "facts-unreadable", f"the folder cannot be read: {reason}", str(folder), help="check its rights"
            )
        )
        return
    for name in sources.keys() - {path.name for path in paths}:
        message = f"there is no file {quoted(name)}, which the mapping names"
        fix = did_you_mean(name, [path.name for path in paths]) or "correct the mapping"
        draft.problems.append(
            FactsProblem("facts-unknown-file", message, mapping.file, sources[name][0].name, help=fix)
        )
    for path in paths:
        if path.name == ORGANISATION_FILE:
            read_file(draft, path, with_tables=False)
            continue
        if path.name.startswith((".", "README")) or path.name == MAPPING_FILE or folded(path.name) in mapping.ignored:
            continue
        of = records.get(path.name, [])
        if path.is_dir():
            draft.problems.append(
                FactsProblem(
                    "facts-unknown-file",
                    f"{quoted(path.name)} is a folder",
                    str(path),
                    help="put the tables of one organisation straight into its folder",
                )
            )
            continue
        if not of:
            if path.suffix in TABLES and is_like_none_of(path.stem, called):
                draft.unused.append(path.name)  # one folder may serve several policies
                continue
            message, fix = _not_a_table(draft, path, mapping)
            draft.problems.append(FactsProblem("facts-unknown-file", message, str(path), help=fix))
            continue
        for record in of:
            if record.id in draft.tables and path.name not in sources:
                message = f"there are two files for `{record.name}`"
                twice = FactsProblem("facts-given-twice", message, str(path), record.name, help="keep one")
                draft.problems.append(twice)
                continue
            _take_table(draft, record, path, mapping.table(record.id).at(path.name))


TABLES = (".csv", ".parquet")


def _not_a_table(draft: Draft, path: Path, mapping: FactsMapping) -> tuple[str, str]:
    called = draft.vocabulary.records
    named = (record for name, record in called.items() if path.suffix in TABLES and path.stem in file_names(name))
    elsewhere = next(named, None)
    if elsewhere is not None:
        return not_a_record("file", path.name, elsewhere, called, mapping)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".sqlite", ".duckdb", ".db"):
        fix = "give the file itself as the facts"
    else:
        fix = did_you_mean(path.name, [*(f"{name}.csv" for name in called), ORGANISATION_FILE])
    return f"{quoted(path.name)} is not a table of the policy", fix


def _sources(draft: Draft, mapping: FactsMapping) -> dict[str, list[Record]]:
    """The records whose files the mapping names, by those names."""
    found: dict[str, list[Record]] = {}
    for record_id, said in mapping.tables.items():
        for source in said.sources:
            found.setdefault(source, []).append(draft.vocabulary.program.records[record_id])
    return found


def _take_table(draft: Draft, record: Record, path: Path, said: TableMapping) -> None:
    if path.suffix == ".parquet":
        from attain_engine.facts.database import DuckDb  # a folder has CSV most of the time

        refused = irregular(path)
        if refused is None:
            try:
                with DuckDb(path, str(path), parquet=True) as opened:
                    draft.take_grid(record, opened.grid(path.stem), said)
                return
            except CannotRead as reason:
                refused = reason.problem
        draft.problems.append(refused)
        draft.tables[record.id] = ()
        return
    text = read_text(path)
    if isinstance(text, FactsProblem):
        draft.problems.append(text)
        draft.tables[record.id] = ()
        return
    draft.take_grid(record, record_grid(record, text, str(path), said), said)


def file_names(record: str) -> tuple[str, ...]:
    """What the file of the table of the record with this name (or id) may be called, without `.csv`."""
    policy, dot, name = record.rpartition(".")
    snake = f"{policy}{dot}{snake_case(name)}"
    return (record,) if snake == record else (record, snake)

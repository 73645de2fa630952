"""Facts from a file or a folder: the one entrance. Every mistake is reported in one run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

from attain_compiler.model.program import Program
from attain_engine.facts.alike import settle
from attain_engine.facts.draft import Draft
from attain_engine.facts.files import STDIN, beginning, is_folder
from attain_engine.facts.folder import read_folder
from attain_engine.facts.from_text import UNPRINTABLE
from attain_engine.facts.json_file import read_file
from attain_engine.facts.mapping import MAPPING_FILE, NO_MAPPING, FactsMapping
from attain_engine.facts.model import Facts
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.settings import read_settings
from attain_engine.facts.tables_file import read_database, read_workbook
from attain_engine.facts.vocabulary import vocabulary_of

NAMELESS = "the organisation"
"""What an organisation is called that no file or folder names."""

UNNAMED = Path("facts.json")
"""What a text is called in reports of what is wrong with it."""


Kind: TypeAlias = Literal["folder", "workbook", "sqlite", "duckdb", "json"]

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # the files of old spreadsheet programs, and workbooks behind a password
_NOT_JSON = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".sqlite", ".sqlite3", ".db", ".duckdb")


def load_facts(
    program: Program, path: Path | None, *, sets: Sequence[str] = (), text: str | None = None
) -> tuple[Facts | None, tuple[FactsProblem, ...]]:
    """The facts at `path`, or no facts and everything that is wrong with them.

    `path` is a JSON file, a folder of tables, a workbook, a database, `-` for JSON on standard input, or None where
    only `sets` say something. `sets` are settings (`net_adds.smb=66`); each replaces the value that the file gives.
    With `text`, that is read, as JSON, and not what stands at `path`, which is then only a name. What is only doubtful
    is in the `remarks` of the facts.
    """
    draft = read_draft(program, path, sets=sets, text=text)
    return draft.facts(), tuple(draft.problems)


def read_draft(program: Program, path: Path | None, *, sets: Sequence[str] = (), text: str | None = None) -> Draft:
    """What `load_facts` reads, with its mistakes and its remarks."""
    draft = Draft(vocabulary_of(program), NAMELESS)
    mapping = NO_MAPPING
    if text is not None:
        read_file(draft, path or UNNAMED, with_tables=True, held=text)
    elif path == STDIN:
        read_file(draft, path, with_tables=True)
    elif path is not None:
        kind = kind_of(path)
        if isinstance(kind, FactsProblem):
            draft.problems.append(kind)
        else:
            mapping = read_tables(draft, path, kind)
    settle(draft, mapping)
    read_settings(draft, sets)
    return draft


def read_tables(draft: Draft, path: Path, kind: Kind) -> FactsMapping:
    """Take the tables, or the file, that stand at the path; the mapping that was beside them."""
    folder = path if kind == "folder" else path.parent
    named = path.resolve().name if kind == "folder" else path.stem
    draft.organisation = UNPRINTABLE.sub("\ufffd", named) or NAMELESS
    mapping = NO_MAPPING
    if kind != "json":
        mapping, problems = mapping_beside(folder, draft)
        draft.problems.extend(problems)
    match kind:
        case "folder":
            read_folder(draft, path, mapping)
        case "workbook":
            read_workbook(draft, path, mapping)
        case "sqlite" | "duckdb":
            read_database(draft, path, mapping, kind)
        case "json":
            read_file(draft, path, with_tables=True)
        case _:
            assert_never(kind)
    draft.organisation = mapping.organisation or draft.organisation
    draft.as_of = draft.as_of or mapping.as_of
    draft.closed = draft.closed or mapping.closed
    return mapping


def mapping_beside(folder: Path, draft: Draft) -> tuple[FactsMapping, list[FactsProblem]]:
    """The mapping in the folder, if there is one, and every mistake in it."""
    try:
        there = (folder / MAPPING_FILE).exists()
    except OSError:  # the folder cannot be looked at; reading it will say why
        there = False
    if not there:
        return NO_MAPPING, []
    from attain_engine.facts.mapping_file import read_mapping  # with it comes a library

    return read_mapping(folder, draft.vocabulary)


def kind_of(path: Path) -> Kind | FactsProblem:
    """What stands at a path, by its first bytes; or why it cannot be facts."""
    if is_folder(path):
        return "folder"
    head = beginning(path)
    if isinstance(head, FactsProblem):
        return head
    if head.startswith(b"PK\x03\x04"):
        return "workbook"
    if head == b"SQLite format 3\0":
        return "sqlite"
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head.startswith(b"PAR1"):
        fix = "give the folder that the table is in"
        return FactsProblem("facts-wrong-shape", "a table by itself is not the facts", str(path), help=fix)
    if head.startswith(_OLD_OR_LOCKED):
        fix = "open it in a spreadsheet program and save it as .xlsx, without a password"
        message = "the workbook is of an old format, or behind a password"
        return FactsProblem("facts-bad-file", message, str(path), help=fix)
    if path.suffix.lower() in _NOT_JSON:
        fix = "workbooks are read as .xlsx, databases are those of SQLite and DuckDB"
        message = f"the file is called `{path.suffix}`, and is neither a workbook nor a database"
        return FactsProblem("facts-bad-file", message, str(path), help=fix)
    return "json"

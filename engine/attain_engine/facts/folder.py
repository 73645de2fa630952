"""Facts from a folder: a CSV table for each record, and perhaps `organisation.json` beside them."""

from __future__ import annotations

from pathlib import Path

from attain_engine.facts.csv_table import read_table
from attain_engine.facts.draft import Draft
from attain_engine.facts.files import read_text
from attain_engine.facts.json_file import read_file
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.spelling import did_you_mean, is_like_none_of, quoted
from attain_engine.facts.vocabulary import snake_case

ORGANISATION_FILE = "organisation.json"
"""The file of a folder with what is not a table: the organisation's name, the date of the facts, values given."""


def read_folder(draft: Draft, folder: Path) -> None:
    """Take every table of the folder. A file that is not one is a mistake, except hidden ones and `README`s."""
    called = draft.vocabulary.records
    records = {f"{each}.csv": record for name, record in called.items() for each in file_names(name)}
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
    for path in paths:
        if path.name == ORGANISATION_FILE:
            read_file(draft, path, with_tables=False)
            continue
        if path.name.startswith((".", "README")):
            continue
        record = records.get(path.name)
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
        if record is None:
            known = [*(f"{name}.csv" for name in called), ORGANISATION_FILE]
            if path.suffix == ".csv" and is_like_none_of(path.stem, called):
                draft.unused.append(path.name)  # one folder may serve several policies
                continue
            draft.problems.append(
                FactsProblem(
                    "facts-unknown-file",
                    f"{quoted(path.name)} is not a table of the policy",
                    str(path),
                    help=did_you_mean(path.name, known),
                )
            )
            continue
        if record.id in draft.tables:
            message = f"there are two files for `{record.name}`"
            draft.problems.append(FactsProblem("facts-given-twice", message, str(path), record.name, help="keep one"))
            continue
        text = read_text(path)
        if isinstance(text, FactsProblem):
            draft.problems.append(text)
            draft.tables[record.id] = ()
            continue
        table = read_table(record, text, str(path), draft.vocabulary.spellings)
        draft.tables[record.id] = tuple(table.rows)
        draft.problems.extend(table.problems)


def file_names(record: str) -> tuple[str, ...]:
    """What the file of the table of the record with this name (or id) may be called, without `.csv`."""
    policy, dot, name = record.rpartition(".")
    snake = f"{policy}{dot}{snake_case(name)}"
    return (record,) if snake == record else (record, snake)

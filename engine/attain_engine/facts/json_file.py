"""Facts from one JSON file: the organisation, its tables, and values given straight."""

from __future__ import annotations

from pathlib import Path

from attain_engine.facts.draft import Draft
from attain_engine.facts.files import read_text, shown_path
from attain_engine.facts.from_json_value import Raw, raw_text
from attain_engine.facts.from_text import read_date, read_identifier
from attain_engine.facts.given import read_given
from attain_engine.facts.json_lines import with_lines
from attain_engine.facts.json_rows import read_rows
from attain_engine.facts.json_text import RepeatedKeys, parse_json
from attain_engine.facts.problem import FactsProblem, Refusal
from attain_engine.facts.spelling import did_you_mean, is_like_none_of, quoted

_HEAD_KEYS = ("organisation", "as_of", "closed", "given")
_NOT_OURS = ("$schema", "$comment")


def read_file(draft: Draft, path: Path, *, with_tables: bool, held: str | None = None) -> None:
    """Take what the file says, or what it would say if it `held` that text. `with_tables` is false for the file beside
    the tables of a folder."""
    file = shown_path(path)
    text = read_text(path) if held is None else held
    raw = text if isinstance(text, FactsProblem) else parse_json(text, file)
    if isinstance(raw, FactsProblem):
        if path.suffix.lower() == ".csv":
            raw = FactsProblem(
                "facts-wrong-shape",
                "a table by itself is not the facts",
                file,
                help="give the folder that the table is in",
            )
        draft.problems.append(raw)
        return
    if not isinstance(raw, dict):
        fix = 'write {"facts": {"a record": [ ... ]}}'
        draft.problems.append(
            FactsProblem("facts-wrong-shape", "the file is not an object", file, value=raw_text(raw), help=fix)
        )
        return
    _read_head(draft, raw, file, with_tables=with_tables)
    if with_tables and "facts" in raw:
        before = len(draft.problems)
        _read_tables(draft, raw["facts"], file)
        draft.problems[before:] = with_lines(draft.problems[before:], str(text))
    if "given" in raw:
        read_given(draft, raw["given"], file)


def _read_head(draft: Draft, raw: dict[str, Raw], file: str, *, with_tables: bool) -> None:
    keys = (*_HEAD_KEYS, "facts") if with_tables else _HEAD_KEYS
    for key in raw:
        if key not in keys and key not in _NOT_OURS:
            fix = did_you_mean(key, keys) if with_tables or key != "facts" else "rows belong in the folder's tables"
            if with_tables and key in draft.vocabulary.records:
                fix = 'tables belong inside "facts"'
            draft.problems.append(
                FactsProblem(
                    "facts-unknown-key", f"no part of the facts is called {quoted(key)}", file, field=key, help=fix
                )
            )
    if isinstance(raw, RepeatedKeys):
        _refuse_repeated(draft, raw, file)

    def refuse(key: str, message: str, fix: str) -> None:
        draft.problems.append(
            FactsProblem("facts-bad-value", message, file, field=key, value=raw_text(raw[key]), help=fix)
        )

    if "organisation" in raw:
        name = raw["organisation"]
        read = read_identifier(name) if isinstance(name, str) else Refusal("", "the organisation is not a text")
        if isinstance(read, str):
            draft.organisation = read
        elif isinstance(read, Refusal):
            refuse("organisation", read.message, read.help or "write its name in quotes")
    if raw.get("as_of") is not None:
        day = raw["as_of"]
        when = read_date(day) if isinstance(day, str) else Refusal("", f"{quoted(raw_text(day))} is not a date")
        if isinstance(when, Refusal):
            refuse("as_of", when.message, when.help or 'write year, month and day, as in "2024-06-30"')
        else:
            draft.as_of = when  # type: ignore[assignment]
    if "closed" in raw:
        if isinstance(raw["closed"], bool):
            draft.closed = raw["closed"]
        else:
            refuse("closed", "`closed` is true or false", "true says that tables which are not given are empty")


def _read_tables(draft: Draft, raw: Raw, file: str) -> None:
    if not isinstance(raw, dict):
        fix = 'write {"a record": [ ... ]}'
        draft.problems.append(
            FactsProblem("facts-wrong-shape", "`facts` is not an object", file, value=raw_text(raw), help=fix)
        )
        return
    if isinstance(raw, RepeatedKeys):
        _refuse_repeated(draft, raw, file)
    records = draft.vocabulary.records
    for name, content in raw.items():
        record = draft.vocabulary.record(name)
        if record is None and isinstance(content, list) and is_like_none_of(name, records):
            draft.unused.append(name)  # one file may serve several policies
            continue
        if record is None:
            draft.problems.append(
                FactsProblem(
                    "facts-unknown-record", f"no record {quoted(name)}", file, name, help=did_you_mean(name, records)
                )
            )
            continue
        if record.id in draft.tables:
            draft.problems.append(
                FactsProblem("facts-given-twice", f"{quoted(name)} is given twice", file, name, help="keep one")
            )
            continue
        table = read_rows(record, content, file, draft.vocabulary.spellings)
        draft.take(table)


def _refuse_repeated(draft: Draft, raw: RepeatedKeys, file: str) -> None:
    for key in raw.repeated:
        draft.problems.append(
            FactsProblem("facts-repeated-key", f"{quoted(key)} is written twice", file, field=key, help="keep one")
        )

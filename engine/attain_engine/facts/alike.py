"""What is doubtful about facts that can be read: names that look alike, and rows that are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from attain_compiler.model.named import named_identifiers
from attain_compiler.model.program import Field, Record
from attain_compiler.model.types import EntityType, Value
from attain_engine.facts.draft import Draft
from attain_engine.facts.mapping import FactsMapping
from attain_engine.facts.model import Row, Unknown
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.spelling import listed, quoted

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Characters that take no place: soft hyphens, zero-width spaces and joiners, marks of direction, variants."""

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
_TWINS = str.maketrans("асеорхуіјѕԁԛԝһοανι", "aceopxyijsdqwhoavi")
"""Letters of the Cyrillic and Greek alphabets that look like Latin ones."""


def look(name: str) -> str:
    """What two names that look alike have in common."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", _UNSEEN.sub("", name)))
    return " ".join(_DASHES.sub("-", seen).translate(_QUOTES).casefold().translate(_TWINS).split())


def settle(draft: Draft, mapping: FactsMapping) -> None:
    """Take names that the mapping says are the same as one, and remark on what is doubtful."""
    _make_same(draft, mapping)
    draft.remarks.extend(_names_alike(draft, mapping))
    draft.remarks.extend(_rows_alike(draft))


def _is_name(record: Record, field: Field) -> bool:
    """Whether a field has names, by which rows find one another or are told apart."""
    return isinstance(field.type, EntityType) or (
        str(field.type) == "text" and any(field.name in unique for unique in record.unique)
    )


def _kind(record: Record, field: Field) -> str:
    return field.type.id if isinstance(field.type, EntityType) else f"{record.id}.{field.name}"


def _said(mapping: FactsMapping, record: Record, field: Field) -> str:
    table = mapping.tables.get(record.id)
    said = None if table is None else table.fields.get(field.name)
    return "" if said is None else said.alike


def _named(draft: Draft) -> Iterator[tuple[Record, Field, Row, str]]:
    """Every name in the rows, with its field."""
    for record_id, rows in draft.tables.items():
        record = draft.vocabulary.program.records[record_id]
        for field in record.fields:
            if _is_name(record, field):
                for row in rows:
                    value = row.values.get(field.name)
                    if isinstance(value, str):
                        yield record, field, row, value


def _by_policy(draft: Draft) -> dict[str, tuple[str, ...]]:
    """The names of each kind that the policy itself says."""
    return named_identifiers(draft.vocabulary.program)


def _make_same(draft: Draft, mapping: FactsMapping) -> None:
    """Names of fields that are said to be the same become the first of those that look like them; one that the policy
    itself names comes before those of the facts."""
    first = {(kind, look(name)): name for kind, names in _by_policy(draft).items() for name in reversed(names)}
    changed: dict[int, dict[str, Value | Unknown]] = {}
    for record, field, row, name in _named(draft):
        if _said(mapping, record, field) == "same":
            other = first.setdefault((_kind(record, field), look(name)), name)
            if other != name:
                changed.setdefault(id(row), dict(row.values))[field.name] = other
    if changed:
        for record_id, rows in draft.tables.items():
            draft.tables[record_id] = tuple(
                replace(row, values=changed[id(row)]) if id(row) in changed else row for row in rows
            )


def _names_alike(draft: Draft, mapping: FactsMapping) -> Iterator[FactsProblem]:
    """A remark for each name that looks like another one of its kind, of the facts or of the policy."""
    spelt: dict[str, dict[str, tuple[Record, Field, Row]]] = {}
    for record, field, row, name in _named(draft):
        if _said(mapping, record, field) != "different":
            spelt.setdefault(_kind(record, field), {}).setdefault(name, (record, field, row))
    by_policy = _by_policy(draft)
    for kind, names in spelt.items():
        said = by_policy.get(kind, ())
        first = {look(name): name for name in reversed(said)}
        for name, (record, field, row) in names.items():
            other = first.setdefault(look(name), name)
            if other == name or name in said:
                continue
            where = names[other][2].origin if other in names else None
            place = " of the policy" if other in said else f" of {where.name}" if where else ""
            yield _remark(
                "facts-look-alike",
                f"{quoted(name)} looks like {quoted(other)}{place}, and is another: {_difference(name, other)}",
                "write both in one way if they are one; they are taken as two",
                record,
                row,
                field.name,
                name,
                draft.spots.get((record.id, row.origin.sheet if row.origin is not None else ""), {}).get(
                    field.name, ""
                ),
            )


def _difference(one: str, other: str) -> str:
    """In what names that look alike differ: each thing that has to be made the same before they are."""
    found = []
    if _UNSEEN.findall(one) != _UNSEEN.findall(other):
        found.append("characters that cannot be seen")
    one, other = (_UNSEEN.sub("", each) for each in (one, other))
    if re.findall(r"\s+", one) != re.findall(r"\s+", other):
        found.append("its blanks")
    one, other = (" ".join(each.split()) for each in (one, other))
    if one.casefold() != other.casefold():
        found.append("characters that look alike")
    elif one != other:
        found.append("capitals")
    return f"it differs in {' and '.join(found)}"


def _rows_alike(draft: Draft) -> Iterator[FactsProblem]:
    """A remark for the rows of a record without `unique` that are the same as another one."""
    for record_id, rows in draft.tables.items():
        record = draft.vocabulary.program.records[record_id]
        if record.unique or record.single:
            continue
        names = [field.name for field in record.fields]
        first: dict[tuple[Value | Unknown, ...], Row] = {}
        twins: dict[int, list[Row]] = {}
        for row in rows:
            other = first.setdefault(tuple(row.values[name] for name in names), row)
            if other is not row:
                twins.setdefault(id(other), [other]).append(row)
        for other, *same in twins.values():
            assert same[0].origin is not None
            assert other.origin is not None
            more = [f"row {each.origin.row}" for each in same[1:] if each.origin is not None]
            yield _remark(
                "facts-identical-rows",
                f"the row is the same as {other.origin.name}{_and_more(more)}",
                "remove it if it was given twice; each of them counts",
                record,
                same[0],
            )


def _and_more(rows: list[str]) -> str:
    if not rows:
        return ""
    return f", and so {'is' if len(rows) == 1 else 'are'} {listed(rows).replace('`', '')}"


def _remark(
    code: str,
    message: str,
    help_line: str,
    record: Record,
    row: Row,
    field: str = "",
    value: str | None = None,
    column: str = "",
) -> FactsProblem:
    origin = row.origin
    assert origin is not None
    return FactsProblem(
        code,
        message,
        origin.file,
        record.name,
        origin.row,
        origin.line,
        field,
        value,
        help=help_line,
        sheet=origin.sheet,
        column=column,
        severity="warning",
    )

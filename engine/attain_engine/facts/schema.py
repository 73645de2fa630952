"""The JSON Schema (2020-12) of the facts that a policy asks for: an editor checks and completes a file by it.

It says as much of the rules as a schema can. Rows that must differ, dates that must exist and bounds of what is written
as text are checked when facts are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_never

from attain_compiler.model.program import Define, Measure, Program, Record
from attain_compiler.model.types import (
    BandType,
    EntityType,
    EnumType,
    Quantity,
    RecordType,
    SetType,
    Simple,
    Type,
    Value,
)
from attain_engine.facts.given import target_slot
from attain_engine.facts.model import UNKNOWN
from attain_engine.facts.slot import Slot, as_written
from attain_engine.facts.spelling import listed
from attain_engine.facts.table import Column, column_of
from attain_engine.facts.vocabulary import Spellings, vocabulary_of
from attain_engine.facts.write import exact_json, json_value

Schema = dict[str, Any]

_NUMBER = r"-?[0-9]+(_[0-9]+)*(\.[0-9]+(_[0-9]+)*)?|-?[0-9]+/[0-9]+"

_FORMATS: Mapping[str, Schema] = {
    "format:fraction": {
        "type": "string",
        "pattern": "^-?[0-9]+/[0-9]+$",
        "description": 'an exact fraction: "1/3"',
    },
    "format:percent": {"type": "string", "pattern": f"^({_NUMBER}) *%$", "description": 'a percentage: "40%"'},
    "format:date": {
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "description": 'a date: "2024-06-30"',
    },
    "format:month": {
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$",
        "description": 'a month: "2024-06"',
    },
    "format:duration": {
        "type": "string",
        "pattern": "^[0-9]{1,6} (day|week|month|year)s?( [0-9]{1,6} (day|week|month|year)s?)*$",
        "description": 'a duration: "90 days", "6 weeks", "12 months", "2 years"',
    },
    "format:identifier": {
        "type": "string",
        "pattern": r"^\S(.*\S)?$",
        "description": "any text without blanks around it",
    },
}

_KEYS: Mapping[str, Schema] = {
    "count": {"pattern": f"^({_NUMBER})$"},
    "number": {"pattern": f"^({_NUMBER})$"},
    "points": {"pattern": f"^({_NUMBER})$"},
    "percent": {"pattern": f"^({_NUMBER})( *%)?$"},
    "money": {"pattern": f"^({_NUMBER})( [A-Z]{{3}})?$"},
    "flag": {"enum": ["yes", "no", "true", "false"]},
    "text": {},
    "date": {"$ref": "#/$defs/format:date"},
    "month": {"$ref": "#/$defs/format:month"},
    "duration": {"$ref": "#/$defs/format:duration"},
}


def schema_text(program: Program) -> str:
    """The schema as JSON text."""
    return exact_json(schema_of(program)) + "\n"


def schema_of(program: Program) -> Schema:
    """The schema as data; numbers with decimals are `ExactNumber`."""
    vocabulary = vocabulary_of(program)
    policy = program.policies.get(program.main)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Facts for {policy.title if policy else program.main}",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            "$comment": {},
            "organisation": {"description": "its name in reports", **_reference("format:identifier")},
            "as_of": {
                "description": "the date that the facts describe",
                "anyOf": [_reference("format:date"), {"type": "null"}],
            },
            "closed": {"type": "boolean", "description": "whether records that are not given are empty"},
            "facts": {
                "type": "object",
                "description": "the rows of each record; of a record that is not here, nothing is known",
                "properties": {name: _table(record) for name, record in vocabulary.records.items()},
                "additionalProperties": False,
            },
            "given": {
                "type": "object",
                "description": "values given straight to a measure or define, nested by its arguments",
                "properties": {name: _target(target) for name, target in vocabulary.targets.items()},
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
        "$defs": {
            **{each.id: _record(each) for each in vocabulary.records.values()},
            **{each.enum.id: _enum(each) for each in vocabulary.spellings.values()},
            **_FORMATS,
        },
    }


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name.replace(' ', '%20')}"}


def _described(title: str, *remarks: str) -> Schema:
    text = ". ".join(remark for remark in (title, *remarks) if remark)
    return {"description": text} if text else {}


def _table(record: Record) -> Schema:
    row = _reference(record.id)
    if record.single:
        return {"anyOf": [row, {"type": "array", "items": row, "minItems": 1, "maxItems": 1}]}
    return {"type": "array", "items": row}


def _record(record: Record) -> Schema:
    columns = [column_of(field) for field in record.fields]
    unique = (f"No two rows are alike in {listed(fields)}" for fields in record.unique)
    return {
        **_described(record.title, *unique),
        "type": "object",
        "properties": {
            column.name: _field(column, field.title) for column, field in zip(columns, record.fields, strict=True)
        },
        "required": [column.name for column in columns if column.missing is None],
        "additionalProperties": False,
    }


def _field(column: Column, title: str) -> Schema:
    slot = column.slot
    title = "" if title == slot.name else title
    missing = column.missing
    if missing is None:
        return {**_described(title), **_value(slot)}
    remark = "If it is missing, it is unknown" if missing is UNKNOWN else ""
    default = {} if missing is UNKNOWN else {"default": json_value(missing, slot.type)}
    return {**_described(title, remark), "anyOf": [_value(slot), {"type": "null"}], **default}


def _enum(spellings: Spellings) -> Schema:
    titles = (f"{each.constant.name}: {each.title}" for each in spellings.enum.members)
    return {**_described(spellings.enum.title, *titles), "enum": list(spellings.values)}


def _target(target: Measure | Define) -> Schema:
    schema = _value(target_slot(target))
    for parameter in reversed(target.parameters):
        schema = {"type": "object", "propertyNames": _key(parameter.type), "additionalProperties": schema}
    title = "" if target.title == target.name else target.title
    names = listed(parameter.name for parameter in target.parameters)
    return {**_described(title, f"By {names}" if names else ""), **schema}


def _key(type: Type) -> Schema:
    match type:
        case Quantity(kind=kind) | Simple(kind=kind):
            return dict(_KEYS[kind])
        case EnumType(id=enum):
            return _reference(enum)
        case EntityType():
            return _reference("format:identifier")
        case SetType() | BandType() | RecordType():
            return {}
        case _:
            assert_never(type)


def _value(slot: Slot) -> Schema:
    if slot.or_never:
        return {"anyOf": [_ordinary(slot), {"const": "never"}]}
    return _ordinary(slot)


def _ordinary(slot: Slot) -> Schema:
    match slot.type:
        case Quantity(kind="count"):
            return {"type": "integer", **_ends(slot.low, slot.high)}
        case Quantity(kind="percent"):
            low = max((end for end in (slot.low, -1) if end is not None), key=_exact)
            high = min((end for end in (slot.high, 1) if end is not None), key=_exact)
            bounds = ", as text or as the fraction" + slot.ends
            number = {"type": "number", **_ends(low, high)}
            return {
                "anyOf": [_reference("format:percent"), number, _reference("format:fraction")],
                "title": f"a percentage{bounds}",
            }
        case Quantity(kind="money", currency=currency):
            text = {"type": "string", "pattern": f"^({_NUMBER}) +{currency}$"}
            return {"anyOf": [{"type": "number", **_ends(slot.low, slot.high)}, text, _reference("format:fraction")]}
        case Quantity():
            return {"anyOf": [{"type": "number", **_ends(slot.low, slot.high)}, _reference("format:fraction")]}
        case Simple(kind="flag"):
            return {"type": "boolean"}
        case Simple(kind="text"):
            return {"type": "string"}
        case Simple(kind=kind):
            ends = f"{as_written(slot.low, slot.type)} or later" if slot.low is not None else ""
            upto = f"{as_written(slot.high, slot.type)} or earlier" if slot.high is not None else ""
            return {**_described(ends, upto), **_reference(f"format:{kind}")}
        case EnumType(id=enum):
            return _reference(enum)
        case EntityType():
            return {**_reference("format:identifier"), "title": f"identifies a {slot.type}"}
        case SetType(element=element):
            return {"type": "array", "items": _value(Slot(slot.name, element, slot.low, slot.high, slot.or_never))}
        case RecordType() | BandType():
            return {"not": {}, "title": "facts cannot give this"}
        case _:
            assert_never(slot.type)


def _exact(end: Value) -> Fraction:
    assert isinstance(end, int | Fraction)
    return Fraction(end)


def _ends(low: Value | None, high: Value | None) -> Schema:
    number = Quantity("number")
    ends = {"minimum": low, "maximum": high}
    return {name: json_value(end, number) for name, end in ends.items() if end is not None}

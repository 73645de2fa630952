"""Facts as JSON text that reads back as the same facts: changed facts are saved so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attain_compiler.model.program import Formal, Program
from attain_compiler.model.types import Quantity, SetType, Type, Value
from attain_engine.facts.model import UNKNOWN, Facts, Row, Unknown
from attain_engine.facts.numerals import has_decimals, plain
from attain_engine.facts.slot import as_written
from attain_engine.facts.vocabulary import vocabulary_of


class ExactNumber:
    """A number for JSON, as its digits."""

    __slots__ = ("digits",)

    def __init__(self, digits: str) -> None:
        self.digits = digits


def write_facts_json(facts: Facts, program: Program) -> str:
    """The facts as JSON text, a row a line. Values that are unknown are left out."""
    whole: dict[str, Any] = {"organisation": facts.organisation}
    if facts.as_of is not None:
        whole["as_of"] = facts.as_of.isoformat()
    if facts.closed:
        whole["closed"] = True
    names = vocabulary_of(program).names
    whole["facts"] = {names[record]: _table(program, record, rows) for record, rows in facts.tables.items()}
    given: dict[str, Any] = {}
    for (target, arguments), value in facts.values.items():
        measure = program.measures.get(target) or program.defines[target]
        _place(given, (names[target], *_keys(measure.parameters, arguments)), json_value(value, measure.type))
    if given:
        whole["given"] = given
    return exact_json(whole) + "\n"


def json_value(value: Value, type: Type) -> Any:
    """The value as JSON data: bool, str, list, int, or ExactNumber where it has decimals."""
    match value, type:
        case bool(), _:
            return value
        case frozenset(), SetType(element=element):
            return [json_value(each, element) for each in sorted(value, key=lambda each: as_written(each, element))]
        case int() | Fraction(), Quantity(kind="percent"):
            return f"{plain(value * 100)}%"
        case int() | Fraction(), Quantity(kind="money", currency=currency) if not has_decimals(value):
            return f"{plain(value)} {currency}"
        case int() | Fraction(), Quantity():
            return _number(value)
        case str(), _:
            return value
        case _:
            return as_written(value, type)


def _number(number: int | Fraction) -> int | str | ExactNumber:
    if number.denominator == 1:
        return int(number)
    return ExactNumber(plain(number)) if has_decimals(number) else plain(number)


def _table(program: Program, record_id: str, rows: tuple[Row, ...]) -> Any:
    record = program.records[record_id]
    types = {field.name: field.type for field in record.fields}
    written = [_row(row.values, types) for row in rows]
    return written[0] if record.single and len(written) == 1 else written


def _row(values: Mapping[str, Value | Unknown], types: Mapping[str, Type]) -> dict[str, Any]:
    return {name: json_value(value, types[name]) for name in types if (value := values[name]) is not UNKNOWN}


def _keys(parameters: tuple[Formal, ...], arguments: tuple[Value, ...]) -> list[str]:
    keys: list[str] = []
    for parameter, argument in zip(parameters, arguments, strict=True):
        written = json_value(argument, parameter.type)
        if isinstance(written, bool):
            keys.append("yes" if written else "no")
        else:
            keys.append(written.digits if isinstance(written, ExactNumber) else str(written))
    return keys


def _place(tree: dict[str, Any], path: tuple[str, ...], leaf: Any) -> None:
    for key in path[:-1]:
        tree = tree.setdefault(key, {})
    tree[path[-1]] = leaf


def exact_json(data: Any, indent: str = "") -> str:
    """JSON text of the data with every number exact; objects without objects inside them stand on one line."""
    match data:
        case ExactNumber():
            return data.digits
        case dict() if data and _is_deep(data.values()):
            inner = indent + "  "
            lines = (f"{inner}{_text(key)}: {exact_json(value, inner)}" for key, value in data.items())
            return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
        case dict():
            return "{" + ", ".join(f"{_text(key)}: {exact_json(value)}" for key, value in data.items()) + "}"
        case list() if _is_deep(data):
            inner = indent + "  "
            return "[\n" + ",\n".join(inner + exact_json(each, inner) for each in data) + f"\n{indent}]"
        case list():
            return "[" + ", ".join(exact_json(each) for each in data) + "]"
        case _:
            return _text(data)


def _is_deep(items: Any) -> bool:
    return any(isinstance(each, dict) or (isinstance(each, list) and _is_deep(each)) for each in items)


_text = json.JSONEncoder(ensure_ascii=False).encode  # one for all: `json.dumps` would make one each time

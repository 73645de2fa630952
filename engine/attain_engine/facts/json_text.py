"""JSON text as raw values: numbers exact, repeated keys noticed, nothing that could take for ever."""

from __future__ import annotations

import json
from typing import Any

from attain_engine.facts.from_json_value import OddNumber, Raw
from attain_engine.facts.numerals import Exact, read_json_number
from attain_engine.facts.problem import FactsProblem


class RepeatedKeys(dict[str, Any]):
    """An object in which a key occurs more than once (`repeated`, each once); it holds the last value."""

    repeated: tuple[str, ...] = ()


def parse_json(text: str, file: str) -> Raw | FactsProblem:
    """The raw value that the text holds, or why it holds none."""
    try:
        return json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=OddNumber, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        what = error.msg[:1].lower() + error.msg[1:]
        return FactsProblem(
            "facts-bad-json",
            f"the file is not JSON: {what}",
            file,
            line=error.lineno,
            help=f"look at column {error.colno} of line {error.lineno}, and just before it",
        )
    except RecursionError:
        return FactsProblem(
            "facts-bad-json",
            "the file is nested too deeply",
            file,
            help="facts are an object of tables, and a table is a list of rows",
        )


def _number(text: str) -> Exact | OddNumber:
    number = read_json_number(text)
    return OddNumber(text) if number is None else number


def _object(pairs: list[tuple[str, Raw]]) -> dict[str, Raw]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    repeated = RepeatedKeys(pairs)
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for key, _ in pairs:
        if key in seen:
            twice[key] = None
        seen.add(key)
    repeated.repeated = tuple(twice)
    return repeated

"""JSON text as raw values: numbers exact, repeated keys noticed, nothing that could take for ever."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from attain_engine.facts.from_json_value import OddNumber, Raw
from attain_engine.facts.numerals import Exact, read_json_number
from attain_engine.facts.problem import FactsProblem

NESTED = 1_000
"""Values are nested in one another at most so deep, about."""


def loads(text: str, **hooks: Any) -> Any:
    """`json.loads` of a text that may come from anywhere. Raises RecursionError where it is nested too deeply, also
    after something has allowed Python more calls within calls, as evaluation does: the C code of `json` takes as many,
    each of them with some of the stack of the process."""
    limit, depth, frame = sys.getrecursionlimit(), 0, sys._getframe()
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(min(limit, depth + NESTED))
    try:
        return json.loads(text, **hooks)
    finally:
        sys.setrecursionlimit(limit)


def names_in(path: Path, largest: int) -> frozenset[str]:
    """The names of records and measures in a JSON file of facts; nothing of any other file, of one that cannot be read,
    or that is larger than so many bytes."""
    try:
        if path.stat().st_size > largest:
            return frozenset()
        held = loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    parts = [held.get("facts"), held.get("given")] if isinstance(held, dict) else []
    return frozenset(name for each in parts if isinstance(each, dict) for name in each)


class RepeatedKeys(dict[str, Any]):
    """An object in which a key occurs more than once (`repeated`, each once); it holds the last value."""

    repeated: tuple[str, ...] = ()


def parse_json(text: str, file: str) -> Raw | FactsProblem:
    """The raw value that the text holds, or why it holds none."""
    try:
        return loads(text, parse_int=_number, parse_float=_number, parse_constant=OddNumber, object_pairs_hook=_object)
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

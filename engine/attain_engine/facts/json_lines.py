"""The lines of a JSON file on which rows begin. Looked up only after a mistake: the usual reader keeps no places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from attain_engine.facts.problem import FactsProblem

_BLANKS = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


def with_lines(problems: Sequence[FactsProblem], text: str) -> list[FactsProblem]:
    """The problems, those that have a row with the line on which it begins. `text` is the JSON they are about."""
    if not any(problem.row for problem in problems):
        return list(problems)
    lines = row_lines(text)
    return [_placed(problem, lines.get(problem.table, ())) for problem in problems]


def _placed(problem: FactsProblem, lines: Sequence[int]) -> FactsProblem:
    if problem.row is None or problem.row > len(lines):
        return problem
    return replace(problem, line=lines[problem.row - 1])


def row_lines(text: str) -> Mapping[str, tuple[int, ...]]:
    """For each table in the JSON text, the line of each of its rows, from 1."""
    found: dict[str, tuple[int, ...]] = {}
    for key, start in _members(text, _after_blanks(text, 0)):
        if key == "facts" and text[start] == "{":
            for table, place in _members(text, start):
                found[table] = tuple(_lines_of(text, list(_items(text, place)) if text[place] == "[" else [place]))
    return found


def _lines_of(text: str, places: Sequence[int]) -> Iterator[int]:
    line, before = 1, 0
    for place in places:
        line += text.count("\n", before, place)
        before = place
        yield line


def _members(text: str, place: int) -> Iterator[tuple[str, int]]:
    """The keys of the object at `place`, and where their values begin."""
    place = _after_blanks(text, place + 1)
    while text[place] != "}":
        key, place = _DECODER.raw_decode(text, place)
        place = _after_blanks(text, _after_blanks(text, place) + 1)
        yield key, place
        place = _after_value(text, place)


def _items(text: str, place: int) -> Iterator[int]:
    """Where the items of the list at `place` begin."""
    place = _after_blanks(text, place + 1)
    while text[place] != "]":
        yield place
        place = _after_value(text, place)


def _after_value(text: str, place: int) -> int:
    """After the value at `place`, and the comma that may follow it."""
    _, place = _DECODER.raw_decode(text, place)
    place = _after_blanks(text, place)
    return _after_blanks(text, place + 1) if text[place] == "," else place


def _after_blanks(text: str, place: int) -> int:
    blanks = _BLANKS.match(text, place)
    return blanks.end() if blanks else place

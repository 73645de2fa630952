"""Which lines stand in columns, and where the cells of each begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attain_compiler.syntax.layout import CLOSING, OPENING
from attain_compiler.syntax.lines import Line
from attain_compiler.syntax.spacing import NOTES as NOTE_WORDS
from attain_compiler.syntax.tokens import Token


class Cell(NamedTuple):
    """`column` orders the cells of a line (a line may lack some), `start` is the index of its first token, `gap` how
    many spaces stand before it."""

    column: tuple[int, ...]
    start: int
    gap: int = 2


class Row(NamedTuple):
    """The cells of a line. It stands in columns with those of its neighbours that have the same `shape`."""

    shape: tuple[object, ...]
    cells: tuple[Cell, ...]


FIRST, SECOND, TITLE, DEFAULT, NOTES = (0,), (2,), (3,), (4,), (9,)
"""The columns. From `TITLE` on they hold whole texts; keys and values are numbered within `SECOND`."""

_SCORINGS = frozenset(
    {"IN_PROPORTION_TO", "ALL_OR_NOTHING_WHEN", "WORTH", "BEST_FOR", "BEST_OF", "STEP_BY_STEP", "FOR_EACH"}
)
_BANDS = frozenset({"MORE_THAN", "AT_LEAST", "LESS_THAN", "AT_MOST"})


def row_of(line: Line, head: Line) -> Row | None:
    """The row that a line of a declaration is, None where it stands in no columns; `head` is the first line."""
    first = line.tokens[0]
    if not line.begins or line.depth == 0 or first.kind in NOTE_WORDS:
        return None
    if line.depth == 1:
        match head.tokens[0].kind:
            case "ENUM":
                return _enum_value(line.tokens)
            case "RECORD" if first.kind == "NAME":
                return _field(line.tokens)
            case "PARAMETER":
                return _table_row(line.tokens)
            case "READING":
                return _alternative(line.tokens)
            case "SCORE":
                return _part(line.tokens)
            case _:
                return None
    if line.depth == 2 and head.tokens[0].kind == "PARAMETER":
        row = _table_row(line.tokens)
        return row._replace(shape=(line.opener.number if line.opener else 0, *row.shape))
    if line.depth == 2 and line.opener is not None and line.opener.tokens[0].kind == "GIVEN":
        return Row(
            ("given", line.opener.number), tuple([Cell((number,), start) for number, start in _items(line.tokens)])
        )
    return None


def _enum_value(tokens: Sequence[Token]) -> Row:
    cells = [Cell(FIRST, 0)]
    if len(tokens) > 1 and tokens[1].kind == "STRING":
        cells.append(Cell(TITLE, 1))
    return Row(("enum",), (*cells, *_notes(tokens)))


def _field(tokens: Sequence[Token]) -> Row:
    cells = [Cell(FIRST, 0), Cell(SECOND, 1)]
    end = _end(tokens)
    title = end - 1
    if title > 1 and tokens[title].kind == "STRING" and tokens[title - 1].kind != "BY_DEFAULT":
        cells.append(Cell(TITLE, title))
    return Row(("record",), (*cells[: len(tokens)], *_notes(tokens)))


def _alternative(tokens: Sequence[Token]) -> Row:
    cells = [Cell(FIRST, 0)]
    for index in range(1, _end(tokens)):
        if tokens[index].kind == "BY_DEFAULT":
            cells.append(Cell(DEFAULT, index))
        elif tokens[index].kind == "STRING" and _depth(tokens[:index]) == 0:
            cells.append(Cell(TITLE, index))
        elif index == 1:
            cells.append(Cell(SECOND, index))
    return Row(("reading",), (*cells, *_notes(tokens)))


def _part(tokens: Sequence[Token]) -> Row | None:
    """Only where the scoring begins on the line of its part."""
    maximum = next((index for index, token in enumerate(tokens) if token.kind == "UP_TO"), None)
    scoring = next((index for index, token in enumerate(tokens) if token.kind in _SCORINGS), None)
    if tokens[0].kind != "PART" or maximum is None or scoring is None:
        return None
    if tokens[scoring].kind == "FOR_EACH":
        scoring -= 1
    return Row(("part",), (Cell(FIRST, 0), Cell(SECOND, maximum), Cell(TITLE, scoring), *_notes(tokens)))


def _table_row(tokens: Sequence[Token]) -> Row:
    start = 0
    cells: list[Cell] = []
    if tokens[0].kind == "FROM" and len(tokens) > 1 and tokens[1].kind == "DATE":
        start = 4 if len(tokens) > 2 and tokens[2].kind == "TO" else 2
        cells.append(Cell(FIRST, 0))
    entries: list[list[int]] = [[]]
    depth = 0
    end = _end(tokens)
    for index in range(start, end):
        if depth == 0 and tokens[index].kind == "COMMA":
            entries.append([])
        elif depth == 0 and _begins_item(tokens, start, index):
            entries[-1].append(index)
        depth += (tokens[index].kind in OPENING) - (tokens[index].kind in CLOSING)
    several = len(entries) > 1
    for number, entry in enumerate(entries):
        for place, index in enumerate(entry):
            begins = number == place == 0
            cells.append(Cell((*SECOND, number, place), index, 2 if begins or not several else 1))
    shape = tuple([len(entry) for entry in entries])
    return Row(("parameter", start > 0, shape), (*cells, *_notes(tokens)))


def _items(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The number and the index of each value of a line of values."""
    starts = []
    depth = 0
    for index, token in enumerate(tokens):
        if depth == 0 and _begins_item(tokens, 0, index):
            starts.append(index)
        depth += (token.kind in OPENING) - (token.kind in CLOSING)
    return list(enumerate(starts))


def _begins_item(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Whether a key or a value begins here, outside of brackets: not within a band, a sign and its number, a name and
    its enum, or what has not been published."""
    token = tokens[index]
    if token.kind in ("DOT", "TO", "COMMA") or token.kind in CLOSING:
        return False
    if index == start:
        return True
    before = tokens[index - 1].kind
    if token.kind == "WITH" and before == "RBRACE":
        return False
    return before not in {"DOT", "TO", "FROM", "MINUS", "UNKNOWN", "WITHOUT", "WITH"} and before not in _BANDS


def _notes(tokens: Sequence[Token]) -> list[Cell]:
    end = _end(tokens)
    return [Cell(NOTES, end)] if end < len(tokens) else []


def _end(tokens: Sequence[Token]) -> int:
    """Where the notes at the end of a line begin."""
    return next((index for index, token in enumerate(tokens) if token.kind in NOTE_WORDS), len(tokens))


def _depth(tokens: Sequence[Token]) -> int:
    return sum((token.kind in OPENING) - (token.kind in CLOSING) for token in tokens)

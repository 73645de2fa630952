"""Put the cells of neighbouring lines below each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attain_compiler.syntax.columns import TITLE, Row, row_of
from attain_compiler.syntax.lines import Line
from attain_compiler.syntax.spacing import is_number, joined, text_of


class _Placed(NamedTuple):
    """The text of a cell. `counts` says that its column must be as wide as it."""

    column: tuple[int, ...]
    text: str
    gap: int
    number: bool
    counts: bool


def texts_of(lines: Sequence[Line]) -> list[str]:
    """The text of each line of a declaration, without its indentation."""
    texts = [joined(line.tokens, line.previous) for line in lines]
    for section in _sections(lines):
        cells = [_cells(lines[index], row) for index, row in section]
        for (index, _), text in zip(section, _aligned(cells), strict=True):
            texts[index] = text
    return texts


def _sections(lines: Sequence[Line]) -> list[list[tuple[int, Row]]]:
    """The lines that stand in columns together, with their rows: neighbours, with no blank line or comment between."""
    sections: list[list[tuple[int, Row]]] = []
    previous: Row | None = None
    for index, line in enumerate(lines):
        if not line.begins:
            continue
        row = row_of(line, lines[0])
        if row is not None:
            together = previous is not None and previous.shape == row.shape
            if not together or line.number - lines[index - 1].number > 1:
                sections.append([])
            sections[-1].append((index, row))
        previous = row
    return sections


def _cells(line: Line, row: Row) -> list[_Placed]:
    placed = []
    for place, cell in enumerate(row.cells):
        last = place + 1 == len(row.cells)
        tokens = line.tokens[cell.start : len(line.tokens) if last else row.cells[place + 1].start]
        previous = line.tokens[cell.start - 1] if cell.start else line.previous
        signs = [token for token in tokens if token.kind not in ("COMMA", "MINUS")]
        number = len(signs) == 1 and is_number(signs[0])
        counts = not last or (cell.column < TITLE and (not line.is_continued or place == 0))
        placed.append(_Placed(cell.column, joined(tokens, previous), cell.gap, number, counts))
    return placed


def _aligned(rows: Sequence[Sequence[_Placed]]) -> list[str]:
    """The texts of the rows. Numbers stand to the right where a column has nothing else."""
    columns = sorted({cell.column for row in rows for cell in row})
    starts: dict[tuple[int, ...], int] = {}
    widths: dict[tuple[int, ...], int] = {}
    right = set()
    end = 0
    for column in columns:
        cells = [cell for row in rows for cell in row if cell.column == column]
        starts[column] = end + max([cell.gap for cell in cells]) if starts else 0
        if all(cell.number for cell in cells):
            right.add(column)
        widths[column] = max([len(cell.text) for cell in cells if column in right or cell.counts], default=0)
        end = starts[column] + widths[column]
    texts = []
    for row in rows:
        text = ""
        for cell in row:
            shown = cell.text.rjust(widths[cell.column]) if cell.column in right else cell.text
            text = text.ljust(starts[cell.column]) + shown
        texts.append(text)
    return texts


def place_of(line: Line, text: str, index: int) -> int:
    """Where the token at `index` of a line begins in its text."""
    place = 0
    for number, token in enumerate(line.tokens[: index + 1]):
        place = text.index(text_of(token), place)
        if number < index:
            place += len(text_of(token))
    return place

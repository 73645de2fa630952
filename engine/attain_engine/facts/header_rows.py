"""The rows of a table that have its headers: one, or several that are read together, groups above and names below.

The texts of a column are joined with a blank. Merged cells have their text in each column that they cover, and once
where they cover several of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from attain_engine.facts.cells import BadCell, Cell, cell_text, is_blank
from attain_engine.facts.headers import folded
from attain_engine.facts.problem import Refusal
from attain_engine.facts.spelling import quoted

Line: TypeAlias = tuple[int | None, Sequence[Cell]]

MOST_GROUPS: Final = 2
"""So many rows of groups above the headers are looked for."""

_LOOKED_AT: Final = 20
"""Whether a column holds anything is told by so many rows."""


def take_header(
    rows: Iterable[tuple[int | None, list[Cell]]], wanted: Sequence[int]
) -> tuple[Line, Line | None] | None:
    """The header of a table, and the row above it that is passed over: the rows `wanted`, joined, with the number of
    the last of them; where none are, the first row that is not empty. None where there is no such row."""
    above: Line | None = None
    taken: list[Line] = []
    for line, cells in rows:
        if not wanted and not is_blank(cells):
            return (line, cells), None
        if wanted and line in wanted:
            taken.append((line, cells))
            if line == wanted[-1]:
                return (line, joined(taken)), above
        elif not taken:
            above = line, cells
    return None


def no_header(wanted: Sequence[int], form: str, names: Sequence[str]) -> tuple[str, str, int]:
    """That there is none: the message, what to do, and the line. `form` is how the table is written, `names` are those
    of the fields."""
    if wanted:
        return f"there is no header in row {wanted[-1]}", "say in the mapping which row has the headers", wanted[-1]
    where, separator = ("the file", ",") if form == "csv" else ("the sheet", " | ")
    return "the table has no header", f"begin {where} with `{separator.join(names)}`", 1


def joined(lines: Sequence[Line]) -> list[Cell]:
    """One header of several rows. A cell with an error stays one."""
    if len(lines) == 1:
        return list(lines[0][1])
    return [_joined(lines, column) for column in range(max(len(cells) for _, cells in lines))]


def _joined(lines: Sequence[Line], column: int) -> Cell:
    texts, own = [], False
    for line, cells in lines:
        cell = cells[column] if column < len(cells) else ""
        if isinstance(cell, BadCell):
            if cell.part_of is None:
                return cell
            top, left = cell.part_of
            if top != line:  # its text stands in a row above
                continue
            texts.append(cell_text(cells[left]).strip())
        else:
            texts.append(text := cell_text(cell).strip())
            own = own or bool(text)
    return " ".join(filter(None, texts)) if own else ""  # what a group alone is above has no header


def groups_above(lines: Sequence[Line], place: int) -> int:
    """How many rows of groups stand above the row at a place, without which its headers do not tell all columns apart;
    0 where there are none, or they do not help either."""
    _, header = lines[place]
    if not header or not _texts_alone(header):
        return 0
    names = [cell.strip() if isinstance(cell, str) else "" for cell in header]
    for number in range(1, min(MOST_GROUPS, place) + 1):
        line, group = lines[place - number]
        below = lines[place - number + 1][0]
        if line is None or below is None or line + 1 != below or not _are_groups(group, header):
            return 0
        together = [cell_text(cell).strip() for cell in joined(lines[place - number : place + 1])]
        names += [""] * (len(together) - len(names))
        lacking = [column for column, name in enumerate(names) if not name and together[column]]
        twins = [column for column, name in enumerate(names) if name and _times(names, name) > 1]
        if not twins and not any(_holds_something(lines, place, column) for column in lacking):
            return 0
        grouped = all(folded(together[column]) != folded(names[column]) for column in twins)
        if grouped and all(_times(together, each) == 1 for each in together if each):
            return number
    return 0


def _times(names: Sequence[str], name: str) -> int:
    return sum(folded(each) == folded(name) for each in names)


def _texts_alone(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, str) or (isinstance(cell, BadCell) and cell.part_of is not None) for cell in cells)


def _are_groups(group: Sequence[Cell], header: Sequence[Cell]) -> bool:
    """Whether a row may have the groups of headers: texts, fewer than there are headers, and more than one title."""
    if not _texts_alone(group):
        return False
    texts = [column for column, cell in enumerate(group) if isinstance(cell, str) and cell.strip()]
    if len(texts) == 1:  # a title, if it is as wide as the headers
        (column,) = texts
        covered = sum(isinstance(cell, BadCell) and cell.part_of is not None for cell in group[column:])
        if column == 0 and covered + 1 >= len(header):
            return False
    return 0 < len(texts) < sum(isinstance(cell, str) and bool(cell.strip()) for cell in header) or (
        len(texts) > 0 and any(isinstance(cell, BadCell) for cell in (*group, *header))
    )


def _holds_something(lines: Sequence[Line], place: int, column: int) -> bool:
    below = lines[place + 1 : place + 1 + _LOOKED_AT]
    return any(column < len(cells) and cell_text(cells[column]).strip() for _, cells in below)


def below_title(lines: Sequence[Line], known: Callable[[Sequence[Cell]], int], least: int) -> tuple[int, ...]:
    """The rows of the headers where a title stands above them: the first that has `least` of the headers that are
    `known`, with its groups. Empty where there is none."""
    told = [each for each in lines if each[1]]
    for place in range(1, len(told)):
        both = told[place - groups_above(told, place) : place + 1]
        rows = tuple(line for line, _ in both if line is not None)
        if rows and max(known(told[place][1]), known(joined(both))) >= least:
            return rows
    return ()


def group_above(above: Line | None, header: Sequence[int], column: int) -> str:
    """What to do about a column without a header, if the row above has something there."""
    line, cells = above if above is not None else (None, ())
    cell = cells[column] if column < len(cells) else ""
    if line is None or not isinstance(cell, str) or not cell.strip():
        return ""
    return f"{quoted(cell.strip())} stands above: say `header = {rows_said([line, *header])}` in the mapping"


def rows_said(rows: Sequence[int]) -> str:
    """The rows of a header as a mapping names them."""
    return str(rows[0]) if len(rows) == 1 else f"[{', '.join(map(str, rows))}]"


def merged_header(cell: BadCell, line: int | None) -> Refusal:
    """Why a merged cell is no header by itself, and what to do. `line` is the row of the headers."""
    if cell.part_of is None or line is None:
        return cell.refusal
    top, _ = cell.part_of
    rows = range(top, line + 1) if top < line else (line, line + 1)
    instead = f"say `header = {rows_said(rows)}` in the mapping where the headers are in both rows"
    return Refusal(cell.refusal.code, cell.refusal.message, f"{instead}, or take the cells apart")

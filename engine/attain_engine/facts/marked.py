"""A copy of a workbook in which every cell with a mistake is marked, and says in a note what is wrong with it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attain_engine.facts.archive import examine, not_a_workbook
from attain_engine.facts.cells import MOST_CELLS
from attain_engine.facts.extras import extra
from attain_engine.facts.problem import FactsProblem

_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
_LONGEST_NOTE = 1_000


def marked_copy(path: Path, problems: Sequence[FactsProblem]) -> bytes:
    """The bytes of the copy. A mistake that has a sheet and no cell is noted in the first cell of its row, or of the
    sheet. Raises `CannotRead`."""
    openpyxl = extra("openpyxl", "sheets", "a workbook", str(path))
    archive = examine(str(path), str(path))
    covered = sum(
        (each.right - each.left + 1) * (each.bottom - each.top + 1) for part in archive.merged.values() for each in part
    )
    if covered > MOST_CELLS:
        raise not_a_workbook(str(path), f"more than {MOST_CELLS:,} cells are merged")
    held = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl does not keep
            book = openpyxl.load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
            for (sheet, place), here in _by_cell(problems, book).items():
                _mark(openpyxl, book[sheet][place], here)
            book.save(held)
    except Exception as error:  # openpyxl lets through whatever a damaged file makes it meet
        raise not_a_workbook(str(path), str(error) or type(error).__name__) from None
    return held.getvalue()


def _by_cell(problems: Sequence[FactsProblem], book: Any) -> dict[tuple[str, str], list[FactsProblem]]:
    found: dict[tuple[str, str], list[FactsProblem]] = {}
    for problem in problems:
        if problem.sheet in book.sheetnames:
            place = f"{problem.column or 'A'}{problem.line or 1}"
            for area in book[problem.sheet].merged_cells.ranges:
                if place in area:
                    place = area.start_cell.coordinate  # the others take no note
            found.setdefault((problem.sheet, place), []).append(problem)
    return found


def _mark(openpyxl: Any, cell: Any, problems: Sequence[FactsProblem]) -> None:
    worst = "error" if any(each.severity == "error" for each in problems) else "warning"
    cell.fill = openpyxl.styles.PatternFill("solid", fgColor=_COLOURS[worst])
    before = f"{cell.comment.text}\n\n" if cell.comment is not None else ""
    texts = [f"{each.field}: {each.message}\n{each.help}".removeprefix(": ").replace("`", "'") for each in problems]
    note = openpyxl.comments.Comment((before + "\n\n".join(texts))[:_LONGEST_NOTE], "attain")
    note.width, note.height = 360, 140
    cell.comment = note

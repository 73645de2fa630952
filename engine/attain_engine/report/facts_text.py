"""The problems of facts as text."""

from __future__ import annotations

from collections.abc import Sequence

from attain_engine.cli.console import Console
from attain_engine.facts import FactsProblem
from attain_engine.report.paper import Paper

MOST_PER_FILE = 50


def problems_text(problems: Sequence[FactsProblem], console: Console) -> str:
    """Every problem with its place, cause and what to do; at most 50 for each file, and how many more there are."""
    paper = Paper(console)
    by_file: dict[str, list[FactsProblem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    for of_file in by_file.values():
        for problem in of_file[:MOST_PER_FILE]:
            paper.line(f"{paper.styled(f'error[{problem.code}]', 'bad')}: {problem.message}")
            paper.line(f"  --> {_place(problem)}")
            if problem.value is not None:
                paper.line(f"   = value: {problem.value}")
            if problem.rule:
                paper.line(f"   = rule: {problem.rule}")
            if problem.help:
                paper.line(f"   = help: {problem.help}")
            paper.line()
        if len(of_file) > MOST_PER_FILE:
            paper.line(f"and {len(of_file) - MOST_PER_FILE:,} more in {of_file[0].file}")
    count = len(problems)
    paper.line(f"{count:,} mistake{'s' if count != 1 else ''} in the facts")
    return paper.text()


def _place(problem: FactsProblem) -> str:
    place = problem.file or "the facts"
    if problem.line is not None:
        place += f":{problem.line}"
    parts = [problem.table, f"row {problem.row}" if problem.row is not None else "", problem.field]
    inside = ", ".join(part for part in parts if part)
    return f"{place}  {inside}" if inside else place

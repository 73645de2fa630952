"""Problems with facts as text: for people, one line each, or JSON.

```
error[facts-unknown-value]: `Smb` is not a value of `Track`
  --> facts/usage.csv:13
   |
   | Usage row 12, track: Smb
   |
   = rule: `track` is a value of `Track`
   = help: did you mean `smb`?
```
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace

from attain_compiler.diagnostics.render.columns import printable
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.spelling import MOST_LISTED, shown

MOST_SHOWN = 50
"""More problems of one file than these are counted, not shown to people (JSON has them all)."""

FORMAT_VERSION = 1

_ERROR, _WARNING, _MARGIN, _STRONG = "1;31", "1;33", "1;34", "1"


def render_problems(
    problems: Sequence[FactsProblem], form: str = "full", *, color: bool = False, most: int | None = MOST_SHOWN
) -> str:
    """The problems in one of the forms `full` (with ANSI colours if `color`), `concise` and `json`. To people, `most`
    of each file are shown (None: all). In full, what is wrong in the same way with many rows of a column is said once,
    with their places."""
    most = len(problems) if most is None else most
    match form:
        case "full":
            return "".join(_texts(_alike(problems), lambda each: _full(each, color), "\n", most))
        case "concise":
            return "".join(_texts([[each] for each in problems], lambda each: _concise(each[0]), "", most))
        case "json":
            return _json(problems)
        case _:
            raise ValueError(f"no form {form!r}")


def _alike(problems: Sequence[FactsProblem]) -> list[list[FactsProblem]]:
    """The problems in groups of those that say the same of different rows, in the order of the first of each."""
    groups: dict[FactsProblem | int, list[FactsProblem]] = {}
    for number, problem in enumerate(problems):
        alone = problem.row is None
        value = problem.value if problem.field else None  # else it is not the value that is wrong
        groups.setdefault(number if alone else replace(problem, row=None, line=None, value=value), []).append(problem)
    return list(groups.values())


def _texts(
    groups: Sequence[Sequence[FactsProblem]], text_of: Callable[[Sequence[FactsProblem]], str], gap: str, most: int
) -> Iterator[str]:
    """The texts of the groups file by file, and after each file how many more problems there are."""
    by_file: dict[str, list[Sequence[FactsProblem]]] = {}
    for group in groups:
        by_file.setdefault(group[0].file, []).append(group)
    for file, of_file in by_file.items():
        yield from (text_of(group) + gap for group in of_file[:most])
        if len(of_file) > most:
            yield f"{_rest([each for group in of_file[most:] for each in group], file)}\n{gap}"


def _rest(problems: Sequence[FactsProblem], file: str) -> str:
    counts = Counter(problem.code for problem in problems)
    kinds = ", ".join(f"{count} {code}" for code, count in counts.most_common())
    return printable(f"and {len(problems)} more in {file}: {kinds}")


def _full(group: Sequence[FactsProblem], color: bool) -> str:
    problem = group[0]

    def painted(text: str, paint: str) -> str:
        return f"\x1b[{paint}m{text}\x1b[0m" if color else text

    paint = _ERROR if problem.severity == "error" else _WARNING
    lines = [
        painted(f"{problem.severity}[{problem.code}]", paint) + painted(f": {printable(problem.message)}", _STRONG)
    ]
    if problem.file:
        lines.append(f"  {painted('-->', _MARGIN)} {printable(_place(problem))}")
    spot = _spot(problem)
    if spot or problem.value is not None:
        written = "" if problem.value is None else shown(problem.value)
        text = f"{spot}: {written}" if spot and written else spot or written
        lines += [painted("   |", _MARGIN), f"{painted('   |', _MARGIN)} {printable(text)}"]
    also = _places(group[1:])
    notes = [(word, text) for word, text in (("also", also), ("rule", problem.rule), ("help", problem.help)) if text]
    if notes:
        lines.append(painted("   |", _MARGIN))
    lines += [f"{painted('   =', _MARGIN)} {painted(word, _STRONG)}: {printable(text)}" for word, text in notes]
    return "".join(line + "\n" for line in lines)


def _concise(problem: FactsProblem) -> str:
    spot = _spot(problem)
    where = ": ".join(
        part for part in (_place(problem), f"{problem.severity}[{problem.code}]", spot, problem.message) if part
    )
    return printable(where) + "\n"


def _places(problems: Sequence[FactsProblem]) -> str:
    """The further places of a group: `31 more, E6:E11, E14, E16:E39`; lines of a file, or rows, where there are no
    cells."""
    if not problems:
        return ""
    first = problems[0]
    by_line = first.line is not None
    numbers = sorted(number for each in problems if (number := each.line if by_line else each.row) is not None)
    runs: list[tuple[int, int]] = []
    for number in numbers:
        begin = runs.pop()[0] if runs and runs[-1][1] == number - 1 else number
        runs.append((begin, number))
    at, to = (first.column, f":{first.column}") if first.sheet else ("", " to ")
    said = [f"{at}{low}{to}{high}" if high > low else f"{at}{low}" for low, high in runs[:MOST_LISTED]]
    left = sum(high - low + 1 for low, high in runs[MOST_LISTED:])
    several = "s" * (len(numbers) > 1)
    word = "" if at else f"line{several} " if by_line else f"row{several} "
    return f"{len(numbers):,} more, {word}{', '.join(said)}" + (f" and {left:,} others" if left else "")


def _place(problem: FactsProblem) -> str:
    if problem.sheet:
        cell = problem.column if problem.line is None else f"{problem.column}{problem.line}"
        return f"{problem.file}:{problem.sheet}" + (f"!{cell}" if cell else "")
    return problem.file if problem.line is None else f"{problem.file}:{problem.line}"


def _spot(problem: FactsProblem) -> str:
    """Where in the table: `Usage row 12, track`."""
    table = problem.table if problem.row is None else f"{problem.table} row {problem.row}"
    return ", ".join(part for part in (table, shown(problem.field)) if part)


def _json(problems: Sequence[FactsProblem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    document = {
        "format_version": FORMAT_VERSION,
        "problems": [{"severity": problem.severity, **asdict(problem)} for problem in problems],
        "summary": {"errors": errors, "warnings": len(problems) - errors},
    }
    return json.dumps(document, indent=2) + "\n"

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
from dataclasses import asdict

from attain_compiler.diagnostics.render.columns import printable
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.spelling import shown

MOST_SHOWN = 50
"""More problems of one file than these are counted, not shown to people (JSON has them all)."""

FORMAT_VERSION = 1

_ERROR, _WARNING, _MARGIN, _STRONG = "1;31", "1;33", "1;34", "1"


def render_problems(
    problems: Sequence[FactsProblem], form: str = "full", *, color: bool = False, most: int | None = MOST_SHOWN
) -> str:
    """The problems in one of the forms `full` (with ANSI colours if `color`), `concise` and `json`. To people, `most`
    of each file are shown (None: all)."""
    most = len(problems) if most is None else most
    match form:
        case "full":
            return "".join(_texts(problems, lambda each: _full(each, color), "\n", most))
        case "concise":
            return "".join(_texts(problems, _concise, "", most))
        case "json":
            return _json(problems)
        case _:
            raise ValueError(f"no form {form!r}")


def _texts(
    problems: Sequence[FactsProblem], text_of: Callable[[FactsProblem], str], gap: str, most: int
) -> Iterator[str]:
    """The texts file by file, and after each file how many more there are."""
    by_file: dict[str, list[FactsProblem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    for file, of_file in by_file.items():
        yield from (text_of(problem) + gap for problem in of_file[:most])
        if len(of_file) > most:
            yield f"{_rest(of_file[most:], file)}\n{gap}"


def _rest(problems: Sequence[FactsProblem], file: str) -> str:
    counts = Counter(problem.code for problem in problems)
    kinds = ", ".join(f"{count} {code}" for code, count in counts.most_common())
    return printable(f"and {len(problems)} more in {file}: {kinds}")


def _full(problem: FactsProblem, color: bool) -> str:
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
    notes = [(word, text) for word, text in (("rule", problem.rule), ("help", problem.help)) if text]
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


def _place(problem: FactsProblem) -> str:
    if problem.sheet:
        cell = problem.column if problem.line is None else f"{problem.column}{problem.line}"
        return f"{problem.file}:{problem.sheet}" + (f"!{cell}" if cell else "")
    return problem.file if problem.line is None else f"{problem.file}:{problem.line}"


def _spot(problem: FactsProblem) -> str:
    """Where in the table: `Usage row 12, track`."""
    table = problem.table if problem.row is None else f"{problem.table} row {problem.row}"
    return ", ".join(part for part in (table, problem.field) if part)


def _json(problems: Sequence[FactsProblem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    document = {
        "format_version": FORMAT_VERSION,
        "problems": [{"severity": problem.severity, **asdict(problem)} for problem in problems],
        "summary": {"errors": errors, "warnings": len(problems) - errors},
    }
    return json.dumps(document, indent=2) + "\n"

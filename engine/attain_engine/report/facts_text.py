"""The problems of facts as text."""

from __future__ import annotations

from collections.abc import Sequence

from attain_engine.facts import FactsProblem, render_problems
from attain_engine.report.console import Console


def problems_text(problems: Sequence[FactsProblem], console: Console) -> str:
    """Every problem with its place, the rule and what to do; at most 50 for each file, and how many more there are.
    Nothing where there is none."""
    return render_problems(problems, color=console.color) + (f"{counted(problems)} in the facts\n" if problems else "")


def counted(problems: Sequence[FactsProblem]) -> str:
    """How many mistakes and doubts: `2 mistakes and 1 doubt`."""
    errors = sum(each.severity == "error" for each in problems)
    counts = ((errors, "mistake"), (len(problems) - errors, "doubt"))
    return " and ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in counts if number)

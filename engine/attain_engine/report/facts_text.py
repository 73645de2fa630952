"""The problems of facts as text."""

from __future__ import annotations

from collections.abc import Sequence

from attain_engine.cli.console import Console
from attain_engine.facts import FactsProblem, render_problems


def problems_text(problems: Sequence[FactsProblem], console: Console) -> str:
    """Every problem with its place, the rule and what to do; at most 50 for each file, and how many more there are."""
    count = len(problems)
    summary = f"{count:,} mistake{'s' if count != 1 else ''} in the facts\n"
    return render_problems(problems, color=console.color) + summary

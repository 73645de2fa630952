"""Plans: the least that must be decided for a condition to hold, proved."""

from typing import TYPE_CHECKING

from attain_compiler.asp import TooLarge
from attain_engine.lazily import lazily

if TYPE_CHECKING:
    from attain_engine.optimise.other_plans import alternatives, next_best
    from attain_engine.optimise.problem import Choice, Outcome, Problem, Solution
    from attain_engine.optimise.search import program, solve
    from attain_engine.optimise.unsatisfiable import Impossible, explain_impossible
else:
    __getattr__ = lazily(
        __name__,
        {
            "Choice": "problem",
            "Impossible": "unsatisfiable",
            "Outcome": "problem",
            "Problem": "problem",
            "Solution": "problem",
            "alternatives": "other_plans",
            "explain_impossible": "unsatisfiable",
            "next_best": "other_plans",
            "program": "search",
            "solve": "search",
        },
    )

__all__ = [
    "Choice",
    "Impossible",
    "Outcome",
    "Problem",
    "Solution",
    "TooLarge",
    "alternatives",
    "explain_impossible",
    "next_best",
    "program",
    "solve",
]

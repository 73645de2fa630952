"""Plans: the least that must be decided for a condition to hold, proved. And what holds whatever is unknown."""

from typing import TYPE_CHECKING

from attain_compiler.asp import TooLarge
from attain_engine.lazily import lazily

if TYPE_CHECKING:
    from attain_engine.planning.impossible import Impossible, explain_impossible
    from attain_engine.planning.others import alternatives, next_best
    from attain_engine.planning.problem import Choice, Outcome, Problem, Solution
    from attain_engine.planning.search import program, solve
    from attain_engine.planning.status import solve_status
    from attain_engine.planning.witness import Witness, witness
else:
    __getattr__ = lazily(
        __name__,
        {
            "Choice": "problem",
            "Impossible": "impossible",
            "Outcome": "problem",
            "Problem": "problem",
            "Solution": "problem",
            "Witness": "witness",
            "alternatives": "others",
            "explain_impossible": "impossible",
            "next_best": "others",
            "program": "search",
            "solve": "search",
            "solve_status": "status",
            "witness": "witness",
        },
    )

__all__ = [
    "Choice",
    "Impossible",
    "Outcome",
    "Problem",
    "Solution",
    "TooLarge",
    "Witness",
    "alternatives",
    "explain_impossible",
    "next_best",
    "program",
    "solve",
    "solve_status",
    "witness",
]

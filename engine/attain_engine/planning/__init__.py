"""Plans: the least that must be decided for a condition to hold, proved. And what holds whatever is unknown."""

from attain_engine.planning.problem import Choice, Outcome, Problem, Solution
from attain_engine.planning.search import solve
from attain_engine.planning.status import solve_status

__all__ = ["Choice", "Outcome", "Problem", "Solution", "solve", "solve_status"]

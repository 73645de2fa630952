"""Plans: the least that must be decided for a condition to hold, proved."""

from attain_engine.planning.problem import Choice, Outcome, Problem, Solution
from attain_engine.planning.search import solve

__all__ = ["Choice", "Outcome", "Problem", "Solution", "solve"]

"""The work that an evaluation may do: so many steps, more of them the more rows there are."""

from __future__ import annotations

from attain_compiler.model import program as model
from attain_engine.evaluate.problems import TooMuchWork
from attain_engine.solve.deadline import look

MOST_STEPS = 2_500_000
"""So many elements of quantifiers and aggregates are looked at, and so many calls worked out, in one evaluation: some
ten seconds' worth."""

STEPS_FOR_EACH_ROW = 500
"""And so many more for each row of the facts: what is only large is not refused."""

BETWEEN_LOOKS = 1 << 8
"""After so many steps the clock is looked at."""


class Work:
    """How many more steps an evaluation may take."""

    __slots__ = ("left",)

    def __init__(self, rows: int) -> None:
        self.left = MOST_STEPS + STEPS_FOR_EACH_ROW * rows

    def step(self, place: model.Node) -> None:
        """Take a step. Raises TooMuchWork, and OutOfTime where a deadline is set."""
        self.left -= 1
        if not self.left % BETWEEN_LOOKS:
            look()
        if self.left < 0:
            raise TooMuchWork(place)

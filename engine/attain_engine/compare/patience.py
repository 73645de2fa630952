"""When a question of a comparison is given up."""

from __future__ import annotations

from typing import Final

from attain_compiler.model.calendar import OutsideTheCalendar
from attain_engine.evaluate import EvaluationProblem
from attain_engine.evaluate.problems import CannotStayOpen, TooLong, TooManyCases, TooMuchWork
from attain_engine.open.quantities import TooFine

PATIENCE: Final = 300
"""So many times the numbers of one question are worked out together; what is found then is asked again anyway."""

REFUSED: Final = (
    EvaluationProblem, CannotStayOpen, TooFine, TooManyCases, TooMuchWork, TooLong, OutsideTheCalendar
)  # fmt: skip
"""What an evaluation ends with where it has no answer."""

"""Conditions as verdicts. An open condition may still be certain, whatever the unknowns are: clingo tells."""

from __future__ import annotations

from attain_engine.assessment.models import Verdict
from attain_engine.residual import Condition, Formula


class Verdicts:
    """Settles conditions, each once."""

    def __init__(self) -> None:
        self._known: dict[Formula, Verdict] = {}

    def of(self, condition: Condition) -> Verdict:
        """met, failed, or undetermined (the unknown facts decide)."""
        if not isinstance(condition, Formula):
            return "met" if condition else "failed"
        known = self._known.get(condition)
        if known is None:
            from attain_engine.planning import solve_status

            answer = solve_status({"condition": condition})["condition"]
            known = self._known[condition] = {"yes": "met", "no": "failed", "open": "undetermined"}[answer]  # type: ignore[assignment]
        return known

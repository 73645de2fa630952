"""That a question about plans cannot be asked."""

from __future__ import annotations


class PlanProblem(Exception):
    """The question cannot be asked as it was: message and help for the user."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

"""Why an evaluation ends, or a part of it has no answer."""

from __future__ import annotations

from attain_compiler.model import program as model
from attain_compiler.source import Span


class EvaluationProblem(Exception):
    """The policy cannot be evaluated on these facts: `code` of the catalogue, message, place and help."""

    def __init__(self, code: str, message: str, span: Span, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.help = help


class NotGiven(Exception):
    """A record was needed whose rows were not given."""

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record


class CannotStayOpen(Exception):
    """Something that a change or an unknown would leave open cannot be left open (a median, say)."""

    def __init__(self, message: str, place: model.Node) -> None:
        super().__init__(message)
        self.message = message
        self.span = place.span


class TooMuchWork(Exception):
    """Rows within rows within rows: more of them would have to be looked at than anybody waits for."""

    def __init__(self, place: model.Node) -> None:
        super().__init__()
        self.span = place.span


class TooLong(Exception):
    """A product of products has more digits than can be worked with."""

    def __init__(self, expression: model.Typed) -> None:
        super().__init__()
        self.span = expression.span


class TooManyCases(Exception):
    """One value rests on so many unknown ones that what they may be together cannot be gone through."""

"""Why an evaluation ends, or a part of it has no answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attain_compiler.model import program as model
from attain_compiler.source import Span
from attain_engine.facts.model import Row


class EvaluationProblem(Exception):
    """The policy cannot be evaluated on these facts: `code` of the catalogue, message, place (None: the policy as a
    whole) and help."""

    def __init__(self, code: str, message: str, span: Span | None, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.help = help


def check_readings(program: model.Program, readings: Mapping[str, str]) -> None:
    """Refuse readings, or alternatives of them, that the program does not have: left aside, they would answer another
    question. `readings` has the names of alternatives by the ids of readings. Raises EvaluationProblem."""
    for id_, alternative in readings.items():
        reading = program.readings.get(id_)
        if reading is None:
            known = ", ".join(f"`{each}`" for each in program.readings) or "none"
            raise EvaluationProblem("unknown-name", f"there is no reading `{id_}`", None, f"the readings are {known}")
        names = [each.name for each in reading.alternatives]
        if alternative not in names:
            known = ", ".join(f"`{each}`" for each in names)
            message = f"`{id_}` has no alternative `{alternative}`"
            raise EvaluationProblem("unknown-name", message, reading.span, f"it has {known}")


class NoAnswer(EvaluationProblem):
    """One value cannot be worked out from these facts: a parameter has no entry for a key, full points are given at 0,
    a date lies outside the calendar. What does not depend on it has its answer all the same. `rows` are the rows that
    the value was worked out from, to name them."""

    rows: tuple[Row, ...] = ()


class CannotStayOpen(EvaluationProblem):
    """Something that a change would leave open cannot be left open (a median of unknown values, say)."""

    def __init__(self, message: str, place: model.Node) -> None:
        super().__init__("cannot-stay-open", message, place.span, "give the facts that it rests on")


class SetNotKnown(NoAnswer):
    """Something runs over a set of which it is not known what is in it."""

    def __init__(self, place: model.Node) -> None:
        message = "the set that this runs over is not known"
        super().__init__("cannot-stay-open", message, place.span, "give the facts that it rests on")


class TooMuchWork(EvaluationProblem):
    """Rows within rows within rows: more of them would have to be looked at than anybody waits for."""

    def __init__(self, place: model.Node) -> None:
        super().__init__(
            "too-much-work",
            "this looks at more rows, within the rows of others, than can be done",
            place.span,
            "ask for equal fields first (`where b.holder is a.holder`), or give fewer rows",
        )


class TooLong(EvaluationProblem):
    """A product of products has more digits than can be worked with."""

    def __init__(self, bits: int, expression: model.Typed) -> None:
        super().__init__(
            "too-much-work",
            f"a number here has more than {bits:,} binary digits",
            expression.span,
            "round what is multiplied (`rounded half up to 0.01`)",
        )


class TooManyCases(EvaluationProblem):
    """One value rests on so many unknown ones that what they may be together cannot be gone through."""

    def __init__(self) -> None:
        super().__init__(
            "too-fine",
            "one value rests on more unknown ones than can be gone through",
            None,
            "give some of the missing facts",
        )


class NotGiven(Exception):
    """A record was needed whose rows were not given."""

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record


Trouble: TypeAlias = NoAnswer | NotGiven
"""Why a condition cannot be told; it matters only where no other decides."""

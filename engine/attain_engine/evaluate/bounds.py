"""The bounds that a measure declares: what it comes to must lie within them, on these facts as after any plan."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.values import OPEN, Found, compare
from attain_engine.facts.model import Row
from attain_engine.facts.slot import Slot, as_written
from attain_engine.open.conditions import Condition, conjunction
from attain_engine.open.quantities import Linear, Stairs, extreme, range_of
from attain_engine.open.unknowns import rests_on_unknowns


def within(measure: model.Measure, value: Found) -> Condition:
    """Whether a value lies within the bounds of a measure."""
    above = True if measure.low is None else compare(">=", value, measure.low)
    below = True if measure.high is None else compare("<=", value, measure.high)
    return conjunction((above, below))


def is_outside(measure: model.Measure, value: Found) -> bool:
    """Whether a value lies outside the bounds, whatever is open of it."""
    if measure.low is None and measure.high is None:
        return False
    match value:
        case Linear() | Stairs():
            least, greatest = range_of(value)
        case int() | Fraction():
            least = greatest = value
        case _:
            return False
    below = measure.low is not None and greatest is not None and bool(greatest < measure.low)  # type: ignore[operator]
    above = measure.high is not None and least is not None and bool(least > measure.high)  # type: ignore[operator]
    return below or above


def kept_within(measure: model.Measure, value: Found) -> Any:
    """What is known of a value whose unknowns would allow more than its bounds do: no completion leads out of them."""
    if not isinstance(value, Linear | Stairs) or not rests_on_unknowns(value) or within(measure, value) is True:
        return value
    found: Any = value
    if measure.low is not None:
        found = extreme("max", [found, measure.low])  # type: ignore[list-item]
    if measure.high is not None:
        found = extreme("min", [found, measure.high])  # type: ignore[list-item]
    return found


def out_of_bounds(measure: model.Measure, arguments: tuple[Found, ...], value: Any) -> NoAnswer:
    """Why a measure has no value: it comes to something that its declaration rules out."""
    ends = range_of(value) if isinstance(value, Linear | Stairs) else (value, value)
    bounds = Slot("", measure.type, measure.low, measure.high).ends
    shown = " to ".join(dict.fromkeys(as_written(each, measure.type) for each in ends if each is not None))
    problem = NoAnswer(
        "measure-out-of-bounds",
        f"`{_call(measure, arguments)}` is {shown}, which is not{bounds}",
        measure.span,
        "correct the facts that it comes from; if they are right, the bounds in the policy are too narrow",
    )
    problem.rows = tuple(each for each in arguments if isinstance(each, Row))
    return problem


def _call(measure: model.Measure, arguments: tuple[Any, ...]) -> str:
    if not arguments or any(isinstance(each, (*OPEN, Row)) for each in arguments):
        return measure.name
    pairs = zip(arguments, measure.parameters, strict=True)
    return f"{measure.name}({', '.join(as_written(each, formal.type) for each, formal in pairs)})"

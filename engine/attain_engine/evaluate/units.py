"""Units given out to lines, each element whole: whether every line can have what it needs.

The elements are gone through one after the other; what is kept of them is which needs can be left over by then, each
with the condition on which it can. So it is exact, with something open as well, and the work grows with the number of
different needs that can be left over, not with the number of ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG
from attain_engine.evaluate.aggregates import ends, not_given, worked_out
from attain_engine.evaluate.missing import WorkedOut
from attain_engine.evaluate.problems import CannotStayOpen, NotGiven, TooMuchWork
from attain_engine.evaluate.selection import Selection, by_itself
from attain_engine.evaluate.state import Closure, Compile, Context, Frame
from attain_engine.evaluate.values import NO_VALUE, OPEN, Found, unknown_of
from attain_engine.open.conditions import Condition, conjunction, disjunction

MOST_LEFT_OVER = 20_000
"""So many different needs may be left over, of all lines together."""

MOST_OPEN = 3_000
"""And so many with something open, where each has a condition."""

Left: TypeAlias = "tuple[Any, ...]"
"""What each line still needs; then of each share how many are in both lines."""

Given: TypeAlias = "tuple[tuple[int, int], ...]"
"""What was given: pairs of a line and the place of an element."""


class Lines:
    """The closures of an allocation: what each line needs and who can be for it, what each element is worth (1, where
    heads are counted), how many two lines may share."""

    def __init__(self, closure_of: Compile, expression: model.Allocation) -> None:
        self.roles = [
            (closure_of(each.needed), by_itself(closure_of(each.condition), each.condition))
            for each in expression.roles
        ]
        worth = expression.value
        self.worth = None if worth is None else by_itself(closure_of(worth), worth)
        self.shares = [closure_of(each.most) for each in expression.shares]


@frozen
class Put:
    """An allocation worked out: what each line needs; the elements, each with the condition on which it can be for each
    line; what each is worth; how many each share allows."""

    needed: Sequence[Any]
    elements: list[tuple[Any, list[Condition]]]
    values: Sequence[Found]
    shared: Sequence[Any]


def by_units(expression: model.Allocation, select: Selection, lines: Lines) -> Closure:
    """The closure of an allocation of units, or to lines that share."""

    def allocation(frame: Frame, context: Context) -> Any:
        try:
            put = asked(select, lines, frame, context)
        except NotGiven as missing:
            return not_given(missing, expression, frame, context)
        numbers = (*put.needed, *put.shared, *put.values)
        able = [each for _, line in put.elements for each in line]
        if any(each is NO_VALUE for each in numbers):
            return unknown_of(FLAG, WorkedOut(expression.span, (*numbers, *able)))
        try:
            return _with_open_units(expression, put)
        except CannotStayOpen as beyond:
            return worked_out(expression, (*numbers, *able), beyond.message)

    return allocation


def asked(select: Selection, lines: Lines, frame: Frame, context: Context) -> Put:
    """The allocation, worked out. Raises NotGiven."""
    needed = [need(frame, context) for need, _ in lines.roles]
    shared = [most(frame, context) for most in lines.shares]
    elements: list[tuple[Any, list[Condition]]] = []
    values: list[Found] = []
    for element, present in select(frame, context):
        elements.append((element, [conjunction((present, able(frame, context))) for _, able in lines.roles]))
        values.append(1 if lines.worth is None else lines.worth(frame, context))
    return Put(needed, elements, values, shared)


def _with_open_units(expression: model.Allocation, put: Put) -> Condition:
    """Whether nothing need be left over. Where values are open that is certain if the least would do, or the most
    would not. Raises CannotStayOpen."""
    if any(isinstance(each, OPEN) for each in (*put.needed, *put.shared)):
        raise CannotStayOpen("how many units a line needs is not settled", expression)
    spans = [ends(each) for each in put.values]
    able = [each for _, each in put.elements]
    least = _whether(expression, put, [(low or 0, each) for (low, _), each in zip(spans, able, strict=True)])
    opened = [each for each in put.values if isinstance(each, OPEN)]
    if not opened or least is True:
        return least
    if all(high is not None for _, high in spans):
        most = _whether(expression, put, [(high, each) for (_, high), each in zip(spans, able, strict=True)])
        if most is False:
            return False
    raise CannotStayOpen("how many units there are to give out is not settled", expression)


def _whether(expression: model.Allocation, put: Put, elements: Sequence[tuple[Any, Sequence[Condition]]]) -> Condition:
    """Whether nothing need be left over."""
    over: dict[Left, Condition] = {_start(expression, put): True}
    is_open = any(not isinstance(each, bool) for _, able in elements for each in able)
    for worth, able in sorted(elements, key=lambda each: -each[0]):
        after: dict[Left, list[Condition]] = {}
        for left, reached in over.items():
            after.setdefault(left, []).append(reached)
            for lines, rest in _ways(expression, put, left, worth, able):
                after.setdefault(rest, []).append(conjunction((reached, *(able[line] for line in lines))))
        over = {left: disjunction(conditions) for left, conditions in after.items()}
        if not is_open:
            over = dict.fromkeys(_best(over), True)
        _keep_small(expression, over, is_open)
    lines_ = len(put.needed)
    return disjunction(reached for left, reached in over.items() if not any(left[:lines_]))


def _start(expression: model.Allocation, put: Put) -> Left:
    return (*(max(each, 0) for each in put.needed), *(0 for _ in expression.shares))


def _ways(
    expression: model.Allocation, put: Put, left: Left, worth: Any, able: Sequence[Condition]
) -> Iterator[tuple[tuple[int, ...], Left]]:
    """The lines that an element may be given to, one of them or two that share, and what is left over then."""
    if worth <= 0:
        return
    wanted = [can is not False and left[line] > 0 for line, can in enumerate(able)]
    for line, may in enumerate(wanted):
        if may:
            yield (line,), _less(left, line, worth)
    for number, share in enumerate(expression.shares):
        place = len(put.needed) + number
        if wanted[share.first] and wanted[share.second] and left[place] < put.shared[number]:
            rest = _less(_less(left, share.first, worth), share.second, worth)
            yield (share.first, share.second), (*rest[:place], rest[place] + 1, *rest[place + 1 :])


def _less(left: Left, line: int, worth: Any) -> Left:
    return (*left[:line], max(left[line] - worth, 0), *left[line + 1 :])


def _best(over: dict[Left, Any]) -> list[Left]:
    """Those of which no other is less in one place and more in none."""
    kept: list[Left] = []
    for left in sorted(over):  # what is less in every place comes before
        if not any(all(a <= b for a, b in zip(other, left, strict=True)) for other in kept):
            kept.append(left)
    return kept


def _keep_small(expression: model.Allocation, over: dict[Left, Any], is_open: bool) -> None:
    if len(over) > MOST_LEFT_OVER:
        raise TooMuchWork(expression)
    if is_open and len(over) > MOST_OPEN:
        raise CannotStayOpen(
            f"units can be given out in so many ways that more than {MOST_OPEN:_} different needs are left over",
            expression,
        )


def shared_out(
    expression: model.Allocation, put: Put, elements: Sequence[tuple[Any, Sequence[bool]]]
) -> list[list[int]]:
    """For each line the elements (by their places) that it is given: all lines have what they need if they can; else as
    much as can be, the earlier lines first."""
    over: dict[Left, Given] = {_start(expression, put): ()}
    for place in sorted(range(len(elements)), key=lambda each: -elements[each][0]):
        worth, able = elements[place]
        after = dict(over)
        for left, given in over.items():
            for lines, rest in _ways(expression, put, left, worth, able):
                after.setdefault(rest, (*given, *((line, place) for line in lines)))
        over = {left: after[left] for left in _best(after)}
        _keep_small(expression, over, False)
    _, given = min(over.items())
    return [sorted(place for line, place in given if line == number) for number in range(len(put.needed))]

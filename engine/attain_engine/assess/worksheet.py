"""The worksheet of a score: for each part its value, threshold, points, maximum, and what is still needed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.guards import asks_for_none
from attain_compiler.model.types import POINTS, Quantity, Type
from attain_compiler.model.walk import nodes
from attain_engine import show
from attain_engine.assess.clauses import quotation, text_of
from attain_engine.assess.exact import exact
from attain_engine.assess.models import Part, Score, Scoring
from attain_engine.assess.titles import title_for, waits_for
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.values import NO_VALUE


def score_report(evaluator: Evaluator, score: model.Score, arguments: tuple[Any, ...]) -> Score:
    """The worksheet of a score for these arguments."""
    context = evaluator.context
    total, out_of = evaluator.score(score, arguments, context), evaluator.found(score.out_of, arguments)
    return Score(
        name=score.name,
        call=show.call(score, arguments),
        title=score.title,
        total=show.value(total, POINTS),
        total_exact=exact(total, POINTS),
        out_of=show.value(out_of, POINTS),
        out_of_exact=exact(out_of, POINTS),
        parts=tuple(_part(evaluator, score, part, arguments) for part in score.parts),
    )


def _part(evaluator: Evaluator, score: model.Score, part: model.Part, arguments: tuple[Any, ...]) -> Part:
    points = evaluator.part(score, part, arguments, evaluator.context)
    maximum = evaluator.maximum(part, arguments, evaluator.context)
    frame = dict(enumerate(arguments))
    scorings = list(_scorings(evaluator, part.points, frame, ""))
    if len(scorings) > 1:
        values = [each[1] for each in scorings]
        if all(isinstance(value, (int, Fraction)) for value in values):
            best = values.index(max(values))
            scorings = [
                (each.model_copy(update={"best": index == best}), value) for index, (each, value) in enumerate(scorings)
            ]
    return Part(
        name=part.name,
        title=title_for(evaluator, part, arguments),
        points=show.value(points, POINTS),
        points_exact=exact(points, POINTS),
        maximum=show.value(maximum, POINTS),
        maximum_exact=exact(maximum, POINTS),
        full=points == maximum,
        waits_for=waits_for(evaluator, part, arguments),
        scorings=tuple(each for each, _ in scorings),
        quotation=quotation(evaluator, part),
    )


def _value(evaluator: Evaluator, expression: model.Expression, frame: dict[int, Any]) -> Any:
    size = max(frame, default=-1) + 1
    return evaluator.found(expression, [frame.get(number) for number in range(size)])


def _scorings(
    evaluator: Evaluator, expression: model.Expression, frame: dict[int, Any], label: str
) -> Iterator[tuple[Scoring, Any]]:
    """Each way of scoring inside a part, with its points."""
    match expression:
        case model.InProportion(value=value, full=full):
            found, threshold = _value(evaluator, value, frame), _value(evaluator, full, frame)
            yield _scoring(evaluator, "in proportion", expression, frame, label, (value, found), (full, threshold))
        case model.Clamped(value=model.Arithmetic(operator="*", left=left, right=right), maximum=maximum):
            # `N points for each E`: the points of one unit, then the number of units.
            found, unit = _value(evaluator, right, frame), _value(evaluator, left, frame)
            most = _value(evaluator, maximum, frame)
            settled = isinstance(unit, (int, Fraction)) and isinstance(most, (int, Fraction))
            threshold = -(-Fraction(most) // unit) if settled and unit > 0 else None
            yield _scoring(evaluator, "per unit", expression, frame, label, (right, found), (right, threshold))
        case model.Clamped(value=model.Case() as case):
            yield from _gated(evaluator, case, frame, label)
        case model.Clamped(value=value):
            found = _value(evaluator, value, frame)
            yield _scoring(evaluator, "worth", expression, frame, label, (value, found), None)
        case model.Case():
            yield from _gated(evaluator, expression, frame, label)
        case model.Aggregate(kind="max", value=value, binder=binder, condition=condition) if value is not None:
            slots = [frame.get(number) for number in range(max(frame, default=-1) + 1)]
            for element, _ in list(evaluator.selected(binder, condition, slots)):
                name = show.value(element, binder.type)
                yield from _scorings(evaluator, value, {**frame, binder.number: element}, f"{label} {name}".strip())
        case model.Fallback(value=value) if _value(evaluator, value, frame) is not NO_VALUE:
            # `best for` over a set that may be empty, and is not.
            yield from _scorings(evaluator, value, frame, label)
        case model.Extreme(kind="max", items=items):
            for item in items:
                yield from _scorings(evaluator, item, frame, label or text_of(evaluator.program, item))
        case _:
            found = _value(evaluator, expression, frame)
            yield _scoring(evaluator, "worth", expression, frame, label, (expression, found), None)


def _gated(evaluator: Evaluator, case: model.Case, frame: dict[int, Any], label: str) -> Iterator[tuple[Scoring, Any]]:
    """`all or nothing when C` and `only if C`: what the branch that is taken gives."""
    for branch in case.branches:
        truth = _value(evaluator, branch.condition, frame)
        if truth is True and not isinstance(branch.value, model.Constant | model.ReadingValue | model.Lookup):
            yield from _scorings(evaluator, branch.value, frame, label)
            return
        compared = branch.condition
        points = _value(evaluator, case, frame)
        if isinstance(compared, model.Compare) and not asks_for_none(compared):
            left, right = _value(evaluator, compared.left, frame), _value(evaluator, compared.right, frame)
            yield _scoring(
                evaluator, "all or nothing", case, frame, label, (compared.left, left), (compared.right, right)
            )
        else:
            yield (
                Scoring(
                    form="gate",
                    label=label,
                    value=show.value(truth, branch.condition.type),
                    threshold=text_of(evaluator.program, branch.condition),
                    points=show.value(points, POINTS),
                    points_exact=exact(points, POINTS),
                    measures=_measures(branch.condition),
                ),
                points,
            )
        return


def _scoring(
    evaluator: Evaluator,
    form: Any,
    expression: model.Expression,
    frame: dict[int, Any],
    label: str,
    found: tuple[model.Expression, Any],
    needed: tuple[model.Expression, Any] | None,
) -> tuple[Scoring, Any]:
    points = _value(evaluator, expression, frame)
    type_: Type = found[0].type
    missing = ""
    missing_exact = None
    settled = needed is not None and isinstance(found[1], (int, Fraction)) and isinstance(needed[1], (int, Fraction))
    if settled and needed is not None and found[1] < needed[1] and isinstance(type_, Quantity):
        missing = show.value(needed[1] - found[1], type_)
        missing_exact = exact(needed[1] - found[1], type_)
    value, threshold = show.value(found[1], type_), ""
    if needed is not None and needed[1] is not None:
        value, threshold = show.apart(found[1], needed[1], type_, needed[0].type)
    return (
        Scoring(
            form=form,
            label=label,
            value=value,
            value_exact=exact(found[1], type_),
            threshold=threshold,
            threshold_exact=None if needed is None else exact(needed[1], needed[0].type),
            points=show.value(points, POINTS),
            points_exact=exact(points, POINTS),
            missing=missing,
            missing_exact=missing_exact,
            measures=_measures(found[0]),
        ),
        points,
    )


def _measures(expression: model.Expression) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            each.measure.rpartition(".")[2] for each in nodes(expression) if isinstance(each, model.MeasureCall)
        )
    )

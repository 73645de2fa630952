"""What came out instead: why an expectation of an example does not hold, in terms of the values that it compares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.walk import nodes
from attain_engine import show
from attain_engine.evaluate import EvaluationProblem, Evaluator
from attain_engine.evaluate.designations import requirements_of
from attain_engine.solve.certain import Answer, status

_MOST = 3
"""So many values are named: more do not help."""

_DEEPEST = 5
"""So many definitions deep the comparison is looked for that decides."""


def came_out(evaluator: Evaluator, expectation: model.Expression, answer: Answer) -> str:
    """Why an expectation is false (`no`), or cannot be told: `capability(smb) is 69.985, not 70`.

    Of `and` those parts are named that fail, of `or` all; a definition without a comparison of its own is looked into.
    """
    if answer != "no":
        from attain_engine.assess.undecided import rests_on, undecided  # loads the models of a report

        condition = evaluator.condition(expectation)
        named = "; ".join(undecided(evaluator.program, condition))
        others = ", ".join(rests_on(evaluator.program, condition))
        return f"it cannot be told: {named or (f'it rests on {others}' if others else 'a value here is not known')}"
    found = dict.fromkeys(_reasons(evaluator, expectation, (), False, _DEEPEST))
    return "; ".join(list(found)[:_MOST]) if found else "it does not hold"


def _reasons(
    evaluator: Evaluator, condition: model.Expression, arguments: tuple[Any, ...], truth: bool, depth: int
) -> Iterator[str]:
    """Why a condition is what it is (`truth`)."""
    match condition:
        case model.Compare():
            yield from _comparison(evaluator, condition, arguments, truth)
        case model.And(items=items) | model.Or(items=items):
            for each in items:
                if _comes_to(evaluator, each, arguments, truth):
                    yield from _reasons(evaluator, each, arguments, truth, depth)
        case model.Not(operand=operand):
            yield from _reasons(evaluator, operand, arguments, not truth, depth)
        case model.DefineCall(define=identifier, arguments=given) if depth:
            define = evaluator.program.defines[identifier]
            values = tuple(evaluator.value(each, arguments) for each in given)
            if (identifier, values) not in evaluator.world.values:
                yield from _reasons(evaluator, define.body, values, truth, depth - 1)
        case model.StatusIs(word="met", tier=None):
            yield from _status(evaluator, condition, arguments, truth, depth)
        case _:
            return


def _comes_to(evaluator: Evaluator, condition: model.Expression, arguments: tuple[Any, ...], truth: bool) -> bool:
    return status(evaluator.condition(condition, arguments)) == ("yes" if truth else "no")


def _status(
    evaluator: Evaluator, asked: model.StatusIs, arguments: tuple[Any, ...], truth: bool, depth: int
) -> Iterator[str]:
    """Why a requirement is met or not, or which requirements keep a designation from being met. Which track counts is
    not looked into."""
    designation = evaluator.program.designations[asked.designation]
    if designation.tracks is not None and asked.track is None:
        return
    track = () if asked.track is None else (evaluator.value(asked.track, arguments),)
    for each in requirements_of(designation):
        named = each.path == asked.requirement
        needed = asked.requirement is None and not truth and each in designation.requirements
        if (named or needed) and _comes_to(evaluator, each.condition, track, truth):
            yield from _reasons(evaluator, each.condition, track, truth, depth)


def _comparison(
    evaluator: Evaluator, compared: model.Compare, arguments: tuple[Any, ...], truth: bool
) -> Iterator[str]:
    try:
        left, right = (evaluator.value(each, arguments) for each in (compared.left, compared.right))
    except EvaluationProblem:
        return
    text = f"{_written(evaluator, compared.left, arguments)} is {show.value(left, compared.left.type)}"
    if compared.operator == "==" and not truth:
        yield f"{text}, not {show.value(right, compared.right.type)}"
    elif isinstance(compared.right, model.Constant):
        yield text
    elif compared.operator not in ("==", "!="):
        yield f"{text}, {_written(evaluator, compared.right, arguments)} is {show.value(right, compared.right.type)}"
    else:
        yield text


def _written(evaluator: Evaluator, expression: model.Expression, arguments: tuple[Any, ...]) -> str:
    """The expression as it stands in the file, and what its variables stand for."""
    source = evaluator.program.files[expression.span.path]
    text = " ".join(source.slice(expression.span).split())
    variables = {each.number: each for each in nodes(expression) if isinstance(each, model.Variable)}
    known = [each for number, each in sorted(variables.items()) if number < len(arguments)]
    bound = ", ".join(f"{each.name} = {show.value(arguments[each.number], each.type)}" for each in known)
    return f"`{text}` with {bound}" if bound else f"`{text}`"

"""Inlay hints: the value of a parameter at the date, the most that a part is worth, the points it came to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.walk import children
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_engine import show
from attain_engine.check.judged_on import date_of
from attain_engine.evaluate import EvaluationProblem, Evaluator
from attain_engine.evaluate.world import World
from attain_engine.lsp.results import Standing
from attain_engine.lsp.workspace import Analysis, Workspace

_NOTHING_KNOWN = World({}, {}, {})


@frozen
class Hint:
    """A text that is shown after the character before `offset`; `tooltip` says what it is."""

    offset: int
    text: str
    tooltip: str


def hints(workspace: Workspace, path: str, on: datetime.date, standing: Standing | None = None) -> tuple[Hint, ...]:
    """The hints of a file on a date (in an example, on its date); `standing` is what its parts came to, if they have
    been assessed. None while the policy has mistakes."""
    analysis = workspace.analysis(path)
    if analysis is None or analysis.program is None:
        return ()
    found: dict[int, set[Hint]] = {}
    for each in (*_figures(analysis, analysis.program, on), *_points(analysis, standing)):
        found.setdefault(each.offset, set()).add(each)
    return tuple(each.pop() for _, each in sorted(found.items()) if len(each) == 1)


def _figures(analysis: Analysis, program: model.Program, on: datetime.date) -> Iterator[Hint]:
    evaluators: dict[datetime.date, Evaluator] = {}
    declared: Sequence[model.Declared] = [
        *program.defines.values(),
        *program.measures.values(),
        *program.scores.values(),
        *program.designations.values(),
        *program.exclusions.values(),
        *program.changes.values(),
        *program.examples.values(),
        *program.claims.values(),
        *program.reports.values(),
    ]
    for each in declared:
        if each.span.path != analysis.path:
            continue
        date = date_of(program, each) if isinstance(each, model.Example) else on
        evaluator = evaluators.setdefault(date, Evaluator(program, _NOTHING_KNOWN, date))
        for node in _nodes(each):
            hint = _figure(analysis, program, evaluator, node)
            if hint is not None:
                yield hint


def _nodes(node: model.Node) -> Iterator[model.Node]:
    """The node and all below it, except for what is asked as of another date."""
    if isinstance(node, model.AsOf):
        return
    yield node
    for each in children(node):
        yield from _nodes(each)


def _figure(analysis: Analysis, program: model.Program, evaluator: Evaluator, node: model.Node) -> Hint | None:
    match node:
        case model.Lookup(table=table, keys=keys) if _written(analysis, node.span, program.tables[table].name):
            if not all(isinstance(key, model.Constant) for key in keys):
                return None
            value = _value(evaluator, node)
            return Hint(node.span.end, f" = {value}", f"on {evaluator.date}") if value else None
        case model.ScoreCall(score=score, part=str(part)) if _written(analysis, node.span, part):
            maximum = next(each.maximum for each in program.scores[score].parts if each.name == part)
            value = _value(evaluator, maximum) if _is_closed(maximum) else ""
            return Hint(node.span.end, f" of {value}", "the most that this part is worth") if value else None
        case model.Part(maximum=maximum) if isinstance(maximum, model.Arithmetic) and _is_closed(maximum):
            value = _value(evaluator, maximum)
            return Hint(maximum.span.end, f" = {value}", f"on {evaluator.date}") if value else None
        case _:
            return None


def _written(analysis: Analysis, span: Span, name: str) -> bool:
    """Whether it is named at this very place (what stands in the cases of an example stands elsewhere)."""
    return span.path == analysis.path and name in analysis.source.slice(span)


def _is_closed(expression: model.Expression) -> bool:
    return not any(isinstance(each, model.Variable | model.FieldOf) for each in _nodes(expression))


def _value(evaluator: Evaluator, expression: model.Expression) -> str:
    """A value as it is shown; empty where it has none on the date."""
    try:
        found = evaluator.found(expression)
    except EvaluationProblem:
        return ""
    text = show.value(found, expression.type, evaluator.program)
    return "" if text == "unknown" else text


def _points(analysis: Analysis, standing: Standing | None) -> Iterator[Hint]:
    if standing is None or not standing.is_of(analysis):
        return
    for node in analysis.module.file.declarations:
        if isinstance(node, ast.Score):
            for part in node.parts:
                points = standing.points.get((node.name.text, part.name.text))
                if points is not None:
                    yield Hint(part.name.span.end, f" {points} points", f"{standing.facts} on {standing.on}")

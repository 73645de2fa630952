"""Scores and how their parts are worked out."""

from __future__ import annotations

from typing import get_args

from attain_compiler.frozen import frozen
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import formal, notes, own_name
from attain_compiler.syntax.build.parts import Written, all_of, among, expressions, first_of, the
from attain_compiler.syntax.making import Make

_SCORINGS: tuple[type, ...] = get_args(ast.Scoring)


@frozen
class Gate(ast.Node):
    """`only if C else N`."""

    condition: ast.Expression
    fallback: ast.Expression | None


def score(it: Written) -> ast.Score:
    return ast.Score(
        own_name(it.parts),
        formal(it.parts),
        expressions(it.parts)[0],
        first_of(it.parts, ast.Text),
        all_of(it.parts, ast.Part),
        notes(it),
        span=it.span,
    )


def part(it: Written) -> ast.Part:
    gate = first_of(it.parts, Gate)
    return ast.Part(
        own_name(it.parts),
        first_of(it.parts, ast.Text),
        expressions(it.parts)[0],
        _scoring(it),
        gate.condition if gate else None,
        gate.fallback if gate else None,
        notes(it),
        span=it.span,
    )


def _scoring(it: Written) -> ast.Scoring:
    found: ast.Scoring = among(it.parts, _SCORINGS)[0]
    return found


def gate(it: Written) -> Gate:
    return Gate(it.parts[0], it.parts[1] if len(it.parts) > 1 else None, span=it.span)


def proportion(it: Written) -> ast.Proportion:
    return ast.Proportion(it.parts[0], it.parts[1], span=it.span)


def per_unit(it: Written) -> ast.PerUnit:
    return ast.PerUnit(it.parts[0], it.parts[1], span=it.span)


def all_or_nothing(it: Written) -> ast.AllOrNothing:
    return ast.AllOrNothing(it.parts[0], span=it.span)


def worth(it: Written) -> ast.Worth:
    return ast.Worth(it.parts[0], span=it.span)


def best_for_scoring(it: Written) -> ast.BestFor:
    return ast.BestFor(the(it.parts, ast.Binder), _scoring(it), span=it.span)


def best_of_scorings(it: Written) -> ast.BestOf:
    return ast.BestOf(tuple(it.parts), span=it.span)


def steps(it: Written) -> ast.Steps:
    return ast.Steps(among(it.parts, (ast.StepGate, *_SCORINGS)), span=it.span)


def step_gate(it: Written) -> ast.StepGate:
    values = expressions(it.parts)
    title = first_of(it.parts, ast.Text)
    return ast.StepGate(own_name(it.parts), title, values[0], values[1] if len(values) > 1 else None, span=it.span)


MAKERS: dict[str, Make] = {
    "score": score,
    "part": part,
    "gate": gate,
    "proportion": proportion,
    "per_unit": per_unit,
    "all_or_nothing": all_or_nothing,
    "worth": worth,
    "best_for_scoring": best_for_scoring,
    "best_of_scorings": best_of_scorings,
    "steps": steps,
    "step_gate": step_gate,
}

"""How deep what is evaluated lies: definitions that call definitions, and what stands within what in each."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter

from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.walk import children

DEEPEST = 1_000
"""So many forms, calls among them, may stand within one another."""


def check(program: model.Program, findings: Findings) -> None:
    """Report the first definition of a chain that is too deep to be evaluated. Nothing is defined by itself here."""
    bodies: dict[str, model.Node] = {
        **program.defines, **program.measures, **program.scores, **program.designations
    }  # fmt: skip
    calls = {name: tuple(_calls(body)) for name, body in bodies.items()}
    order = TopologicalSorter({name: [called for called, _ in found if called] for name, found in calls.items()})
    deep: dict[str, int] = {}
    for name in order.static_order():
        deep[name] = max((depth + deep.get(called, 0) for called, depth in calls[name]), default=0)
        if deep[name] > DEEPEST:
            findings.error(
                "chain-too-long",
                f"`{name.rpartition('.')[2]}` rests on definitions that rest on others, "
                f"more than {DEEPEST:_} calls and operations deep",
                bodies[name].span,
                help="say it with fewer definitions: a sum, or a count, over rows where there are many alike",
            )
            return


def _calls(body: model.Node) -> Iterator[tuple[str, int]]:
    """What a body calls, each with how deep in the body the call stands; and how deep the body is by itself."""
    todo: list[tuple[model.Node, int]] = [(body, 0)]
    while todo:
        node, depth = todo.pop()
        yield _called(node), depth
        todo.extend((each, depth + 1) for each in children(node))


def _called(node: model.Node) -> str:
    match node:
        case model.DefineCall(define=name) | model.MeasureCall(measure=name):
            return name
        case model.ScoreCall(score=name) | model.MaximumOf(score=name):
            return name
        case model.StatusIs(designation=name):
            return name
        case _:
            return ""

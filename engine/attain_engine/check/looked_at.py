"""What an example looks at: if nothing of that changes, it comes out as before."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import suppress

from attain_compiler.model import program as model
from attain_compiler.model.walk import nodes
from attain_engine.check.examples import holds
from attain_engine.evaluate import EvaluationProblem
from attain_engine.evaluate.expressions import closure
from attain_engine.evaluate.state import Bodies, Closure


def looked_at(program: model.Program, example: model.Example) -> frozenset[str]:
    """The ids that an example names, and those named in every body that is looked into when its expectations are worked
    out. More may be among them than is read, and other texts of the policy; what only plans read is not."""
    found = set(_named(example))

    def noting(bodies: Bodies, expression: model.Expression) -> Closure:
        found.update(_named(expression))
        return closure(bodies, expression)

    with suppress(EvaluationProblem):  # what it looked at before counts
        holds(program, example, Bodies(program, noting))
    return frozenset(found)


def _named(root: model.Node) -> Iterator[str]:
    """Every text in a tree: ids are among them, of whatever kind a node is."""
    for node in nodes(root):
        for each in dataclasses.fields(node):
            value = getattr(node, each.name)
            if isinstance(value, str):
                yield value
            elif isinstance(value, tuple):
                yield from (one for one in value if isinstance(one, str))

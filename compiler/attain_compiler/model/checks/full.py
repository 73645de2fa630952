"""Full points at a number that may be 0: then nobody can say how many points there are."""

from __future__ import annotations

from fractions import Fraction

from attain_compiler.model import program as model
from attain_compiler.model.checks.certain import declared_range
from attain_compiler.model.findings import Findings
from attain_compiler.model.walk import nodes


def check(program: model.Program, mains: frozenset[str], findings: Findings) -> None:
    """Doubt `full at N` where the declared bounds of N, or the entries of its parameter, let it be 0 or less."""
    for score in program.scores.values():
        if score.span.path not in mains:
            continue
        for node in nodes(score):
            if isinstance(node, model.InProportion) and _may_be_zero(program, node.full):
                findings.warning(
                    "full-may-be-zero",
                    "full points may be given at 0, and then there is no answer",
                    node.full.span,
                    "by the bounds that are declared",
                    help="let it begin above 0, or take `greatest of (..., 1)`, whatever it should be worth then",
                )


def _may_be_zero(program: model.Program, full: model.Expression) -> bool:
    if isinstance(full, model.Lookup):
        values = [entry.value for entry in program.tables[full.table].entries]
        return any(isinstance(value, int | Fraction) and value <= 0 for value in values)
    low, _ = declared_range(program, full)
    return isinstance(low, int | Fraction) and low <= 0

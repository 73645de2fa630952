"""From what the grammar reads to the nodes of `ast`: one function for each rule of `grammar.lark`, by its name."""

from __future__ import annotations

from attain_compiler.syntax.build import (
    changes,
    clauses,
    conditions,
    definitions,
    designations,
    examples,
    literals,
    parameters,
    scores,
    values,
    vocabulary,
)
from attain_compiler.syntax.making import Make

MAKERS: dict[str, Make] = {
    **literals.MAKERS,
    **clauses.MAKERS,
    **values.MAKERS,
    **conditions.MAKERS,
    **vocabulary.MAKERS,
    **parameters.MAKERS,
    **definitions.MAKERS,
    **scores.MAKERS,
    **designations.MAKERS,
    **changes.MAKERS,
    **examples.MAKERS,
}
"""The function for each rule."""

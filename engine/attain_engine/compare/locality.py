"""Rules that look at nothing but the row they are about."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.model import program as model
from attain_compiler.model.walk import nodes


def looks_only_at_its_row(program: model.Program, root: model.Node) -> bool:
    """Whether a tree looks at nothing but the rows it is given, the date, and the one row of single records."""
    return all(_is_local(program, each) for each in nodes(root))


def _is_local(program: model.Program, node: model.Node) -> bool:
    """Whether a node looks at nothing but the row it is about, the date, and the one row of single records."""
    match node:
        case (
            model.Binding() | model.MeasureCall() | model.ScoreCall() | model.MaximumOf() | model.StatusIs()
        ):  # fmt: skip
            return False
        case model.DefineCall(define=define):
            return all(_is_local(program, each) for each in _body(program, define))
        case _:
            return True


def _body(program: model.Program, define: str) -> Iterator[model.Node]:
    yield from nodes(program.defines[define].body)

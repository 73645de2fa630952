"""Measures that look at each row by itself: what is so of any one row of theirs is so of all."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.model import program as model
from attain_compiler.model.types import RecordType
from attain_compiler.model.walk import nodes
from attain_engine.compare.sides import SIDES, Sides


def row_by_row(sides: Sides, measure: str) -> str | None:
    """The record of a measure that, on both sides, counts the rows of one record or adds a number of each, and decides
    of each row by that row alone; None for any other measure."""
    records = {_counted(sides.programs[side], f"{measure}@{side}") for side in SIDES}
    return records.pop() if len(records) == 1 else None


def _counted(program: model.Program, identifier: str) -> str | None:
    measure = program.measures.get(identifier)
    body = None if measure is None else measure.body
    if not isinstance(body, model.Aggregate) or body.kind not in ("count", "sum"):
        return None
    if not isinstance(body.binder.type, RecordType) or body.binder.domain is not None:
        return None
    roots = [each for each in (body.value, body.condition) if each is not None]
    roots += [each.condition for each in program.exclusions_of(body.binder.type)]
    local = all(looks_only_at_its_row(program, root) for root in roots)
    return body.binder.type.id if local else None


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

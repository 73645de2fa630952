"""Precedence: a row is left out where another of its group comes earlier in the order."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.declarations.notes import notes
from attain_compiler.model.declarations.rules import measures_named, row_of
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.literals import must_be_alike
from attain_compiler.model.types import FLAG, RecordType
from attain_compiler.source import Span
from attain_compiler.syntax import ast

LONGEST_ORDER = 50
"""How many values a precedence may order: each is compared with all before it."""


@frozen
class Precedence:
    """A precedence, read but not yet put into words of the model: that needs the other exclusions of its record.

    `group`, `by` and `order` are about the row, variable 0; `numbers` is how many variables they use.
    """

    id: str
    title: str
    notes: model.Notes
    row: model.Formal
    record: str
    measures: tuple[str, ...]
    group: tuple[model.Expression, ...]
    by: model.Expression
    order: tuple[model.Expression, ...]
    numbers: int
    span: Span


def read(env: Env, id_: str, node: ast.Precedence) -> Precedence | None:
    row_env, binder = row_of(env, node.binder)
    group = tuple(row_env.typed(each) for each in node.group)
    by = row_env.typed(node.by)
    order: list[model.Expression] = []
    for each in node.order:
        item = row_env.typed(each, by.type)
        must_be_alike(row_env, "compare", node.by, each, by.type, item.type)
        if item in order:
            env.findings.error(
                "duplicate-name",
                f"`{env.source.slice(each.span)}` stands twice in the order",
                each.span,
                help="leave one of them out",
            )
        order.append(item)
    measures = measures_named(env, node.measures)
    if len(order) > LONGEST_ORDER:
        env.findings.error(
            "too-long",
            f"an order of more than {LONGEST_ORDER} values",
            node.order[0].span.to(node.order[-1].span),
            help="sort the values into few groups, and order those",
        )
        return None
    if not isinstance(binder.type, RecordType):
        return None
    kind = env.heads.records[binder.type.id].name
    over = " over ".join(" ".join(env.source.slice(each.span).split()) for each in node.order)
    return Precedence(
        id_,
        f"another {kind} of the same group comes first ({over})",
        notes(node.notes),
        model.Formal(0, binder.name, binder.type, span=binder.span),
        binder.type.id,
        measures,
        group,
        by,
        tuple(order),
        next(row_env.numbers),
        node.span,
    )


def exclusion(precedence: Precedence, others: Sequence[model.Exclusion]) -> model.Exclusion:
    """The row is left out if some other row of the same group has a value that comes earlier, and is not itself left
    out by one of `others`, the ordinary exclusions that hold wherever this precedence does.

    A row that another precedence leaves out still takes precedence here: exclusions are decided row by row, on rows not
    yet excluded by anything.
    """
    span, first = precedence.span, precedence.numbers
    other = model.Binder(first, f"other_{precedence.row.name}", precedence.row.type, span=span)
    conditions: list[model.Expression] = [
        model.Compare("==", renumbered(each, first, other.name), each, type=FLAG, span=span)
        for each in precedence.group
    ]
    theirs, own = renumbered(precedence.by, first, other.name), precedence.by
    earlier: list[model.Expression] = []
    for position in range(1, len(precedence.order)):
        before = precedence.order[:position]
        ahead = [model.Compare("==", theirs, each, type=FLAG, span=span) for each in before]
        any_ahead: model.Expression = ahead[0] if len(ahead) == 1 else model.Or(tuple(ahead), type=FLAG, span=span)
        mine = model.Compare("==", own, precedence.order[position], type=FLAG, span=span)
        earlier.append(model.And((mine, any_ahead), type=FLAG, span=span))
    conditions.append(earlier[0] if len(earlier) == 1 else model.Or(tuple(earlier), type=FLAG, span=span))
    conditions += [model.Not(renumbered(each.condition, first, other.name), type=FLAG, span=span) for each in others]
    condition = model.Exists(other, model.And(tuple(conditions), type=FLAG, span=span), type=FLAG, span=span)
    return model.Exclusion(
        precedence.id,
        precedence.title,
        precedence.notes,
        precedence.record,
        precedence.row,
        precedence.measures,
        condition,
        span=span,
    )


def renumbered(expression: model.Expression, by: int, row: str) -> model.Expression:
    """The same expression about another row, called `row`: the number of every variable is raised by `by`."""
    return _renumbered(expression, by, row)  # type: ignore[no-any-return]


def _renumbered(node: Any, by: int, row: str) -> Any:
    match node:
        case tuple():
            return tuple(_renumbered(each, by, row) for each in node)
        case model.Variable(number=number, name=name):
            return dataclasses.replace(node, number=number + by, name=name if number else row)
        case model.Binder(number=number, domain=domain):
            return dataclasses.replace(node, number=number + by, domain=_renumbered(domain, by, row))
        case model.Node():
            parts = {each.name: getattr(node, each.name) for each in dataclasses.fields(node) if each.name != "span"}
            changed = {name: _renumbered(part, by, row) for name, part in parts.items()}
            return dataclasses.replace(node, **changed)
        case _:
            return node

"""Changes: what an organisation can do."""

from __future__ import annotations

from typing import get_args

from attain_compiler.frozen import frozen
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import Bounds, When, formal, notes, own_name
from attain_compiler.syntax.build.parts import Written, all_of, among, at_most_one, first_of, words
from attain_compiler.syntax.making import Make

_EFFECTS: tuple[type, ...] = get_args(ast.Effect)


@frozen
class Limit(ast.Node):
    """`at most 10`."""

    number: ast.Expression


def change(it: Written) -> ast.Change:
    amount = first_of(it.parts, Bounds)
    when = at_most_one(it.parts, When, "`when`", it.report)
    limit = at_most_one(it.parts, Limit, "`at most`", it.report)
    return ast.Change(
        own_name(it.parts),
        formal(it.parts),
        amount.low if amount else None,
        amount.high if amount else None,
        first_of(it.parts, ast.Text),
        when.condition if when else None,
        among(it.parts, _EFFECTS),
        all_of(it.parts, ast.Cost),
        all_of(it.parts, ast.Takes),
        limit.number if limit else None,
        notes(it),
        span=it.span,
    )


def adds(it: Written) -> ast.Adds:
    return ast.Adds(it.parts[0], all_of(it.parts, ast.FieldValue), span=it.span)


def removes(it: Written) -> ast.Removes:
    return ast.Removes(it.parts[0], span=it.span)


def sets(it: Written) -> ast.Sets:
    row, field, value = it.parts
    return ast.Sets(row, field, value, span=it.span)


def raises(it: Written) -> ast.Raises:
    return ast.Raises(it.parts[0], it.parts[1], span=it.span)


def lowers(it: Written) -> ast.Raises:
    """As raising by less than nothing."""
    target, by = it.parts
    return ast.Raises(target, ast.Unary("-", by, span=by.span), span=it.span)


def cost(it: Written) -> ast.Cost:
    return ast.Cost(it.parts[0], bool(words(it.parts, "EACH")), span=it.span)


def takes(it: Written) -> ast.Takes:
    return ast.Takes(it.parts[0], bool(words(it.parts, "EACH")), span=it.span)


def limit(it: Written) -> Limit:
    return Limit(it.parts[0], span=it.span)


def field_value(it: Written) -> ast.FieldValue:
    return ast.FieldValue(it.parts[0], it.parts[1], span=it.span)


MAKERS: dict[str, Make] = {
    "change": change,
    "adds": adds,
    "removes": removes,
    "sets": sets,
    "raises": raises,
    "lowers": lowers,
    "cost": cost,
    "takes": takes,
    "limit": limit,
    "field_value": field_value,
}

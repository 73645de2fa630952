"""Changes: what an organisation can do."""

from __future__ import annotations

from typing import get_args

from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import Bounds, When, formal, notes, own_name
from attain_compiler.syntax.build.parts import Written, all_of, among, at_most_one, first_of, repeated, words
from attain_compiler.syntax.making import Make

_EFFECTS: tuple[type, ...] = get_args(ast.Effect)


_SPANS = {"EACH_MONTH": "month", "EACH_YEAR": "year", "AT_A_TIME": "at a time"}


def change(it: Written) -> ast.Change:
    amount = first_of(it.parts, Bounds)
    when = at_most_one(it.parts, When, "`when`", it.report)
    limits = all_of(it.parts, ast.Limit)
    for index, each in enumerate(limits):
        for before in limits[:index]:
            if _about(before) == _about(each):
                it.report.append(repeated("`at most`", before.span, each.span))
                break
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
        limits,
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


def limit(it: Written) -> ast.Limit:
    span_of = next((_SPANS[each.kind] for each in words(it.parts) if each.kind in _SPANS), "plan")
    parameter = first_of(it.parts[1:], ast.Name)
    return ast.Limit(it.parts[0], span_of, parameter, span=it.span)


def for_parameter(it: Written) -> ast.Name:
    name: ast.Name = it.parts[0]
    return name


def _about(limit: ast.Limit) -> tuple[str, str | None]:
    """What a limit limits: of two that limit the same, one is needless."""
    return limit.span_of, limit.parameter.text if limit.parameter else None


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
    "for_parameter": for_parameter,
    "field_value": field_value,
}

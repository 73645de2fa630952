"""Expressions, from written to resolved: one file for each kind, and here the table of contents.

Types flow both ways: an expectation is handed down as `hint` (a bare number becomes points where points are expected, a
name is looked up in the enum expected), and the type found is handed up in the node.
"""

from __future__ import annotations

from typing import assert_never

from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.expressions import (
    arithmetic,
    comparisons,
    conditions,
    dates,
    literals,
    names,
    rows,
    status,
)
from attain_compiler.model.types import DATE, MONTH, Type
from attain_compiler.syntax import ast


def typed(env: Env, node: ast.Expression, hint: Type | None = None) -> model.Expression:
    """The expression, resolved, typed and desugared. Its type may differ from `hint`: the caller checks."""
    match node:
        case ast.Number():
            return literals.number(node, hint)
        case ast.DateLiteral():
            return model.Constant(node.value, type=DATE, span=node.span)
        case ast.MonthLiteral():
            return model.Constant(node.value, type=MONTH, span=node.span)
        case ast.DurationLiteral():
            return literals.duration(node)
        case ast.TextLiteral():
            return literals.text(node, hint)
        case ast.Word():
            return literals.word(env, node)
        case ast.SetLiteral():
            return literals.set_of(env, node, hint)
        case ast.Band():
            return literals.band(env, node, hint)
        case ast.Range():
            return literals.range_of(env, node)
        case ast.Reference():
            return names.reference(env, node, hint)
        case ast.Call():
            return names.call(env, node)
        case ast.Member():
            return names.member(env, node)
        case ast.TheRecord():
            return names.the_record(env, node)
        case ast.NewEntity():
            return names.new_entity(env, node)
        case ast.Unary(operator="not"):
            return conditions.negation(env, node)
        case ast.Unary():
            return arithmetic.negative(env, node, hint)
        case ast.Binary(operator="before" | "after"):
            return dates.shift(env, node)
        case ast.Binary():
            return arithmetic.binary(env, node, hint)
        case ast.Extreme():
            return arithmetic.extreme(env, node, hint)
        case ast.Otherwise():
            return arithmetic.otherwise(env, node, hint)
        case ast.Rounded():
            return arithmetic.rounded(env, node, hint)
        case ast.Case():
            return arithmetic.case(env, node, hint)
        case ast.Connective():
            return conditions.connective(env, node)
        case ast.Block():
            return conditions.block(env, node)
        case ast.Known():
            return conditions.known(env, node)
        case ast.Comparison():
            return comparisons.comparison(env, node)
        case ast.Between():
            return comparisons.between(env, node)
        case ast.EachPart():
            return comparisons.each_part(env, node)
        case ast.MaximumOf():
            return comparisons.maximum_of(env, node)
        case ast.Within():
            return dates.within(env, node)
        case ast.Recurring():
            return dates.recurring(env, node)
        case ast.DatePart():
            return dates.date_part(env, node)
        case ast.Elapsed():
            return dates.elapsed(env, node)
        case ast.AsOf():
            return dates.as_of(env, node, hint)
        case ast.Binding():
            return rows.binding(env, node, hint)
        case ast.Status():
            return status.status(env, node)
        case _:
            assert_never(node)

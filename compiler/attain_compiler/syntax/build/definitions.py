"""Definitions, measures, reports, exclusions and precedence."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.frozen import frozen
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import Body, Bounds, OnlyIn, When, formal, notes, own_name
from attain_compiler.syntax.build.parts import (
    Report,
    Written,
    all_of,
    at_most_one,
    expressions,
    first_of,
    missing,
    the,
)
from attain_compiler.syntax.making import Make


def define(it: Written) -> ast.Define | None:
    body = _body(it, "definition", "write what it says on the line below, indented")
    if body is None:
        return None
    return ast.Define(
        own_name(it.parts),
        formal(it.parts),
        first_of(it.parts, ast.TypeName),
        first_of(it.parts, ast.Text),
        body,
        notes(it),
        span=it.span,
    )


def measure(it: Written) -> ast.Measure | None:
    body = _body(it, "measure", "write how it is counted on the line below, indented")
    if body is None:
        return None
    bounds = first_of(it.parts, Bounds)
    return ast.Measure(
        own_name(it.parts),
        formal(it.parts),
        the(it.parts, ast.TypeName),
        bounds.low if bounds else None,
        bounds.high if bounds else None,
        first_of(it.parts, ast.Text),
        body,
        notes(it),
        span=it.span,
    )


def report(it: Written) -> ast.Report | None:
    body = _body(it, "report", "write the value to show on the line below, indented")
    if body is None:
        return None
    return ast.Report(
        own_name(it.parts),
        formal(it.parts),
        first_of(it.parts, ast.Text),
        the(it.parts, ast.TypeName),
        body,
        notes(it),
        span=it.span,
    )


def _body(it: Written, kind: str, advice: str) -> ast.Expression | None:
    """The one expression below the head."""
    bodies = all_of(it.parts, Body)
    name = own_name(it.parts)
    if not bodies:
        it.report.append(missing(f"the {kind} `{name.text}` is empty", name.span, advice))
        return None
    _refuse_second(bodies, it.report)
    return bodies[0].value


def _refuse_second(bodies: tuple[Body, ...], report: Report) -> None:
    for body in bodies[1:]:
        advice = "join conditions with `and`, or list them below `all of` or `any of`; indent a line that goes on"
        report.append(
            Diagnostic("repeated-clause", "a second expression where there is one already", body.span, help=advice)
        )


def excluded(it: Written) -> ast.Excluded | None:
    reason = the(it.parts, ast.Text)
    when = at_most_one(it.parts, When, "`when`", it.report)
    only_in = at_most_one(it.parts, OnlyIn, "`from`", it.report)
    if when is None:
        advice = "add a line `when` and the condition that leaves a row out"
        it.report.append(missing("an exclusion without `when`", reason.span, advice))
        return None
    return ast.Excluded(
        the(it.parts, ast.Binder),
        reason,
        only_in.names if only_in else (),
        when.condition,
        notes(it),
        span=it.span,
    )


class Groups(tuple[ast.Expression, ...]):
    """`for each c.subscription`."""

    __slots__ = ()


@frozen
class Order(ast.Node):
    """`cpor over dpor over csp`."""

    values: tuple[ast.Expression, ...]


def groups(it: Written) -> Groups:
    return Groups(it.parts)


def order(it: Written) -> Order:
    return Order(tuple(it.parts), span=it.span)


def precedence(it: Written) -> ast.Precedence | None:
    rows = the(it.parts, ast.Binder)
    order = at_most_one(it.parts, Order, "the order", it.report)
    only_in = at_most_one(it.parts, OnlyIn, "`from`", it.report)
    if order is None:
        advice = "add a line with the values from the first to the last, as in `cpor over dpor`"
        it.report.append(missing("a precedence without an order", rows.span, advice))
        return None
    return ast.Precedence(
        rows,
        the(it.parts, Groups),
        expressions(it.parts)[0],
        order.values,
        only_in.names if only_in else (),
        notes(it),
        span=it.span,
    )


MAKERS: dict[str, Make] = {
    "define": define,
    "measure": measure,
    "report": report,
    "excluded": excluded,
    "groups": groups,
    "order": order,
    "precedence": precedence,
}

"""Examples and claims: what the author expects of the policy."""

from __future__ import annotations

from typing import get_args

from attain_compiler.diagnostics.model import Diagnostic, Label
from attain_compiler.frozen import frozen
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import notes
from attain_compiler.syntax.build.parts import (
    Written,
    all_of,
    among,
    at_most_one,
    expressions,
    first_of,
    missing,
    the,
)
from attain_compiler.syntax.making import Make
from attain_compiler.syntax.tokens import Token

_GIVENS: tuple[type, ...] = get_args(ast.Given)
_PLANS: tuple[type, ...] = get_args(ast.PlanExpectation)


@frozen
class Like(ast.Node):
    title: ast.Text


@frozen
class PlannedFor(ast.Node):
    """What a change of a plan is made for."""

    arguments: tuple[ast.Expression, ...]


@frozen
class On(ast.Node):
    date: ast.DateLiteral


@frozen
class Expect(ast.Node):
    condition: ast.Expression


@frozen
class Cases(ast.Node):
    """`for each (n, found) in (10, 0), (11, 1)`."""

    columns: tuple[ast.Name, ...]
    cases: tuple[tuple[ast.Expression, ...], ...]


@frozen
class Columns(ast.Node):
    """The head of a table of rows."""

    names: tuple[ast.Name, ...]


@frozen
class Cells(ast.Node):
    values: tuple[ast.Expression, ...]


@frozen
class Stated(ast.Node):
    condition: ast.Expression


@frozen
class Implied(ast.Node):
    condition: ast.Expression


def example(it: Written) -> ast.Example:
    on = at_most_one(it.parts, On, "the date", it.report)
    cases = at_most_one(it.parts, Cases, "`for each`", it.report)
    like = first_of(it.parts, Like)
    return ast.Example(
        the(it.parts, ast.Text),
        like.title if like else None,
        on.date if on else None,
        all_of(it.parts, ast.ReadingChoice),
        cases.columns if cases else (),
        cases.cases if cases else (),
        among(it.parts, _GIVENS),
        tuple([expect.condition for expect in all_of(it.parts, Expect)]),
        among(it.parts, _PLANS),
        notes(it),
        span=it.span,
    )


def like(it: Written) -> Like:
    return Like(the(it.parts, ast.Text), span=it.span)


def on_date(it: Written) -> On:
    return On(it.parts[0], span=it.span)


def reading_choice(it: Written) -> ast.ReadingChoice:
    return ast.ReadingChoice(it.parts[0], it.parts[1], span=it.span)


def cases_of_one(it: Written) -> Cases:
    name, *values = it.parts
    return Cases((name,), tuple([(value,) for value in values]), span=it.span)


def cases_of_several(it: Written) -> Cases:
    columns: Columns = it.parts[0]
    rows = all_of(it.parts, Cells)
    for row in rows:
        _check_length(it, row, columns)
    return Cases(columns.names, tuple([row.values for row in rows]), span=it.span)


def _check_length(it: Written, row: Cells, columns: Columns) -> bool:
    wanted, found = len(columns.names), len(row.values)
    if wanted == found:
        return True
    it.report.append(
        Diagnostic(
            "uneven-row",
            f"{found} {'value' if found == 1 else 'values'} for {wanted} {'column' if wanted == 1 else 'columns'}",
            row.span,
            secondary=(Label(columns.span, "the columns are named here"),),
            help="give one value for each column; of a field with `?` that is missing, write `unknown`",
        )
    )
    return False


def columns(it: Written) -> Columns:
    return Columns(tuple(it.parts), span=it.span)


def cells(it: Written) -> Cells:
    return Cells(tuple(it.parts), span=it.span)


def given_value(it: Written) -> ast.GivenValue:
    return ast.GivenValue(it.parts[0], it.parts[1], span=it.span)


def given_row(it: Written) -> ast.GivenRows:
    return _row(it, also=False)


def also_row(it: Written) -> ast.GivenRows:
    return _row(it, also=True)


def _row(it: Written, *, also: bool) -> ast.GivenRows:
    return ast.GivenRows(it.parts[0], (all_of(it.parts, ast.FieldValue),), also, span=it.span)


def given_table(it: Written) -> ast.GivenRows:
    return _table(it, also=False)


def also_table(it: Written) -> ast.GivenRows:
    return _table(it, also=True)


def _table(it: Written, *, also: bool) -> ast.GivenRows:
    header = the(it.parts, Columns)
    rows = []
    for row in all_of(it.parts, Cells):
        if _check_length(it, row, header):
            values = zip(header.names, row.values, strict=True)
            rows.append(tuple([ast.FieldValue(name, value, span=value.span) for name, value in values]))
    return ast.GivenRows(it.parts[0], tuple(rows), also, span=it.span)


def given_nothing_else(it: Written) -> ast.GivenNothingElse:
    return ast.GivenNothingElse(span=it.span)


def expect(it: Written) -> Expect:
    return Expect(it.parts[0], span=it.span)


def plan_target(it: Written) -> ast.PlanTarget:
    designation, *tier = all_of(it.parts, ast.Name)
    given = first_of(it.parts, PlannedFor)
    amount = expressions(it.parts)
    sign = next((each.text for each in it.parts if isinstance(each, Token)), "")
    return ast.PlanTarget(
        designation,
        given.arguments if given is not None else None,
        tier[0] if tier else None,
        sign if amount else "",
        amount[0] if amount else None,
        span=it.span,
    )


def planned_for(it: Written) -> PlannedFor:
    return PlannedFor(tuple(it.parts), span=it.span)


def planned(it: Written) -> ast.Planned:
    arguments = first_of(it.parts, PlannedFor)
    times = expressions(it.parts)
    return ast.Planned(
        the(it.parts, ast.Name), arguments.arguments if arguments else None, times[0] if times else None, span=it.span
    )


def plan_costs(it: Written) -> ast.PlanCosts:
    return ast.PlanCosts(first_of(it.parts, ast.PlanTarget), expressions(it.parts)[0], span=it.span)


def plan_has(it: Written) -> ast.PlanHas:
    return ast.PlanHas(first_of(it.parts, ast.PlanTarget), all_of(it.parts, ast.Planned), span=it.span)


def no_plan(it: Written) -> ast.NoPlan:
    return ast.NoPlan(first_of(it.parts, ast.PlanTarget), span=it.span)


def claim(it: Written) -> ast.Claim | None:
    stated = at_most_one(it.parts, Stated, "what is claimed", it.report)
    if stated is None:
        it.report.append(missing("a claim that says nothing", it.span, "write the condition that must always hold"))
        return None
    implied = at_most_one(it.parts, Implied, "`implies`", it.report)
    return ast.Claim(
        first_of(it.parts, ast.Text),
        stated.condition,
        implied.condition if implied else None,
        notes(it),
        span=it.span,
    )


def stated(it: Written) -> Stated:
    return Stated(it.parts[0], span=it.span)


def implied(it: Written) -> Implied:
    return Implied(it.parts[0], span=it.span)


MAKERS: dict[str, Make] = {
    "example": example,
    "like": like,
    "on_date": on_date,
    "reading_choice": reading_choice,
    "cases_of_one": cases_of_one,
    "cases_of_several": cases_of_several,
    "case_columns": columns,
    "case_values": cells,
    "given_value": given_value,
    "given_row": given_row,
    "given_table": given_table,
    "also_row": also_row,
    "also_table": also_table,
    "given_header": columns,
    "given_cells": cells,
    "given_nothing_else": given_nothing_else,
    "expect": expect,
    "plan_costs": plan_costs,
    "plan_has": plan_has,
    "no_plan": no_plan,
    "plan_target": plan_target,
    "planned": planned,
    "planned_for": planned_for,
    "claim": claim,
    "stated": stated,
    "implied": implied,
}

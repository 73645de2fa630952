"""Examples and claims: what the author expects of the policy."""

from __future__ import annotations

from typing import get_args

from attain_compiler.diagnostics.model import Diagnostic, Label
from attain_compiler.frozen import frozen
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import notes
from attain_compiler.syntax.build.parts import Written, all_of, among, at_most_one, first_of, missing, the
from attain_compiler.syntax.making import Make

_GIVENS: tuple[type, ...] = get_args(ast.Given)


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
    return ast.Example(
        the(it.parts, ast.Text),
        on.date if on else None,
        all_of(it.parts, ast.ReadingChoice),
        cases.columns if cases else (),
        cases.cases if cases else (),
        among(it.parts, _GIVENS),
        tuple([expect.condition for expect in all_of(it.parts, Expect)]),
        notes(it),
        span=it.span,
    )


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
            help="give one value for each column",
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
    return ast.GivenRows(it.parts[0], (all_of(it.parts, ast.FieldValue),), span=it.span)


def given_table(it: Written) -> ast.GivenRows:
    header = the(it.parts, Columns)
    rows = []
    for row in all_of(it.parts, Cells):
        if _check_length(it, row, header):
            values = zip(header.names, row.values, strict=True)
            rows.append(tuple([ast.FieldValue(name, value, span=value.span) for name, value in values]))
    return ast.GivenRows(it.parts[0], tuple(rows), span=it.span)


def given_nothing_else(it: Written) -> ast.GivenNothingElse:
    return ast.GivenNothingElse(span=it.span)


def expect(it: Written) -> Expect:
    return Expect(it.parts[0], span=it.span)


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
    "on_date": on_date,
    "reading_choice": reading_choice,
    "cases_of_one": cases_of_one,
    "cases_of_several": cases_of_several,
    "case_columns": columns,
    "case_values": cells,
    "given_value": given_value,
    "given_row": given_row,
    "given_table": given_table,
    "given_header": columns,
    "given_cells": cells,
    "given_nothing_else": given_nothing_else,
    "expect": expect,
    "claim": claim,
    "stated": stated,
    "implied": implied,
}

"""Dates and months: day numbers, and months as 12 * year + month - 1.

A date moved by months has no formula in day numbers, so what the calendar says is facts, for the dates that can occur
(`calendar_facts`). A month is moved by adding, unless it may be the month of `never`, which stays where it is.
"""

from __future__ import annotations

import datetime

from attain_compiler.asp.body import Body
from attain_compiler.asp.calendar_facts import ELAPSED, from_one_day
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.rules import Atom, Comparison, Number, Operation, Term
from attain_compiler.asp.shapes import Scope
from attain_compiler.asp.units import Exact, NoRuleForm, difference, exact
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, MONTH, NEVER, NEVER_MONTH, Duration, RecordType
from attain_compiler.model.walk import nodes

LAST_DAY = NEVER.toordinal()
LAST_MONTH = NEVER_MONTH


def shift(c: Compiler, expression: model.Shift, body: Body, scope: Scope) -> Term:
    """A date or month moved by a duration."""
    anchor = c.term(expression.anchor, body, scope)
    length = expression.length
    if expression.type == MONTH:
        fixed = length.value if isinstance(length, model.Constant) else None
        if isinstance(fixed, Duration) and not never_months(c):
            return moved(anchor, expression.direction * fixed.months)
        predicate = "shifted_month"
    else:
        predicate = "shifted"
    by = c.term(length, body, scope)
    result = body.fresh("Day" if expression.type == DATE else "Month")
    body.unknown(Atom(f"{predicate}_outside", (anchor, by, Number(expression.direction))), last=False)
    body.add(
        Atom(predicate, (anchor, by, Number(expression.direction), result)),
        cheap=True,
        binds=frozenset((result.name,)),
    )
    return result


def moved(anchor: Term, months: int) -> Term:
    """A month so many months later."""
    match anchor:
        case Number(value=value):
            return Number(value + months)
        case Operation(operator="+" | "-" as sign, left=left, right=Number(value=value)):
            months += value if sign == "+" else -value
            return moved(left, months)
        case _ if months == 0:
            return anchor
        case _:
            return Operation("+" if months > 0 else "-", anchor, Number(abs(months)))


def part(c: Compiler, expression: model.DatePart, body: Body, scope: Scope) -> Term:
    """The month of a date, the first or last day of a month."""
    subject = c.term(expression.subject, body, scope)
    result = body.fresh("Month" if expression.part == "month" else "Day")
    predicate = {"month": "month_of", "first day": "first_day", "last day": "last_day"}[expression.part]
    if isinstance(subject, Operation):
        variable = body.fresh("Month")
        body.add(Comparison(variable, "=", subject), cheap=True, binds=frozenset((variable.name,)))
        subject = variable
    if expression.part != "month":
        body.unknown(Atom(f"{predicate}_outside", (subject,)), last=False)
    body.add(Atom(predicate, (subject, result)), cheap=True, binds=frozenset((result.name,)))
    return result


def elapsed(c: Compiler, expression: model.Elapsed, body: Body, scope: Scope) -> Exact:
    """The days or months between two dates or months; to or from `never` there is no such number. How many whole months
    or years lie between two days is said by facts, where one of them is the same for all rows."""
    months = expression.first.type == MONTH
    by_facts = expression.unit != "days" and not months
    if months and expression.unit == "years":
        raise NoRuleForm("whole years between two months")
    if by_facts and not from_one_day(expression, today=scope.now is None):
        raise NoRuleForm(f"whole {expression.unit} between two dates that differ from row to row")
    first, last = c.term(expression.first, body, scope), c.term(expression.last, body, scope)
    if by_facts:
        number = body.fresh("N")
        body.add(Atom(ELAPSED[expression.unit], (first, last, number)), cheap=True, binds=frozenset((number.name,)))
        most = 9_999 if expression.unit == "years" else 12 * 9_999
        return exact(number, 1, -most, most)
    never = LAST_MONTH if months else LAST_DAY
    for end, term in ((expression.first, first), (expression.last, last)):
        if (never_months(c) if months else may_be_never(c.program, end)) and not isinstance(term, Number):
            body.test(Comparison(term, "!=", Number(never)))
    return difference(exact(last, 1, 1, never), exact(first, 1, 1, never))


def months_between(first: model.Expression, last: model.Expression) -> int:
    """How many months lie from one month to another at the most, both included."""
    start, end = _from_today(first), _from_today(last)
    return MOST_MONTHS if start is None or end is None else max(end - start + 1, 0)


MOST_DAYS = 400
"""Rules run over so many days at the most, and of those that are longer comes from outside what is asked."""


def days_between(first: model.Expression, last: model.Expression) -> int | None:
    """How many days lie from one day to another at the most, both included; None where that is not fixed, or many."""
    match first, last:
        case model.Constant(value=datetime.date() as start), model.Constant(value=datetime.date() as end):
            number: int | None = (end - start).days + 1
        case _:
            one, other = _days_from_today(first), _days_from_today(last)
            number = None if one is None or other is None else other[1] - one[0] + 1
    return None if number is None or number > MOST_DAYS else max(number, 0)


def _days_from_today(expression: model.Expression) -> tuple[int, int] | None:
    """Between how many days after the assessment date a day lies, where that is fixed."""
    match expression:
        case model.AssessmentDate():
            return 0, 0
        case model.Shift(direction=way, length=model.Constant(value=Duration(months=months, days=days)), anchor=anchor):
            there = _days_from_today(anchor)
            ends = sorted(way * (each * months + days) for each in (28, 31))
            return None if there is None else (there[0] + ends[0], there[1] + ends[1])
        case model.DatePart(part="first day" | "last day" as part, subject=month):
            number = _from_today(month)
            if number is None:
                return None
            low, high = sorted((number * 28, number * 31))
            return (low - 31, high) if part == "first day" else (low, high + 31)
        case _:
            return None


MOST_MONTHS = 12_001
"""No set of months has more (see the evaluator)."""


def _from_today(expression: model.Expression) -> int | None:
    """How many months after that of the assessment a month lies, where that is fixed."""
    match expression:
        case model.DatePart(part="month", subject=model.AssessmentDate()):
            return 0
        case model.Shift(direction=direction, length=model.Constant(value=Duration(months=months)), anchor=anchor):
            before = _from_today(anchor)
            return None if before is None else before + direction * months
        case _:
            return None


def never_months(c: Compiler) -> bool:
    """Whether any month could be that of `never`."""
    known: bool | None = c.known("never months")
    if known is None:
        known = any(
            isinstance(node, model.DatePart) and node.part == "month" and may_be_never(c.program, node.subject)
            for node in _every_node(c.program)
        )
        c.remember("never months", known)
    return known


def _every_node(program: model.Program) -> list[model.Node]:
    every: list[model.Declared] = [
        *program.defines.values(),
        *program.measures.values(),
        *program.scores.values(),
        *program.designations.values(),
        *program.exclusions.values(),
        *program.reports.values(),
        *program.claims.values(),
        *program.changes.values(),
        *program.examples.values(),
    ]
    return [node for declared in every for node in nodes(declared)]


def may_be_never(program: model.Program, expression: model.Expression) -> bool:
    match expression:
        case model.Constant(value=value):
            return value == NEVER
        case model.AssessmentDate():
            return False
        case model.Shift(anchor=anchor):
            return may_be_never(program, anchor)
        case model.FieldOf(row=row, field=field) if isinstance(row.type, RecordType):
            return program.records[row.type.id].field(field).or_never
        case model.Lookup(table=table):
            return any(each.value == NEVER for each in program.tables[table].entries)
        case _:
            return _knows_never(program)


def _knows_never(program: model.Program) -> bool:
    """Whether `never` occurs at all: in a field, a parameter, or a condition."""
    return (
        any(each.or_never for record in program.records.values() for each in record.fields)
        or any(entry.value == NEVER for table in program.tables.values() for entry in table.entries)
        or any(isinstance(node, model.Constant) and node.value == NEVER for node in _every_node(program))
    )

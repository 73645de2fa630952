"""Values: references, arithmetic, dates, sets, cases."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.parts import Written, all_of, expressions, the, words
from attain_compiler.syntax.making import Make

EXTREMES = {"GREATEST_OF": "max", "LEAST_OF": "min", "EARLIEST_OF": "earliest", "LATEST_OF": "latest"}
"""The kinds of `Extreme`, and those of `Aggregate` that are not called by the first of their words."""

ROUNDINGS = {
    "ROUNDED_DOWN": "down",
    "ROUNDED_UP": "up",
    "ROUNDED_HALF_UP": "half up",
    "ROUNDED_HALF_EVEN": "half even",
}


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""As they are written in `last 1 March on or before D`."""

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def reference(it: Written) -> ast.Reference:
    return ast.Reference(it.parts[0], span=it.span)


def qualified(it: Written) -> ast.Reference:
    return ast.Reference(it.parts[1], it.parts[0], span=it.span)


def call(it: Written) -> ast.Call:
    return ast.Call(it.parts[0], tuple(it.parts[1:]), span=it.span)


def member(it: Written) -> ast.Member:
    return ast.Member(it.parts[0], it.parts[1], span=it.span)


def the_record(it: Written) -> ast.TheRecord:
    return ast.TheRecord(it.parts[0], span=it.span)


def the_field(it: Written) -> ast.Member:
    record, field = it.parts
    start = Span(it.span.path, it.span.start, record.span.end)
    return ast.Member(ast.TheRecord(record, span=start), field, span=it.span)


def new_entity(it: Written) -> ast.NewEntity:
    return ast.NewEntity(it.parts[0], it.parts[1] if len(it.parts) > 1 else None, span=it.span)


def parenthesised(it: Written) -> ast.Expression:
    value: ast.Expression = it.parts[0]
    return value


def set_literal(it: Written) -> ast.SetLiteral:
    return ast.SetLiteral(tuple(it.parts), span=it.span)


def negative(it: Written) -> ast.Unary:
    return ast.Unary("-", it.parts[0], span=it.span)


def binary(it: Written) -> ast.Binary:
    left, operator, right = it.parts
    return ast.Binary(operator.text, left, right, span=it.span)


def otherwise(it: Written) -> ast.Otherwise:
    return ast.Otherwise(it.parts[0], it.parts[1], span=it.span)


def rounded(it: Written) -> ast.Rounded:
    value, mode, step = it.parts
    return ast.Rounded(value, ROUNDINGS[mode.kind], step, span=it.span)


def as_of(it: Written) -> ast.AsOf:
    return ast.AsOf(it.parts[0], it.parts[1], span=it.span)


def month_of(it: Written) -> ast.DatePart:
    return ast.DatePart("month", it.parts[0], span=it.span)


def year_of(it: Written) -> ast.DatePart:
    return ast.DatePart("year", it.parts[0], span=it.span)


def month_number_of(it: Written) -> ast.DatePart:
    return ast.DatePart("month number", it.parts[0], span=it.span)


def last_day_before(it: Written) -> ast.Recurring:
    return _recurring(it, "last")


def first_day_after(it: Written) -> ast.Recurring:
    return _recurring(it, "first")


def _recurring(it: Written, which: str) -> ast.Recurring:
    written, anchor = it.parts
    day, name = written.text.split()
    month = 1 + MONTHS.index(name)
    if not 1 <= int(day) <= _LENGTHS[month - 1]:
        place = Span(it.span.path, written.start, written.end)
        advice = f"{name} has {_LENGTHS[month - 1]} days"
        it.report.append(Diagnostic("no-such-date", f"there is no `{written.text}`", place, help=advice))
        day = "1"
    return ast.Recurring(which, month, int(day), anchor, span=it.span)


def first_day_of(it: Written) -> ast.DatePart:
    return ast.DatePart("first day", it.parts[0], span=it.span)


def last_day_of(it: Written) -> ast.DatePart:
    return ast.DatePart("last day", it.parts[0], span=it.span)


def days_from_to(it: Written) -> ast.Elapsed:
    return ast.Elapsed("days", it.parts[0], it.parts[1], span=it.span)


def months_from_to(it: Written) -> ast.Elapsed:
    return ast.Elapsed("months", it.parts[0], it.parts[1], span=it.span)


def years_from_to(it: Written) -> ast.Elapsed:
    return ast.Elapsed("years", it.parts[0], it.parts[1], span=it.span)


def month_range(it: Written) -> ast.Range:
    return ast.Range("months", it.parts[0], it.parts[1], span=it.span)


def day_range(it: Written) -> ast.Range:
    return ast.Range("days", it.parts[0], it.parts[1], span=it.span)


def maximum_of(it: Written) -> ast.MaximumOf:
    return ast.MaximumOf(it.parts[0], span=it.span)


def extreme(it: Written) -> ast.Extreme:
    return ast.Extreme(EXTREMES[it.parts[0].kind], tuple(it.parts[1:]), span=it.span)


def by_case(it: Written) -> ast.Case:
    return ast.Case(tuple(it.parts), span=it.span)


def case_when(it: Written) -> ast.CaseBranch:
    return ast.CaseBranch(it.parts[0], it.parts[1], span=it.span)


def case_otherwise(it: Written) -> ast.CaseBranch:
    return ast.CaseBranch(it.parts[0], None, span=it.span)


def binder(it: Written) -> ast.Binder:
    """`Usage u`: what it runs over, then the variable."""
    return ast.Binder(it.parts[1], it.parts[0], span=it.span)


def member_binder(it: Written) -> ast.Binder:
    """`a in associations(t)`: the variable, then what it runs over."""
    return ast.Binder(it.parts[0], it.parts[1], span=it.span)


def count_of(it: Written) -> ast.Aggregate:
    return ast.Aggregate("count", None, it.parts[0], _condition(it), span=it.span)


def aggregate(it: Written) -> ast.Aggregate:
    kind, value, rows = it.parts[:3]
    name = EXTREMES.get(kind.kind) or kind.text.split()[0]
    return ast.Aggregate(name, value, rows, it.parts[3] if len(it.parts) > 3 else None, span=it.span)


def field_of_one(it: Written) -> ast.FieldOfOne:
    variable, field, rows, condition = it.parts
    value = ast.Member(ast.Reference(variable, span=variable.span), field, span=variable.span.to(field.span))
    return ast.FieldOfOne(value, rows, condition, span=it.span)


def best_for(it: Written) -> ast.Aggregate:
    kind = "max" if words(it.parts, "BEST_FOR") else "min"
    return ast.Aggregate(kind, it.parts[2], it.parts[1], None, span=it.span)


def allocation(it: Written) -> ast.Allocation:
    binder, roles = the(it.parts, ast.Binder), all_of(it.parts, ast.AllocationRole)
    shares = all_of(it.parts, ast.AllocationShare)
    value = next((each for each in expressions(it.parts) if each not in (binder, *roles, *shares)), None)
    return ast.Allocation(binder, value, roles, shares, span=it.span)


def allocation_role(it: Written) -> ast.AllocationRole:
    return ast.AllocationRole(it.parts[0], it.parts[1], it.parts[2] if len(it.parts) > 2 else None, span=it.span)


def allocation_share(it: Written) -> ast.AllocationShare:
    most, first, second = it.parts
    return ast.AllocationShare(most, first, second, span=it.span)


def _condition(it: Written) -> ast.Expression | None:
    found = expressions(it.parts)
    return found[0] if found else None


MAKERS: dict[str, Make] = {
    "reference": reference,
    "qualified": qualified,
    "call": call,
    "member": member,
    "the_record": the_record,
    "the_field": the_field,
    "new_entity": new_entity,
    "parenthesised": parenthesised,
    "set": set_literal,
    "negative": negative,
    "binary": binary,
    "otherwise": otherwise,
    "rounded": rounded,
    "as_of": as_of,
    "month_of": month_of,
    "year_of": year_of,
    "month_number_of": month_number_of,
    "last_day_before": last_day_before,
    "first_day_after": first_day_after,
    "first_day_of": first_day_of,
    "last_day_of": last_day_of,
    "days_from_to": days_from_to,
    "months_from_to": months_from_to,
    "years_from_to": years_from_to,
    "month_range": month_range,
    "day_range": day_range,
    "maximum_of": maximum_of,
    "extreme": extreme,
    "by_case": by_case,
    "case_when": case_when,
    "case_otherwise": case_otherwise,
    "binder": binder,
    "member_binder": member_binder,
    "count_of": count_of,
    "aggregate": aggregate,
    "field_of_one": field_of_one,
    "best_for": best_for,
    "allocation": allocation,
    "allocation_role": allocation_role,
    "allocation_share": allocation_share,
}

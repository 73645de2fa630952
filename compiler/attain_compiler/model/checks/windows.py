"""Windows of months that begin or end on the last day of a month: the days that a shorter month lacks lie in two of
them, or in none."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import Duration
from attain_compiler.model.walk import nodes


def check(program: model.Program, mains: frozenset[str], findings: Findings) -> None:
    """Remark on each `within the N months before D`, `to D` and `after D` where D is the last day of a month."""
    bodies: tuple[model.Node, ...] = (
        *program.defines.values(), *program.measures.values(), *program.designations.values(),
        *program.exclusions.values(), *program.scores.values(),
    )  # fmt: skip
    for body in bodies:
        if body.span.path not in mains:
            continue
        for node in nodes(body):
            match node:
                case model.And(items=(
                    model.Compare(operator=">" | ">=", right=model.Shift(direction=-1, length=length, anchor=anchor)),
                    model.Compare(operator="<=" | "<" as sign, right=end),
                )) if anchor == end and _in_months(length) and _ends_a_month(program, end):  # fmt: skip
                    twice, word = ("29", "to") if sign == "<=" else ("28", "before")
                    findings.take([_doubt(node, "overlap", f"{twice} February lies in two", word)])
                case model.And(items=(
                    model.Compare(operator=">", right=begin),
                    model.Compare(operator="<=", right=model.Shift(direction=1, length=length, anchor=anchor)),
                )) if anchor == begin and _in_months(length) and _ends_a_month(program, begin):  # fmt: skip
                    findings.take([_doubt(node, "leave days out", "29 February lies in none", "after")])
                case _:
                    pass


def _in_months(length: model.Expression) -> bool:
    return not (isinstance(length, model.Constant) and isinstance(length.value, Duration) and not length.value.months)


def _ends_a_month(program: model.Program, day: model.Expression) -> bool:
    match day:
        case model.DatePart(part="last day"):
            return True
        case model.Shift(direction=-1, length=model.Constant(value=Duration(months=0, days=1)), anchor=next_day):
            return _begins_a_month(program, next_day)
        case model.DefineCall(define=define):
            return _ends_a_month(program, program.defines[define].body)
        case model.AsOf(value=value):
            return _ends_a_month(program, value)
        case _:
            return False


def _begins_a_month(program: model.Program, day: model.Expression) -> bool:
    match day:
        case model.DatePart(part="first day"):
            return True
        case model.DefineCall(define=define):
            return _begins_a_month(program, program.defines[define].body)
        case model.AsOf(value=value):
            return _begins_a_month(program, value)
        case _:
            return False


def _doubt(window: model.And, what: str, which: str, word: str) -> Diagnostic:
    return Diagnostic(
        "window-to-month-end",
        f"windows of months {word} the last day of a month {what} where a month has fewer days: {which}",
        window.span,
        help=f"compare months instead: `month of D within the 12 months {word} MONTH`",
        severity=Severity.NOTE,
    )

"""Windows of months that end on the last day of a month: the days that a shorter month lacks lie in two of them."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import Duration
from attain_compiler.model.walk import nodes


def check(program: model.Program, mains: frozenset[str], findings: Findings) -> None:
    """Remark on each `within the N months to D` where D is the last day of a month."""
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
                    model.Compare(operator=">", right=model.Shift(direction=-1, length=length, anchor=anchor)),
                    model.Compare(operator="<=", right=last),
                )) if anchor == last and _in_months(length) and _ends_a_month(program, last):  # fmt: skip
                    findings.take([_doubt(node)])
                case _:
                    pass


def _in_months(length: model.Expression) -> bool:
    return not (isinstance(length, model.Constant) and isinstance(length.value, Duration) and not length.value.months)


def _ends_a_month(program: model.Program, day: model.Expression) -> bool:
    match day:
        case model.DatePart(part="last day"):
            return True
        case model.DefineCall(define=define):
            return _ends_a_month(program, program.defines[define].body)
        case model.AsOf(value=value):
            return _ends_a_month(program, value)
        case _:
            return False


def _doubt(window: model.And) -> Diagnostic:
    return Diagnostic(
        "window-to-month-end",
        "windows of months to the last day of a month overlap where a month has fewer days: 29 February lies in two",
        window.span,
        help="compare months instead: `month of D within the 12 months to MONTH`",
        severity=Severity.NOTE,
    )

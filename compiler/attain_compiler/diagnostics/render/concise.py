"""One line for each diagnostic: `path:line:column: error[code]: message`."""

from __future__ import annotations

from attain_compiler.diagnostics.render.columns import printable
from attain_compiler.diagnostics.render.findings import Findings


def render_concise(findings: Findings) -> str:
    """The diagnostics in the form that editors and `grep` understand, a line each."""
    lines = []
    for each in findings.diagnostics:
        place = findings.place(each.span)
        where = f"{place.path}:{place.line}:{place.column}" if place else each.span.path
        lines.append(printable(f"{where}: {each.severity.value}[{each.code}]: {each.message}") + "\n")
    return "".join(lines)

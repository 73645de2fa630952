"""Why rows count or do not, as text."""

from __future__ import annotations

from collections import Counter

from attain_engine.assess.why import Explanation, MeasureExplanation
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper


def why_text(explanation: Explanation, console: Console) -> str:
    """Each row with its values, then each measure with the reason."""
    paper = Paper(console)
    for row in explanation.rows:
        paper.line(paper.styled(row.row, "strong"))
        paper.wrapped(", ".join(f"{name} {value}" for name, value in row.values.items()), indent=2)
        rows = []
        several = Counter(measure.call for measure in row.measures)
        for measure in row.measures:
            reason = f"left out: {measure.exclusion}" if measure.exclusion else "; ".join(measure.reasons)
            if measure.exclusion and measure.reasons:
                reason += f"; also {'; '.join(measure.reasons)}"
            sources = f"({', '.join(measure.sources)})" if measure.sources and measure.exclusion else ""
            mark = paper.mark(_standing(measure))
            said = _counts(measure) if measure.counts else f"{reason} {sources}".rstrip()
            if several[measure.call] > 1:
                said += f"  in `{measure.aggregate}`"
            rows.append([f"{mark} {measure.call}", said])
        paper.table(rows, indent=2)
        if not rows:
            paper.line("  nothing that the designations rest on looks at this record")
        paper.line()
    if paper.lines:
        paper.lines.pop()
    return paper.text()


def _standing(measure: MeasureExplanation) -> str:
    if not measure.counts or measure.against:
        return "failed"
    return "met" if measure.certain else "undetermined"


def _counts(measure: MeasureExplanation) -> str:
    if measure.against:
        return f"speaks against it: {'; '.join(measure.against)}"
    return "counts" if measure.certain else "may count: what is not known decides"

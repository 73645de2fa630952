"""How values come about, and why rows count or do not, as text."""

from __future__ import annotations

from collections import Counter

from attain_engine.assess.lines import Line, Worksheet
from attain_engine.assess.why import Explanation, MeasureExplanation
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper
from attain_engine.report.threshold import threshold


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
    if not measure.certain:
        return "may count: what is not known decides"
    weight = f" with {measure.value}" if measure.value else ""
    return f"counts{weight}{f', {measure.share} of {measure.whole}' if measure.share else ''}"


def worksheet_text(worksheet: Worksheet, console: Console) -> str:
    """Each value, and indented below it what it comes from."""
    paper = Paper(console)
    for line in worksheet.lines:
        _line(paper, line, 0)
    paper.line()
    paper.line(paper.styled(f"{worksheet.organisation}, assessed as of {worksheet.as_of}", "faint"))
    return paper.text()


def _line(paper: Paper, line: Line, depth: int) -> None:
    paper.wrapped(paper.styled(said(line), "faint") if not line.counts else _marked(paper, line), indent=2 * depth)
    if line.quotation is not None and line.quotation.sources:
        paper.wrapped(paper.styled(f"source {sources_of(line)}", "faint"), indent=2 * depth + 4)
    for former in line.quotation.amended if line.quotation is not None else ():
        paper.wrapped(paper.styled(f"amended, not by {former}", "faint"), indent=2 * depth + 4)
    for each in line.lines:
        _line(paper, each, depth + 1)


def _marked(paper: Paper, line: Line) -> str:
    mark = f"{paper.mark(line.verdict)} " if line.verdict else ""
    return f"{mark}{said(line)}"


def said(line: Line) -> str:
    """A line in words: what it is about, what that came to, how it counts, and what would turn it."""
    if line.kind == "left out":
        return f"· {line.value} not counted: {line.text}{f' ({line.title})' if line.title else ''}"
    title = f'  "{line.title}"' if line.title and line.kind not in ("row", "element") else ""
    title = title or (f"  ({line.title})" if line.title else "")
    value = f" = {line.value}" if line.value not in ("", line.text) and not line.operator else ""
    if line.operator and line.value:
        value = f": {line.value}"
        if line.needed and line.verdict != "met" and not _flag(line.needed):
            value += f" ({threshold(line.operator, line.needed)})"
    of = f" of {line.out_of}" if line.out_of else ""
    notes = [f"{line.share} of it" if line.share else "", line.note, line.turn]
    return "; ".join(filter(None, (f"{line.text}{title}{value}{of}", *notes)))


def _flag(needed: str) -> bool:
    return needed in ("yes", "no", "unknown", "no value")


def sources_of(line: Line) -> str:
    """The sources of a line's rule: ids bare, words quoted."""
    sources = line.quotation.sources if line.quotation is not None else ()
    return ", ".join(f'"{each}"' if " " in each else each for each in sources)

"""A report as one HTML file that needs nothing else: it can be mailed, printed and read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from importlib.resources import files
from typing import Any

from attain_engine import __version__
from attain_engine.assess import models
from attain_engine.assess.exact import Exact
from attain_engine.plan.models import OnePlan, Plan, PlanStep
from attain_engine.report.assessment_text import NO_TRACK, found_words
from attain_engine.report.full import FullReport
from attain_engine.report.optional import library
from attain_engine.report.why_text import said, sources_of
from attain_engine.show import threshold

VERDICTS = {"met": "Qualified", "failed": "Not qualified", "undetermined": "Undetermined"}
MARKS = {"met": "✓ met", "failed": "✗ failed", "undetermined": "? open"}
STATUSES = {
    "qualified": "Nothing needs to change.",
    "impossible": "No plan exists: that is proved.",
    "nothing found": "No plan was found in the time allowed; that none exists is not proved.",
    "undetermined": "A plan would rest on facts that are not known.",
}


def html(report: FullReport) -> str:
    """The whole file. Every text is escaped. Raises MissingLibrary where jinja2 is not installed."""
    jinja2 = library("jinja2", "a report in HTML")
    folder = files("attain_engine.report") / "templates"
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string((folder / "report.html.j2").read_text(encoding="utf-8"))
    style = (folder / "report.css").read_text(encoding="utf-8")
    answer = report.assessment
    shown = {each.id: line for each, line in zip(answer.designations, report.worksheet, strict=True)}
    text: str = template.render(
        report=report,
        answer=answer,
        lines=shown,
        measures=[each for each in answer.measures if each.groups],
        sources=sources(answer),
        style=environment.filters["safe"](style),
        version=__version__,
        verdicts=VERDICTS,
        marks=MARKS,
        statuses=STATUSES,
        comparison=comparison,
        found_words=found_words,
        share=share,
        days=_days,
        named=named,
        proof=proof,
        said=said,
        no_track=NO_TRACK,
        cited=sources_of,
    )
    return text


def comparison(clause: models.Clause) -> dict[str, Any]:
    """What a requirement found and needs, and how far that is in percent: of the only comparison that decides it."""
    deciding = _deciding(clause)
    if deciding is None:
        return {"found": "", "needed": "", "share": None}
    upward = deciding.operator in (">=", ">")
    return {
        "found": deciding.found,
        "needed": threshold(deciding.operator, deciding.needed).removesuffix(" needed"),
        "share": share(deciding.found_exact, deciding.needed_exact) if upward else None,
    }


def _deciding(clause: models.Clause) -> models.Clause | None:
    """The comparison that a condition comes down to, where it is one; of several, the one that has its verdict."""
    if clause.operator:
        return clause
    alike = [each for each in clause.clauses if each.verdict == clause.verdict and each.given is None]
    return _deciding(alike[0]) if len(alike) == 1 else None


def share(part: Exact | None, whole: Exact | None) -> int | None:
    """How much of a whole a part is, in percent from 0 to 100, rounded down; None where that cannot be told."""
    if part is None or whole is None or Fraction(whole.number) <= 0:
        return None
    return int(max(Fraction(0), min(Fraction(1), Fraction(part.number) / Fraction(whole.number))) * 100)


def _days(step: PlanStep, one: OnePlan) -> int:
    return 100 * step.days // one.days if one.days else 0


def named(group: models.RowGroup) -> str:
    """The rows of a group: how many, and the first of them."""
    more = group.count - len(group.rows)
    return f"{group.count:,} ({', '.join(group.rows)}{f' and {more:,} more' if more else ''})"


def proof(plan: Plan) -> str:
    """What is proved of a plan."""
    if plan.status == "proved":
        return "Proved minimal"
    return (
        f"Best found, at most {plan.gap} above the proven bound of {plan.bound}"
        if plan.gap
        else "Best found, not proved"
    )


def sources(answer: models.Assessment) -> list[tuple[str, models.Quotation]]:
    """The rules that the answer shows, each with its sources; those that quote the same together."""
    found: dict[models.Quotation, list[str]] = {}
    for rule, quotation in _quoted(answer):
        if quotation.sources:
            found.setdefault(quotation, []).append(rule)
    return [(", ".join(dict.fromkeys(rules)), quotation) for quotation, rules in found.items()]


def _quoted(answer: models.Assessment) -> Iterator[tuple[str, models.Quotation]]:
    for designation in answer.designations:
        for requirement in designation.track.requirements:
            yield f"{designation.name}.{requirement.path}", requirement.quotation
        for score in designation.track.scores:
            for part in score.parts:
                yield f"{score.call}.{part.name}", part.quotation
    for measure in answer.measures:
        yield measure.call, measure.quotation

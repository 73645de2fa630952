"""A report as one HTML file that needs nothing else: it can be mailed, printed and read aloud."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from attain_engine import __version__
from attain_engine.assess import models
from attain_engine.assess.exact import Exact
from attain_engine.assess.lines import Line
from attain_engine.plan.models import OnePlan, Plan
from attain_engine.report.assessment_text import NO_TRACK, found_words, other_tracks
from attain_engine.report.forecast_text import turn_words
from attain_engine.report.full import FullReport
from attain_engine.report.grouped import grouped
from attain_engine.report.optional import library
from attain_engine.report.plan_words import in_time, outcome, proof, waiting, why_so
from attain_engine.report.threshold import threshold
from attain_engine.report.why_text import said, sources_of

VERDICTS = {"met": "Qualified", "failed": "Not qualified", "undetermined": "Undetermined"}
MARKS = {"met": "✓ met", "failed": "✗ failed", "undetermined": "? open"}
_TAG_OR_DAY = re.compile(
    r"<(?P<whole>style|title|script)>.*?</(?P=whole)>|<[^>]*>|(?P<day>(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]))",
    re.DOTALL,
)
_CODE = re.compile("<code>[^<]*</code>")
_WITHIN_NAME = re.compile(r"(?<=\w)[._](?=[^\W\d])")
_TICKED = re.compile("`([^`]+)`")


def html(report: FullReport) -> str:
    """The whole file. Every text is escaped. Raises MissingLibrary where jinja2 is not installed."""
    answer = report.assessment
    environment = _environment(library("jinja2", "a report in HTML"))
    text: str = environment.get_template("report.html.j2").render(
        report=report,
        answer=answer,
        lines=_by_designation(answer, report.worksheet),
        measures=[each for each in answer.measures if each.groups],
        sources=sources(answer),
        style=environment.filters["safe"](style_sheet()),
        version=__version__,
        outcome=outcome,
        days=_days,
        end_of=_end,
        named=named,
        turn_words=turn_words,
        proof=proof,
        why_so=why_so,
        in_time=in_time,
        waiting=waiting,
    )
    return _broken_well(text)


def fragment(answer: models.Assessment, worksheet: Sequence[Line]) -> str:
    """An assessment alone, as it stands in a report, for a page that has the style sheet: no document of its own.
    `worksheet` has a line for each designation. Raises MissingLibrary."""
    template = _environment(library("jinja2", "a page")).get_template("answer_only.html.j2")
    text: str = template.render(answer=answer, lines=_by_designation(answer, worksheet))
    return _broken_well(text)


def _broken_well(page: str) -> str:
    """The page with its dates marked as such, so that no line ends within one, and with names that may go on in the
    next line after their underscores and dots, and not elsewhere."""
    page = _TAG_OR_DAY.sub(lambda found: f"<time>{found[0]}</time>" if found["day"] else found[0], page)
    return _CODE.sub(lambda found: _WITHIN_NAME.sub(r"\g<0><wbr>", found[0]), page)


def style_sheet() -> str:
    """The style of reports."""
    return _template("report.css")


@cache
def _environment(jinja2: Any) -> Any:
    """What makes text of the templates. It is kept: reading them takes longer than anything else."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, loader=jinja2.FunctionLoader(_template)
    )
    markup, escape = environment.filters["safe"], environment.filters["escape"]
    environment.filters["ticked"] = lambda text: markup(_TICKED.sub(r"<code>\1</code>", str(escape(text))))
    environment.globals |= {
        "verdicts": VERDICTS,
        "marks": MARKS,
        "comparison": comparison,
        "found_words": found_words,
        "grouped": grouped,
        "share": share,
        "said": said,
        "cited": sources_of,
        "no_track": NO_TRACK,
        "other_tracks": other_tracks,
    }
    return environment


def _template(name: str) -> str:
    return (files("attain_engine.report") / "templates" / name).read_text(encoding="utf-8")


def _by_designation(answer: models.Assessment, worksheet: Sequence[Line]) -> dict[str, Line]:
    return {each.id: line for each, line in zip(answer.designations, worksheet, strict=True)}


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


def _days(day: datetime.date, plan: Plan, one: OnePlan) -> int:
    """How far a day is on the way from the assessment date to the last day of a plan, in percent."""
    whole = (_end(one) - plan.as_of).days
    return 100 * (day - plan.as_of).days // whole if whole else 0


def _end(one: OnePlan) -> datetime.date:
    return max((one.ready, *(step.ready for step in one.steps)))


def named(group: models.RowGroup) -> str:
    """The rows of a group: how many, and the first of them."""
    more = group.count - len(group.rows)
    return f"{group.count:,} ({', '.join(group.rows)}{f' and {more:,} more' if more else ''})"


def sources(answer: models.Assessment) -> list[tuple[str, models.Quotation]]:
    """The rules that the answer shows, each with its sources; those that quote the same together."""
    found: dict[models.Quotation, list[str]] = {}
    for rule, quotation in _quoted(answer):
        if quotation.sources or quotation.amended:
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

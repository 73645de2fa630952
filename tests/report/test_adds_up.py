"""Of the organisations that come with the policies, the numbers of an answer add up, in the assessment and in the
worksheet below it; and what a report says of them is what the assessment says."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from attain_engine.api import Assessment, FullReport, full_report, load_facts, load_policy, written
from attain_engine.assess.exact import Exact
from attain_engine.assess.lines import Line

POLICIES = Path(__file__).parents[2] / "policies"
PAIRS = [
    ("modern_work", "dashboard.json"),
    ("modern_work", "northwind"),
    ("cloud_platform", "contoso"),
    ("partner_contribution_indicators", "fabrikam"),
    ("employment_lawyer", "berger"),
    ("federal_skilled_worker", "santos.json"),
    ("federal_skilled_worker", "adeyemi"),
    ("leed_new_construction", "harbour_school.json"),
    ("leed_new_construction", "mill_street"),
    ("life_project", "teichbach"),
    ("employment_lawyer", "weidt.json"),
]
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}


@cache
def report(policy: str, facts: str) -> FullReport:
    program = load_policy(POLICIES / f"{policy}.attain")
    given = load_facts(program, POLICIES / "facts" / facts)
    assert given.as_of is not None
    return full_report(program, given, given.as_of, ahead=None)


def number(exact: Exact | None) -> Fraction | None:
    return None if exact is None else Fraction(exact.number)


def lines(found: tuple[Line, ...]) -> Iterator[Line]:
    for each in found:
        yield each
        yield from lines(each.lines)


@pytest.mark.parametrize(("policy", "facts"), PAIRS)
class TestNumbers:
    def test_parts_add_up_to_their_score(self, policy: str, facts: str) -> None:
        answer: Assessment = report(policy, facts).assessment
        for score in [s for d in answer.designations for t in d.tracks for s in t.scores]:
            total, most = number(score.total_exact), number(score.out_of_exact)
            points = [number(each.points_exact) for each in score.parts]
            for part, got in zip(score.parts, points, strict=True):
                limit = number(part.maximum_exact)
                if got is not None and limit is not None:
                    assert got <= limit
                    assert part.full == (got == limit), part.name
            if total is not None and most is not None and None not in points:
                assert total == min(most, sum(each for each in points if each is not None)), score.call

    def test_a_worksheet_adds_up_as_well(self, policy: str, facts: str) -> None:
        for score in [each for each in lines(report(policy, facts).worksheet) if each.kind == "score"]:
            parts = [number(each.value_exact) for each in score.lines if each.kind == "part" and each.counts]
            total, most = number(score.value_exact), number(score.out_of_exact)
            if parts and None not in parts and total is not None and most is not None:
                assert total == min(most, sum(each for each in parts if each is not None)), score.text

    def test_what_is_compared_holds_or_not_as_is_said(self, policy: str, facts: str) -> None:
        found = [each for each in lines(report(policy, facts).worksheet) if each.operator in COMPARISONS]
        compared = [(each, number(each.value_exact), number(each.needed_exact)) for each in found]
        settled = [(each, a, b) for each, a, b in compared if a is not None and b is not None]
        for each, left, right in settled:
            if each.verdict in ("met", "failed"):
                assert COMPARISONS[each.operator](left, right) == (each.verdict == "met"), each.text
        assert settled

    def test_verdicts_are_those_of_the_requirements(self, policy: str, facts: str) -> None:
        answer = report(policy, facts).assessment
        for designation in answer.designations:
            for track in designation.tracks:
                verdicts = {each.verdict for each in track.requirements}
                if track.name == designation.shown and not designation.award and verdicts:
                    assert (designation.verdict == "met") <= (verdicts == {"met"})

    def test_every_form_says_the_same_totals_and_verdicts(self, policy: str, facts: str) -> None:
        whole = report(policy, facts)
        page, text = str(written(whole, ".html")), str(written(whole, ".md"))
        for designation in whole.assessment.designations:
            track = next((each for each in designation.tracks if each.name == designation.shown), None)
            word = {"met": "ualified", "failed": "ot qualified", "undetermined": "ndetermined"}[designation.verdict]
            assert word in page
            assert word in text
            if track is not None and track.total:
                assert track.total in page
                assert track.total in text

"""Scores and designations."""

from __future__ import annotations

from fractions import Fraction

import pytest

from attain_compiler.model import program as model
from attain_compiler.model.types import POINTS
from tests.model.policies import VOCABULARY, error, errors, marked, program, warnings


def part(scoring: str) -> model.Part:
    source = f"{VOCABULARY}\nscore s(t Track) out of 30\n  part a up to 30 {scoring}\n"
    return program(source).scores["p.s"].parts[0]


def test_in_proportion_is_cut_off_at_the_maximum() -> None:
    found = part("in proportion to adds(t) full at 10")
    assert isinstance(found.points, model.InProportion)
    assert found.points.maximum == found.maximum
    assert isinstance(found.maximum, model.Constant)
    assert found.maximum.value == Fraction(30)


def test_points_for_each_unit_are_cut_off_at_the_maximum() -> None:
    found = part("4 points for each adds(t)")
    assert isinstance(found.points, model.Clamped)
    assert isinstance(found.points.value, model.Arithmetic)


def test_all_or_nothing_is_the_maximum_or_0() -> None:
    found = part("all or nothing when adds(t) at least 3")
    assert isinstance(found.points, model.Case)
    assert found.points.branches[0].value == found.maximum
    assert found.points.otherwise == model.Constant(Fraction(0), type=POINTS, span=found.span)


def test_a_gate_encloses_the_scoring() -> None:
    found = part("worth 40 points only if adds(t) at least 3 else 2")
    assert isinstance(found.points, model.Case)
    assert isinstance(found.points.branches[0].value, model.Clamped)
    assert isinstance(found.points.otherwise, model.Clamped)


def test_the_best_over_a_set_is_a_greatest() -> None:
    found = part("best for a in { smb, enterprise }: in proportion to adds(a) full at 10")
    assert isinstance(found.points, model.Aggregate)
    assert (found.points.kind, found.points.binder.number) == ("max", 1)
    assert isinstance(found.points.value, model.InProportion)


def test_the_best_over_what_may_be_nothing_is_0_then() -> None:
    found = part("best for p in Person: worth 3 points")
    assert isinstance(found.points, model.Fallback)
    assert found.points.fallback == model.Constant(Fraction(0), type=POINTS, span=found.span)


def test_the_best_of_several_is_an_extreme() -> None:
    found = part("best of\n    2 points for each adds(t)\n    worth 3 points")
    assert isinstance(found.points, model.Extreme)
    assert (found.points.kind, len(found.points.items)) == ("max", 2)


@pytest.mark.parametrize(
    ("scoring", "code"),
    [
        ("in proportion to adds(t) full at 10 USD", "unit-mismatch"),
        ("in proportion to t full at t", "type-mismatch"),
        ("in proportion to adds(t) full at 0", "full-not-positive"),
        ("4 USD for each adds(t)", "unit-mismatch"),
        ("4 points for each capability(t)", "unit-mismatch"),
        ("worth adds(t)", "unit-mismatch"),
        ("all or nothing when adds(t)", "type-mismatch"),
        ("worth 3 points only if adds(t)", "type-mismatch"),
        ("worth 3 points only if adds(t) at least 2 else 3%", "unit-mismatch"),
    ],
)
def test_a_scoring_is_about_points(scoring: str, code: str) -> None:
    source = f"{VOCABULARY}\nscore s(t Track) out of 30\n  part a up to 30 {scoring}\n"
    assert errors(source) == [code]


def test_a_maximum_below_0_is_refused() -> None:
    source = f"{VOCABULARY}\nscore s out of 30\n  part a up to 0 - 5 worth 3 points\n"
    assert "out-of-bounds" in errors(source)


def test_parts_of_one_name_are_refused() -> None:
    source = f"{VOCABULARY}\nscore s out of 30\n  part a up to 15 worth 3 points\n  part a up to 15 worth 3 points\n"
    assert errors(source) == ["duplicate-name"]


SCORE = """
reading printed
  right 5 points default
  wrong 15 points

score s(t Track) out of 30
  part a up to 20 worth 3 points
  part b up to printed worth 3 points

define uses(t Track)
  s(t) more than 0

designation d
  best for t in Track by s(t)
  require r uses(t)
"""


def test_maxima_that_do_not_add_up_are_a_doubt() -> None:
    assert "maxima-differ" in warnings(VOCABULARY + SCORE)


def test_a_claim_about_the_maximum_settles_the_doubt() -> None:
    assert "maxima-differ" not in warnings(VOCABULARY + SCORE + "\nclaim maximum of s is 25\n")


def test_the_maximum_needs_no_arguments_where_they_make_no_difference() -> None:
    claim = program(VOCABULARY + SCORE + "\nclaim maximum of s is 25\n").claims["p.claim_1"]
    assert isinstance(claim.condition, model.Compare)
    assert isinstance(claim.condition.left, model.MaximumOf)
    assert len(claim.condition.left.arguments) == 1


def test_a_claim_about_a_maximum_that_depends_is_about_all_arguments() -> None:
    source = VOCABULARY + (
        "\nparameter most for Track points\n  enterprise 10 points, smb 20 points\n"
        "\nscore s(t Track) out of 20\n  part a up to most(t) worth 3 points\n"
        "\nclaim maximum of s at most 20\n"
    )
    condition = program(source).claims["p.claim_1"].condition
    assert isinstance(condition, model.And)
    arguments = [each.left.arguments for each in condition.items if isinstance(each, model.Compare)
                 and isinstance(each.left, model.MaximumOf)]  # fmt: skip
    assert [str(each.value) for (each,) in arguments if isinstance(each, model.Constant)] == ["enterprise", "smb"]


DESIGNATION = """
designation d "D"
  any for t in Track
  require common "Common" adds(t) at least 1
  option direct
    require sold adds(t) at least 2
  tier silver "Silver"
    require people adds(t) at least 3
  tier gold "Gold"
    require people adds(t) at least 4
    option reseller
      require revenue some Usage u where u.track is t
"""


def test_paths_of_requirements_name_their_tier_and_option() -> None:
    found = program(VOCABULARY + DESIGNATION).designations["p.d"]
    paths = [
        *(each.path for each in found.requirements),
        *(each.path for option in found.options for each in option.requirements),
        *(each.path for tier in found.tiers for each in tier.requirements),
        *(each.path for tier in found.tiers for option in tier.options for each in option.requirements),
    ]
    assert paths == ["common", "direct.sold", "silver.people", "gold.people", "gold.reseller.revenue"]


def test_the_track_is_variable_0_and_binders_in_requirements_differ() -> None:
    found = program(VOCABULARY + DESIGNATION).designations["p.d"]
    assert found.tracks is not None
    assert found.tracks.binder.number == 0
    (requirement,) = found.tiers[1].options[0].requirements
    assert isinstance(requirement.condition, model.Exists)
    assert requirement.condition.binder.number == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("d is met", ("met", None, None)),
        ("d is undetermined", ("undetermined", None, None)),
        ("d is gold", ("exactly", "gold", None)),
        ("d at least silver", ("at least", "silver", None)),
        ("d.common is met", ("met", None, "common")),
        ("d.gold.reseller.revenue is met", ("met", None, "gold.reseller.revenue")),
        ("d(smb).common is met", ("met", None, "common")),
        ("d(smb) is gold", ("exactly", "gold", None)),
    ],
)
def test_a_status_can_be_asked_for(status: str, expected: tuple[str, str | None, str | None]) -> None:
    found = program(f"{VOCABULARY}{DESIGNATION}\ndefine it\n  {status}\n").defines["p.it"].body
    assert isinstance(found, model.StatusIs)
    assert (found.word, found.tier, found.requirement) == expected
    assert (found.track is not None) == ("smb" in status)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("  require a yes\n  require a yes", "duplicate-name"),
        ("  tier a\n    require x yes\n  tier a\n    require x yes", "duplicate-name"),
        ("  option a\n    require x yes\n  option a\n    require x yes", "duplicate-name"),
        ("  option a\n    require x yes\n  tier a\n    require x yes", "duplicate-name"),
        ("  best for t in Track by t\n  require a yes", "type-mismatch"),
        ("  best for t in 3 by adds(t)\n  require a yes", "type-mismatch"),
        ("  best for t in Track by adds(t)", "nothing-required"),
        ("  require a 3", "type-mismatch"),
        ("  require a d is met", "cyclic-definition"),
    ],
)
def test_a_designation_with_a_mistake(lines: str, code: str) -> None:
    assert set(errors(f"{VOCABULARY}\ndesignation d\n{lines}\n")) == {code}


def test_two_tiers_may_have_requirements_of_one_name() -> None:
    assert errors(VOCABULARY + DESIGNATION) == []


def test_a_tier_asked_for_as_a_requirement_gets_advice() -> None:
    source = f"{VOCABULARY}{DESIGNATION}\ndefine it\n  d.gold is met\n"
    found = error(source)
    assert (marked(source, found), found.help) == ("gold", "write `d at least gold`")

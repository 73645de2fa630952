"""Titles: what stands in their braces, and numbers that are none of the rule's."""

from __future__ import annotations

import pytest

from tests.model.policies import VOCABULARY, compiled, errors, program

POLICY = (
    VOCABULARY
    + """
parameter needed for Track points
  enterprise 70 points
  smb        60 points

parameter most count
  12
"""
)


def rule(title: str, condition: str) -> str:
    return f'{POLICY}\ndesignation other\n  any for t in Track\n  require it "{title}" {condition}\n'


def doubts(text: str) -> list[str]:
    return [each.message for each in compiled(text)[1] if each.code == "title-differs"]


def test_a_value_of_the_rule_stands_in_its_title() -> None:
    found = program(rule("At least {needed(t)} points, {most - 2} times", "capability(t) at least needed(t)"))
    ((_, one), (_, two)) = found.designations["p.other"].requirements[0].puts
    assert (str(one.type), str(two.type)) == ("points", "count")


@pytest.mark.parametrize("title", ["{neede(t)}", "{t.a}", "{needed}", "{nothing}"])
def test_a_name_that_means_nothing_in_a_title_is_an_error(title: str) -> None:
    assert errors(rule(title, "capability(t) at least needed(t)"))


@pytest.mark.parametrize("title", ["{}", "{at least}", "{needed(t) at least 3 points}", "{needed(t)\\\\}"])
def test_what_is_no_value_is_an_error(title: str) -> None:
    assert errors(rule(title, "capability(t) at least needed(t)")) == ["unknown-placeholder"]


@pytest.mark.parametrize(
    "head",
    [
        'measure m count "{x}"\n  1',
        'define m "{x}"\n  1 at least 1',
        'parameter m count "{x}"\n  1',
        'report m "{x}" as count\n  1',
        'designation m "{x}"\n  require a 1 at least 1',
        'designation m\n  tier a "{x}"\n    require a 1 at least 1',
        'designation m\n  option a "{x}"\n    require a 1 at least 1',
    ],
)
def test_titles_without_a_rule_have_no_braces(head: str) -> None:
    assert "unknown-placeholder" in errors(f"{POLICY}\n{head}\n")


@pytest.mark.parametrize(
    ("title", "condition"),
    [
        ("At least 65 of 100 points", "capability(t) at least 70"),
        ("50 points", "capability(t) at least needed(t)"),
        ("Ten or 11 customers", "adds(t) at least most"),
        ("US$2,000 or more", "adds(t) at least 1_000"),
        ("35% of them", "the Membership.growth at least 25%"),
        ("80 points and 5 customers", "capability(t) at least 70 and adds(t) at least 5"),
        ("2 of 5", "each Usage u once for\n    3 with u.trial"),
        ("Both, 5 and 6", "adds(t) at least 7 and capability(t) at least 80"),
    ],
)
def test_another_number_than_the_rule_compares_with_is_a_doubt(title: str, condition: str) -> None:
    assert len(doubts(rule(title, condition))) == 1


@pytest.mark.parametrize(
    ("title", "condition"),
    [
        ("At least 70 of 100 points", "capability(t) at least 70"),
        ("60 or 70 points", "capability(t) at least needed(t)"),
        ("Office 365 customers", "adds(t) at least 10"),
        ("Exam 70-346 passed", "adds(t) at least 10"),
        ("Since 2016", "adds(t) at least 10"),
        ("1,000 customers", "adds(t) at least 1_000"),
        ("25% more", "the Membership.growth at least 25%"),
        ("Customers in 12 months", "adds(t) at least 3 and the Membership.length at most 12 months"),
        ("Within 2 years", "the Membership.length at most 24 months"),
        ("At least {most} of them", "adds(t) at least most"),
        ("No number at all", "adds(t) at least 10"),
        ("3 of them", "some Usage u where u.trial"),
    ],
)
def test_the_numbers_of_the_rule_and_names_are_none(title: str, condition: str) -> None:
    assert doubts(rule(title, condition)) == []


def test_a_change_in_units_says_how_many() -> None:
    change = "\nmeasure m count 0 to 9\n  0\n\nchange win by 1 to 5 {}\n  raises m by 1\n  cost 1 USD each\n"
    assert len(doubts(POLICY + change.format('"Win customers"'))) == 1
    assert doubts(POLICY + change.format('"Win {n} customers"')) == []
    assert doubts(POLICY + change.format("")) == []

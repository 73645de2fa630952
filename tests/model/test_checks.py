"""What only the whole program can tell, and texts that were made to be hard."""

from __future__ import annotations

import pytest

from tests.model.policies import VOCABULARY, errors, errors_in, warnings

USE = "\ndefine it(u Usage, c Certificate, t Track)\n  {}\n\nmeasure bounded count 0 to 10\n  3\n"


@pytest.mark.parametrize(
    ("condition", "doubt"),
    [
        ("u.paid_seats at least 0", "always-true"),
        ("u.paid_seats less than 0", "never-true"),
        ("0 at most u.paid_seats", "always-true"),
        ("c.score more than 1_000", "never-true"),
        ("c.score is 1_001", "never-true"),
        ("c.score is not 1_001", "always-true"),
        ("capability(t) more than 100", "never-true"),
        ("capability(t).first at least 61", "never-true"),
        ("bounded at most 10", "always-true"),
        ("count of Usage x at least 0", "always-true"),
    ],
)
def test_a_comparison_that_bounds_decide_is_a_doubt(condition: str, doubt: str) -> None:
    assert doubt in warnings(VOCABULARY + USE.format(f"({condition})"))


@pytest.mark.parametrize(
    "condition",
    [
        "u.paid_seats more than 0",
        "c.score at least 1_000",
        "c.score is 0",
        "u.paid_seats from 0 to 300",
        "capability(t) at least 100",
        "capability(t) more than 0",
        "each part of capability(t) at least 0",
        "the Membership.growth at least 0%",
        "u.billed at least 0 USD",
        "bounded at least 10",
    ],
)
def test_a_comparison_that_may_go_either_way_is_no_doubt(condition: str) -> None:
    assert not {"always-true", "never-true"} & set(warnings(VOCABULARY + USE.format(condition)))


@pytest.mark.parametrize(
    "declaration",
    [
        "enum E { a }",
        "entity E",
        "record E\n  a count",
        "parameter e count\n  5",
        "reading e\n  a default\n  b",
        "define e\n  yes",
        "measure e count\n  5",
        "score e out of 5\n  part a up to 5 worth 3 points",
    ],
)
def test_what_nothing_uses_is_a_doubt(declaration: str) -> None:
    used = (
        VOCABULARY + "\ndefine all(u Usage)\n  u.paid_seats in seats(u.track) and u.association in associations(smb)\n"
    )
    assert warnings(f"{used}\n{declaration}\n").count("unused") == warnings(used).count("unused") + 1


@pytest.mark.parametrize(
    "declaration",
    [
        "designation e\n  require a yes",
        "change e\n  raises adds(smb) by 1",
        'report e "E" as count\n  5',
        'example "e"\n  expect yes',
        "claim adds(smb) at least 0",
    ],
)
def test_what_stands_for_itself_is_no_doubt(declaration: str) -> None:
    assert warnings(f"{VOCABULARY}\n{declaration}\n").count("unused") == warnings(VOCABULARY).count("unused")


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("u.trial and u.trial or u.trial", "mixed-and-or"),
        ("at least 3 of (u.trial, u.trial)", "too-many-needed"),
        ("(u.paid_seats rounded down to 0) is 3", "step-not-positive"),
        ("(u.paid_seats rounded down to u.paid_seats) is 3", "not-constant"),
    ],
)
def test_a_condition_that_cannot_mean_what_it_says(condition: str, code: str) -> None:
    assert errors_in(condition)[:1] == [code]


def test_parentheses_make_and_and_or_clear() -> None:
    assert errors_in("(u.trial and u.trial) or (u.trial and not (u.trial or u.trial))") == []


def test_ranges_inside_one_another_are_few() -> None:
    condition = "u.trial"
    for depth in range(20):
        condition = f"(count of Usage x{depth} where {condition}) from 1 to 5"
    assert "too-deep" in errors_in(condition)


def test_an_order_of_many_values_is_refused() -> None:
    names = [f"v{i}" for i in range(60)]
    source = f"{VOCABULARY}\nenum E {{ {', '.join(names)} }}\nrecord R\n  a Tenant\n  e E\n"
    source += f"precedence R r for each r.a by r.e\n  {' over '.join(names)}\n"
    assert errors(source) == ["too-long"]


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 60 + "5" + ")" * 60,
        "greatest of (1, " * 60 + "2" + ")" * 60,
        "(1 + " * 60 + "nowhere" + ")" * 60,
        " else ".join(["(5 / 5)"] * 60),
    ],
    ids=["parentheses", "greatest", "sums", "else"],
)
def test_nesting_does_not_multiply_the_work(expression: str) -> None:
    assert len(errors_in(expression, "number")) < 5


def test_a_large_table_with_many_overlaps_is_read() -> None:
    rows = "\n".join(f"  from {i} to {i + 5} {i}%" for i in range(2_000))
    assert errors(f"{VOCABULARY}\nparameter it for count percent\n{rows}\n") == ["overlapping-entries"] * 1_999


def test_many_keys_of_which_most_are_missing_are_one_doubt() -> None:
    values = ", ".join(f"v{i}" for i in range(300))
    source = f"{VOCABULARY}\nenum E {{ {values} }}\nparameter it for E, E, E count\n  v1 v1 v1 5\n"
    source += "define use(e E)\n  it(e, e, e) is 5\n"
    assert warnings(source).count("missing-entry") == 1


def test_cases_that_give_too_much_together_are_refused() -> None:
    cases = ", ".join(f"({i})" for i in range(1_000))
    givens = "\n".join(f"  given m{i} = n" for i in range(300))
    source = f'{VOCABULARY}\nexample "x"\n  for each (n) in\n    {cases}\n{givens}\n  expect yes\n'
    assert errors(source) == ["too-long"]


def test_thousands_of_wrong_names_are_reported() -> None:
    body = "\n".join(f"    nowhere_{i} is 3" for i in range(2_000))
    assert errors(f"{VOCABULARY}\ndefine it\n  all of\n{body}\n") == ["unknown-name"] * 2_000


def test_a_long_chain_of_definitions_is_followed() -> None:
    chain = "\n".join(f"define d{i}\n  d{i + 1}" for i in range(3_000))
    assert errors(f"{VOCABULARY}\n{chain}\ndefine d3000\n  d0\n") == ["cyclic-definition"]

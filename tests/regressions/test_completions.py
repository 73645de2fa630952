"""Ways in which conditions over unknown numbers hold, asked first without what the numbers are made of."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attain_engine.api import assess
from attain_engine.check.claims import check_claims
from attain_engine.open.comparing import compare
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Disjunction,
    Negation,
    Reaches,
    conjunction,
    disjunction,
    negation,
    subformulas,
    unknown,
)
from attain_engine.open.derived import Sum
from attain_engine.open.linear import Quantity, add, of_amount, total, weighted
from attain_engine.open.quantities import extreme
from attain_engine.solve.certain import completion, is_possible, status, statuses
from attain_engine.solve.implied import implied
from tests.regressions.asked import ON, read

STAFF: Quantity = of_amount(Amount("unknown", "staff", 0, 5))
ROOMS: Quantity = of_amount(Amount("unknown", "rooms", 0, 5))
OPEN: Condition = unknown("open")

NEVER = {
    "it contradicts itself": (OPEN, negation(disjunction((OPEN, compare(">=", STAFF, 2))))),
    "a number reaches more, but not less": (compare(">=", STAFF, 3), compare("<", STAFF, 2)),
    "the sum is more than its parts": (compare(">=", add(STAFF, ROOMS), 8), compare("<=", STAFF, 2)),
    "the greatest is more than each": (
        compare(">=", add(extreme("max", [STAFF, ROOMS]), STAFF), 7),
        compare("<=", STAFF, 1),
    ),
}
SOMETIMES = {
    "the sum of what is left": (compare(">=", add(STAFF, ROOMS), 7), compare("<=", STAFF, 2)),
    "a number between two bounds": (compare(">=", STAFF, 2), compare("<", STAFF, 3), OPEN),
}


@pytest.mark.parametrize("none_expected", [False, True])
@pytest.mark.parametrize("case", NEVER)
def test_what_cannot_be_has_no_completion(case: str, none_expected: bool) -> None:
    assert completion(conjunction(NEVER[case]), none_expected=none_expected) is None


@pytest.mark.parametrize("none_expected", [False, True])
@pytest.mark.parametrize("case", SOMETIMES)
def test_what_can_be_has_one_and_it_is_exact(case: str, none_expected: bool) -> None:
    found = completion(conjunction(SOMETIMES[case]), none_expected=none_expected)
    assert found is not None
    assert found.exact
    assert all(found.settle(each) is True for each in SOMETIMES[case])


@pytest.mark.parametrize("case", [*NEVER, *SOMETIMES])
@pytest.mark.parametrize("negated", [False, True])
def test_how_one_condition_stands_is_what_a_search_for_several_says(case: str, negated: bool) -> None:
    """Of one condition two completions are tried that need no search."""
    condition = conjunction({**NEVER, **SOMETIMES}[case])
    condition = negation(condition) if negated else condition
    assert status(condition) == statuses({"it": condition})["it"]
    assert is_possible(condition) == (completion(condition) is not None)


ENDLESS = of_amount(Amount("unknown", "costs", None, None, whole=False))
BELOW = of_amount(Amount("unknown", "losses", None, -3))


@pytest.mark.parametrize(
    "condition",
    [
        compare(">", ENDLESS, 1),
        compare("<=", add(ENDLESS, BELOW), -3),
        compare("<=", add(STAFF, BELOW), 2),
        compare(">", add(STAFF, BELOW), 2),
        disjunction((compare(">=", BELOW, -2), OPEN)),
    ],
)
def test_numbers_without_an_end_stand_as_a_search_says(condition: Condition) -> None:
    assert status(condition) == statuses({"it": condition})["it"]
    assert is_possible(condition) == (completion(condition) is not None)


def sum_of(weights: list[int], *amounts: Quantity) -> Quantity:
    return total([weighted((unknown(f"part {each}"), weight) for each, weight in enumerate(weights)), *amounts])


def test_a_long_sum_that_just_reaches_a_bound_is_found() -> None:
    """Asked about one answer set after the other, the arithmetic gave up after a thousand of them."""
    weights = [1 + each % 4 for each in range(60)]
    more = add(sum_of(weights, STAFF), weighted([(unknown("differs"), 1)]))
    less = sum_of(weights, STAFF)
    apart = conjunction((compare(">=", more, 70), compare("<", less, 70)))
    found = completion(apart)
    assert found is not None
    assert found.exact
    assert found.settle(apart) is True


def test_of_two_long_sums_the_one_with_more_in_it_is_not_less() -> None:
    weights = [1 + each % 4 for each in range(60)]
    more = add(sum_of(weights, STAFF), weighted([(unknown("differs"), 1)]))
    less = sum_of(weights, STAFF)
    assert completion(conjunction((compare(">=", less, 70), compare("<", more, 70)))) is None
    assert completion(conjunction((compare(">", less, 70), compare("<=", more, 70)))) is None


@given(st.data())
def test_what_is_implied_by_the_levels_of_sums_always_holds(data: st.DataObject) -> None:
    numbers = st.integers(-3, 3).filter(bool)
    fractions = st.fractions(-4, 12, max_denominator=2)
    sums, levels = [], {}
    for _ in range(data.draw(st.integers(1, 2))):
        terms = tuple((unknown(f"part {each}"), data.draw(numbers)) for each in range(data.draw(st.integers(1, 3))))
        amounts = tuple(
            (Amount("unknown", name, -1, 2, whole=name == "staff"), data.draw(numbers)) for name in ("staff", "rest")
        )
        made = Amount("unknown", Sum.of(terms, amounts), None, None, whole=False)
        sums.append(made)
        levels[made] = [(data.draw(fractions), data.draw(st.booleans())) for _ in range(2)]
    holding = {f"part {each}": data.draw(st.booleans()) for each in range(3)}
    values = {"staff": data.draw(st.integers(-1, 2)), "rest": data.draw(st.fractions(-1, 2, max_denominator=4))}

    def value(of: Sum) -> Fraction:
        terms = sum(weight for each, weight in of.terms if holding[each.name])
        return Fraction(terms + sum(weight * values[each.name] for each, weight in of.amounts))

    def level(amount: Amount, least: Fraction, strict: bool) -> bool:
        return value(amount.name) > least if strict else value(amount.name) >= least

    told = {
        (each.amount, each.least, each.strict): level(each.amount, each.least, each.strict)
        for condition in implied(levels)
        for each in subformulas((condition,) if not isinstance(condition, bool) else ())
        if isinstance(each, AmountAtLeast)
    }
    for condition in implied(levels):
        assert holds(condition, holding, told), condition


def holds(condition: Condition, holding: dict[str, bool], levels: dict[tuple[Amount, Any, bool], bool]) -> bool:
    match condition:
        case bool():
            return condition
        case Atom():
            return holding[condition.name]
        case AmountAtLeast():
            return levels[condition.amount, condition.least, condition.strict]
        case Negation():
            return not holds(condition.operand, holding, levels)
        case Conjunction():
            return all(holds(each, holding, levels) for each in condition.operands)
        case Disjunction():
            return any(holds(each, holding, levels) for each in condition.operands)
        case Reaches():
            return sum(w for each, w in condition.terms if holds(each, holding, levels)) >= condition.bound
        case _:
            raise TypeError(condition)


FLAGS = 40
LONG = f"""\
record House one row
{"".join(f"  f{each}  flag?" + chr(10) for each in range(FLAGS))}
score points out of {FLAGS}
{"".join(f"  part p{each} up to 1 all or nothing when the House.f{each}" + chr(10) for each in range(FLAGS))}
designation asked "Asked"
  require it "It" {{condition}}

claim {{condition}}
"""


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("points at least 20 or points less than 21", "met"),
        ("points at most 20 or points more than 19", "met"),
        ("points at least 21 and points less than 21", "failed"),
        ("points at least 21 and points at most 22", "undetermined"),
    ],
)
def test_two_bounds_of_a_long_score_are_told(tmp_path: Path, condition: str, expected: str) -> None:
    """They kept the solver busy for ever: it adds up one sum after the other."""
    policy = LONG.format(condition=condition)
    program, facts = read(tmp_path, policy, {"House": [{}]}, {})
    assert assess(program, facts, ON).designations[0].verdict == expected
    (claim,) = check_claims(program)
    assert claim.standing == ("holds" if expected == "met" else "fails")

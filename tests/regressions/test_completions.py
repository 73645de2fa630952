"""Ways in which conditions over unknown numbers hold, asked first without what the numbers are made of."""

from __future__ import annotations

import pytest

from attain_engine.open.comparing import compare
from attain_engine.open.conditions import Amount, Condition, conjunction, disjunction, negation, unknown
from attain_engine.open.linear import Quantity, add, of_amount
from attain_engine.open.quantities import extreme
from attain_engine.solve.certain import completion

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

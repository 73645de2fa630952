"""Linear bounds over whole numbers and fractions: kept to together, or a reason why not."""

from __future__ import annotations

import itertools
from fractions import Fraction
from random import Random

import pytest

from attain_engine.solve.simplex import Bound, Simplex, TooManyBranches
from tests.seeds import of_each

MOST = 3


def random_question(rng: Random) -> tuple[int, dict[int, dict[int, int]], list[Bound]]:
    """So many whole numbers from 0 to MOST, forms over them, and a bound on each form."""
    count = rng.randint(1, 4)
    drawn = [{each: rng.randint(-3, 3) for each in range(count)} for _ in range(rng.randint(1, 4))]
    forms = {count + place: {each: by for each, by in form.items() if by} for place, form in enumerate(drawn)}
    bounds = [Bound(each, 0, upper=False, strict=False, reason="ends") for each in range(count)]
    bounds += [Bound(each, MOST, upper=True, strict=False, reason="ends") for each in range(count)]
    for form in forms:
        value = Fraction(rng.randint(-12, 12), rng.choice([1, 2]))
        bounds.append(Bound(form, value, upper=rng.random() < 0.5, strict=rng.random() < 0.5, reason=form))
    return count, forms, bounds


def keeps(bound: Bound, value: Fraction | int) -> bool:
    if value == bound.value:
        return not bound.strict
    return (value < bound.value) is bound.upper


def possible(count: int, forms: dict[int, dict[int, int]], bounds: list[Bound]) -> bool:
    for values in itertools.product(range(MOST + 1), repeat=count):
        sums = [sum(by * values[each] for each, by in form.items()) for form in forms.values()]
        if all(keeps(bound, [*values, *sums][bound.variable]) for bound in bounds):
            return True
    return False


@of_each(range(150))
def test_bounds_are_kept_to_where_they_can_be_and_else_some_cannot(seed: int) -> None:
    count, forms, bounds = random_question(Random(seed))
    simplex = Simplex([True] * count + [False] * len(forms), forms)
    core = simplex.conflict(bounds)
    if core is None:
        found = simplex.solution()
        assert all(keeps(bound, found[bound.variable]) for bound in bounds)
        assert all(found[each].denominator == 1 for each in range(count))
    else:
        assert not possible(count, forms, [each for each in bounds if each.reason in {*core, "ends"}])


def test_strict_bounds_leave_room_for_a_fraction_but_not_for_a_whole_number() -> None:
    between = [
        Bound(0, 0, upper=False, strict=True, reason="above"),
        Bound(0, 1, upper=True, strict=True, reason="below"),
    ]
    assert Simplex([False], {}).conflict(between) is None
    assert Simplex([True], {}).conflict(between) == {"above", "below"}


def test_numbers_beyond_any_machine_word_are_exact() -> None:
    large = 10**30
    simplex = Simplex([True, True, False], {2: {0: 1, 1: 1}})
    equal = [Bound(2, 2 * large + 1, upper=up, strict=False, reason=up) for up in (True, False)]
    ends = [Bound(each, large, upper=True, strict=False, reason=each) for each in (0, 1)]
    assert simplex.conflict([*equal, *ends]) == {False, 1}
    assert simplex.conflict([*equal, ends[0]]) is None


def test_whole_numbers_without_end_are_given_up() -> None:
    simplex = Simplex([True, True, False], {2: {0: 2, 1: -2}})
    with pytest.raises(TooManyBranches):
        simplex.conflict([Bound(2, 1, upper=up, strict=False, reason=up) for up in (True, False)])

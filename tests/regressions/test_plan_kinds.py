"""Kinds of wrong plans and false proofs, each with further members of its kind."""

from __future__ import annotations

from attain_engine.optimise.incumbent import Known
from attain_engine.optimise.problem import solution

EMPTY = solution((), {})


def test_a_bound_of_a_later_aim_says_nothing_once_the_aim_before_it_is_proved_to_be_more() -> None:
    known = Known(2)
    known.offer(EMPTY, (8, 18))
    known.raise_bound(0, 8, "clasp")
    known.raise_stage(0, (4, 18), "highs")
    assert known.snapshot()[1] == (8, 0)
    assert not known.settled()
    known.offer(EMPTY, (8, 16))
    known.raise_stage(0, (8, 16), "highs")
    assert known.settled()


def test_a_bound_of_two_aims_below_what_is_proved_does_not_contradict_a_better_plan() -> None:
    known = Known(2)
    known.raise_bound(0, 8, "clasp")
    known.offer(EMPTY, (8, 16))
    known.raise_stage(0, (4, 62), "highs")
    assert known.snapshot()[1] == (8, 0)


def test_of_three_aims_the_third_bound_needs_both_before_it() -> None:
    known = Known(3)
    known.offer(EMPTY, (2, 5, 9))
    known.raise_bound(0, 2, "clasp")
    known.raise_after((2,), 5, "clasp")
    known.raise_stage(0, (2, 3, 9), "highs")
    assert known.snapshot()[1] == (2, 5, 0)
    known.raise_stage(1, (4, 9), "highs")
    assert known.snapshot()[1] == (2, 5, 0)
    known.raise_stage(1, (5, 9), "highs")
    assert known.settled()

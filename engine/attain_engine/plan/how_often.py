"""How often a plan makes a change, as something that it must keep to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_engine.evaluate import Evaluator
from attain_engine.open.comparing import compare
from attain_engine.open.conditions import Condition, conjunction, disjunction
from attain_engine.open.quantities import Quantity, add, total, weighted
from attain_engine.plan.candidates import Candidate
from attain_engine.plan.instances import Instances, an_instance, instances
from attain_engine.plan.problem import PlanProblem


@frozen
class HowOften:
    """Changes are made from `least` to `most` times in all (None: however often)."""

    instances: Instances
    least: int
    most: int | None

    def condition(self, options: Iterable[Candidate]) -> Condition:
        """Whether they are made so often."""
        made: Quantity = 0
        for each in options:
            if self.instances.has(each.change, each.arguments):
                made = add(made, each.quantity())
        enough = compare(">=", made, self.least)
        return enough if self.most is None else conjunction((enough, compare("<=", made, self.most)))


@frozen
class ChangesAtMost:
    """So many changes are made at the most, each with its arguments one, however often."""

    most: int

    def condition(self, options: Iterable[Candidate]) -> Condition:
        """Whether no more are made."""
        return compare("<=", weighted((each.unit(1), 1) for each in options), self.most)


@frozen
class LessOfSome:
    """Some change (by its id) is made less often than so: another plan that only does more is no other plan."""

    units: tuple[tuple[str, int], ...]

    def condition(self, options: Iterable[Candidate]) -> Condition:
        """Whether one is."""
        every = list(options)
        return disjunction(
            compare("<", total(each.quantity() for each in every if each.change.id == change), units)
            for change, units in self.units
        )


Limit: TypeAlias = HowOften | ChangesAtMost | LessOfSome


def exactly(made: Iterable[tuple[int, str]], evaluator: Evaluator) -> Iterator[HowOften]:
    """That these changes, as they are written, are made so often, and no others. Raises PlanProblem where it is open
    which is meant, and where one is named twice."""
    whole = 0
    named: set[tuple[str | None, tuple[Any, ...] | None]] = set()
    for times, text in made:
        for each in instances(text, evaluator):
            formals = evaluator.program.changes[each.change].parameters if each.change is not None else ()
            if each.change is None or (formals and (each.arguments is None or None in each.arguments)):
                some = an_instance(each.change, evaluator) or "certify(ana)"
                raise PlanProblem(f"`{text}` leaves open which is meant", f"write its arguments, as in `{some}`")
            key = each.change, each.arguments or ()
            if key in named:
                raise PlanProblem(f"`{text}` is named twice", "say how often once, as in `2 certify(ana)`")
            named.add(key)
            whole += times
            yield HowOften(each, times, times)
    yield HowOften(Instances(None), whole, whole)


def limits(
    forbid: Iterable[str], require: Iterable[str], at_most: Iterable[tuple[int, str]], evaluator: Evaluator
) -> Iterator[HowOften]:
    """What is asked of instances of changes, as they are written (see `instances`): never, at least once, or so often
    at the most. Raises PlanProblem."""
    for text in sorted(forbid):
        yield from (HowOften(each, 0, 0) for each in instances(text, evaluator))
    for text in sorted(require):
        yield from (HowOften(each, 1, None) for each in instances(text, evaluator))
    for most, text in at_most:
        if most < 0:
            raise PlanProblem(f"`{text}` cannot be made {most} times at the most", "give a number from 0 on")
        yield from (HowOften(each, 0, most) for each in instances(text, evaluator))

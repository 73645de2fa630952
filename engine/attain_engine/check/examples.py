"""Running the examples of a policy: each `expect` must come out true, what is expected of plans included."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attain_compiler.frozen import frozen
from attain_compiler.latest import Latest
from attain_compiler.model import program as model
from attain_compiler.source import Span
from attain_engine import check
from attain_engine.check.came_out import came_out
from attain_engine.check.judged_on import date_of
from attain_engine.evaluate import EvaluationProblem, Evaluator, world_of
from attain_engine.evaluate.state import Bodies
from attain_engine.facts import Facts, rows_from_example
from attain_engine.open.conditions import Condition
from attain_engine.rules.decide import Decided, Disagreement, decide
from attain_engine.solve.certain import Answer, status

PLAN_SECONDS = 60
"""So long the search for one plan may take: what is not proved by then is a failure."""


@frozen
class Failure:
    """An expectation that did not come true: its place, and what was found instead."""

    span: Span
    message: str


@frozen
class ExampleResult:
    """One example (one case of it) and its failures; it passed where there are none."""

    example: model.Example
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        return not self.failures


def run_examples(program: model.Program) -> list[ExampleResult]:
    """Run every example of the program's main policy and of the policies it imports, in order."""
    return [run_example(program, example) for example in program.examples.values()]


def run_example(program: model.Program, example: model.Example) -> ExampleResult:
    """Run one example: clingo decides its expectations by the compiled rules of the policy. Raises Disagreement where
    the evaluator, which says what was found instead, comes to another truth."""
    facts = rows_from_example(program, example)
    on, readings = date_of(program, example), dict(example.readings)
    evaluator = Evaluator(program, world_of(program, facts), on, readings)
    truths = [_truth(evaluator, each) for each in example.expectations]
    asks = bool(truths) and not evaluator.problems and None not in truths
    decided = _decided(program, facts, on, readings, example) if asks else None
    failures: list[Failure] = []
    for index, expectation in enumerate(example.expectations):
        failures += _failure(evaluator, example, expectation, truths[index], _answer(decided, index))
    if example.plans:
        found = check.plan_failures(program, example, facts, on, PLAN_SECONDS)
        failures += (Failure(expected.span, instead) for expected, instead in found)
    return ExampleResult(example, tuple(failures))


def holds(program: model.Program, example: model.Example, bodies: Bodies | None = None) -> bool:
    """Whether every expectation of an example holds by the evaluator alone, with the closures of `bodies` instead of
    the usual ones where some are given. For what runs examples by the thousand, or watches them."""
    world = world_of(program, rows_from_example(program, example))
    evaluator = Evaluator(program, world, date_of(program, example), dict(example.readings), bodies)
    truths = [_truth(evaluator, each) for each in example.expectations]
    return not evaluator.problems and all(truth is not None and status(truth) == "yes" for truth in truths)


def plans_hold(program: model.Program, example: model.Example, seconds: int = PLAN_SECONDS) -> bool:
    """Whether what an example expects of plans comes true; the search for each of them may take so long."""
    facts, on = rows_from_example(program, example), date_of(program, example)
    return not example.plans or next(check.plan_failures(program, example, facts, on, seconds), None) is None


def _truth(evaluator: Evaluator, expectation: model.Expression) -> Condition | None:
    """What an expectation comes to by the evaluator; None where it cannot be worked out at all."""
    try:
        return evaluator.condition(expectation)
    except EvaluationProblem:
        return None


def _decided(
    program: model.Program, facts: Facts, on: datetime.date, readings: dict[str, str], example: model.Example
) -> Decided:
    """What the rules say of the expectations. They are compiled once for all examples of a policy; for facts that are
    larger than most, once more."""
    return decide(program, facts, on, readings, (), asked=example.expectations, among=_expectations(program))


_every: Latest[tuple[model.Expression, ...]] = Latest(1)


def _expectations(program: model.Program) -> tuple[model.Expression, ...]:
    """Those of all examples of a program, gathered once for the program asked about last."""

    def gathered() -> tuple[model.Expression, ...]:
        return tuple(each for example in program.examples.values() for each in example.expectations)

    return _every.get(id(program), gathered, program)


def _answer(decided: Decided | None, index: int) -> Answer:
    """What the rules say of an expectation: open where it rests on something unknown."""
    if decided is None or index in decided.open_conditions:
        return "open"
    return "yes" if index in decided.conditions else "no"


def _failure(
    evaluator: Evaluator, example: model.Example, expectation: model.Expression, truth: Condition | None, rules: Answer
) -> Iterator[Failure]:
    if truth is None:
        try:
            evaluator.condition(expectation)
        except EvaluationProblem as problem:
            yield Failure(problem.span or expectation.span, problem.message)
        return
    evaluated = status(truth)
    if "open" not in (rules, evaluated) and rules != evaluated:
        raise Disagreement(f"example `{example.title}`", rules, evaluated)
    answer = evaluated  # where it leaves open what the rules settle, nothing is said to be settled
    if answer != "yes" and evaluator.problems:
        last = evaluator.problems[-1]
        yield Failure(last.span or expectation.span, last.message)
    elif answer != "yes":
        yield Failure(expectation.span, came_out(evaluator, expectation, answer))

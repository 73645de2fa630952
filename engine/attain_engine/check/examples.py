"""Running the examples of a policy: each `expect` must come out true."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.source import Span
from attain_engine import show
from attain_engine.evaluate import EvaluationProblem, Evaluator, world_of
from attain_engine.facts import rows_from_example
from attain_engine.solve.certain import status

FIRST_DATE = datetime.date(2000, 1, 1)
"""The date of an example that names none, in a policy that does not say from when it is in force."""


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


def date_of(program: model.Program, example: model.Example) -> datetime.date:
    """The date an example is judged on."""
    if example.on is not None:
        return example.on
    policy = program.policies[example.id.partition(".")[0]]
    return policy.force_from or FIRST_DATE


def run_example(program: model.Program, example: model.Example) -> ExampleResult:
    """Run one example."""
    facts = rows_from_example(program, example)
    evaluator = Evaluator(program, world_of(program, facts), date_of(program, example), dict(example.readings))
    return ExampleResult(example, tuple(_failures(evaluator, example)))


def _failures(evaluator: Evaluator, example: model.Example) -> Iterator[Failure]:
    for expectation in example.expectations:
        try:
            answer = status(evaluator.condition(expectation))
            if answer != "yes" and evaluator.problems:
                problem = evaluator.problems[-1]
                yield Failure(problem.span or expectation.span, problem.message)
            elif answer != "yes":
                yield Failure(expectation.span, _found(evaluator, expectation, answer == "no"))
        except EvaluationProblem as problem:
            yield Failure(problem.span or expectation.span, problem.message)


def _found(evaluator: Evaluator, expectation: model.Expression, settled: bool) -> str:
    """What the expectation's left side came to."""
    if isinstance(expectation, model.Compare):
        found = evaluator.found(expectation.left)
        text = show.value(found, expectation.left.type)
        file = evaluator.program.files[expectation.left.span.path]
        return f"`{file.slice(expectation.left.span)}` is {text}"
    if isinstance(expectation, model.And) and settled:
        for item in expectation.items:
            if status(evaluator.condition(item)) == "no":
                return _found(evaluator, item, True)
    if settled:
        return "it does not hold"
    from attain_engine.assess.undecided import undecided  # loads the models of a report

    rests_on = undecided(evaluator.program, evaluator.condition(expectation))
    return f"it cannot be told: {'; '.join(rests_on) or 'something that it rests on is not given'}"

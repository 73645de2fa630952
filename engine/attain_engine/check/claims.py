"""What an author claims of a policy, proved or not: for the default readings, and for every other one by itself.

A claim is evaluated with nothing known: measures, rows and unpublished figures are all open. It holds when no way of
filling them in makes it false. Where one does, the facts are shown as an example. Of aggregates over the same rows
`same_rows` says what they have to do with each other; what they break together is refuted if rows are found that give
such values, else it is not proved.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, RecordType, Type
from attain_compiler.model.walk import nodes
from attain_engine import show
from attain_engine.check.counterexample import Counterexample, counterexample, reached
from attain_engine.check.judged_on import FIRST_DATE
from attain_engine.check.same_rows import among_the_same_rows, rules_of
from attain_engine.evaluate import EvaluationProblem, Evaluator, world_of
from attain_engine.evaluate.bounds import within
from attain_engine.evaluate.known import asks_what_is_known, fields_given
from attain_engine.evaluate.problems import TooManyCases
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.open.conditions import Condition, conjunction, negation
from attain_engine.open.quantities import TooFine
from attain_engine.solve.certain import completion, is_certain

Standing = Literal["holds", "fails", "not proved"]


@frozen
class ClaimResult:
    """How a claim stands under one choice of readings (`reading` and `alternative` are empty for the defaults)."""

    claim: model.Claim
    standing: Standing
    message: str
    example: str = ""
    """An example that shows that it does not hold, if one was found."""
    reading: str = ""
    alternative: str = ""


def check_claims(program: model.Program) -> Iterator[ClaimResult]:
    """Every claim of the main policy, under the default readings and under each other alternative by itself."""
    own = [each for each in program.claims.values() if each.id.partition(".")[0] == program.main]
    for claim in own:
        by_default, consulted = _stand(program, claim, {})
        yield by_default
        for reading in program.readings.values():
            for alternative in reading.alternatives:
                if alternative.name == reading.default:
                    continue
                result = by_default  # which it is again where the reading was not even looked at
                if reading.id in consulted:
                    result, _ = _stand(program, claim, {reading.id: alternative.name})
                yield replace(result, reading=reading.name, alternative=alternative.name)


def claim_diagnostics(program: model.Program) -> tuple[Diagnostic, ...]:
    """The claims that do not hold: an error under the default readings, a remark where only another reading breaks
    it."""
    results = list(check_claims(program))
    by_default = {each.claim.id: each.standing for each in results if not each.reading}
    found: list[Diagnostic] = []
    for each in results:
        if each.standing == "holds":
            continue
        under = f" when `{each.reading}` is read as `{each.alternative}`" if each.reading else ""
        if each.standing == "not proved":
            if not each.reading:
                found.append(
                    Diagnostic(
                        "claim-not-proved",
                        f"this claim could not be proved: {each.message}",
                        each.claim.span,
                        help=_help(_narrower(program, each.claim), each),
                        severity=Severity.WARNING,
                    )
                )
        elif by_default[each.claim.id] != "fails" or not each.reading:
            found.append(
                Diagnostic(
                    "claim-fails",
                    f"this claim does not hold{under}: {each.message}",
                    each.claim.span,
                    help=_help(
                        "" if each.reading else "correct the rule or the claim, or keep both as a `reading`", each
                    ),
                    severity=Severity.NOTE if each.reading else Severity.ERROR,
                )
            )
    return tuple(found)


def _narrower(program: model.Program, claim: model.Claim) -> str:
    """What may make a claim provable: bounds for the measures that have none, or a claim of less."""
    open_ended = [each.name for each in _measures_of(program, claim) if each.low is None or each.high is None]
    if not open_ended:
        return "claim something narrower"
    return f"give bounds to {', '.join(f'`{each}`' for each in open_ended[:3])}, or claim something narrower"


def _measures_of(program: model.Program, claim: model.Claim) -> list[model.Measure]:
    """The measures that a claim speaks of, also by way of what it calls."""
    found: dict[str, model.Declared] = {}
    todo: list[model.Node] = [claim]
    while todo:
        for node in nodes(todo.pop()):
            called: model.Declared | None = None
            match node:
                case model.MeasureCall(measure=id_):
                    called = program.measures[id_]
                case model.DefineCall(define=id_):
                    called = program.defines[id_]
                case model.ScoreCall(score=id_) | model.MaximumOf(score=id_):
                    called = program.scores[id_]
                case model.StatusIs(designation=id_):
                    called = program.designations[id_]
                case _:
                    pass
            if called is not None and called.id not in found:
                found[called.id] = called
                todo.append(called)
    return [each for each in found.values() if isinstance(each, model.Measure)]


def _help(advice: str, result: ClaimResult) -> str:
    if not result.example:
        return advice
    shown = f"this example shows it:\n{result.example}"
    return f"{advice}; {shown}" if advice else shown


class _Consulted(dict[str, Any]):
    """The chosen readings, and which of them were `looked_at`."""

    def __init__(self, chosen: Mapping[str, Any]) -> None:
        super().__init__(chosen)
        self.looked_at: set[str] = set()

    def __getitem__(self, reading: str) -> Any:
        self.looked_at.add(reading)
        return super().__getitem__(reading)


def _stand(program: model.Program, claim: model.Claim, readings: dict[str, str]) -> tuple[ClaimResult, frozenset[str]]:
    """How a claim stands, and the readings that this depends on."""
    policy = program.policies[claim.id.partition(".")[0]]
    on: datetime.date = policy.force_from or FIRST_DATE
    facts = _unknown_facts(program, claim)
    given: dict[Any, Condition] = {}
    for rows in facts.tables.values():
        for row in rows:
            given |= fields_given(program.records[row.record], row)
    evaluator = Evaluator(program, replace(world_of(program, facts), known=given), on, readings)
    example = ""
    evaluator.readings = consulted = _Consulted(evaluator.readings)
    try:
        standing, message, example = _judge(evaluator, claim, facts, readings, _broken(evaluator, claim))
        if standing == "not proved" and evaluator.problems:
            message = evaluator.problems[0].message
    except EvaluationProblem as problem:
        standing, message = "not proved", problem.message
    except (TooFine, TooManyCases):
        standing, message = "not proved", "it has too many cases"
    return ClaimResult(claim, standing, message, example), frozenset(consulted.looked_at)


def _unknown_facts(program: model.Program, claim: model.Claim) -> Facts:
    """Facts of which nothing is known, but that a record of one row has one. A claim about each row by itself is about
    any one row: there is then one, of which every field is unknown, and what is proved of it is proved of all."""
    tables = {each.id: (_unknown_row(each),) for each in program.records.values() if each.single}
    if isinstance(claim.condition, model.Not) and isinstance(claim.condition.operand, model.Exists):
        binder = claim.condition.operand.binder
        over = [each for each in reached(program, (claim.condition, claim.implies)) if _over(each, binder.type)]
        if binder.domain is None and isinstance(binder.type, RecordType) and len(over) == 1:
            tables[binder.type.id] = (_unknown_row(program.records[binder.type.id]),)
    return Facts("nobody", tables)


def _unknown_row(record: model.Record) -> Row:
    return Row(record.id, {field.name: UNKNOWN for field in record.fields})


def _over(node: model.Node, type_: Type) -> bool:
    """Whether a node looks at rows of this type."""
    match node:
        case model.Binding(binder=binder):
            return binder.domain is None and (binder.type == type_ or isinstance(binder.type, EntityType))
        case model.SingleRow():
            return node.type == type_
        case _:
            return False


def _judge(
    evaluator: Evaluator, claim: model.Claim, facts: Facts, readings: Mapping[str, str], broken: Condition
) -> tuple[Standing, str, str]:
    """How a claim stands that does not hold where `broken` does: with a message, and an example to run."""
    if broken is True:
        return "fails", _found(evaluator, claim.condition), ""
    broken_within = conjunction((broken, *_within_bounds(evaluator)))
    found = completion(broken_within, none_expected=True)
    if found is not None:  # most claims hold without what rows say
        of_rows = list(among_the_same_rows(evaluator, (broken,)))
        found = completion(conjunction((broken_within, *of_rows)), none_expected=True) if of_rows else found
    program = evaluator.program
    if found is None and asks_what_is_known((claim, *rules_of(program))):
        return "not proved", "it asks whether something is known, which only facts tell", ""
    if found is None:
        return "holds", "", ""

    def breaks(shown: Facts) -> bool:
        then = Evaluator(program, world_of(program, shown), evaluator.date, readings)
        return is_certain(_broken(then, claim))

    shown = counterexample(program, facts, evaluator.date, broken, found, breaks) if found.exact else None
    if shown is None:
        return "not proved", "there may be facts for which it does not hold", ""
    example = _example(evaluator, claim, readings, shown)
    given = " and ".join(f"`{each.removeprefix('given ')}`" for each in shown.given)
    if not shown.certain:
        return "not proved", f"with {given} it would be false, if there are rows that give this", example
    return "fails", f"with {given} it is false" if given else _found(evaluator, claim.condition), example


def _within_bounds(evaluator: Evaluator) -> Iterator[Condition]:
    """That every measure which was worked out lies within its bounds."""
    measures = evaluator.program.measures
    for context in evaluator.contexts():
        for key, value in context.calls.items():
            if isinstance(key[0], str) and key[0] in measures:
                yield within(measures[key[0]], context.beyond.get(key, value))


def _broken(evaluator: Evaluator, claim: model.Claim) -> Condition:
    """On what a claim does not hold."""
    condition = evaluator.condition(claim.condition)
    if claim.implies is None:
        return negation(condition)
    return conjunction((condition, negation(evaluator.condition(claim.implies))))


def _example(evaluator: Evaluator, claim: model.Claim, readings: Mapping[str, str], shown: Counterexample) -> str:
    """The counterexample as an example that passes as the policy stands, and fails once the claim holds."""

    def text(expression: model.Expression) -> str:
        return " ".join(evaluator.program.files[expression.span.path].slice(expression.span).split())

    title = claim.title.replace("{", "(").replace("}", ")") or "a claim"
    lines = [f'example "not: {title}"']
    lines += [f"  on {evaluator.date.isoformat()}"]
    for reading, alternative in readings.items():
        lines.append(f"  reading {evaluator.program.readings[reading].name} is {alternative}")
    lines += [f"  {each}" for each in shown.given]
    if claim.implies is None:
        lines.append(f"  expect not ({text(claim.condition)})")
    else:
        lines += [f"  expect {text(claim.condition)}", f"  expect not ({text(claim.implies)})"]
    return "\n".join(lines)


def _found(evaluator: Evaluator, condition: model.Expression) -> str:
    if isinstance(condition, model.Compare):
        left = show.value(evaluator.found(condition.left), condition.left.type)
        right = show.value(evaluator.found(condition.right), condition.right.type)
        text = evaluator.program.files[condition.left.span.path].slice(condition.left.span)
        return (
            f"`{' '.join(text.split())}` is {left}, not {right}"
            if condition.operator == "=="
            else f"`{text}` is {left}"
        )
    return "it is false"

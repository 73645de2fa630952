"""What an author claims of a policy, proved or not: for the default readings, and for every other one by itself.

A claim is evaluated with nothing known: measures, rows and unpublished figures are all open. It holds when no way of
filling them in makes it false, which clingo decides; what several unknown numbers add up to is treated as one unknown
number within its bounds, so a proof is a proof, and where there is none the claim may still be true.
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
from attain_engine.check.examples import FIRST_DATE
from attain_engine.evaluate import EvaluationProblem, Evaluator, world_of
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.open.conditions import Condition, Formula, conjunction, negation
from attain_engine.open.quantities import TooFine

Standing = Literal["holds", "fails", "not proved"]


@frozen
class ClaimResult:
    """How a claim stands under one choice of readings (`reading` and `alternative` are empty for the defaults)."""

    claim: model.Claim
    standing: Standing
    message: str
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
                        help="give the measures it rests on bounds, or claim something narrower",
                        severity=Severity.WARNING,
                    )
                )
        elif by_default[each.claim.id] != "fails" or not each.reading:
            found.append(
                Diagnostic(
                    "claim-fails",
                    f"this claim does not hold{under}: {each.message}",
                    each.claim.span,
                    help="" if each.reading else "correct the rule or the claim, or keep both as a `reading`",
                    severity=Severity.NOTE if each.reading else Severity.ERROR,
                )
            )
    return tuple(found)


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
    evaluator = Evaluator(program, world_of(program, _unknown_facts(program, claim)), on, readings)
    evaluator.readings = consulted = _Consulted(evaluator.readings)
    try:
        condition: Condition = evaluator.condition(claim.condition)
        if claim.implies is not None:
            broken = conjunction((condition, negation(evaluator.condition(claim.implies))))
        else:
            broken = negation(condition)
        standing, message = _judge(evaluator, claim, broken)
        if standing == "not proved" and evaluator.problems:
            message = evaluator.problems[0].message
    except EvaluationProblem as problem:
        standing, message = "not proved", problem.message
    except TooFine:
        standing, message = "not proved", "it has too many cases"
    return ClaimResult(claim, standing, message), frozenset(consulted.looked_at)


def _unknown_facts(program: model.Program, claim: model.Claim) -> Facts:
    """Facts of which nothing is known. A claim about each row by itself is about any one row: there is then one, of
    which every field is unknown, and what is proved of it is proved of all."""
    if not (isinstance(claim.condition, model.Not) and isinstance(claim.condition.operand, model.Exists)):
        return Facts("nobody")
    binder = claim.condition.operand.binder
    over = [each for each in _reached(program, (claim.condition, claim.implies)) if _over(each, binder.type)]
    if binder.domain is not None or not isinstance(binder.type, RecordType) or len(over) != 1:
        return Facts("nobody")
    record = program.records[binder.type.id]
    row = Row(record.id, {field.name: UNKNOWN for field in record.fields})
    return Facts("nobody", {record.id: (row,)})


def _over(node: model.Node, type_: Type) -> bool:
    """Whether a node looks at rows of this type."""
    match node:
        case model.Exists(binder=binder) | model.Aggregate(binder=binder) | model.Allocation(binder=binder):
            return binder.domain is None and (binder.type == type_ or isinstance(binder.type, EntityType))
        case model.SingleRow():
            return node.type == type_
        case _:
            return False


def _reached(program: model.Program, roots: tuple[model.Expression | None, ...]) -> Iterator[model.Node]:
    """Every node of the expressions and of what they call, a declaration each time that it is called."""
    for root in roots:
        if root is None:
            continue
        for node in nodes(root):
            yield node
            match node:
                case model.DefineCall(define=define):
                    yield from _reached(program, (program.defines[define].body,))
                case model.MeasureCall(measure=measure):
                    yield from _reached(program, (program.measures[measure].body,))
                case _:
                    pass


def _judge(evaluator: Evaluator, claim: model.Claim, broken: Condition) -> tuple[Standing, str]:
    if broken is False:
        return "holds", ""
    if broken is True:
        return "fails", _found(evaluator, claim.condition)
    from attain_engine.solve.certain import solve_status

    assert isinstance(broken, Formula)
    answer = solve_status({"broken": broken})["broken"]
    if answer == "no":
        return "holds", ""
    if answer == "yes":
        return "fails", "nothing makes it true"
    return "not proved", "there may be facts for which it does not hold"


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

"""Where clingo's answer to the compiled rules and the evaluator say different things of the same facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attain_compiler.asp.facts import DoesNotFit
from attain_compiler.asp.profile import EXPECTED
from attain_compiler.model import program as model
from attain_engine.assess.assess import designations_of
from attain_engine.check.judged_on import date_of
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import DesignationResult, designate
from attain_engine.facts import rows_from_example
from attain_engine.facts.model import Facts
from attain_engine.rules.decide import BY, TRACKS, Decided, DesignationDecided, decide


def disagreements(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    decided: Decided | None = None,
) -> list[str]:
    """One line for each requirement, track, verdict, award, total and part of which the two readings differ; what is
    open for the rules is not compared. Where a table was not given, the evaluator gives up a measure whose
    rows it would leave out, also where the measure does not depend on them: the rules may then know more. `decided` is
    clingo's answer, if it is known already."""
    evaluator = Evaluator(program, world_of(program, facts), on, readings)
    results = [designate(evaluator, each, evaluator.context) for each in designations_of(program)]
    decided = decided or decide(program, facts, on, readings)
    given = facts.closed or all(record in facts.tables for record in program.records)
    return [
        *(line for each in results for line in _of_designation(each, decided.designations[each.designation.id], given)),
        *_of_points(evaluator, decided),
    ]


def _of_designation(result: DesignationResult, decided: DesignationDecided, given: bool) -> Iterator[str]:
    id_ = result.designation.id

    def differ(truth: object, rules: bool) -> bool:
        return truth is not rules if given or isinstance(truth, bool) else False

    for track in result.tracks:
        for path, truth in track.requirements.items():
            rules = (track.track, path) not in decided.failed
            is_open = (track.track, path) in decided.open or (None, TRACKS) in decided.open
            if not is_open and differ(truth, rules):
                yield f"{id_}, {path} on {track.track}: the rules say {rules}, the evaluator {truth}"
        rules = track.track in decided.counts
        settled = not {BY, TRACKS} & {what for _, what in decided.open}
        if settled and differ(track.chosen, rules):
            yield f"{id_}, whether {track.track} counts: the rules say {rules}, the evaluator {track.chosen}"
    if decided.settled:
        if differ(result.met, decided.met):
            yield f"{id_}: the rules say {decided.met}, the evaluator {result.met}"
        reached = [
            tier.name for tier, truth in zip(result.designation.tiers, result.at_least, strict=True) if truth is True
        ]
        if decided.award != (reached[-1] if reached else "") and (given or isinstance(result.met, bool)):
            yield f"{id_}: the rules award {decided.award!r}, the evaluator {reached}"


def _of_points(evaluator: Evaluator, decided: Decided) -> Iterator[str]:
    program, context = evaluator.program, evaluator.context
    for (id_, arguments), points in decided.points.items():
        said = evaluator.score(program.scores[id_], arguments, context)
        if _is_number(said) and said != points:
            yield f"{id_}{arguments}: the rules say {points}, the evaluator {said}"
    for (id_, arguments, name), points in decided.parts.items():
        part = next(each for each in program.scores[id_].parts if each.name == name)
        said = evaluator.part(program.scores[id_], part, arguments, context)
        if _is_number(said) and said != points:
            yield f"{id_}{arguments}, {name}: the rules say {points}, the evaluator {said}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Fraction)


def _of_example(program: model.Program, example: model.Example, among: list[model.Expression]) -> Iterator[str]:
    facts, on, readings = rows_from_example(program, example), date_of(program, example), dict(example.readings)
    asked = example.expectations
    try:
        decided = decide(program, facts, on, readings, (), asked=asked, among=among, profile=EXPECTED)
    except DoesNotFit:
        decided = decide(program, facts, on, readings, (), asked=asked)
    evaluator = Evaluator(program, world_of(program, facts), on, readings)
    for number, expectation in enumerate(asked):
        truth, rules = evaluator.condition(expectation), number in decided.conditions
        if number not in decided.open_conditions and truth is not rules:
            text = program.files[expectation.span.path].slice(expectation.span)
            yield f"{example.title}: {text}: the rules say {rules}, the evaluator {truth}"

"""Do we qualify? Evaluate every designation of a policy on facts, with everything that the verdict rests on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.calendar import OutsideTheCalendar, shifted
from attain_compiler.model.types import POINTS
from attain_compiler.model.walk import nodes
from attain_engine import show
from attain_engine.assess import models
from attain_engine.assess.clauses import Settle, clause, place_of, quotation
from attain_engine.assess.exact import exact
from attain_engine.assess.newest import newest_date
from attain_engine.assess.reported import reported_values
from attain_engine.assess.rows import excluded_rows, measure_uses
from attain_engine.assess.titles import title_for
from attain_engine.assess.undecided import undecided
from attain_engine.assess.upcoming import shortest_window
from attain_engine.assess.verdicts import Verdicts
from attain_engine.assess.worksheet import score_report
from attain_engine.evaluate import EvaluationProblem, Evaluator, check_readings, world_of
from attain_engine.evaluate.designations import DesignationResult, TrackResult, designate, requirements_of
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.open.conditions import conjunction, disjunction
from attain_engine.rules.decide import decide

Reckoned: TypeAlias = tuple[Evaluator, list[DesignationResult], Verdicts]
"""Designations evaluated, and their verdicts."""


def assess(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    rows: bool | Literal["shown"] = True,
    designations: Sequence[model.Designation] | None = None,
) -> models.Assessment:
    """Assess an organisation on a date.

    `readings` names the chosen alternative of readings by their ids (the defaults for the others). With `rows`, each
    measure comes with the rows that counted and those that did not, by reason (that takes a little longer); with
    `shown`, each measure of no track or of one that is shown.
    `designations` are those that are wanted (those of the main policy where nothing is said).

    Raises EvaluationProblem where the policy has no answer for these facts, or is not in force on the date.
    """
    return assessed(facts, reckoned(program, facts, on, readings, designations), readings, rows=rows)


def assessed(
    facts: Facts, found: Reckoned, readings: Mapping[str, str] | None, *, rows: bool | Literal["shown"]
) -> models.Assessment:
    """The assessment of designations that were evaluated."""
    evaluator, results, verdicts = found
    designations = tuple(_designation(evaluator, each, verdicts) for each in results)

    def with_rows(tracks: tuple[str, ...]) -> bool:
        return rows is True or (rows == "shown" and models.on_shown_track(tracks, designations))

    program, on = evaluator.program, evaluator.date
    policy = program.policies[program.main]
    return models.Assessment(
        organisation=facts.organisation,
        policy=policy.id,
        policy_title=policy.title,
        edition=policy.force_from,
        as_of=on,
        newest=(newest := newest_date(program, facts, on)),
        outdated=_outdated(evaluator, newest),
        readings={
            reading: dict(readings or {}).get(reading, each.default) for reading, each in program.readings.items()
        },
        designations=designations,
        reports=tuple(reported_values(evaluator)),
        measures=measure_uses(evaluator, with_rows),
        excluded=excluded_rows(evaluator) if rows else (),
        problems=tuple(_problems(program, evaluator.problems)),
    )


def reckoned(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None,
    designations: Sequence[model.Designation] | None = None,
) -> Reckoned:
    """The designations evaluated, and their verdicts. Raises EvaluationProblem."""
    check_asked(program, on, readings)
    evaluator = Evaluator(program, world_of(program, facts), on, readings)
    check_designations(program)
    wanted = list(designations or designations_of(program))
    results = [designate(evaluator, each, evaluator.context) for each in wanted]
    known = None if evaluator.problems else for_rules(evaluator, facts)
    decided = None if known is None else decide(program, known, on, readings, wanted)
    return evaluator, results, Verdicts(evaluator, results, decided)


def _outdated(evaluator: Evaluator, newest: datetime.date | None) -> str:
    """The warning that the facts are older than what a rule looks at; nothing where they are not."""
    window = shortest_window(evaluator) if newest is not None else None
    try:
        if newest is None or window is None or newest >= shifted(evaluator.date, window.length, -1):
            return ""
    except OutsideTheCalendar:  # it looks at everything
        return ""
    return (
        f"the newest date in the facts, {newest}, is more than {show.duration(window.length)} before {evaluator.date}: "
        f"`{window.rule}` finds nothing that is older"
    )


def for_rules(evaluator: Evaluator, facts: Facts) -> Facts | None:
    """The facts for the compiled rules. What a plan adds to a measure is, with the measure, a value given straight;
    what it adds to an unknown value is unknown. None where the measure that it adds to is unknown itself: of that the
    rules can be told nothing."""
    if not facts.raised and not any(_is_open(each) for rows in facts.tables.values() for each in rows):
        return facts
    values = dict(facts.values)
    for measure, arguments in facts.raised:
        found = evaluator.measure(measure, arguments)
        if not isinstance(found, int | Fraction):
            return None
        values[measure, arguments] = found
    tables = {record: tuple(map(_closed, rows)) for record, rows in facts.tables.items()}
    return replace(facts, tables=tables, values=values, raised={})


def _is_open(row: Row) -> bool:
    values: Iterable[object] = row.values.values()
    return any(isinstance(each, OPEN) for each in values)


def _closed(row: Row) -> Row:
    if not _is_open(row):
        return row
    values: Iterable[tuple[str, object]] = row.values.items()
    fields = {name: row.values[name] for name, each in values if not isinstance(each, OPEN)}
    return replace(row, values={name: fields.get(name, UNKNOWN) for name in row.values})


def _problems(program: model.Program, problems: Iterable[NoAnswer]) -> Iterator[models.Problem]:
    """What is wrong at one place in the same words is said once, with all rows of which it is so."""
    together: dict[tuple[Any, ...], list[NoAnswer]] = {}
    for each in problems:
        together.setdefault((each.code, each.message, each.span), []).append(each)
    for same in together.values():
        problem = same[0]
        rows = dict.fromkeys(row for each in same for row in each.rows)
        yield models.Problem(
            code=problem.code,
            message=problem.message,
            place=place_of(program, problem.span) if problem.span is not None else "",
            rows=tuple(each.origin.name if each.origin is not None else each.record for each in rows),
            help=problem.help,
        )


def check_asked(program: model.Program, on: datetime.date, readings: Mapping[str, str] | None) -> None:
    """Refuse readings that the program does not have, and a date on which the main policy is not in force."""
    check_readings(program, readings or {})
    policy = program.policies[program.main]
    early = policy.force_from is not None and on < policy.force_from
    late = policy.force_to is not None and policy.force_to < on
    if early or late:
        since = f"from {policy.force_from}" if policy.force_from else ""
        until = f"to {policy.force_to}" if policy.force_to else ""
        raise EvaluationProblem(
            "not-in-force",
            f"`{policy.id}` is not in force on {on}: it is {' '.join(filter(None, (since, until)))}",
            policy.span,
            "assess on a date on which the policy is in force (`--as-of`)",
        )


def check_designations(program: model.Program) -> None:
    """Refuse a policy in which there is nothing to qualify for."""
    if not program.designations:
        policy = program.policies[program.main]
        raise EvaluationProblem(
            "nothing-to-qualify-for",
            f"`{policy.id}` has no designation: there is nothing to qualify for",
            policy.span,
            "add a `designation` with what it requires, or assess a policy that has one",
        )


def designations_of(program: model.Program) -> list[model.Designation]:
    """The designations of the main policy, or, where it has none, all of them."""
    own = [each for each in program.designations.values() if each.id.partition(".")[0] == program.main]
    return own or list(program.designations.values())


def _designation(evaluator: Evaluator, result: DesignationResult, verdicts: Verdicts) -> models.Designation:
    designation = result.designation
    verdict = verdicts.designation(result)
    award = verdicts.award(result)
    titles = {tier.name: tier.title for tier in designation.tiers}
    return models.Designation(
        id=designation.id,
        name=designation.name,
        title=designation.title,
        verdict=verdict,
        award=award,
        award_title=titles.get(award, ""),
        tracks=tuple(_track(evaluator, designation, each, verdicts) for each in result.tracks),
        options=tuple(_options(designation, result, verdicts.of)),
        undecided=undecided(evaluator.program, result.met, *result.at_least)
        if verdict == "undetermined" or any(verdicts.of(each) == "undetermined" for each in result.at_least)
        else (),
    )


def shown_tracks(evaluator: Evaluator, results: Sequence[DesignationResult], verdicts: Verdicts) -> dict[str, str]:
    """The name of the track that reports show, by the designation's id."""
    return {
        each.designation.id: _designation(evaluator, each, verdicts).shown if len(each.tracks) > 1 else ""
        for each in results
    }


def _options(designation: model.Designation, result: DesignationResult, settle: Settle) -> Any:
    for tier, options in (("", designation.options), *((tier.name, tier.options) for tier in designation.tiers)):
        for option in options:
            holds = disjunction(
                conjunction((track.chosen, *(track.requirements[each.path] for each in option.requirements)))
                for track in result.tracks
            )
            yield models.Option(tier=tier, name=option.name, title=option.title, verdict=settle(holds))


def _track(
    evaluator: Evaluator, designation: model.Designation, track: TrackResult, verdicts: Verdicts
) -> models.Track:
    settle = verdicts.of
    program = evaluator.program
    arguments = () if track.track is None else (track.track,)
    requirements = tuple(
        models.Requirement(
            path=each.path,
            title=title_for(evaluator, each, arguments),
            verdict=verdicts.requirement(track, each.path),
            clause=clause(evaluator, each.condition, arguments, settle),
            quotation=quotation(evaluator, each),
        )
        for each in requirements_of(designation)
    )
    return models.Track(
        name="" if track.track is None else show.value(track.track, designation.tracks.binder.type),  # type: ignore[union-attr]
        title=_track_title(program, track.track),
        total="" if track.total is None else show.value(track.total, POINTS),
        total_exact=exact(track.total, POINTS),
        chosen=settle(track.chosen) == "met",
        verdict=settle(track.met),
        award=verdicts.track_award(designation, track),
        requirements=requirements,
        scores=tuple(_scores(evaluator, designation, arguments)),
    )


def _track_title(program: model.Program, track: Any) -> str:
    enum = program.enums.get(getattr(track, "enum", ""))
    return "" if enum is None else next(each.title for each in enum.members if each.constant == track)


def _scores(evaluator: Evaluator, designation: model.Designation, arguments: tuple[Any, ...]) -> Any:
    """The worksheets of the scores that the designation speaks of, each once."""
    seen: set[tuple[str, tuple[Any, ...]]] = set()
    conditions = [each.condition for each in requirements_of(designation)]
    if designation.tracks is not None and designation.tracks.by is not None:
        conditions.insert(0, designation.tracks.by)
    for condition in conditions:
        for node in sorted(
            (each for each in nodes(condition) if isinstance(each, model.ScoreCall)), key=lambda each: each.span
        ):
            if any(isinstance(each, model.Variable) and each.number >= len(arguments) for each in nodes(node)):
                continue
            values = tuple(evaluator.found(each, arguments) for each in node.arguments)
            if (node.score, values) not in seen:
                seen.add((node.score, values))
                yield score_report(evaluator, evaluator.program.scores[node.score], values)

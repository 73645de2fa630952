"""Why there is no plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import MONTH
from attain_engine import optimise, show
from attain_engine.assess.titles import title_for
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import designate
from attain_engine.open.unknowns import rests_on_unknowns
from attain_engine.plan.answer import money
from attain_engine.plan.asking import Asking
from attain_engine.plan.candidates import combinations
from attain_engine.plan.fixed import Fixed
from attain_engine.plan.instances import instances
from attain_engine.plan.lapses import lapses
from attain_engine.plan.search import Found
from attain_engine.plan.target import Target
from attain_engine.plan.timeline import Timeline
from attain_engine.solve.certain import is_certain
from attain_engine.solve.deadline import within

NO_COMBINATION = "no combination of the possible changes, within their limits, meets every requirement"

LONGEST_REASON = 5
"""So many seconds are spent at the most on why there is no plan."""


def why_out_of_bounds(
    asking: Asking, then: Evaluator, targets: Sequence[Target], question: optimise.Problem
) -> list[str]:
    """The measures that would not be within their bounds, where a plan could be made without those."""
    kept = asking.kept(then)
    free = replace(question, goal=asking.all_reached(then, targets))
    if not kept or rests_on_unknowns(free.required()):
        return []
    found = optimise.solve(free, time_limit=within(LONGEST_REASON)).solution
    beyond = [] if found is None else [each.measure for each in kept if not found.satisfies(each.condition)]
    return [
        f"`{each.name}` would not be within the bounds that the policy declares, "
        f"{show.value(each.low, each.type)} to {show.value(each.high, each.type)}"
        for each in dict.fromkeys(beyond)
    ]


def why_impossible(
    asking: Asking,
    then: Evaluator,
    targets: Sequence[Target],
    question: optimise.Problem,
    problem: optimise.Problem,
    outcome: optimise.Outcome,
) -> list[str]:
    if outcome.status != "impossible":
        return []
    beyond = why_out_of_bounds(asking, then, targets, question)
    if beyond:
        return beyond
    reasons: list[str] = []
    if problem.budget is not None:
        dearer = optimise.solve(replace(problem, budget=None), time_limit=within(LONGEST_REASON))
        if dearer.solution is not None:
            cheapest = "the cheapest plan costs" if dearer.status == "proved" else "a plan costs"
            return [f"the budget is too small: {cheapest} {money(asking, dearer.solution.cost)}"]
    left = " that is left" if asking.restricted else ""
    for target in targets:
        result = designate(then, target.designation, then.context)
        for track in result.tracks:
            on_track = (
                f" on {show.value(track.track, target.designation.tracks.binder.type)}"
                if track.track is not None and target.designation.tracks
                else ""
            )
            for requirement in target.designation.requirements:
                if track.requirements[requirement.path] is False:
                    title = title_for(then, requirement, () if track.track is None else (track.track,))
                    reasons.append(f"`{requirement.path}`{on_track} cannot be met by any change{left}: {title}")
    if not problem.choices:
        kept = "that is possible on these facts"
        if asking.wishes.by is not None:
            kept = f"that can be done by {asking.wishes.by}"
        elif asking.forbidden or asking.only is not None:
            kept = "that is not forbidden and possible on these facts"
        reasons.append(f"the policy has no change {kept}")
    return reasons or [
        NO_COMBINATION,
        *in_the_way(question),
    ]


def why_not_made(asking: Asking, line: Timeline) -> list[str]:
    """Why changes that are to be made, and no others, cannot be: each by itself, as things are."""
    found: list[str] = []
    for times, text in asking.wishes.just:
        for named in instances(text, asking.now):
            change = next((each for each in asking.changes if each.id == named.change), None)
            if change is None:
                continue
            made = [each for each in combinations(asking.now, change) if named.has(change, each)]
            if not made:
                found.append(f"`{text}` can be made with nothing on these facts")
            for arguments in made:
                found += (f"`{text}` {each}" for each in _hindered(asking, line, change, arguments, times))
    return found or (["there is no order in which all of them can be made"] if asking.just else [])


def _hindered(
    asking: Asking, line: Timeline, change: model.Change, arguments: tuple[Any, ...], times: int
) -> Iterator[str]:
    file = asking.program.files.get(change.span.path)
    later = line.openings(change) or (len(asking.just) > 1 and line.waits(change))
    for each in () if later else _conditions(change):
        if file is not None and not is_certain(asking.now.condition(each, arguments)):
            known = "does not hold" if asking.now.condition(each, arguments) is False else "is not known to hold"
            words = " ".join(file.slice(each.span).split())
            yield f"cannot be begun on {asking.on}: `{words}` {known}"
    plain = line.candidate((change, arguments), asking.on)
    if plain is None or plain.most < times:
        yield f"can be made {0 if plain is None else plain.most} times at the most, not {times}"


def _conditions(change: model.Change) -> tuple[model.Expression, ...]:
    """The conditions that all must hold for a change to begin."""
    if change.condition is None:
        return ()
    return change.condition.items if isinstance(change.condition, model.And) else (change.condition,)


def why_none_in_time(
    asking: Asking, line: Timeline, found: Found, targets: Sequence[Target], fixed: Fixed
) -> Iterator[str]:
    """Why no plan was found in time."""
    if found.untold:
        for record, months in line.continued.untold().items():
            told = ", ".join(show.value(each, MONTH) for each in months[:3]) + (", …" if len(months) > 3 else "")
            yield f"what a plan would rest on is not known: the facts have no {record.rpartition('.')[2]} of {told}"
    until = found.horizon
    for path in fixed.missed if found.last is None else ():
        left = " that is left" if asking.restricted else ""
        yield f"`{path}` is not met on the days up to {until}, and no change{left} has to do with it"
    if found.status == "impossible":
        yield f"no combination of the possible changes, within their limits, meets every requirement by {until}"
    elif found.last is not None:
        until, tried = found.last.day, "" if found.last.exact else " that was tried"
        for target in targets:
            for track in designate(found.last.then, target.designation, found.last.then.context).tracks:
                failing = [f"`{each}`" for each, truth in track.requirements.items() if truth is False]
                if failing:
                    yield f"on {until} no change{tried} meets {', '.join(failing)}"
        return
    yield from lapses(line, until)


def in_the_way(question: optimise.Problem) -> Iterator[str]:
    """How much of what the changes must keep to stands in the way of a goal that no plan reaches: nothing is said where
    the goal is out of reach whatever they keep to, or where something is unknown."""
    if any(rests_on_unknowns(each) for each in (question.goal, *question.constraints)):
        return
    relax = optimise.explain_impossible(question, time_limit=within(LONGEST_REASON)).relax
    if relax:
        these = "one of the conditions" if len(relax) == 1 else f"{len(relax)} of the conditions"
        yield (
            f"without {these} that changes keep to (limits, bounds of fields, rows told apart, `--require`, `--by`) "
            "there would be a plan"
        )

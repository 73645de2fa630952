"""What stops to count while a plan is under way, how long it lasts, and what it takes for granted."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, EnumType, RecordType, Simple
from attain_engine import show
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import designate, requirements_of
from attain_engine.facts.model import UNKNOWN, Row
from attain_engine.plan.apply import Step
from attain_engine.plan.counts import counted
from attain_engine.plan.days import ONE, flips
from attain_engine.plan.ready import Goal, as_it_begins, evaluator_on, holds_with
from attain_engine.plan.timeline import Timeline
from attain_engine.solve.certain import is_certain

MOST_NAMED = 20
"""So many rows that stop to count are named at the most."""

MOST_STEPS = 60
"""Of plans with more possible steps than these it is not looked at how long they last."""

MOST_LATER = 60
"""So many later days are looked at to say how long a plan lasts."""


def lapses(line: Timeline, ready: datetime.date) -> tuple[str, ...]:
    """The rows that count towards the goal on the assessment date and, nothing done, no more on the ready day; those of
    records that go on month by month are followed by others."""
    followed = {each.id for each in line.continued.records}
    days = sorted(day for day in line.events_to(ready))
    found: dict[str, None] = {}
    for quantifier in line.goal.quantifiers:
        condition = quantifier.condition
        record = quantifier.binder.type
        if condition is None or not isinstance(record, RecordType) or record.id in followed:
            continue
        for row in line.facts.tables.get(record.id, ()):
            if not _counts(line, quantifier, row, line.on) or _counts(line, quantifier, row, ready):
                continue
            gone = next(day for day in days if not _counts(line, quantifier, row, day))
            found[f"{named_row(line.program, row)} counts until {gone - ONE}"] = None
            if len(found) == MOST_NAMED:
                return tuple(found)
    return tuple(found)


def _counts(line: Timeline, quantifier: model.Selecting, row: Row, day: datetime.date) -> bool:
    assert quantifier.condition is not None
    arguments = [None] * quantifier.binder.number + [line.continued.moved(row, day)]
    return line.evaluator(day).condition(quantifier.condition, arguments) is True


def named_row(program: model.Program, row: Row) -> str:
    """`Certificate (ana, A)`: a row by what names it."""
    record = program.records[row.record]
    names = [
        show.value(row.values[each.name], each.type)
        for each in record.fields
        if row.values[each.name] is not UNKNOWN
        and (isinstance(each.type, EntityType | EnumType) or each.type == Simple("text"))
    ]
    return (
        f"{record.title} ({', '.join(names)})"
        if names
        else f"{record.title} {row.origin.row if row.origin else ''}".strip()
    )


def afterwards(
    line: Timeline, goal: Goal, designations: Sequence[model.Designation], steps: Sequence[Step], ready: datetime.date
) -> str:
    """Until when the goal holds once the steps are done and nothing else is; empty where that is not known to end."""
    if sum(len(line.instances(each)) for each in line.changes) > MOST_STEPS:
        return ""
    ends = {each.candidate.timing.end for each in steps if each.candidate.timing is not None}
    days = line.events_to(line.latest) | flips(ends, line.all_shifts, line.on, line.latest)
    days |= counted(ends, line.all_shifts, line.all_steps, line.on, line.latest)
    later = sorted(day for day in days if day > ready)[:MOST_LATER]
    held = set(_holding(evaluator_on(line, steps, ready), designations)) if later else set()
    for day in later:
        then = evaluator_on(line, steps, day)
        if not is_certain(goal(then)):
            holding = set(_holding(then, designations))
            failing = [each for each in dict.fromkeys(_paths(designations)) if each in held - holding]
            then_fails = f", then {', '.join(f'`{each}`' for each in failing)} fails" if failing else ""
            return f"lasts until {day - ONE}{then_fails}"
    return ""


def _holding(then: Evaluator, designations: Sequence[model.Designation]) -> Iterator[str]:
    """The requirements that hold for certain on a track that counts."""
    for each in designations:
        for track in designate(then, each, then.context).tracks:
            if track.chosen is not False:
                yield from (path for path, truth in track.requirements.items() if truth is True)


def _paths(designations: Sequence[model.Designation]) -> Iterator[str]:
    yield from (each.path for designation in designations for each in requirements_of(designation))


def needs(line: Timeline, steps: Sequence[Step]) -> dict[Any, list[Step]]:
    """For each step, by its name, the others without which it could not begin when it does."""
    found: dict[Any, list[Step]] = {}
    for step in steps:
        if step.candidate.timing is None or not line.waits(step.candidate.change):
            continue
        truth, before = as_it_begins(line, step, steps)
        for other in before:
            if not holds_with(truth, [each for each in before if each is not other]):
                found.setdefault(step.candidate.name, []).append(other)
    return found


def assumed(line: Timeline, steps: Sequence[Step]) -> Iterator[str]:
    """What a plan in time takes for granted."""
    for record in line.continued.records:
        if record.id in line.everything.records:
            every = "month" if record.continues == 1 else "year"
            yield f"{record.title}: goes on, each {every} as the one before"
    for daily in sorted(line.continued.daily & line.everything.records):
        yield f"{line.program.records[daily].title}: goes on, on each day as many days ago as now"
    raised = dict.fromkeys(
        effect.measure
        for step in steps
        for effect in step.candidate.change.effects
        if isinstance(effect, model.RaisesMeasure)
    )
    if raised:
        titles = ", ".join(line.program.measures[each].title for each in raised)
        yield f"what is raised stays raised: {titles}"

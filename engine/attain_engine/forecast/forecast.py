"""What is lost and gained in time if nothing is done."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.calendar import LAST_YEAR, month_of
from attain_compiler.model.reaching import track_of
from attain_compiler.model.types import MONTH
from attain_engine import show
from attain_engine.assess import Assessment, assess, designations_of
from attain_engine.assess.assess import check_asked
from attain_engine.assess.each_award import with_each_award
from attain_engine.assess.models import Designation, Track
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.designations import designate
from attain_engine.facts.model import Facts
from attain_engine.forecast.causes import causes
from attain_engine.forecast.critical import critical, rows_read
from attain_engine.forecast.models import Critical, Day, Forecast, Prevention, Turn
from attain_engine.open.conditions import conjunction, disjunction
from attain_engine.plan import Target, Wishes, plan, with_targets
from attain_engine.plan.awards import awards, standings_of_each
from attain_engine.plan.days import ONE
from attain_engine.plan.timeline import Timeline
from attain_engine.solve.certain import is_certain, is_possible
from attain_engine.solve.deadline import OutOfTime, ending_by, look

MONTHS = 12
"""So far ahead is looked where nothing is said."""

SHARE_OF_DAYS, SHARE_OF_CRITICAL = 0.5, 0.75
"""By these shares of the time allowed the days have been gone through, and the rows that are critical."""

_Standing: TypeAlias = Designation | Track

_HEIGHTS = {"failed": 0, "undetermined": 1, "met": 2}


def forecast(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    designations: Sequence[model.Designation] = (),
    to: datetime.date | None = None,
    time_limit: float | None = None,
    prevent: bool = True,
) -> Forecast:
    """Each day after `on`, up to `to` (twelve months later, if nothing is said; never beyond the policy's end of
    force), on which a verdict, award, track or requirement of the designations (without any: those of the main policy)
    changes though nothing is done, with its cause and, where a designation or tier is lost, the cheapest plan with
    which it is not (with `prevent`); and the rows that are critical on `on`. Rows stay as they are and age, records
    that continue go on. Raises EvaluationProblem."""
    check_asked(program, on, readings)
    return _Forecasting(program, facts, on, dict(readings or {}), designations, time_limit).run(to, prevent)


class _Forecasting:
    def __init__(
        self,
        program: model.Program,
        facts: Facts,
        on: datetime.date,
        readings: dict[str, str],
        designations: Sequence[model.Designation],
        time_limit: float | None,
    ) -> None:
        self.program = program
        self.facts = facts
        self.on = on
        self.readings = readings
        self.designations = list(designations) or list(designations_of(program))
        self.line = Timeline(program, facts, on, readings, self.designations, ())
        self.begun = time.monotonic()
        self.time_limit = time_limit

    def run(self, to: datetime.date | None, prevent: bool) -> Forecast:
        last = self._last(to)
        days: list[Day] = []
        seen = self.on
        every = False
        with suppress(OutOfTime), ending_by(self._until(SHARE_OF_DAYS)):
            before = self._truths(self.line.evaluator(self.on))
            for day in sorted(self.line.events_to(last)):
                look()
                truths = self._truths(self.line.evaluator(day))
                if truths != before:
                    days.append(self._day(day, before, truths))
                    before = truths
                seen = day
            every = True
        rows = rows_read(self.facts, self.line.goal.records)
        assessed = self._assessed(self.on)
        tried: list[Critical | None] = []
        with suppress(OutOfTime), ending_by(self._until(SHARE_OF_CRITICAL)):
            tried.extend(critical(self.program, self.facts, rows, self._heights(self.facts), self._heights))
        if prevent and self.program.changes:
            days = [self._with_prevention(each) for each in days]
        return Forecast(
            organisation=self.facts.organisation,
            policy=self.program.policies[self.program.main].id,
            as_of=self.on,
            to=last if every else seen,
            asked_to=last,
            now=tuple(standings_of_each(assessed, self.designations)),
            assumed=tuple(self._assumed()),
            days=tuple(each for each in days if each.turns),
            critical=tuple(each for each in tried if isinstance(each, Critical)),
            critical_rows=len(tried),
            rows=len(rows),
        )

    def _last(self, to: datetime.date | None) -> datetime.date:
        month = month_of(self.on) + MONTHS
        usual = datetime.date(month // 12, month % 12 + 1, min(self.on.day, 28))
        end = self.program.policies[self.program.main].force_to
        return min(each for each in (to or usual, end, datetime.date(LAST_YEAR, 12, 31)) if each is not None)

    def _until(self, share: float) -> float | None:
        return None if self.time_limit is None else self.begun + self.time_limit * share

    # ------------------------------------------------------------ how things stand on a day

    def _assessed(self, day: datetime.date) -> Assessment:
        facts = self.line.continued.on_day(day)
        return assess(self.program, facts, day, self.readings, rows=False, designations=self.designations)

    def _truths(self, evaluator: Evaluator) -> tuple[Any, ...]:
        """Everything of the designations that can change, in a form that can be compared."""
        found: list[Any] = []
        for each in self.designations:
            result = designate(evaluator, each, evaluator.context)
            found.append(_told(result.met))
            found += map(_told, result.at_least)
            for track in result.tracks:
                name = "" if each.tracks is None else show.value(track.track, each.tracks.binder.type)
                found += [name, _told(track.chosen)]
                found += map(_told, track.requirements.values())
        return tuple(found)

    def _on(self, facts: Facts, day: datetime.date) -> Evaluator:
        return Evaluator(self.program, world_of(self.program, facts), day, self.readings)

    def _heights(self, facts: Facts) -> dict[tuple[str, str], int]:
        """For each designation, and each award of one, by its id and title, how many of its tiers are certain; -1 where
        it is not met."""
        evaluator = self._on(facts, self.on)
        found = {}
        for each in self.designations:
            result = designate(evaluator, each, evaluator.context)
            found[each.id, Target(each).title] = sum(map(is_certain, result.at_least)) if is_certain(result.met) else -1
            for track in awards(each, result.tracks):
                title = f"{each.title} ({show.value(track.track, each.tracks.binder.type)})"  # type: ignore[union-attr]
                tiers = [conjunction((track.common, disjunction(track.tiers[at:]))) for at in range(len(track.tiers))]
                found[each.id, title] = sum(map(is_certain, tiers)) if is_certain(track.met) else -1
        return found

    # ------------------------------------------------------------ what changes

    def _day(self, day: datetime.date, before: tuple[Any, ...], now: tuple[Any, ...]) -> Day:
        turns = tuple(_turns(self._assessed(day - ONE), self._assessed(day), self.designations))
        facts = self.line.continued.on_day(day)
        why = causes(
            self.program,
            facts,
            self.line.goal,
            day,
            lambda other: _undone(before, now, self._truths(self._on(other, day))),
        )
        return Day(day=day, turns=turns, causes=why)

    def _with_prevention(self, day: Day) -> Day:
        lost = [each for each in day.turns if each.lost and each.what in ("verdict", "award")]
        found: dict[str, Prevention] = {}
        for each in lost:
            # Two policies may each have a designation of that name.
            same = ((one.name, one.title) == (each.designation, each.title) for one in self.designations)
            designation = next(one for one, this in zip(self.designations, same, strict=True) if this)
            if each.track and track_of(designation) is None:
                known = with_each_award(self.program, self.facts, (designation,))
                of_it = next((one for one in known if track_of(one) == each.track), None)
                if of_it is None:  # too many of them, or one that no facts name
                    continue
                designation = of_it
            tier = each.before if each.what == "award" else None
            if each.what == "verdict" and each.before != "met":
                continue
            if tier is None and designation.tiers:
                continue  # told by its award
            target = Target(designation, tier)
            key = f"{designation.id}:{tier}"
            if key not in found:
                found[key] = self._prevention(target, day.day)
        return day.model_copy(update={"preventions": tuple(found.values())})

    def _prevention(self, target: Target, day: datetime.date) -> Prevention:
        left = None if self.time_limit is None else self.time_limit - (time.monotonic() - self.begun)
        title = target.title + (f": {target.tier}" if target.tier else "")
        if left is not None and left < 1:
            return Prevention(target=target.text, title=title, status="nothing found")
        wishes = Wishes(by=day, until=day, time_limit=None if left is None else left / 2)
        program = with_targets(self.program, (target,))
        found = plan(program, self.facts, self.on, self.readings, targets=(target,), wishes=wishes)
        best = found.plans[0] if found.plans else None
        return Prevention(
            target=target.text,
            title=title,
            status=found.status,
            cost="" if best is None else best.cost,
            cost_exact=None if best is None else best.cost_exact,
            ready=None if best is None else best.ready,
            steps=() if best is None else tuple(each.text for each in best.steps),
        )

    def _assumed(self) -> Iterator[str]:
        """What is taken for granted of the rows of months."""
        for record in self.program.records.values():
            months = [each for each in record.fields if each.type == MONTH]
            rows = self.facts.tables.get(record.id, ())
            if record.id not in self.line.goal.records or not months or not rows:
                continue
            if record.continues:
                every = "month" if record.continues == 1 else "year"
                yield f"{record.title}: goes on, each {every} as the one before"
                continue
            told = [each for row in rows if isinstance(each := row.values[months[0].name], int)]
            if told:
                yield f"{record.title}: no data after {show.value(max(told), MONTH)}; windows move on over nothing"


def _undone(before: tuple[Any, ...], now: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether with other facts all that changed is as it was before: what did not change may have changed by them."""
    if not len(before) == len(now) == len(other):
        return other == before
    return all(one == was for was, this, one in zip(before, now, other, strict=True) if was != this)


def _told(truth: Any) -> str:
    return "met" if is_certain(truth) else "undetermined" if is_possible(truth) else "failed"


def _turns(before: Assessment, after: Assessment, designations: Sequence[model.Designation]) -> Iterator[Turn]:
    for old, new, declared in zip(before.designations, after.designations, designations, strict=True):
        ranks = ["", *(each.name for each in declared.tiers)]
        named = {"designation": old.name, "title": old.title}
        if track_of(declared) is not None:
            named["track"] = old.track.name
        yield from _turned(old, new, ranks, named)
        now = {each.name: each for each in new.tracks}
        for track in awards(declared, old.tracks):
            if track.name in now:
                yield from _turned(track, now[track.name], ranks, {**named, "track": track.name})
        if old.track.name != new.track.name:
            yield Turn(
                what="track",
                designation=old.name,
                title=old.title,
                before=old.track.name,
                after=new.track.name,
                lost=False,
            )
        for track in old.tracks:
            then_on = now.get(track.name)
            if then_on is None or not (track.chosen or then_on.chosen):
                continue
            then = {each.path: each for each in then_on.requirements}
            for each in track.requirements:
                if each.path in then and then[each.path].verdict != each.verdict:
                    verdict = then[each.path].verdict
                    yield Turn(
                        what="requirement",
                        designation=old.name,
                        title=each.title,
                        requirement=each.path,
                        track=track.name if len(old.tracks) > 1 else "",
                        before=each.verdict,
                        after=verdict,
                        lost=_HEIGHTS[verdict] < _HEIGHTS[each.verdict],
                    )


def _turned(old: _Standing, new: _Standing, ranks: Sequence[str], named: Mapping[str, str]) -> Iterator[Turn]:
    """What changes of a verdict and of an award."""
    if old.verdict != new.verdict:
        lost = _HEIGHTS[new.verdict] < _HEIGHTS[old.verdict]
        yield Turn(what="verdict", before=old.verdict, after=new.verdict, lost=lost, **named)
    if old.award != new.award:
        lost = ranks.index(new.award) < ranks.index(old.award)
        yield Turn(what="award", before=old.award, after=new.award, lost=lost, **named)

"""Whether a designation is met, on which track, at which tier, and by which of its requirements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType
from attain_engine.evaluate.missing import Asked, OnUnknownTrack, RowsNotGiven
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.selection import elements
from attain_engine.evaluate.state import Context, State
from attain_engine.evaluate.values import Cases, Found, Unknown, lifted, unknown_of
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation, unknown
from attain_engine.open.quantities import compare
from attain_engine.solve.for_all import undetermined


@frozen
class TrackResult:
    """A designation on one track (`track` is None where it has none).

    `total` is what the track is chosen by (None without); `chosen` whether the track counts; `requirements` the truth
    of each requirement by its path; `common` that of the common requirements and options together; `tiers` that of each
    tier's own, lowest first; `met` whether there is an award on this track.
    """

    track: Found | None
    total: Any
    chosen: Condition
    requirements: dict[str, Condition]
    common: Condition
    tiers: tuple[Condition, ...]
    met: Condition


@frozen
class DesignationResult:
    """A designation: `met`, and for each tier whether the award is at least that."""

    designation: model.Designation
    tracks: tuple[TrackResult, ...]
    met: Condition
    at_least: tuple[Condition, ...]

    def exactly(self, tier: int) -> Condition:
        """Whether the award is this tier and no higher one."""
        higher = self.at_least[tier + 1] if tier + 1 < len(self.at_least) else False
        return conjunction((self.at_least[tier], negation(higher)))


def requirements_of(designation: model.Designation) -> Iterator[model.Requirement]:
    """Every requirement of a designation, those of options and tiers included, in order."""
    yield from designation.requirements
    for option in designation.options:
        yield from option.requirements
    for tier in designation.tiers:
        yield from tier.requirements
        for option in tier.options:
            yield from option.requirements


def designate(state: State, designation: model.Designation, context: Context) -> DesignationResult:
    """Evaluate a designation."""
    key = ("designation", designation.id)
    known = context.calls.get(key)
    if known is not None:
        return known  # type: ignore[no-any-return]
    tracks = _tracks(state, designation, context)
    at_least = tuple(
        disjunction(conjunction((each.chosen, each.common, disjunction(each.tiers[index:]))) for each in tracks)
        for index in range(len(designation.tiers))
    )
    met = disjunction(conjunction((each.chosen, each.met)) for each in tracks)
    result = context.calls[key] = DesignationResult(designation, tracks, met, at_least)
    return result


def _tracks(state: State, designation: model.Designation, context: Context) -> tuple[TrackResult, ...]:
    if designation.tracks is None:
        return (_on_track(state, designation, (), None, True, context),)
    by = designation.tracks.by
    values = _track_values(state, designation.tracks, context)
    if by is None:
        return tuple(_on_track(state, designation, (value,), None, there, context) for value, there in values)
    totals = [_evaluate(state, by, (value,), context) for value, _ in values]
    return tuple(
        _on_track(state, designation, (value,), total, _is_best(index, values, totals), context)
        for index, ((value, _), total) in enumerate(zip(values, totals, strict=True))
    )


def _is_best(index: int, values: list[tuple[Found, Condition]], totals: list[Any]) -> Condition:
    """Whether a value is a track, and none that is one has a greater total."""
    beaten = (
        conjunction((there, compare("<", totals[index], totals[position])))
        for position, (_, there) in enumerate(values)
        if position != index
    )
    return conjunction((values[index][1], *(negation(each) for each in beaten)))


def identifiers_of(state: State, type_: EntityType, context: Context) -> list[tuple[Found, Condition]]:
    """The identifiers of an entity, each with the condition on which it is one. Where rows that could name one were not
    given: another may be one."""
    try:
        return state.identifiers(type_.id)
    except NotGiven as missing:
        other = RowsNotGiven(missing.record, type_.id, (), context.mark)
        return [*state.known_identifiers(type_.id), (unknown_of(type_, other), unknown(other))]


def _track_values(state: State, tracks: model.Tracks, context: Context) -> list[tuple[Found, Condition]]:
    """The values that a track may have, each with the condition on which it is one."""
    if isinstance(tracks.binder.type, EntityType) and tracks.binder.domain is None:
        return identifiers_of(state, tracks.binder.type, context)
    if tracks.binder.domain is None:
        return [(each, True) for each in state.members(tracks.binder.type)]
    domain = tracks.binder.domain
    return elements(_evaluate(state, domain, (), context), domain, state.members(tracks.binder.type))


def _evaluate(state: State, expression: model.Expression, arguments: tuple[Found, ...], context: Context) -> Any:
    try:
        return state.run(expression, arguments, context)
    except NoAnswer as problem:
        name: Asked = state.without_answer(problem, state.bodies.place_of(expression), arguments, context)
    except NotGiven as missing:
        name = RowsNotGiven(missing.record, state.bodies.place_of(expression), arguments, context.mark)
    return unknown_of(expression.type, name, members=state.members(expression.type))


def requirement_holds(
    state: State,
    designation: model.Designation,
    requirement: model.Requirement,
    track: tuple[Found, ...],
    context: Context,
) -> Condition:
    """The truth of one requirement on a track (of a designation without tracks: of no track)."""
    key = ("requirement", designation.id, requirement.path, track)
    known = context.calls.get(key)
    if known is None:
        known = context.calls[key] = _evaluate(state, requirement.condition, track, context)
    return known  # type: ignore[no-any-return]


def _on_track(
    state: State,
    designation: model.Designation,
    arguments: tuple[Found, ...],
    total: Any,
    chosen: Condition,
    context: Context,
) -> TrackResult:
    truth: dict[str, Condition] = {
        each.path: requirement_holds(state, designation, each, arguments, context)
        for each in requirements_of(designation)
    }

    def all_of(requirements: tuple[model.Requirement, ...], options: tuple[model.Option, ...]) -> Condition:
        own = conjunction(truth[each.path] for each in requirements)
        if not options:
            return own
        return conjunction((own, disjunction(all_of(option.requirements, ()) for option in options)))

    common = all_of(designation.requirements, designation.options)
    tiers = tuple(all_of(tier.requirements, tier.options) for tier in designation.tiers)
    met = conjunction((common, disjunction(tiers))) if designation.tiers else common
    return TrackResult(arguments[0] if arguments else None, total, chosen, truth, common, tiers, met)


def status_is(state: State, status: model.StatusIs, track: Found | None, context: Context) -> Condition:
    """The truth of `pci is met`, `pci at least silver`, `modern_work(smb).total is met` and their like."""
    if isinstance(track, Cases):
        return lifted(lambda each: status_is(state, status, each, context), (track,))  # type: ignore[no-any-return]
    designation = state.program.designations[status.designation]
    result = designate(state, designation, context)
    on = [each for each in result.tracks if track is None or each.track == track]
    if isinstance(track, Unknown) and not on:
        return unknown(OnUnknownTrack(state.bodies.place_of(status), track, context.mark))
    tiers = [tier.name for tier in designation.tiers]

    def on_tracks(condition_of: Callable[[TrackResult], Condition]) -> Condition:
        return disjunction(conjunction((each.chosen if track is None else True, condition_of(each))) for each in on)

    if status.requirement is not None:
        path = status.requirement
        found = on_tracks(lambda each: each.requirements[path])
    elif status.tier is None:
        found = on_tracks(lambda each: each.met)
    else:
        index = tiers.index(status.tier)
        found = on_tracks(lambda each: conjunction((each.common, disjunction(each.tiers[index:]))))
        if status.word == "exactly":
            higher = on_tracks(lambda each: conjunction((each.common, disjunction(each.tiers[index + 1 :]))))
            found = conjunction((found, negation(higher)))
    if status.word == "undetermined":
        return undetermined(found)
    return found

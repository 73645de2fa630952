"""Verdicts, decided by clingo.

Where everything that a verdict rests on is known, it is derived from the compiled rules of the policy (`rules.decide`).
The evaluator reads the policy by itself, for the numbers and the reasons; what both settle must come out the same, in
every requirement, track, award, total and part of a score, or nothing is answered at all. What the evaluator leaves
open is no verdict, whatever the rules say: that they settle it would be their mistake.

Where something is open, the evaluator leaves a condition over what is not known. Which requirements fail, which blocks
of them break, which track counts and which tier is reached whatever the unknown facts are is then derived by
`encodings/designation.lp`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from attain_compiler.asp import Origin
from attain_compiler.model import program as model
from attain_engine import show
from attain_engine.assess.models import Verdict
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import DesignationResult, TrackResult, requirements_of
from attain_engine.open.conditions import Condition, Formula, conjunction
from attain_engine.rules.decide import BY, TRACKS, Decided, DesignationDecided, Disagreement
from attain_engine.solve.answer_sets import Shown
from attain_engine.solve.certain import Answer, Conditions, certain, status

_VERDICTS: Final[dict[Answer, Verdict]] = {"yes": "met", "no": "failed", "open": "undetermined"}


def _requirement_facts(results: Sequence[DesignationResult]) -> Conditions:
    """The requirement layer of designations as facts, each with the place that it comes from."""
    writer = Conditions()
    for number, result in enumerate(results):
        _structure(writer, number, result.designation)
        paths = {each.path: index for index, each in enumerate(requirements_of(result.designation))}
        for track_number, track in enumerate(result.tracks):
            name = "" if track.track is None else f" on {track.track}"
            for requirement in requirements_of(result.designation):
                formula = writer.number(track.requirements[requirement.path])
                words = f"{result.designation.name}: require {requirement.path}{name}, {requirement.title}"
                origin = Origin(words, requirement.span)
                writer.say("requirement", number, track_number, paths[requirement.path], formula, origin=origin)
            chosen = writer.number(track.chosen)
            origin = Origin(f"{result.designation.name}: the track{name}", result.designation.span)
            writer.say("track", number, track_number, chosen, origin=origin)
    return writer


def _structure(writer: Conditions, number: int, designation: model.Designation) -> None:
    paths = {each.path: index for index, each in enumerate(requirements_of(designation))}
    blocks = 0

    def block(requirements: tuple[model.Requirement, ...], options: tuple[model.Option, ...], origin: Origin) -> int:
        nonlocal blocks
        this = blocks
        blocks += 1
        for each in requirements:
            writer.say("member", number, this, paths[each.path], origin=origin)
        for option in options:
            other = block(option.requirements, (), Origin(f"{designation.name}: option {option.name}", option.span))
            writer.say("option", number, this, other, origin=origin)
        return this

    block(designation.requirements, designation.options, Origin(f"{designation.name}: in common", designation.span))
    for index, tier in enumerate(designation.tiers, 1):
        origin = Origin(f"{designation.name}: tier {tier.name}", tier.span)
        own = block(tier.requirements, tier.options, origin)
        writer.say("tier", number, index, own, origin=origin)
    if designation.tiers:
        writer.say("tiered", number)


class Verdicts:
    """The verdicts of designations, and of any condition that turns up in explaining them."""

    def __init__(self, evaluator: Evaluator, results: Sequence[DesignationResult], decided: Decided | None) -> None:
        """`results` are the designations as the evaluator reads them, `decided` what the rules say of them: None where
        a value could not be worked out, of which the rules know nothing. Raises Disagreement where they differ."""
        self._known: dict[Formula, Verdict] = {}
        said_of = {} if decided is None else decided.designations
        if decided is not None:
            _compare_points(evaluator, decided)
        unsettled = []
        for result in results:
            said = said_of.get(result.designation.id)
            if said is not None:
                _compare(result, said, self.of)
            if said is None or not said.settled:
                unsettled.append(result)
        self._settle(unsettled)

    def _settle(self, results: Sequence[DesignationResult]) -> None:
        """What is open of these designations, as a whole."""
        wanted: dict[Shown, Condition] = {}
        for number, result in enumerate(results):
            wanted["met", (number,)] = result.met
            for index, condition in enumerate(result.at_least, 1):
                wanted["award", (number, index)] = condition
        answers = certain(_requirement_facts(results), ("standing", "designation"), wanted) if wanted else {}
        for shown, answer in answers.items():
            condition = wanted[shown]
            verdict = _VERDICTS[answer]
            if isinstance(condition, Formula):
                self._known[condition] = verdict
            elif verdict != ("met" if condition else "failed"):
                raise Disagreement(str(shown), verdict, condition)

    def of(self, condition: Condition) -> Verdict:
        """met, failed, or undetermined (the unknown facts decide)."""
        if not isinstance(condition, Formula):
            return "met" if condition else "failed"
        known = self._known.get(condition)
        if known is None:
            known = self._known[condition] = _VERDICTS[status(condition)]
        return known

    def designation(self, result: DesignationResult) -> Verdict:
        """Whether a designation is met."""
        return self.of(result.met)

    def award(self, result: DesignationResult) -> str:
        """The name of the highest tier that is surely reached, or nothing."""
        reached = [
            tier.name
            for tier, condition in zip(result.designation.tiers, result.at_least, strict=True)
            if self.of(condition) == "met"
        ]
        return reached[-1] if reached else ""

    def track_award(self, designation: model.Designation, track: TrackResult) -> str:
        """The name of the highest tier that is surely reached on a track, or nothing."""
        tiers = zip(designation.tiers, track.tiers, strict=True)
        reached = [tier.name for tier, own in tiers if self.of(conjunction((track.common, own))) == "met"]
        return reached[-1] if reached else ""

    def requirement(self, track: TrackResult, path: str) -> Verdict:
        """Whether a requirement is met on a track."""
        return self.of(track.requirements[path])


def _is_open(said: DesignationDecided, track: TrackResult, path: str) -> bool:
    """Whether the rules leave a requirement open: it rests on what is not known, or its track may not be one."""
    return (track.track, path) in said.open or (None, TRACKS) in said.open


def _compare(result: DesignationResult, said: DesignationDecided, settle: Callable[[Condition], Verdict]) -> None:
    """Both readings of a designation, wherever both settle it."""
    name = result.designation.name
    tracks_settled = said.settled and not {BY, TRACKS} & {what for _, what in said.open}
    for track in result.tracks:
        on = "" if track.track is None else f" on {track.track}"
        for path, condition in track.requirements.items():
            if not _is_open(said, track, path):
                rules = "failed" if (track.track, path) in said.failed else "met"
                _same(f"`{name}`, requirement `{path}`{on}", rules, settle(condition))
        if tracks_settled and not isinstance(track.chosen, Formula):
            counts = "counts" if track.track in said.counts else "does not count"
            _same(f"`{name}`{on}", counts, "counts" if track.chosen else "does not count")
    if said.settled:
        _same(f"`{name}`", "met" if said.met else "failed", settle(result.met))
        for tier, reached in zip(result.designation.tiers, result.at_least, strict=True):
            at_least = tier.name in _up_to(result.designation, said.award)
            _same(f"`{name}`, tier `{tier.name}`", "met" if at_least else "failed", settle(reached))


def _up_to(designation: model.Designation, award: str) -> tuple[str, ...]:
    """The tiers up to an award, all of them lower or equal."""
    names = tuple(each.name for each in designation.tiers)
    return names[: names.index(award) + 1] if award else ()


def _compare_points(evaluator: Evaluator, decided: Decided) -> None:
    """Both readings of every score and part that the rules worked out."""
    program, context = evaluator.program, evaluator.context
    for (identifier, arguments), points in decided.points.items():
        score = program.scores[identifier]
        _same_points(show.call(score, arguments), points, evaluator.score(score, arguments, context))
    for (identifier, arguments, name), points in decided.parts.items():
        score = program.scores[identifier]
        part = next(each for each in score.parts if each.name == name)
        _same_points(f"{show.call(score, arguments)}.{name}", points, evaluator.part(score, part, arguments, context))


def _same_points(what: str, rules: Fraction, evaluated: object) -> None:
    if isinstance(evaluated, int | Fraction) and evaluated != rules:
        raise Disagreement(what, rules, evaluated)


def _same(what: str, rules: str, evaluated: str) -> None:
    """What the rules settle cannot be otherwise. Where the evaluator leaves it open, it is no verdict."""
    if evaluated not in (rules, "undetermined"):
        raise Disagreement(what, rules, evaluated)

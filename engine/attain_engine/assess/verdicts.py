"""Verdicts, decided by clingo: the requirement layer of a policy as facts, and what holds whatever the unknowns are.

The evaluator settles each requirement's condition, or leaves it open; which requirements fail, which blocks of them
break, which track counts and which tier is reached is then derived by `encodings/designation.lp`. What the evaluator
itself could settle must come out the same: that is checked at every assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attain_compiler.asp import Origin, Program
from attain_compiler.model import program as model
from attain_engine.assess.models import Verdict
from attain_engine.evaluate.designations import DesignationResult, requirements_of
from attain_engine.open.conditions import Condition, Formula
from attain_engine.solve.answer_sets import Shown
from attain_engine.solve.arithmetic import Arithmetic
from attain_engine.solve.certain import Answer, Conditions, certain, status

_VERDICTS: Final[dict[Answer, Verdict]] = {"yes": "met", "no": "failed", "open": "undetermined"}


class Disagreement(Exception):
    """The solver and the evaluator come to different verdicts: a mistake in Attain, never an answer."""


def requirement_program(
    results: Sequence[DesignationResult], describe: Callable[[Formula], str] | None = None
) -> tuple[Program, Arithmetic]:
    """The requirement layer of designations as an answer set program, each fact with the place it comes from, and the
    numbers behind it; `describe` says in words what is open."""
    writer = Conditions(describe)
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
    arithmetic = writer.finish()
    return Program(tuple(writer.facts), ("standing", "designation")), arithmetic


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

    def __init__(self, results: Sequence[DesignationResult]) -> None:
        self._known: dict[Formula, Verdict] = {}
        wanted: dict[Shown, Condition] = {}
        for number, result in enumerate(results):
            wanted["met", (number,)] = result.met
            for index, condition in enumerate(result.at_least, 1):
                wanted["award", (number, index)] = condition
        for shown, answer in certain(*requirement_program(results), wanted).items():
            condition = wanted[shown]
            verdict = _VERDICTS[answer]
            if isinstance(condition, Formula):
                self._known[condition] = verdict
            elif verdict != ("met" if condition else "failed"):
                raise Disagreement(f"{shown}: the solver says {verdict}, the evaluator {condition}")

    def of(self, condition: Condition) -> Verdict:
        """met, failed, or undetermined (the unknown facts decide)."""
        if not isinstance(condition, Formula):
            return "met" if condition else "failed"
        known = self._known.get(condition)
        if known is None:
            known = self._known[condition] = _VERDICTS[status(condition)]
        return known

"""From conditions and levers to an answer set program: facts for the encodings in `attain_engine/solve/encodings`.

What is said here is checked before anything is grounded: every number, sum and bound fits the solver's 32 bits, and the
ground program has a bounded size (grounding cannot be interrupted).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from attain_compiler.asp import LARGEST, Argument, Fact, Origin, Program, TooLarge
from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    subformulas,
)
from attain_engine.open.normal_form import parts
from attain_engine.optimise.order_encoding import Lever
from attain_engine.optimise.problem import Objective
from attain_engine.optimise.reduce.symmetry import After
from attain_engine.optimise.thresholds import Ladder, ladders
from attain_engine.solve.deadline import look

MOST_FACTS = 500_000
"""Above so many facts a program is refused: it would take long to ground, and grounding cannot be interrupted."""


@frozen
class Lowered:
    """The program; the levers by number; the objectives that any lever adds to, and what one unit of the solver is
    worth in each."""

    program: Program
    levers: tuple[Lever, ...]
    objectives: tuple[Objective, ...]
    units: Mapping[Objective, Fraction]

    def read(self, taken: Iterable[tuple[int, int]]) -> dict[Any, int]:
        """How much of each choice is used, by name, from the `taken(Lever,Step)` of an answer set."""
        highest: dict[int, int] = {}
        for number, step in taken:
            highest[number] = max(step, highest.get(number, 0))
        used = ((self.levers[number], step) for number, step in highest.items())
        return {lever.choice.name: lever.values[step - 1] for lever, step in used}


class _Writer:
    def __init__(self, origins: Mapping[Formula, Origin]) -> None:
        self.facts: list[Fact] = []
        self.origins = origins
        self.numbers: dict[Formula, int] = {}

    def say(self, predicate: str, *arguments: Argument, origin: Origin | None = None) -> None:
        self.facts.append(Fact(predicate, arguments, origin))
        if len(self.facts) > MOST_FACTS:
            raise TooLarge(f"the plan's program has more than {MOST_FACTS} facts; give fewer choices")


def lower(
    condition: Condition,
    levers: tuple[Lever, ...],
    objectives: tuple[Objective, ...],
    orders: tuple[After, ...] = (),
    origins: Mapping[Formula, Origin] | None = None,
) -> Lowered:
    """The program whose answer sets are the plans, by levers, that a condition in normal form holds of, and that use
    alike levers in order. `origins` say where formulas come from, for those who read the program. Raises TooLarge."""
    writer = _Writer(origins or {})
    objectives = tuple(
        each for each in objectives if any(lever.choice.weight(each, lever.values[-1]) for lever in levers)
    )
    roots = parts(condition)
    _levers(writer, levers)
    _conditions(writer, roots, levers)
    for formula in roots:
        writer.say("required", writer.numbers[formula], origin=writer.origins.get(formula))
    units = _objectives(writer, levers, objectives)
    _orders(writer, orders)
    encodings = (
        "choices",
        "truth",
        "plan",
        *(("objective",) if objectives else ()),
        *(("symmetry",) if orders else ()),
    )
    return Lowered(Program(tuple(writer.facts), tuple(encodings)), levers, objectives, units)


def lower_wishes(wishes: Sequence[Formula], droppable: Sequence[bool], levers: tuple[Lever, ...]) -> Program:
    """The program of conditions in normal form that are wished for, each by its place in `wishes`: an answer set keeps
    some of them. As few of those that are droppable are dropped as can be. Raises TooLarge."""
    writer = _Writer({})
    _levers(writer, levers)
    _conditions(writer, wishes, levers)
    for place, formula in enumerate(wishes):
        writer.say("wish", place, writer.numbers[formula])
        if droppable[place]:
            writer.say("droppable", place)
    return Program(tuple(writer.facts), ("choices", "truth", "corrections"))


def _levers(writer: _Writer, levers: tuple[Lever, ...]) -> None:
    for number, lever in enumerate(levers):
        origin = Origin(f"choice {lever.choice.name!r}")
        for step in range(1, len(lever.values) + 1):
            writer.say("step", number, step, origin=origin)


def _conditions(writer: _Writer, roots: Sequence[Formula], levers: tuple[Lever, ...]) -> None:
    steps = {
        (lever.choice.name, value): (number, step)
        for number, lever in enumerate(levers)
        for step, value in enumerate(lever.values, start=1)
    }
    # A negated leaf is one formula to the solver; the leaf below it is not said unless it occurs by itself.
    below = {formula.operand for formula in subformulas(roots) if isinstance(formula, Negation)}
    named = _operands(roots)
    order = [each for each in subformulas(roots) if each not in below or each in named]
    for number, formula in enumerate(order):
        writer.numbers[formula] = number
    found = ladders(order)
    in_ladders = {rung for ladder in found for rung, _ in ladder.rungs}
    for formula in order:
        _formula(writer, formula, steps, in_ladders)
    for number, ladder in enumerate(found):
        _ladder(writer, number, ladder)


def _operands(roots: Sequence[Formula]) -> set[Formula]:
    """The formulas that are an operand of something other than a negation, and the roots."""
    named: set[Formula] = set(roots)
    for formula in subformulas(roots):
        match formula:
            case Conjunction() | Disjunction():
                named.update(formula.operands)
            case Reaches():
                named.update(term for term, _ in formula.terms)
            case _:
                pass
    return named


def _formula(
    writer: _Writer, formula: Formula, steps: Mapping[tuple[Any, int], tuple[int, int]], in_ladders: set[Formula]
) -> None:
    look()
    number = writer.numbers[formula]
    origin = writer.origins.get(formula)
    leaf = formula.operand if isinstance(formula, Negation) else formula
    match leaf:
        case Atom():
            lever, step = steps[leaf.name, 1]
        case AmountAtLeast():
            lever, step = steps[leaf.amount.name, leaf.least]
        case Conjunction() | Disjunction() if formula not in in_ladders:
            kind = "conjunction" if isinstance(leaf, Conjunction) else "disjunction"
            writer.say(kind, number, origin=origin)
            for each in leaf.operands:
                writer.say("operand", number, writer.numbers[each], origin=origin)
            return
        case _:
            return
    writer.say("literal", number, lever, step, "neg" if leaf is not formula else "pos", origin=origin)


def _ladder(writer: _Writer, number: int, ladder: Ladder) -> None:
    top = ladder.rungs[-1][1]
    check_fits(sum(weight for _, weight in ladder.terms) + top, "a sum in the requirements")
    writer.say("ladder", number, origin=writer.origins.get(ladder.rungs[-1][0]))
    for term, weight in ladder.terms:
        writer.say("addend", number, writer.numbers[term], weight)
    below: tuple[Formula | None, int] = (None, 0)
    for formula, bound in ladder.rungs:
        origin = writer.origins.get(formula)
        writer.say("rung", number, writer.numbers[formula], bound - below[1], origin=origin)
        if below[0] is not None:
            writer.say("above", writer.numbers[formula], writer.numbers[below[0]], origin=origin)
        below = formula, bound


def _orders(writer: _Writer, orders: tuple[After, ...]) -> None:
    groups: dict[tuple[int, ...], int] = {}
    for after in orders:
        for members in (after.later, after.earlier):
            if members not in groups:
                groups[members] = len(groups)
                for member in members:
                    writer.say("member", groups[members], member)
        writer.say("after", groups[after.later], groups[after.earlier])


def _objectives(
    writer: _Writer, levers: tuple[Lever, ...], objectives: tuple[Objective, ...]
) -> dict[Objective, Fraction]:
    units: dict[Objective, Fraction] = {}
    for priority, objective in enumerate(reversed(objectives), start=1):
        writer.say("priority", objective, priority, origin=Origin(f"objective {objective}"))
    for objective in objectives:
        if objective == "time":
            units[objective] = _durations(writer, levers)
        else:
            units[objective] = _weights(writer, levers, objective)
    return units


def _weights(writer: _Writer, levers: tuple[Lever, ...], objective: Objective) -> Fraction:
    weights: dict[tuple[int, int], Fraction] = {}
    for number, lever in enumerate(levers):
        before = Fraction(0)
        for step, value in enumerate(lever.values, start=1):
            weight = Fraction(lever.choice.weight(objective, value))
            if weight != before:
                weights[number, step] = weight - before
            before = weight
    unit = unit_of(weights.values())
    check_fits(sum(int(weight / unit) for weight in weights.values()), f"the {objective} of all choices together")
    for (number, step), weight in weights.items():
        writer.say("weighs", objective, number, step, int(weight / unit))
    return unit


def _durations(writer: _Writer, levers: tuple[Lever, ...]) -> Fraction:
    days = sorted({lever.choice.days(value) for lever in levers for value in lever.values} - {0})
    unit = unit_of([Fraction(each) for each in days])
    check_fits(int(days[-1] / unit), "the longest duration")
    numbers = {each: index for index, each in enumerate(days, start=1)}
    for index, (before, after) in enumerate(zip([0, *days], days, strict=False), start=1):
        writer.say("longer", index, int((after - before) / unit))
    for number, lever in enumerate(levers):
        for step, value in enumerate(lever.values, start=1):
            if lever.choice.days(value):
                writer.say("lasts", number, step, numbers[lever.choice.days(value)])
    return unit


def unit_of(weights: Iterable[Fraction]) -> Fraction:
    """The greatest number of which all the weights are whole multiples."""
    weights = list(weights)
    scaling = lcm(*(weight.denominator for weight in weights))
    return Fraction(gcd(*(int(weight * scaling) for weight in weights)), scaling)


def check_fits(total: int, what: str) -> None:
    """Raises TooLarge if a sum (of all its weights and its bound) can pass what the solver can add up."""
    if total + 1 > LARGEST:
        most = LARGEST - 1
        raise TooLarge(f"{what} can come to {total} units, more than the {most} that the solver can add up exactly")

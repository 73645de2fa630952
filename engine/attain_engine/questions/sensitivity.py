"""What one unit more or less of a threshold would cost."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import Quantity, Type
from attain_compiler.model.walk import nodes, with_parts
from attain_engine import show
from attain_engine.assess import designations_of
from attain_engine.facts.model import Facts
from attain_engine.plan import Plan, Target, Wishes
from attain_engine.plan.nearly import parts_of
from attain_engine.questions.asking import CERTAIN, Asking
from attain_engine.questions.models import Sensitivity, Threshold


@frozen
class _Number:
    """A number that the policy states and a requirement compares with: the node that holds it."""

    where: str
    node: Any
    type: Quantity


def sensitivity(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    *,
    targets: Sequence[Target] = (),
    wishes: Wishes = Wishes(),
) -> Sensitivity:
    """The cheapest plan, and what it would cost with each number that the requirements of the targets compare with one
    unit less or more (a point, one of what is counted, a percentage point, a unit of the currency): written in the
    requirement, in a definition that it calls, in a parameter in force on that day or in the chosen alternative of a
    reading. Raises EvaluationProblem and PlanProblem."""
    chosen = dict(readings or {})
    asking = Asking(program, facts, on, chosen, replace(wishes, show=1))
    found = asking.plan(targets)
    wanted = list(targets) or [Target(each) for each in designations_of(program)]
    settled = [
        Target(each.designation, text.partition(":")[2] or None)
        for each, text in zip(wanted, found.targets, strict=True)
    ]  # with another threshold, the next tier might be another
    numbers = [each for target in settled for each in _numbers(program, target, on, chosen)]
    thresholds: list[Threshold] = []
    for number in {id(each.node): each for each in numbers}.values():
        if asking.over:
            break
        thresholds.append(_threshold(asking, settled, number))
    every = len({id(each.node) for each in numbers})
    complete = len(thresholds) == every and all(
        each in CERTAIN for one in thresholds for each in (one.lower_status, one.higher_status)
    )
    return Sensitivity(plan=found, complete=complete, thresholds=tuple(thresholds))


def _threshold(asking: Asking, targets: Sequence[Target], number: _Number) -> Threshold:
    step = Fraction(1, 100) if number.type.kind == "percent" else Fraction(1)
    value = Fraction(number.node.value)
    lower, higher = (
        asking.plan(targets, program=_with(asking.program, number.node, value + by)) for by in (-step, step)
    )
    file = asking.program.files[number.node.span.path]
    return Threshold(
        where=number.where,
        text=" ".join(file.slice(number.node.span).split()),
        path=number.node.span.path,
        line=file.line_and_column(number.node.span.start)[0],
        value=show.value(value, number.type),
        step=show.value(step, number.type),
        lower=_cost(lower),
        lower_exact=lower.plans[0].cost_exact if lower.plans else None,
        lower_status=lower.status,
        higher=_cost(higher),
        higher_exact=higher.plans[0].cost_exact if higher.plans else None,
        higher_status=higher.status,
    )


def _cost(one: Plan) -> str:
    if one.plans:
        return one.plans[0].cost
    return {"qualified": "nothing", "impossible": "no plan"}.get(one.status, "not known")


def _numbers(
    program: model.Program,
    target: Target,
    on: datetime.date,
    readings: Mapping[str, str],
) -> Iterator[_Number]:
    for part in parts_of(target.designation, target.tier):
        for requirement in (*part.requirements, *(each for option in part.options for each in option.requirements)):
            yield from _compared(program, requirement.condition, requirement.path, on, readings, set())


def _compared(
    program: model.Program,
    condition: model.Node,
    where: str,
    on: datetime.date,
    readings: Mapping[str, str],
    seen: set[str],
) -> Iterator[_Number]:
    """The numbers that the comparisons of a condition have on one side, definitions of conditions looked into."""
    for node in nodes(condition):
        match node:
            case model.Compare(left=left, right=right):
                for side in (left, right):
                    yield from _stated(program, side, where, on, readings)
            case model.DefineCall(define=define) if define not in seen:
                seen.add(define)
                body = program.defines[define].body
                yield from _compared(program, body, where, on, readings, seen)
            case _:
                pass


def _stated(
    program: model.Program, side: model.Expression, where: str, on: datetime.date, readings: Mapping[str, str]
) -> Iterator[_Number]:
    def number(node: Any, type_: Type) -> Iterator[_Number]:
        if isinstance(type_, Quantity) and isinstance(node.value, int | Fraction) and not isinstance(node.value, bool):
            yield _Number(where, node, type_)

    match side:
        case model.Constant():
            yield from number(side, side.type)
        case model.Lookup(table=table):
            declared = program.tables[table]
            for entry in _in_force(declared.entries, on):
                yield from number(entry, declared.type)
        case model.ReadingValue(reading=reading):
            asked = program.readings[reading]
            name = readings.get(reading, asked.default)
            yield from number(next(each for each in asked.alternatives if each.name == name), asked.type)
        case _:
            return


def _in_force(entries: Sequence[model.Entry], on: datetime.date) -> Iterator[model.Entry]:
    """Of the entries with the same keys that are in force on a day, the latest."""
    latest: dict[Any, model.Entry] = {}
    for each in entries:
        if (each.force_from or on) <= on <= (each.force_to or on):
            known = latest.get(each.keys)
            if known is None or (known.force_from or datetime.date.min) <= (each.force_from or datetime.date.min):
                latest[each.keys] = each
    yield from latest.values()


def _with(program: model.Program, node: Any, value: Fraction) -> model.Program:
    """The program with another number in one node."""
    new = replace(node, value=int(value) if value.denominator == 1 else value)
    changed: dict[str, Any] = {}
    for name in ("tables", "readings", "defines", "designations"):
        declared = getattr(program, name)
        exchanged = {key: _exchanged(each, node, new) for key, each in declared.items()}
        if any(exchanged[key] is not declared[key] for key in declared):
            changed[name] = exchanged
    return replace(program, **changed)


def _exchanged(tree: Any, old: Any, new: Any) -> Any:
    """A tree with one node in the place of another; the tree itself where it does not hold that."""
    return new if tree is old else with_parts(tree, lambda part: _exchanged(part, old, new))

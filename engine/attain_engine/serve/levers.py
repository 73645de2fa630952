"""What can be moved on facts: the measures that the designations rest on, and the changes that are possible."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from fractions import Fraction
from math import ceil
from typing import Any, Final, Literal

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.calendar import shifted
from attain_compiler.model.program import Program
from attain_compiler.model.types import Duration, EntityType, Quantity, RecordType, Simple
from attain_engine import show
from attain_engine.assess.assess import assessed, reckoned
from attain_engine.assess.exact import Exact, exact
from attain_engine.assess.models import Assessment, Clause
from attain_engine.evaluate import Evaluator
from attain_engine.facts import Facts
from attain_engine.plan.candidates import Candidate, candidates
from attain_engine.plan.describe import fill
from attain_engine.serve.models import ChangeLever, Levers, LeversAsked, MeasureLever
from attain_engine.serve.steps import arguments_of

MOST_MEASURES: Final = 500
HOW_MANY: Final = "…"
"""What stands in the text of a change in the place of the number of units."""

Form = Literal["count", "number", "percent", "money", "flag", "date", "month", "other"]


def levers(
    program: Program, facts: Facts, on: datetime.date, readings: Mapping[str, str], asked: LeversAsked
) -> Levers:
    """Everything that can be moved. Raises EvaluationProblem."""
    found = reckoned(program, facts, on, readings)
    evaluator = found[0]
    answer = assessed(facts, found, readings, rows=False)
    options = list(candidates(evaluator, list(program.changes.values()), []))
    texts = _texts(program, options)
    words = asked.search.casefold().split()
    matching = [each for each in options if all(word in texts[each.index].casefold() for word in words)]
    return Levers(
        organisation=facts.organisation,
        as_of=on,
        measures=tuple(_measures(evaluator, answer)),
        changes=tuple(_change(evaluator, each, texts[each.index]) for each in matching[: asked.most]),
        found=len(matching),
        remarks=tuple(each.message for each in facts.remarks[:20]),
    )


# ------------------------------------------------------------ measures


@frozen
class _Used:
    """A measure that was worked out, for these arguments."""

    measure: model.Measure
    arguments: tuple[Any, ...]
    value: Any


def _measures(evaluator: Evaluator, answer: Assessment) -> Iterator[MeasureLever]:
    """The levers of measures, in the order of the policy, those first that rules speak of themselves."""
    used = [
        _Used(measure, key[1], value)
        for key, value in list(evaluator.context.calls.items())
        if len(key) == 2 and (measure := evaluator.program.measures.get(key[0])) is not None and _of_the_whole(measure)
    ]
    compared = _compared(answer)
    order = {identifier: index for index, identifier in enumerate(evaluator.program.measures)}
    used.sort(key=lambda each: (each.measure.name not in compared, order[each.measure.id], _call(each)))
    for each in used[:MOST_MEASURES]:
        yield _measure(evaluator, each, compared)


def _of_the_whole(measure: model.Measure) -> bool:
    return not any(isinstance(formal.type, (EntityType, RecordType)) for formal in measure.parameters)


def _call(used: _Used) -> str:
    return show.call(used.measure, used.arguments)


def _measure(evaluator: Evaluator, used: _Used, compared: Mapping[str, Sequence[tuple[str, Exact]]]) -> MeasureLever:
    measure, value = used.measure, used.value
    number = exact(value, measure.type)
    unit = _unit(measure.type)
    bounds = [exact(end, measure.type) for end in (measure.low, measure.high)]
    least, most = (None if each is None else each.number for each in bounds)
    tracks = {show.value(each, formal.type) for each, formal in zip(used.arguments, measure.parameters, strict=True)}
    numbers = [
        Fraction(each.number)
        for track, each in compared.get(measure.name, ())
        if each.unit == unit and (not track or track in tracks or not tracks)
    ]
    low, high = _range(None if number is None else Fraction(number.number), numbers, least, most)
    return MeasureLever(
        measure=measure.name,
        call=_call(used),
        title=measure.title,
        setting=_setting(evaluator.program, used),
        form=_form(measure.type),
        unit=unit,
        value=show.value(value, measure.type),
        value_exact=number,
        given=(measure.id, used.arguments) in evaluator.world.values,
        direct=measure.name in compared,
        least=least,
        most=most,
        low=low,
        high=high,
    )


def _setting(program: Program, used: _Used) -> str:
    """What `--set` calls it: the name (with its policy where two measures have it), and the arguments after dots."""
    alike = [each for each in program.measures.values() if each.name == used.measure.name]
    parts = [
        show.value(each, formal.type) for each, formal in zip(used.arguments, used.measure.parameters, strict=True)
    ]
    plain = (each if each.replace("_", "").replace("-", "").isalnum() else f'"{each}"' for each in parts)
    return ".".join((used.measure.name if len(alike) == 1 else used.measure.id, *plain))


def _form(type_: Any) -> Form:
    match type_:
        case Quantity(kind="count"):
            return "count"
        case Quantity(kind="percent"):
            return "percent"
        case Quantity(kind="money"):
            return "money"
        case Quantity():
            return "number"
        case Simple(kind="flag"):
            return "flag"
        case Simple(kind="date"):
            return "date"
        case Simple(kind="month"):
            return "month"
        case _:
            return "other"


def _unit(type_: Any) -> str:
    zero = exact(0, type_)
    return "" if zero is None else zero.unit


def _range(value: Fraction | None, numbers: Sequence[Fraction], least: str | None, most: str | None) -> tuple[str, str]:
    """A range for a slider: from the value, or 0, to somewhat beyond the numbers that the value is compared with. No
    answer rests on it."""
    known = value or Fraction(0)
    low = min(Fraction(0), known * 2)
    high = max(Fraction(10), known * 2, *(each * 3 / 2 for each in numbers))
    low = low if least is None else max(low, Fraction(least))
    high = high if most is None else min(high, Fraction(most))
    return str(min(low.__floor__(), known.__floor__())), str(max(ceil(high), ceil(known)))


def _compared(answer: Assessment) -> dict[str, list[tuple[str, Exact]]]:
    """By the names of measures, what rules compare them with, each with the track that it is on."""
    found: dict[str, list[tuple[str, Exact]]] = {}
    calls = frozenset(each.call for each in answer.measures)
    for designation in answer.designations:
        for track in designation.tracks:
            for score in track.scores:
                for part in score.parts:
                    for scoring in part.scorings:
                        for name in scoring.measures:
                            numbers = found.setdefault(name, [])
                            if scoring.threshold_exact is not None:
                                numbers.append((track.name, scoring.threshold_exact))
            for requirement in track.requirements:
                for clause in _clauses(requirement.clause):
                    spoken_of = _spoken_of(clause, calls)
                    if spoken_of is not None:
                        numbers = found.setdefault(spoken_of, [])
                        if clause.needed_exact is not None:
                            numbers.append((track.name, clause.needed_exact))
    return found


def _spoken_of(clause: Clause, calls: Set[str]) -> str | None:
    """The name of the measure that a comparison begins with; a part of a score may be called like one."""
    if clause.label in calls:
        return clause.label.partition("(")[0]
    name, called, _ = clause.text.partition(" ")[0].partition("(")
    return name if name in calls or (called and any(each.startswith(f"{name}(") for each in calls)) else None


def _clauses(clause: Clause) -> Iterator[Clause]:
    yield clause
    for each in clause.clauses:
        yield from _clauses(each)


# ------------------------------------------------------------ changes


def _texts(program: Program, options: Sequence[Candidate]) -> dict[int, str]:
    """The text of each choice; where two read alike, with their arguments."""
    texts = {
        each.index: fill(each.change.title.replace("{n}", HOW_MANY), program, each, 1).strip() or each.change.name
        for each in options
    }
    often = Counter(texts.values())
    for each in options:
        if often[texts[each.index]] > 1:
            texts[each.index] += f" ({', '.join(arguments_of(each).values())})" if each.arguments else ""
    return texts


def _change(evaluator: Evaluator, candidate: Candidate, text: str) -> ChangeLever:
    change = candidate.change
    least = 1
    if change.low is not None and candidate.amount is not None:
        low = evaluator.found(change.low, candidate.arguments)
        least = max(1, ceil(low)) if isinstance(low, (int, Fraction)) else 1
    types = [each.amount.type for each in change.costs]
    once, each_unit = (exact(cost, types[0]) if types else None for cost in (candidate.cost_once, candidate.cost_each))
    return ChangeLever(
        change=change.name,
        text=text,
        arguments=arguments_of(candidate),
        amount=candidate.amount is not None,
        least=least,
        most=max(candidate.most, least),
        cost_once=once,
        cost_each=each_unit,
        cost=_cost(candidate, types[0]) if types else "",
        takes=_takes(candidate, evaluator.date),
    )


def _cost(candidate: Candidate, type_: Any) -> str:
    parts = []
    if candidate.cost_once or not candidate.cost_each:
        parts.append(show.value(candidate.cost_once, type_))
    if candidate.cost_each:
        each = show.value(candidate.cost_each, type_)
        parts.append(f"{each} each" if candidate.amount is not None else each)
    return " and ".join(parts)


def _takes(candidate: Candidate, on: datetime.date) -> str:
    parts = []
    if candidate.takes_once != Duration(0, 0):
        parts.append(show.duration(candidate.takes_once))
    if candidate.takes_each != Duration(0, 0) and shifted(on, candidate.takes_each, 1) != on:
        parts.append(f"{show.duration(candidate.takes_each)}{' each' if candidate.amount is not None else ''}")
    return " and ".join(parts)

"""An organisation that is decided differently: from a completion to the smallest facts that show it, asked again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, Simple
from attain_engine import show
from attain_engine.compare.editions import Edition
from attain_engine.compare.examples import under_shared_names
from attain_engine.compare.in_edition import in_edition, named_in
from attain_engine.compare.items import Contrast, Item, answer, expectation
from attain_engine.compare.models import Witness
from attain_engine.compare.opening import Opening, Settling
from attain_engine.compare.patience import REFUSED
from attain_engine.compare.replay import both_told, differ, fewer
from attain_engine.compare.sides import Side, Sides
from attain_engine.evaluate.missing import IsValue, MeasureNotGiven, RowsNotGiven
from attain_engine.evaluate.values import NO_VALUE, Unknown
from attain_engine.facts.as_example import example_lines
from attain_engine.facts.model import Facts, Row
from attain_engine.open.conditions import Amount, Condition
from attain_engine.open.substitution import Substitution
from attain_engine.open.unknowns import open_parts
from attain_engine.solve.certain import Completion
from attain_engine.solve.deadline import look

MOST_TRIALS = 250
"""So many smaller organisations are tried for one witness."""


@frozen
class Difference:
    """A condition on which an item is decided differently, and the rows that are open in it."""

    condition: Condition
    opening: Opening


@frozen
class Found:
    """A witness, and the facts that it shows under the names that both editions share."""

    witness: Witness
    facts: Facts


def smallest(difference: Condition, found: Completion) -> Completion:
    """The completion with numbers as near to 0, and as few conditions holding, as can be had one by one."""
    trials = MOST_TRIALS
    best = found

    def holds(trial: Completion) -> bool:
        nonlocal trials
        look()
        trials -= 1
        return trial.settle(difference) is True

    if not holds(best):
        return found
    for name in sorted(best.holding, key=repr):
        trial = replace(best, holding=best.holding - {name})
        if trials > 0 and holds(trial):
            best = trial
    for amount, value in list(best.amounts.items()):
        if not isinstance(amount.name, MeasureNotGiven):
            continue
        nearest = Fraction(max(amount.low or 0, 0) if amount.low is not None else min(amount.high or 0, 0))
        if amount.low is not None and amount.low < 0:
            nearest = Fraction(min(0, amount.high) if amount.high is not None else 0)
        best = _nearer(best, amount, nearest, Fraction(value), holds, lambda: trials > 0)
    return best


def _nearer(best: Completion, amount: Amount, bad: Fraction, good: Fraction, holds: Any, more: Any) -> Completion:
    """The amount moved from a value that does towards one that is tried first, as far as halving finds."""

    def at(value: Fraction) -> Completion:
        return replace(best, amounts={**best.amounts, amount: value})

    if good == bad or not more():
        return best
    if holds(at(bad)):
        return at(bad)
    while more():
        middle = (
            Fraction((bad + good).__floor__(), 2).__floor__() if good > bad else Fraction((bad + good) / 2).__ceil__()
        )
        step = Fraction(middle)
        if step in (bad, good):
            break
        if holds(at(step)):
            good = step
        else:
            bad = step
    return at(good)


def needed(difference: Condition, found: Completion) -> set[Any]:
    """The names of what has to be said: without the others the difference holds as well, whatever they are."""
    parts = list(open_parts((difference,)))
    said = {each.name for each in parts}
    if len(said) > 60:
        return said

    def settled(names: set[Any]) -> bool:
        def atom(each: Any) -> Condition | None:
            return each.name in found.holding if each.name in names else None

        def amount(each: Amount) -> Any:
            if each.name not in names:
                return None
            value = found.amounts.get(each)
            if value is None:
                value = next((Fraction(end) for end in (each.low, each.high) if end is not None), Fraction(0))
            return int(value) if each.whole else value

        return Substitution(atom, amount).condition(difference) is True

    for name in sorted(said, key=repr):
        if isinstance(name, MeasureNotGiven | RowsNotGiven) and settled(said - {name}):
            said = said - {name}
    return said


def witness(
    sides: Sides, contrast: Contrast, on: datetime.date, difference: Difference, found: Completion
) -> Found | None:
    """The smallest facts found for which the item is decided so; None where facts cannot say what the completion does,
    or the editions, asked again, do not differ on them."""
    if found.settle(difference.condition) is not True:
        return None  # of numbers that could not be worked out together it is none
    small = smallest(difference.condition, found)
    said = needed(difference.condition, small)
    values: dict[tuple[str, tuple[Any, ...]], Any] = dict(difference.opening.given or {})
    others = False
    for part in open_parts((difference.condition,)):
        if part.name not in said:
            continue
        match part.name:
            case MeasureNotGiven(measure=identifier, arguments=arguments, mark=()) if "@" not in identifier:
                type_ = _declared(sides, identifier).type
            case RowsNotGiven(asked=str() as entity) if entity in sides.programs["head"].entities:
                others = True
                continue  # whether others are identifiers as well is said by the rows
            case RowsNotGiven(asked=str() as identifier, arguments=arguments, mark=()) if "@" not in identifier:
                type_ = _declared(sides, identifier).type
            case IsValue(value=value) if value is NO_VALUE:  # what rows there are not says that
                if part.name in small.holding:
                    return None
                continue
            case IsValue(
                of=MeasureNotGiven(measure=identifier, arguments=arguments)
                | RowsNotGiven(asked=str() as identifier, arguments=arguments),
                value=value,
            ) if "@" not in identifier:
                key = identifier, _named(sides, arguments)
                if part.name in small.holding:
                    values[key] = value
                else:  # it is the last of its values where it is none of the others
                    values.setdefault(key, _last(sides, value.enum))
                continue
            case MeasureNotGiven() | RowsNotGiven() | IsValue(of=RowsNotGiven()):
                return None
            case _:
                continue
        arguments = _named(sides, arguments)
        if isinstance(part, Amount):
            values[identifier, arguments] = small.number(part, is_date=type_ == Simple("date"))
        else:
            values[identifier, arguments] = part.name in small.holding
    tables = Settling(sides, small).rows(difference.opening)
    closed = difference.opening.closed
    apart = shown(sides, contrast, on, tables, values, closed=closed or others)  # there are those named, and no others
    return apart if apart is not None or not others else shown(sides, contrast, on, tables, values, closed=closed)


def _named(sides: Sides, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments, of which an identifier that only rows would name has the name that neither edition knows."""
    others = sides.editions.identifiers
    return tuple(
        others[each.type.id][-1] if isinstance(each, Unknown) and isinstance(each.type, EntityType) else each
        for each in arguments
    )


def _last(sides: Sides, enum: str) -> Any:
    """What an enum is if it is none of its other values: the last one is the same on both sides."""
    return sides.programs["head"].enums[enum].members[-1].constant


def _declared(sides: Sides, identifier: str) -> Any:
    for program in sides.programs.values():
        for declared in (*program.measures.values(), *program.defines.values()):
            if declared.id.partition("@")[0] == identifier:
                return declared
    raise KeyError(identifier)


# ---------------------------------------------------------------- asked again, and written down


def shown(
    sides: Sides,
    contrast: Contrast,
    on: datetime.date,
    tables: Mapping[str, tuple[Row, ...]],
    values: Mapping[tuple[str, tuple[Any, ...]], Any],
    *,
    closed: bool = False,
) -> Found | None:
    """These facts as a witness, if the editions as they are written differ on them, and in this direction. With
    `closed`, tables that are not given are empty."""
    editions, item = sides.editions, contrast.item
    # The example is written in the words of HEAD: what only BASE has a word for it cannot say, nor that there is no row
    # of one record.
    some = {name: rows for name, rows in tables.items() if rows}
    sayable = in_edition(editions.head, Facts("an example", some, values, closed))
    facts = under_shared_names(editions.head.names, sayable)
    found = both_told(editions, item, on, facts)
    if not differ(contrast, *found):
        return None
    facts = fewer(editions, contrast, on, facts, found)
    told: dict[Side, Any] = {}
    sides_: tuple[tuple[Side, Edition], ...] = (("base", editions.base), ("head", editions.head))
    for side, edition in sides_:
        own = in_edition(edition, facts)
        owner, arguments = named_in(edition, item)
        try:
            told[side] = answer(edition, own, on, replace(item, arguments=arguments), owner)
        except REFUSED:
            return None
    if not differ(contrast, told["base"], told["head"]):
        return None
    head = editions.head
    owner, arguments = named_in(head, item)
    type_ = _type(head.program, item, owner)
    try:
        lines = example_lines(head.program, in_edition(head, facts))
        expected = expectation(item, owner, arguments, told["base"], told["head"], type_)
    except TypeError:  # a number that no policy can write
        return None
    text = _text(told["head"], type_)
    title = f"{item.written(owner, arguments)}: {_text(told['base'], type_)} before, {text} now"
    example = [f'example "{title}"', f"  on {on.isoformat()}", *(f"  {each}" for each in lines)]
    if expected:
        example.append(f"  {expected}")
    told_apart = Witness(
        direction=contrast.direction, base=_text(told["base"], type_), head=text, example="\n".join(example)
    )
    return Found(told_apart, facts)


def _type(program: model.Program, item: Item, owner: str) -> Any:
    match item.kind:
        case "report":
            return program.reports[owner].type
        case "part":
            return next(each.points.type for each in program.scores[owner].parts if each.name == item.part)
        case _:
            return Simple("flag")


def _text(found: Any, type_: Any) -> str:
    return found if isinstance(found, str) and type_ == Simple("flag") else show.value(found, type_)

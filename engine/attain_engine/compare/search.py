"""The two questions of a comparison: is there an organisation that gains, and one that loses; found, or proved none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attain_compiler.frozen import frozen
from attain_compiler.model.types import Type
from attain_engine.compare.asking import PATIENCE, Asking
from attain_engine.compare.by_example import as_it_is, by_its_rows
from attain_engine.compare.copies import ROWS, by_rows
from attain_engine.compare.examples import Organisation
from attain_engine.compare.items import Item, rests_on
from attain_engine.compare.models import Direction, Witness
from attain_engine.compare.witness import Difference, Found, shown, witness
from attain_engine.open.conditions import Condition
from attain_engine.solve.certain import completion


@frozen
class Sought:
    """What a search gave: something found; or `none`, proved; or neither, with what was searched. `condition` is that
    on which open measures differ; where the answer is `settled_by` it, it is that of any day with the same condition.
    """

    found: Found | None
    none: bool
    bound: str = ""
    condition: Condition = True
    settled_by: bool = False

    @property
    def witness(self) -> Witness | None:
        return None if self.found is None else self.found.witness


def seek(
    asking: Asking,
    item: Item,
    type_: Type,
    direction: Direction,
    examples: Callable[[], Iterable[tuple[Asking, Organisation]]],
    before: Sought | None = None,
) -> Sought:
    """Whether some organisation is decided so; those of `examples` are tried where open measures show none. `before` is
    what was found on another day: it is taken where the question is the same, and tried first where not. Raises what an
    evaluation is refused with, and OutOfTime."""
    nothing = asking.opening(frozenset(), 0)
    measures = asking.sides.measures & asking.sides.editions.reached({item.owner})
    ways = [frozenset[str](), measures]
    if asking.sides.is_asked_in_several_ways(item):
        ways.append(asking.sides.every_measure)
    straight = asking.difference(item, type_, direction, nothing, computed=ways[0])
    if before is not None:
        if before.settled_by and before.condition is straight:
            return before
        if before.found is not None:
            facts = before.found.facts
            again = shown(asking.sides, item, asking.on, direction, facts.tables, facts.values, closed=facts.closed)
            if again is not None:
                return Sought(again, False, condition=straight)
    proved = True
    for number, computed in enumerate(several := list(dict.fromkeys(ways))):
        difference = asking.difference(item, type_, direction, nothing, computed=computed) if number else straight
        found = completion(difference, patience=PATIENCE)
        if found is None:
            continue
        proved = False
        apart = witness(asking.sides, item, asking.on, direction, Difference(difference, nothing), found)
        if apart is not None:
            return Sought(apart, False, condition=straight, settled_by=not number)
    if proved:
        return Sought(None, True, condition=straight, settled_by=len(several) == 1)
    for facts in list(asking.shown):
        again = shown(asking.sides, item, asking.on, direction, facts.tables, facts.values, closed=facts.closed)
        if again is not None:
            return Sought(again, False, condition=straight)
    organisations = list(examples())
    for of, each in organisations:
        apart = as_it_is(of, item, direction, each)
        if apart is not None:
            asking.shown.append(apart.facts)
            return Sought(apart, False, condition=straight)
    apart = by_rows(
        asking, item, type_, direction, _groups(asking, measures), lambda each: _records(asking, item, each)
    )
    if apart is not None:
        asking.shown.append(apart.facts)
        return Sought(apart, False, condition=straight)
    for of, each in organisations:
        apart = by_its_rows(of, item, type_, direction, measures, each)
        if apart is not None:
            return Sought(apart, False, condition=straight)
    records = sorted(each.rpartition(".")[2] for each in _records(asking, item, measures))
    if not records:
        return Sought(None, False, "what it rests on cannot be said in an example", straight)
    searched = f"none found with up to {ROWS[-1]} rows of {', '.join(records)}, or copies of them"
    return Sought(None, False, searched, straight)


def _groups(asking: Asking, measures: frozenset[str]) -> list[frozenset[str]]:
    """The measures that are worked out from rows, while all others are given: one with what it rests on, then all."""
    reached = asking.sides.editions.reached
    single = [frozenset(reached({each}) & measures) for each in measures]
    return list(dict.fromkeys((*sorted(single, key=lambda each: (len(each), sorted(each))), measures)))


def _records(asking: Asking, item: Item, computed: frozenset[str]) -> frozenset[str]:
    """The records whose rows what is affected looks at, on the way from the item; single ones are open anyway."""
    editions = asking.sides.editions
    todo = sorted(set[str]().union(*(rests_on(each, item)[1] for each in editions.both)))
    seen = set(todo)
    while todo:
        for each in editions.dependencies.get(todo.pop(), ()):
            kind = editions.base.kinds.get(each) or editions.head.kinds.get(each)
            if each in seen or (kind == "measures" and each not in computed):
                continue
            seen.add(each)
            todo.append(each)
    records = {each.removesuffix(" rows") for each in seen if each.endswith(" rows")}
    programs = asking.sides.programs.values()
    single = {name for each in programs for name, record in each.records.items() if record.single}
    return frozenset(records - single)

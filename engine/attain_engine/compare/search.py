"""The two questions of a comparison: is there an organisation that gains, and one that loses; found, or proved none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attain_compiler.frozen import frozen
from attain_compiler.model.types import Type
from attain_engine.compare.asking import PATIENCE, Asking
from attain_engine.compare.by_example import by_example
from attain_engine.compare.copies import ROWS, by_rows
from attain_engine.compare.examples import Organisation
from attain_engine.compare.items import Item, rests_on
from attain_engine.compare.models import Direction, Witness
from attain_engine.compare.witness import Difference, witness
from attain_engine.solve.certain import completion


@frozen
class Sought:
    """What a search gave: a witness; or `none`, proved; or neither, with what was searched."""

    witness: Witness | None
    none: bool
    bound: str = ""


def seek(
    asking: Asking,
    item: Item,
    type_: Type,
    direction: Direction,
    examples: Callable[[], Iterable[tuple[Asking, Organisation]]],
) -> Sought:
    """Whether some organisation is decided so; those of `examples` are tried where open measures show none. Raises what
    an evaluation is refused with, and OutOfTime."""
    nothing = asking.opening(frozenset(), 0)
    measures = asking.sides.measures & asking.sides.editions.reached({item.owner})
    proved = True
    ways = [frozenset[str](), measures]
    if asking.sides.asked_in_several_ways:
        ways.append(asking.sides.every_measure)
    for computed in dict.fromkeys(ways):
        difference = asking.difference(item, type_, direction, nothing, computed=computed)
        found = completion(difference, patience=PATIENCE)
        if found is None:
            continue
        proved = False
        shown = witness(asking.sides, item, asking.on, direction, Difference(difference, nothing), found)
        if shown is not None:
            return Sought(shown, False)
    if proved:
        return Sought(None, True)
    for of, each in examples():
        shown = by_example(of, item, type_, direction, measures, each)
        if shown is not None:
            return Sought(shown, False)
    shown = by_rows(
        asking, item, type_, direction, _groups(asking, measures), lambda each: _records(asking, item, each)
    )
    if shown is not None:
        return Sought(shown, False)
    records = sorted(each.rpartition(".")[2] for each in _records(asking, item, measures))
    if not records:
        return Sought(None, False, "what it rests on cannot be said in an example")
    return Sought(None, False, f"none found with up to {ROWS[-1]} rows of {', '.join(records)}, or copies of them")


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

"""The two questions of a comparison: is there an organisation that gains, and one that loses; found, or proved none."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.frozen import frozen
from attain_compiler.model.types import Type
from attain_engine.compare.asking import Asking
from attain_engine.compare.copies import copied
from attain_engine.compare.items import Item
from attain_engine.compare.models import Direction, Witness
from attain_engine.compare.opening import Opening
from attain_engine.compare.witness import REFUSALS, Difference, witness
from attain_engine.solve.certain import completion

ROWS = (1, 2)
"""So many rows of each record are opened, one after the other."""


@frozen
class Sought:
    """What a search gave: a witness; or `none`, proved; or neither, with what was searched."""

    witness: Witness | None
    none: bool
    bound: str = ""


def seek(asking: Asking, item: Item, type_: Type, direction: Direction) -> Sought:
    """Whether some organisation is decided so. Raises what an evaluation is refused with."""
    nothing = asking.opening(frozenset(), 0)
    proved = True
    for computed in (False, True) if _has_measures(asking) else (False,):
        difference = asking.difference(item, type_, direction, nothing, computed=computed)
        found = completion(difference)
        if found is None:
            continue
        proved = False
        shown = witness(asking.sides, item, asking.on, direction, Difference(difference, nothing), found)
        if shown is not None:
            return Sought(shown, False)
    if proved:
        return Sought(None, True)
    records = frozenset(_records(asking, item))
    for size in ROWS if records else ():
        shown = _by_rows(asking, item, type_, direction, asking.opening(records, size))
        if shown is not None:
            return Sought(shown, False)
    for shown in copied(asking, item, type_, direction, records):
        return Sought(shown, False)
    if not records:
        return Sought(None, False, "what it rests on cannot be said in an example")
    names = ", ".join(sorted(each.rpartition(".")[2] for each in records))
    return Sought(None, False, f"none among up to {ROWS[-1]} rows each of {names}, nor among copies of them")


def _has_measures(asking: Asking) -> bool:
    return any("@" in each for program in asking.sides.programs.values() for each in program.measures)


def _by_rows(asking: Asking, item: Item, type_: Type, direction: Direction, opening: Opening) -> Witness | None:
    try:
        difference = asking.difference(item, type_, direction, opening, computed=True)
        found = completion(difference)
        if found is None:
            return None
        return witness(asking.sides, item, asking.on, direction, Difference(difference, opening), found)
    except REFUSALS:
        return None


def _records(asking: Asking, item: Item) -> Iterator[str]:
    """The records whose rows what is affected looks at, on the way from the item; single ones are open anyway."""
    editions = asking.sides.editions
    todo, seen = [item.owner], {item.owner}
    while todo:
        for each in editions.dependencies.get(todo.pop(), ()):
            kind = editions.base.kinds.get(each) or editions.head.kinds.get(each)
            if each in seen or (kind == "measures" and each not in asking.sides.affected):
                continue
            seen.add(each)
            todo.append(each)
    for each in seen:
        record = each.removesuffix(" rows")
        if record == each:
            continue
        both = [program.records[record] for program in asking.sides.programs.values() if record in program.records]
        if not any(one.single for one in both):
            yield record

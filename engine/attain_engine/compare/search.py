"""The two questions of a comparison: is there an organisation that gains, and one that loses; found, or proved none."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Node
from attain_engine.compare.asking import Asking, Shown
from attain_engine.compare.by_example import as_it_is, by_its_rows, meets
from attain_engine.compare.copies import NO_ROWS, ROWS, by_rows, tried
from attain_engine.compare.editions import mentioned
from attain_engine.compare.examples import Organisation
from attain_engine.compare.figures import may_fall, rests_on_figures
from attain_engine.compare.items import Contrast, Item, rests_on
from attain_engine.compare.merging import merged, moved
from attain_engine.compare.models import Witness
from attain_engine.compare.witness import Difference, Found, shown, witness
from attain_engine.evaluate.designations import requirements_of
from attain_engine.evaluate.known import asks_what_is_known
from attain_engine.evaluate.missing import Unpublished
from attain_engine.facts.model import Facts
from attain_engine.open.conditions import Condition
from attain_engine.open.unknowns import open_parts

MOST_MERGED = 4
"""The rows of so many witnesses for requirements are put into organisations of examples."""

_NOTHING: Final = Facts("nothing")


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
    contrast: Contrast,
    examples: Callable[..., Iterable[tuple[Asking, Organisation]]],
    before: Sought | None = None,
) -> Sought:
    """Whether some organisation is decided so; those of `examples` are tried where open measures show none. `before` is
    what was found on another day: it is taken where the question is the same, and tried first where not. Raises what an
    evaluation is refused with, and OutOfTime."""
    item = contrast.item
    nothing = asking.opening(frozenset(), 0)
    measures = asking.sides.measures & asking.sides.editions.reached({item.owner})
    ways = [frozenset[str](), measures]
    if asking.sides.is_asked_in_several_ways(item):
        ways.append(asking.sides.every_measure)
    straight = asking.difference(contrast, nothing, computed=ways[0])
    if before is not None:
        if before.settled_by and before.condition is straight:
            return before
        if before.found is not None:
            facts = before.found.facts
            again = shown(asking.sides, contrast, asking.on, facts.tables, facts.values, closed=facts.closed)
            if again is not None:
                return Sought(again, False, condition=straight)
    left: list[Condition] = []
    unsettled: list[frozenset[str]] = []
    for number, computed in enumerate(several := list(dict.fromkeys(ways))):
        difference = asking.difference(contrast, nothing, computed=computed) if number else straight
        found = asking.completed(difference, nothing)
        if found is None:
            continue
        left.append(difference)
        unsettled.append(computed)
        apart = witness(asking.sides, contrast, asking.on, Difference(difference, nothing), found)
        if apart is not None:
            return Sought(apart, False, condition=straight, settled_by=not number)
    if not left and _asks_what_is_known(asking, item):
        return Sought(None, False, "it asks whether something is known, which only facts tell", straight)
    if not left:
        return Sought(None, True, condition=straight, settled_by=len(several) == 1)
    unpublished = sorted({each.table for each in _unpublished(left)})
    on_figures = contrast.item.is_truth and rests_on_figures(left)
    if on_figures and not any(_may_fall(asking, contrast, each) for each in unsettled):
        return Sought(None, True, condition=straight)
    for on, shows in _tried(asking, contrast, examples, measures, left):
        if shows is not None:
            asking.shown.append(Shown(on, shows.facts, measures, contrast.direction))
            return Sought(shows, False, condition=straight)
    if unpublished:
        names = ", ".join(each.rpartition(".")[2] for each in unpublished)
        return Sought(None, False, f"it rests on figures that are not known: {names}", straight)
    records = sorted(each.rpartition(".")[2] for each in _records(asking, item, measures))
    if not records:
        return Sought(None, False, "what it rests on cannot be said in an example", straight)
    searched = f"none found with up to {ROWS[-1]} rows of {', '.join(records)}, or copies of them"
    return Sought(None, False, searched, straight)


def _may_fall(asking: Asking, contrast: Contrast, computed: frozenset[str]) -> bool:
    """Whether the verdict on a rule may be another in this direction, whatever the figures are that nobody knows."""
    lawful, base, head = asking.both(contrast.item, asking.opening(frozenset(), 0), computed=computed)
    return may_fall(lawful, base, head) if contrast.direction == "stricter" else may_fall(lawful, head, base)


def _tried(
    asking: Asking,
    contrast: Contrast,
    examples: Callable[..., Iterable[tuple[Asking, Organisation]]],
    measures: frozenset[str],
    left: Sequence[Condition],
) -> Iterator[tuple[datetime.date, Found | None]]:
    """Witnesses, with their days, from what was shown for other items, from the organisations of examples, and from
    opened rows; None for each trial that gave none."""
    on, item, direction = asking.on, contrast.item, contrast.direction
    before = [(*_here(asking, each), each) for each in asking.shown]
    for facts, _, _ in before:
        yield on, shown(asking.sides, contrast, on, facts.tables, facts.values, closed=facts.closed)
    organisations = list(examples())
    for of, example in organisations:
        yield of.on, as_it_is(of, contrast, example)
    alike = [each for each in before if each[2].direction == direction and (any(each[0].tables.values()) or each[1])]
    for facts, given, each in alike:
        yield on, tried(asking, contrast, each.computed, facts.tables, given)
    yield on, tried(asking, contrast, measures, NO_ROWS)
    if _rests_on_requirements(asking, item):  # rows that tell one apart may do, beside those that meet the others
        into = [example for of, example in examples(always=True) if meets(of, item, example)]
        alike.append((_NOTHING, {}, Shown(on, _NOTHING, measures, direction)))
        for facts, given, each in alike[-MOST_MERGED:]:
            for tables in merged(asking, facts, into):
                yield on, tried(asking, contrast, each.computed, tables, given)
    if not any(_unpublished(left)):  # no facts can say what such figures are
        groups = _groups(asking, measures)
        yield on, by_rows(asking, contrast, groups, lambda each: _records(asking, item, each))
        for of, example in organisations:
            yield of.on, by_its_rows(of, contrast, measures, example)


def _rests_on_requirements(asking: Asking, item: Item) -> bool:
    """Whether an item is a designation, or a tier, of which a requirement differs."""
    if item.kind not in ("designation", "tier"):
        return False
    once, now = ([*requirements_of(each.bare[item.owner])] for each in asking.sides.editions.both)
    return once != now or any(not asking.sides.affected.isdisjoint(mentioned(each)) for each in once)


def _here(asking: Asking, of: Shown) -> tuple[Facts, Mapping[Any, Any]]:
    """Facts that were shown for a day, as they would be on the day that is asked about, and the values in them that
    definitions have for somebody or something by name; made once."""
    if id(of) not in asking.moved:  # what was shown is kept as long as the comparison
        facts = moved(asking, of.facts, of.on)
        given = {
            (name, arguments): value
            for (name, arguments), value in facts.values.items()
            if name in asking.sides.open_defines and any(isinstance(each, str) for each in arguments)
        }
        asking.moved[id(of)] = facts, given
    return asking.moved[id(of)]


def _unpublished(conditions: Sequence[Condition]) -> Iterator[Unpublished]:
    return (each.name for each in open_parts(conditions) if isinstance(each.name, Unpublished))


def _groups(asking: Asking, measures: frozenset[str]) -> list[frozenset[str]]:
    """The measures that are worked out from rows, while all others are given: one with what it rests on, then all."""
    reached = asking.sides.editions.reached
    single = [frozenset(reached({each}) & measures) for each in measures]
    return list(dict.fromkeys((*sorted(single, key=lambda each: (len(each), sorted(each))), measures)))


def _asks_what_is_known(asking: Asking, item: Item) -> bool:
    editions = asking.sides.editions
    names = editions.reached({item.owner})
    bare = (each for edition in editions.both for name, each in edition.bare.items() if name in names)
    return asks_what_is_known(each for each in bare if isinstance(each, Node))


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
